"""What an earlier report says otherwise: outcomes on figures that two reports print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.arithmetic.slips import REWRITTEN, find_slip
from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome
from kenzan.audit.wording import render_slip
from kenzan.schemas.audit import Operand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from kenzan.audit.across import Earlier
    from kenzan.audit.facts import Facts


def describe_changes(
    facts: Facts, measures: AbstractSet[str], meaning_ja: str, meaning_en: str
) -> Iterator[Outcome]:
    """Every figure of these measures that an earlier report prints as well."""
    for position, earlier in facts.earlier.items():
        row = facts.report.observations[position]
        figure = facts.index.find(position, "value")
        if figure is None or row.measure not in measures or row.unit != earlier.row.unit:
            continue
        old = earlier.row.value
        subject, judged = facts.subject_of(figure), to_operand(facts, figure)
        name = earlier.document
        operand = Operand(position, "value", name, name, earlier.row.value_raw)
        formula = f"{figure.text} = {old:,f}（{name}）"
        if old == figure.value or old is None:
            yield Outcome("consistent", subject, figure.raw, formula, None, judged, (operand,))
            continue
        texts = _texts(figure.value, old, earlier, (meaning_ja, meaning_en))
        draft = Draft(
            subject,
            *texts,
            printed=figure.raw,
            expected=format(old, "f"),
            formula=formula,
            key="across",
        )
        # Publishers restate figures for good reasons: that two reports differ decides nothing.
        yield Outcome("undecided", subject, figure.raw, formula, None, judged, (operand,), draft)


def _texts(
    now: Decimal, old: Decimal, earlier: Earlier, meaning: tuple[str, str]
) -> tuple[str, str]:
    """What the finding says: both figures, where the earlier one stands, and the likely slip."""
    slip = find_slip(old, now)
    plain = slip if slip is not None and slip.kind != REWRITTEN else None
    hint_ja = f"。{render_slip(plain, 'ja')}" if plain else ""
    hint_en = f"; {render_slip(plain, 'en')}" if plain else ""
    link_ja = f"、名称の類似度 {earlier.score}" if earlier.score < 100 else ""
    link_en = f", names {earlier.score}% alike" if earlier.score < 100 else ""
    where = earlier.document
    return (
        f"{now:,f} は前の報告（{where}{link_ja}）では {old:,f}。{meaning[0]}{hint_ja}。",
        f"{now:,f} was {old:,f} in the earlier report ({where}{link_en}): {meaning[1]}{hint_en}.",
    )
