"""Text around tables: titles, labels, projects found by layout and numbering, plans in lines."""

from __future__ import annotations

import pytest
from text_grids import grid, line, read

KPI = """
     | 来館者数 | <
     | 目標     | 実績
R2   | 100人    | 90人
R3   | 120人    | 130人
"""


@pytest.mark.parametrize(
    ("first", "second", "keys"),
    [
        ("Ａ ガラスの里推進事業", "Ｂ まちなか創出事業", ("A", "B")),
        ("１．ガラスの里推進事業", "２．まちなか創出事業", ("1", "2")),
        ("(1) ガラスの里推進事業", "(2) まちなか創出事業", ("1", "2")),
        ("① ガラスの里推進事業", "② まちなか創出事業", ("①", "②")),
        ("第１　ガラスの里推進事業", "第２　まちなか創出事業", ("1", "2")),
        ("事業名：ガラスの里推進事業", "事業名：まちなか創出事業", ("1", "2")),
        ("■ ガラスの里推進事業", "■ まちなか創出事業", ("1", "2")),
    ],
)
def test_projects_by_their_numbering(first: str, second: str, keys: tuple[str, str]) -> None:
    report = read("実績報告", first, grid(KPI), second, grid(KPI, top=300))
    assert [(p.project, p.project_name) for p in report.projects] == [
        (keys[0], "ガラスの里推進事業"),
        (keys[1], "まちなか創出事業"),
    ]
    assert {row.project for row in report.observations} == set(keys)


def test_parts_of_a_report_are_no_projects() -> None:
    report = read(
        "実績報告", "１．事業内容", "本文である。", "２．重要業績評価指標（ＫＰＩ）", grid(KPI)
    )
    assert report.projects == ()


def test_a_budget_has_no_projects() -> None:
    report = read(
        "１．総括事項",
        grid("区分 | 予算額\n市税 | 10"),
        "２．歳入",
        grid("区分 | 予算額\n市債 | 5", top=300),
    )
    assert report.projects == ()


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("県及び県内市町全体での評価のため省略", "県及び県内市町全体での評価のため"),
        ("県全体で評価を行うため、記載を省略する。", "県全体で評価を行うため"),
        ("省略", ""),
    ],
)
def test_reasons_for_leaving_kpis_out(printed: str, reason: str) -> None:
    report = read(
        "実績報告",
        "Ａ ガラスの里推進事業",
        grid(KPI),
        "Ｂ まちなか創出事業",
        "（２）重要業績評価指標(ＫＰＩ)",
        printed,
    )
    assert [(p.kpi_status, p.omitted_reason) for p in report.projects] == [
        ("tabulated", ""),
        ("omitted", reason),
    ]


def test_overviews_end_at_the_next_heading() -> None:
    report = read(
        "実績報告",
        "Ａ ガラスの里推進事業",
        "（１）事業内容",
        "ガラスの文化を活用し、地域の活力を",
        "高める。",
        "（２）重要業績評価指標(ＫＰＩ)",
        grid(KPI),
    )
    assert [p.overview for p in report.projects] == ["ガラスの文化を活用し、地域の活力を高める。"]


def test_plans_in_lines_that_start_with_a_year() -> None:
    report = read(
        "実績報告",
        "Ａ ガラスの里推進事業",
        "（１）事業内容",
        "ガラスの文化を活用する。",
        "Ｒ２ ・計画の策定",
        "Ｒ３ ・計画に沿った構築 ",
        "委託業者と調整し、R3.3に",
        "公表した。",
        "（２）重要業績評価指標(ＫＰＩ)",
        grid(KPI),
    )
    assert [(n.period, n.kind, n.text) for n in report.narratives] == [
        ("Ｒ２", "plan", "・計画の策定"),
        ("Ｒ３", "plan", "・計画に沿った構築"),
        ("Ｒ３", "activity", "委託業者と調整し、R3.3に公表した。"),
    ]


def test_headers_of_plan_tables_say_what_their_columns_tell() -> None:
    report = read(
        "実績報告",
        "Ａ ガラスの里推進事業",
        grid("年度 | 実績 | 今後の予定\nR2 | 調査を実施した。 | 計画を策定する。", top=60),
        grid(KPI, top=300),
    )
    assert [(n.period, n.kind) for n in report.narratives] == [("R2", "activity"), ("R2", "plan")]


def test_the_largest_lines_are_the_title() -> None:
    report = read(
        line("資料１", size=9), line("総合戦略の", size=18, top=60), line("検証について", size=18, top=90),
        line("本文は字が小さく、題より長く続いている。", top=120), line("続きである。", top=140), grid(KPI, top=300),
    )  # fmt: skip
    assert (report.document.title, report.document.label) == ("総合戦略の 検証について", "資料１")


def test_a_heading_under_the_title_and_what_a_browser_prints_are_no_title() -> None:
    report = read(
        line("11/28/26, 4:28 AM", size=8), line("効果検証シート", size=20, top=60),
        line("基本目標１　しごとをつくる", size=15, top=90),
        line("本文は字が小さく、題より長く続いている。", top=120), grid(KPI, top=300),
        line("https://www.example.jp/plan/a.html", size=8, top=800),
    )  # fmt: skip
    assert report.document.title == "効果検証シート"


def test_a_title_that_goes_on_at_the_end_of_its_line_is_one() -> None:
    report = read(
        line("総合戦略ＫＰＩ実績報", size=18, x=40), line("告", size=18, x=40, top=70), grid(KPI, top=300),
    )  # fmt: skip
    assert report.document.title == "総合戦略KPI実績報告"


def test_a_unit_that_breaks_over_two_lines_is_the_unit_of_the_table() -> None:
    report = read(
        "実績報告",
        line("（１）放課後児童健全育成事業　（単", top=60), line("位：人）", top=75),
        grid("区分 | R2 | R3\n目標 | 532 | 546\n実績 | 498 | 521", top=100),
    )  # fmt: skip
    assert {row.unit for row in report.observations} == {"人"}
    assert [project.project_name for project in report.projects] == ["放課後児童健全育成事業"]


def test_status_rows_of_several_indicators_are_told_apart() -> None:
    report = read(
        grid("""
             | 来館者数 | <    | 満足度 | <
             | 目標     | 実績 | 目標   | 実績
        R2   | 100人    | 90人 | 50％   | 60％
        達成状況 | 達成できていない。 | < | 達成した。 | <
        未達理由 | 休館したため。     | < |            | <
        """)
    )
    assert [(n.indicator, n.kind, n.text) for n in report.narratives] == [
        ("来館者数", "achievement", "達成できていない。"),
        ("満足度", "achievement", "達成した。"),
        ("来館者数", "reason", "休館したため。"),
    ]


def test_a_word_of_the_paper_counts_its_projects() -> None:
    report = read(
        "事業１　次世代交通推進事業",
        grid("""
        指標   | 目標 | 実績
        利用者 | 100  | 90
        """),
        "事業２：空き家活用事業",
        grid(
            """
        指標   | 目標 | 実績
        件数   | 10   | 12
        """,
            top=300.0,
        ),
    )
    assert [(p.project, p.project_name) for p in report.projects] == [
        ("1", "次世代交通推進事業"),
        ("2", "空き家活用事業"),
    ]
