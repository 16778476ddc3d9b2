"""Tables of which every cell became a line, empty ones lost: rows and columns come back."""

from __future__ import annotations

import time

from kenzan.interpret.columnwise import recover_tables
from kenzan.schemas.document import Line


def lines_of(text: str) -> list[Line]:
    return [Line(raw, 1, number=k) for k, raw in enumerate(text.split("|"), 1)]


def table_of(text: str) -> list[list[str]]:
    (recovery,) = recover_tables(lines_of(text))
    return [[cell.text if cell else "" for cell in row] for row in recovery.grid.matrix()]


def test_one_header_row():
    read = table_of("区分|歳入|歳出|差引|令和4年度|500|480|20|令和5年度|510|505|5")
    assert read == [
        ["区分", "歳入", "歳出", "差引"],
        ["令和4年度", "500", "480", "20"],
        ["令和5年度", "510", "505", "5"],
    ]


def test_two_header_rows_and_groups_of_rows():
    read = table_of(
        "科目|令和5年度|令和4年度|比較|予算額|予算額|増減額|増減率"
        "|経常|人件費|1,200|1,100|100|9.1|扶助費|900|950|△50|△5.3|小計|2,100|2,050|50|2.4"
        "|臨時|普通建設費|400|300|100|33.3|小計|400|300|100|33.3"
    )
    assert read[0] == ["科目", "科目", "令和5年度", "令和4年度", "比較", "比較"]
    assert read[1] == ["科目", "科目", "予算額", "予算額", "増減額", "増減率"]
    assert [row[:2] for row in read[2:]] == [
        ["経常", "人件費"],
        ["経常", "扶助費"],
        ["経常", "小計"],
        ["臨時", "普通建設費"],
        ["臨時", "小計"],
    ]


def test_lines_of_one_header_cell_are_joined():
    read = table_of(
        "科目|令和4年度|決算額|令和5年度|決算額|伸率|市民税|300|330|10.0|入湯税|20|19|△5.0"
    )
    assert read[0] == ["科目", "令和4年度\n決算額", "令和5年度\n決算額", "伸率"]


def test_row_numbers_and_texts_behind_the_figures():
    read = table_of(
        "番号|指標名|基準値|目標値|担当課|1|来館者数|120人|150人|観光課|2|検診受診率|40.5％|45.0％|健康課"
    )
    assert read[1] == ["1", "来館者数", "120人", "150人", "観光課"]
    assert read[2] == ["2", "検診受診率", "40.5％", "45.0％", "健康課"]


def test_a_change_in_brackets_belongs_to_the_figure_above_it():
    read = table_of(
        "区分|目標値|実績値|当初|10|10|令和4年度|20|(+10)|18|(+8)|令和5年度|30|(+10)|25|(+5)"
    )
    assert read[2] == ["令和4年度", "20\n(+10)", "18\n(+8)"]


def test_the_last_years_of_an_actual_are_the_ones_without_a_figure():
    read = table_of(
        "指標名|区分|令和3年度|令和4年度|令和5年度|来館者数|目標値|10|20|30|実績値|11|19"
        "|会員数|目標値|50|60|70|実績値|51|58"
    )
    assert read[2] == ["来館者数", "実績値", "11", "19", ""]


def test_a_baseline_over_all_rows_of_an_indicator_takes_no_figure_from_the_others():
    read = table_of(
        "指標名|区分|基準値|令和4年度|令和5年度|来館者数|実績値|7|11|19|目標値|10|20"
        "|会員数|実績値|45|51|58|目標値|50|60"
    )
    assert read[1] == ["来館者数", "実績値", "7", "11", "19"]
    assert read[2] == ["来館者数", "目標値", "7", "10", "20"]  # one cell over both rows


def test_figures_named_in_one_cell_stay_together():
    read = table_of("事業名|予算額|財源内訳|公園管理|90|国) 30|県) 60|道路整備|80|国) 50|他) 30")
    assert read[1] == ["公園管理", "90", "国) 30\n県) 60"]


def test_what_sources_of_money_are_meant_stays_open():
    (recovery,) = recover_tables(
        lines_of(
            "事業名|予算額|財源内訳|国庫支出金|県支出金|一般財源"
            "|公園管理|90|30|20|40|図書館運営|80|10|20|50|道路整備|70|30|40"
        )
    )
    grid = [[cell.text if cell else "" for cell in row] for row in recovery.grid.matrix()]
    assert grid[-1] == ["道路整備", "70", "", "", ""]
    assert [line.text for line in recovery.unplaced] == ["30", "40"]
    assert {col for _, col in recovery.doubtful} == {2, 3, 4}


def test_what_is_no_table_of_figures_is_left_alone():
    prose = "令和5年度は12件の相談があり、前年度より3件増えた。|次年度は15件を見込む。|来館者は1,200人、うち市外は300人である。"
    addresses = "施設名|所在地|電話番号|中央公民館|本町4丁目29番9号|059-37-7662|北部支所|港町1丁目18番2号|021-66-5050"
    schedule = "時期|内容|場所|5月10日|議会報告|文化会館|6月1日|計画の決定|市役所3階"
    members = "No.|氏名|役職|1|井上 浩二|会長|2|石井 直樹|委員|3|中村 さくら|委員"
    for text in (prose, addresses, schedule, members):
        assert recover_tables(lines_of(text)) == []


def test_hostile_text_takes_time_in_proportion_to_its_length():
    def seconds(text: str) -> float:
        start = time.process_time()
        recover_tables(lines_of(text))
        return time.process_time() - start

    row = "令和5年度|予算|1|市税|2,000|▲3|(4)|構成比|"
    assert seconds(row * 4000) < 12 * max(seconds(row * 1000), 0.05)


def test_lines_of_several_figures_are_no_cells():
    assert not recover_tables(
        lines_of(
            "区分|2021|決算|2022|決算|2023|決算|市民税|個人 1,453 1,524 1,556|法人 375 372 178"
            "|固定資産税|土地 1,087 1,067 1,104|家屋 1,191 997 937"
        )
    )


def test_a_column_of_changes_does_not_hold_the_amounts_before():
    rows = (
        "市税|5,100|5,000|100|2.0|寄附金|700|650|50|7.7|繰入金|910|900|10|1.1|諸収入|520|500|20|4.0"
    )
    header = "科目|令和5年度|令和4年度|比較|予算額|予算額|増減額|増減率"
    assert len(recover_tables(lines_of(f"{header}|{rows}"))) == 1
    swapped = "科目|令和5年度|令和4年度|予算額|比較|増減率|予算額"
    assert not recover_tables(lines_of(f"{swapped}|{rows}"))


BASELINE = (
    "指標|区分|基準値|R2|R3|R4|受診率|目標|93.6|99.0|99.5|100.0|実績|{}|87.3|96.3"
    "|農業者数|目標|288|303|318|333|実績|{}|331|327|利用者数|目標|120|130|140|150|実績|{}|131|139"
)


def test_a_baseline_over_the_rows_of_an_indicator_is_told_by_many_indicators():
    table = table_of(BASELINE.format("95.1", "283", "120"))
    assert table[2][2:] == ["93.6", "95.1", "87.3", "96.3"]


def test_a_baseline_that_each_row_gives_is_in_both():
    table = table_of(BASELINE.format("93.6", "288", "119"))
    assert table[2][2:] == ["93.6", "87.3", "96.3", ""]
