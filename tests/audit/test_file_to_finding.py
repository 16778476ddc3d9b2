"""Ways in which papers print sums that only show when a file is really read."""

from __future__ import annotations

import pytest

from kenzan.audit import audit_report
from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.schemas.audit import AuditResult


def table(*rows: str) -> str:
    """Rows of cells parted by ``|``; the first row is the header."""
    lines = []
    for place, row in enumerate(rows):
        kind = "td" if place else "th"
        cells = "".join(f"<{kind}>{cell.strip()}</{kind}>" for cell in row.split("|"))
        lines.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(lines)}</table>"


def audit(*parts: str) -> AuditResult:
    page = f"<meta charset='utf-8'>{''.join(parts)}".encode()
    return audit_report(interpret_document(read_document(page, name="paper.html")))


def told(result: AuditResult) -> list[tuple[str, str, str]]:
    return [(one.rule, one.printed, one.expected) for one in result.findings]


FORMS = {
    "来館者数（人）": ("12,300", "12,850", "25,150", "11,904", "12,411", "24,315"),
    "講座の参加者数（人）": ("1,171", "1,300", "2,471", "1,136", "1,111", "2,247"),
    "貸出冊数（冊）": ("171,100", "175,177", "346,277", "172,334", "172,180", "344,514"),
}


def forms(figures: dict[str, tuple[str, ...]]) -> list[str]:
    """One small table for every indicator, as evaluation sheets have them."""
    pages = []
    for name, (one, two, both, first, second, whole) in figures.items():
        pages.append(f"<p>指標 {name}</p>")
        pages.append(
            table(
                f"{name} | 1年目 | 2年目 | 累計",
                f"目標 | {one} | {two} | {both}",
                f"実績 | {first} | {second} | {whole}",
            )
        )
    return pages


def test_tables_of_one_form_speak_for_each_other() -> None:
    assert told(audit(*forms(FORMS))) == []
    slipped = {
        **FORMS,
        "貸出冊数（冊）": (
            *FORMS["貸出冊数（冊）"][:2],
            "364,277",
            "172,334",
            "172,180",
            "344,514",
        ),
    }
    assert told(audit(*forms(slipped))) == [("KZ101", "364,277", "346277")]


def test_a_form_that_counts_otherwise_is_left_alone() -> None:
    """An area does not add up over the years: what is printed there is where it stands now."""
    standing = {
        **FORMS,
        "公園の面積（㎡）": ("181,452", "182,000", "182,000", "181,452", "181,900", "181,900"),
    }
    assert told(audit(*forms(standing))) == []


AGES = (
    "20歳代 | 107人（6.5%）",
    "30歳代 | 201人（12.2%）",
    "40歳代 | 168人（10.2%）",
    "50歳代 | 328人（19.9%）",
    "60歳代 | 417人（25.3%）",
    "70歳以上 | 429人（26.0%）",
    "計 | 1,650人（100.0%）",
)


def test_shares_in_brackets_beside_their_amounts() -> None:
    clean = audit(table("区分 | 人数（割合）", *AGES))
    assert told(clean) == []
    assert [one.verdict for one in clean.checks if one.rule == "KZ201"] == ["consistent"] * 7
    slipped = [row.replace("19.9", "17.9") for row in AGES]
    assert told(audit(table("区分 | 人数（割合）", *slipped))) == [("KZ201", "（17.9%）", "19.9")]


def test_percentages_in_brackets_that_are_no_shares_are_left_alone() -> None:
    rows = [
        "第一小 | 107人（96.5%）",
        "第二小 | 201人（92.2%）",
        "第三小 | 168人（95.2%）",
        "計 | 476人（94.1%）",
    ]
    assert told(audit(table("学校 | 児童数（利用割合）", *rows))) == []


FUNDS = (
    "市営住宅改修事業 | 43,138 | 他) 14,809<br>債) 28,329",
    "庁舎管理事業 | 55,214 | 国) 18,218<br>県) 36,996",
    "文化財保護事業 | 67,605 | 国) 34,544<br>債) 33,061",
    "公園管理事業 | 50,093 | 他) 14,123<br>県) 35,970",
)


def test_a_breakdown_in_one_cell_adds_up() -> None:
    heading = "事業名 | 予算額 | 財源内訳"
    unit = "<p>（単位：千円）</p>"
    clean = audit(unit, table(heading, *FUNDS))
    assert told(clean) == []
    assert [one.verdict for one in clean.checks if one.rule == "KZ102"] == ["consistent"] * 4
    slipped = [row.replace("67,605", "67,065") for row in FUNDS]
    assert told(audit(unit, table(heading, *slipped))) == [("KZ102", "67,065", "67605")]


def test_a_total_that_repeats_the_row_above_is_no_total_of_that_row() -> None:
    head = "区分 | 歳入 | 歳出"
    unit = "<p>（単位：千円）</p>"
    rows = ["総務費 | 12,345 | 11,870", "民生費 | 23,456 | 22,904", "土木費 | 34,567 | 33,210"]
    copied = audit(unit, table(head, *rows, "合計 | 70,368 | 33,210"))
    assert told(copied) == [("KZ101", "33,210", "67984")]
    alone = audit(
        unit, table("区分 | 歳出", *(row.rpartition("|")[0] for row in rows), "合計 | 34,567")
    )
    assert [one.verdict for one in alone.checks if one.rule == "KZ101"] == ["undecided"]


SHARES = (  # 合計 100.0 was made by taking 0.2 off the largest
    "市税 | 850,711 | 18.8",
    "交付金 | 702,100 | 15.7",
    "国庫支出金 | 702,700 | 15.7",
    "県支出金 | 702,900 | 15.7",
    "繰入金 | 703,400 | 15.7",
    "市債 | 826,662 | 18.4",
    "合計 | 4,488,473 | 100.0",
)


def test_shares_made_to_add_up_are_a_notice_at_most() -> None:
    result = audit("<p>（単位：千円、％）</p>", table("区分 | 予算額 | 構成比", *SHARES))
    assert {one.severity for one in result.findings} <= {"notice"}
    slipped = [row.replace("18.4", "14.8") for row in SHARES]
    result = audit("<p>（単位：千円、％）</p>", table("区分 | 予算額 | 構成比", *slipped))
    assert ("KZ201", "14.8", "18.4") in told(result)


def test_what_has_been_reached_so_far_does_not_add_up_over_time() -> None:
    rows = (
        "R2 | 1,234 | 21,234",
        "R3 | 1,345 | 22,579",
        "R4 | 987 | 23,566",
        "R5 | 1,102 | 24,668",
    )
    head, unit = "年度 | 新規登録者数 | 登録者数（年度末）", "<p>（単位：人）</p>"
    result = audit(unit, table(head, *rows, "計 | 4,668 | 24,668"))
    assert told(result) == []
    assert [one.printed for one in result.checks if one.rule == "KZ101"] == ["4,668"]


@pytest.mark.parametrize("digits", [12, 25, 28, 30, 36, 60])
def test_figures_of_any_length_are_audited(digits: int) -> None:
    nines, round_one = "9" * digits, "1" + "0" * digits
    rows = (
        f"総務費 | {nines} | {nines} | 98.7",
        f"民生費 | {nines} | {round_one} | 100.0",
        f"土木費 | {nines} | {nines} | 100.0",
        f"合計 | {nines}1 | {round_one} | 99.0",
    )
    result = audit("<p>（単位：千円）</p>", table("区分 | 予算額 | 決算額 | 執行率", *rows))
    assert result.counts.figures == result.counts.checked + (
        result.counts.undecided + result.counts.unchecked
    )


def demand(surplus: str) -> AuditResult:
    return audit(
        "<p>（単位：人）</p>",
        table(
            "区分 | 令和6年度 | 令和7年度 | 令和8年度 | 令和9年度",
            "①量の見込み | 310 | 302 | 295 | 290",
            "②確保方策 | 340 | 338 | 330 | 330",
            f"②－① | 30 | {surplus} | 35 | 40",
        ),
    )


def test_a_row_that_is_named_by_a_formula_refers_to_numbered_rows() -> None:
    assert told(demand("36")) == []
    assert ("KZ103", "63", "36") in told(demand("63"))


def care(rate: str) -> AuditResult:
    return audit(
        "<p>（単位：百万円、人）</p>",
        table(
            "区分 | R1 | R2 | R3 | R4 | R5",
            "給付費 | 3,120 | 3,185 | 3,240 | 3,262 | 3,318",
            "第１号被保険者数 | 11,820 | 11,905 | 11,988 | 12,010 | 11,992",
            "認定者数 | 2,210 | 2,240 | 2,255 | 2,281 | 2,300",
            f"認定率 | 18.7% | 18.8% | {rate} | 19.0% | 19.2%",
        ),
    )


def test_a_row_named_as_a_rate_is_found_to_be_one_row_in_another() -> None:
    assert told(care("18.8%")) == []
    assert [(rule, printed) for rule, printed, _ in told(care("81.8%"))] == [("KZ204", "81.8%")]
