"""What a profile does not want checked, taken out of the questions of a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kenzan.audit.profile import Profile
    from kenzan.audit.ties import Pool
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation


def apply_vetoes(pools: tuple[Pool, ...], profile: Profile, report: Report) -> tuple[Pool, ...]:
    """The pools without the questions that a profile does not want asked."""
    if not profile.veto:
        return pools
    titles = {table.number: table.title for table in report.tables}
    kept = []
    for pool in pools:
        questions = tuple(
            one
            for one in pool.questions
            if not _is_vetoed(pool, report.observations[one.judged.observation], profile, titles)
        )
        if questions:
            kept.append(replace(pool, questions=questions))
    return tuple(kept)


def _is_vetoed(pool: Pool, row: Observation, profile: Profile, titles: Mapping[int, str]) -> bool:
    title = titles.get(row.origin.table, "") if row.origin.table is not None else ""
    return any(
        veto.relation in {pool.relation.name, "*"}
        and veto.indicator in row.indicator
        and veto.table in title
        for veto in profile.veto
    )
