"""Tables whose columns come one after the other: read where sums or a plain order bear it out."""

from __future__ import annotations

import time

from kenzan.interpret.blockwise import recover_tables
from kenzan.schemas.document import Line


def lines_of(text: str) -> list[Line]:
    """One line for each part between bars; ``||`` is a blank line."""
    return [Line(raw, 1, number=k) for k, raw in enumerate(text.split("|"), 1)]


def table_of(text: str) -> list[list[str]]:
    (recovery,) = recover_tables(lines_of(text))
    return [[cell.text if cell else "" for cell in row] for row in recovery.grid.matrix()]


BUDGET = [
    ["科目", "補正前の額", "補正額", "補正後の額"],
    ["議会費", "3,488,079", "△1,250", "3,486,829"],
    ["総務費", "3,992,055", "53,409", "4,045,464"],
    ["民生費", "1,334,810", "0", "1,334,810"],
    ["合計", "8,814,944", "52,159", "8,867,103"],
]
COLUMNS = [list(column) for column in zip(*BUDGET, strict=True)]


def test_header_first_then_labels_then_whole_columns():
    figures = "|".join("|".join(column[1:]) for column in COLUMNS[1:])
    text = "|".join([*BUDGET[0], *COLUMNS[0][1:], figures])
    assert table_of(text) == BUDGET


def test_each_column_under_its_own_label():
    assert table_of("||".join("|".join(column) for column in COLUMNS)) == BUDGET


def test_the_row_of_totals_comes_by_itself():
    parts = ["|".join(column[1:-1]) for column in COLUMNS[1:]]
    text = "||".join(
        ["|".join(BUDGET[0]), "|".join(COLUMNS[0][1:]), *parts, "|".join(BUDGET[-1][1:])]
    )
    assert table_of(text) == BUDGET


def test_two_columns_row_by_row_after_a_whole_one():
    pairs = "|".join(f"{row[2]}|{row[3]}" for row in BUDGET[1:])
    text = "|".join([*BUDGET[0], *COLUMNS[0][1:], *COLUMNS[1][1:], pairs])
    assert table_of(text) == BUDGET


def test_figures_that_share_a_line():
    rows = "|".join(f"{row[2]} {row[3]}" for row in BUDGET[1:])
    text = "|".join([*BUDGET[0], *COLUMNS[0][1:], *COLUMNS[1][1:], rows])
    assert table_of(text) == BUDGET


def test_years_over_names_without_any_sum():
    years = [f"令和{k}年度" for k in range(1, 7)]
    debt = ["80,381", "81,256", "82,872", "81,575", "78,555", "81,402"]
    funds = ["20,623", "21,393", "20,663", "20,492", "21,021", "21,297"]
    read = table_of("||".join(["年度", *years, "市債残高", "基金残高", *debt, *funds]))
    assert read == [["年度", *years], ["市債残高", *debt], ["基金残高", *funds]]


def test_labels_of_two_tables_before_the_figures_of_both():
    head, labels = BUDGET[0], COLUMNS[0][1:]
    figures = ["|".join(column[1:]) for column in COLUMNS[1:]]
    second = ["|".join(column[1:]) for column in COLUMNS[1:]]
    text = "|".join([*head, *labels, "科目", *labels, *figures, *head[1:], *second])
    found = recover_tables(lines_of(text))
    assert [len(recovery.used) for recovery in found] == [20, 20]
    assert set(found[0].used).isdisjoint(found[1].used)


def test_labels_set_from_top_to_bottom_hold_for_the_rows_up_to_their_sum():
    read = table_of(
        "科目||Ｒ７|予算額||Ｒ６|予算額||増減||人件費||扶助費||計||普通建設事業費||災害復旧費||計"
        "||義|務||投|資||総計||2,509||5,445||7,954||1,502||167||1,669||9,623"
        "||2,683||3,757||6,440||1,633||146||1,779||8,219||△174||1,688||1,514||△131||21||△110||1,404"
    )
    assert [row[:3] for row in read[1:]] == [
        ["義\n務", "人件費", "2,509"],
        ["義\n務", "扶助費", "5,445"],
        ["義\n務", "計", "7,954"],
        ["投\n資", "普通建設事業費", "1,502"],
        ["投\n資", "災害復旧費", "167"],
        ["投\n資", "計", "1,669"],
        ["総計", "総計", "9,623"],
    ]


def test_a_state_before_the_plan_that_holds_for_all_rows_of_an_indicator():
    read = table_of(
        "指標名||区分||基準値||令和3年度||令和4年度||令和5年度||来館者数||検診受診率"
        "||計画||実績||計画||実績||18,000||41.5％||19,000||18,400||44.0％||42.0％"
        "||20,000||19,100||46.0％||43.1％||21,000||19,900||48.0％||44.9％"
    )
    assert read == [
        ["指標名", "区分", "基準値", "令和3年度", "令和4年度", "令和5年度"],
        ["来館者数", "計画", "18,000", "19,000", "20,000", "21,000"],
        ["来館者数", "実績", "18,000", "18,400", "19,100", "19,900"],
        ["検診受診率", "計画", "41.5％", "44.0％", "46.0％", "48.0％"],
        ["検診受診率", "実績", "41.5％", "42.0％", "43.1％", "44.9％"],
    ]


def test_a_difference_goes_to_the_smaller_column():
    text = (
        "科目|令和5年度|増減額|令和4年度|市民税|固定資産税|入湯税|合計"
        "|5,470|3,993|188|9,651|249|71|2|322|5,221|3,922|186|9,329"
    )
    assert table_of(text)[1] == ["市民税", "5,470", "249", "5,221"]
    wrong = text.replace("増減額|令和4年度", "令和4年度|増減額")
    assert recover_tables(lines_of(wrong)) == []


def test_totals_that_do_not_foot_are_no_table():
    wrong = [row[:] for row in BUDGET]
    wrong[1], wrong[2] = [wrong[1][0], *wrong[2][1:]], [wrong[2][0], *wrong[1][1:]]
    wrong[4][1:] = ["7,814,944", "51,159", "9,867,103"]
    columns = ["|".join(column[1:]) for column in zip(*wrong, strict=True)]
    assert recover_tables(lines_of("|".join([*wrong[0], *columns]))) == []


def test_a_difference_that_is_none_is_no_table():
    text = (
        "科目|令和5年度|令和4年度|増減額|市民税|固定資産税|入湯税"
        "|5,470|3,993|188|5,221|3,922|186|17|29|54"
    )
    assert recover_tables(lines_of(text)) == []


def test_a_label_that_has_no_place_leaves_the_table_alone():
    text = "年度|平成29年度|平成30年度|市債残高|基金残高|80,381|81,256|地方債|20,623|21,393|20,663"
    assert recover_tables(lines_of(text)) == []


def test_rows_of_unlike_figures_need_a_sum_to_be_believed():
    text = "区分|令和3年度|令和4年度|令和5年度|来館者数|会員数|18,000|41|19|1,840|7|42,000"
    assert recover_tables(lines_of(text)) == []


def test_labels_behind_the_figures_are_those_of_the_next_table():
    columns = [*COLUMNS[0][1:], *COLUMNS[1][1:], *COLUMNS[2][1:], *COLUMNS[3][1:]]
    assert table_of("|".join([*BUDGET[0], *columns, "基金の状況", "積立額", "残高"])) == BUDGET


def test_what_is_no_table_of_figures_is_left_alone():
    prose = "区分|令和5年度は12件の相談があり、前年度より3件増えた。|次年度は15件を見込む。|3件|4件"
    addresses = "施設名|中央公民館|北部支所|所在地|本町4丁目29番9号|港町1丁目18番2号|電話番号|059-37-7662|021-66-5050"
    members = "No.|1|2|3|氏名|井上 浩二|石井 直樹|中村 さくら|役職|会長|委員|委員"
    schedule = "時期|5月10日|6月1日|内容|議会報告|計画の決定|場所|文化会館|市役所3階"
    for text in (prose, addresses, members, schedule):
        assert recover_tables(lines_of(text)) == []


def test_hostile_text_takes_time_in_proportion_to_its_length():
    def seconds(text: str) -> float:
        start = time.process_time()
        recover_tables(lines_of(text))
        return time.process_time() - start

    table = "|".join("|".join(column) for column in COLUMNS) + "||"
    assert seconds(table * 160) < 12 * max(seconds(table * 40), 0.1)


def test_one_endless_table_is_given_up_at_once():
    start = time.process_time()
    text = "科目|令和5年度|令和4年度|" + "|".join(f"市税{k}" for k in range(30_000))
    assert recover_tables(lines_of(text + "|1,234" * 60_000)) == []
    assert time.process_time() - start < 20
