"""One engine, many layouts: each a small table, read by the labels on its rows and columns."""

from __future__ import annotations

from text_grids import figures, grid, read, table


def test_years_as_rows_under_indicators_with_targets_and_actuals() -> None:
    report = read(
        grid("""
             | 来館者数 | <        | 満足度 | <
             | 目標     | 実績     | 目標   | 実績
        当初 | 100人    | 100人    | 50.0％ | 50.0％
        Ｒ２ | 120人¶(+20) | 90人¶(-10) | 60.0％¶(+10.0) |
        """)
    )
    assert report.tables[0].family == "years-by-indicator"
    assert figures(
        report, "indicator", "period", "fiscal_year", "measure", "value", "delta", "status"
    ) == [
        ("来館者数", "当初", None, "target", "100", None, "reported"),
        ("来館者数", "当初", None, "actual", "100", None, "reported"),
        ("満足度", "当初", None, "target", "50.0", None, "reported"),
        ("満足度", "当初", None, "actual", "50.0", None, "reported"),
        ("来館者数", "Ｒ２", 2020, "target", "120", "20", "reported"),
        ("来館者数", "Ｒ２", 2020, "actual", "90", "-10", "reported"),
        ("満足度", "Ｒ２", 2020, "target", "60.0", "10.0", "reported"),
        ("満足度", "Ｒ２", 2020, "actual", None, None, "not_reported"),
    ]
    assert {row.unit for row in report.observations if row.indicator == "満足度"} == {"%"}


def test_one_indicator_a_row() -> None:
    report = read(
        grid("""
        番号 | 基本目標 | 指標名   | 単位 | 基準値（R1年度） | R2   | R3   | 目標値（令和6年度） | 達成率（％） | 評価 | 備考
        1    | 活力     | 来館者数 | 人   | 1,000            | 900  | 未集計 | 1,200             | 75.0         | Ｃ   | 休館のため
        2    | 安心     | 検診率   | ％   | 40.0             | 41.5 | 43.0 | 50.0                | 86.0         | Ｂ   |
        """)
    )
    assert report.tables[0].family == "indicator-per-row"
    rows = figures(
        report, "group", "indicator", "unit", "period", "fiscal_year", "measure", "value", "status"
    )
    assert rows[:5] == [
        ("活力", "来館者数", "人", "R1年度", 2019, "baseline", "1000", "reported"),
        ("活力", "来館者数", "人", "R2", 2020, "actual", "900", "reported"),
        ("活力", "来館者数", "人", "R3", 2021, "actual", None, "not_reported"),
        ("活力", "来館者数", "人", "令和6年度", 2024, "target", "1200", "reported"),
        ("活力", "来館者数", "%", "", None, "rate", "75.0", "reported"),
    ]
    told = [(n.indicator, n.kind, n.text) for n in report.narratives]
    assert ("来館者数", "achievement", "Ｃ") in told
    assert ("来館者数", "other", "休館のため") in told


def test_columns_in_another_order_are_read_by_their_headers() -> None:
    report = read(
        grid("""
        備考   | 目標値（R7） | 担当課 | 単位 | 指標     | 実績（R5） | 基準値（H30）
        順調   | 200          | 企画課 | 件   | 相談件数 | 150        | 100
        遅れ   | 90.0         | 福祉課 | ％   | 受診率   | 61.0       | 60.0
        """)
    )
    assert figures(report, "indicator", "unit", "period", "measure", "value") == [
        ("相談件数", "件", "R7", "target", "200"),
        ("相談件数", "件", "R5", "actual", "150"),
        ("相談件数", "件", "H30", "baseline", "100"),
        ("受診率", "%", "R7", "target", "90.0"),
        ("受診率", "%", "R5", "actual", "61.0"),
        ("受診率", "%", "H30", "baseline", "60.0"),
    ]


def test_targets_and_actuals_as_rows_under_one_indicator() -> None:
    report = read(
        grid("""
        指標           | 区分   | H30 | R1  | R2
        利用者数（人） | 目標   | 10  | 20  | 30
        ^              | 実績   | 12  | 18  |
        ^              | 達成率 | 120.0％ | 90.0％ |
        """)
    )
    assert report.tables[0].family == "measure-subrows"
    assert figures(report, "indicator", "unit", "period", "measure", "value")[:4] == [
        ("利用者数", "人", "H30", "target", "10"),
        ("利用者数", "人", "R1", "target", "20"),
        ("利用者数", "人", "R2", "target", "30"),
        ("利用者数", "人", "H30", "actual", "12"),
    ]
    assert figures(report, "measure", "value", "unit")[6] == ("rate", "120.0", "%")


def test_budget_with_shares_and_changes() -> None:
    report = read(
        "（単位：千円、％）",
        grid("""
        区分     | 令和8年度当初予算 | <      | 令和7年度当初予算 | <      | 比較   | <
        ^        | 予算額            | 構成比 | 予算額            | 構成比 | 増減額 | 伸率
        1.市税   | 600               | 60.0   | 500               | 50.0   | 100    | 20.0
        2.市債   | 400               | 40.0   | 500               | 50.0   | △100  | △20.0
        歳入合計 | 1,000             | 100.0  | 1,000             | 100.0  | 0      | 0.0
        """),
    )
    assert report.tables[0].family == "budget"
    assert figures(report, "indicator", "period", "measure", "measure_label", "value", "unit")[
        :6
    ] == [
        ("1.市税", "令和8年度", "budget", "予算額", "600", "千円"),
        ("1.市税", "令和8年度", "share", "構成比", "60.0", "%"),
        ("1.市税", "令和7年度", "budget", "予算額", "500", "千円"),
        ("1.市税", "令和7年度", "share", "構成比", "50.0", "%"),
        ("1.市税", "", "change", "増減額", "100", "千円"),
        ("1.市税", "", "change_rate", "伸率", "20.0", "%"),
    ]
    assert [h.kind for h in report.tables[0].rows] == ["part", "part", "total"]


def test_projects_with_their_sources_of_funds() -> None:
    report = read(
        grid("""
        番号 | 主管課 | 款項目 | 事業名   | R3年度当初予算額（千円） | R4年度当初予算額（千円） | 増減 | 財源内訳 | < | < | 主な事業内容
        ^    | ^      | ^      | ^        | ^                        | ^                        | ^    | 国 | 県 | 一般財源 | ^
        1    | 企画課 | 2.1.11 | 交通事業 | 44,907 | 42,355 | △2,552 | 3,647 | 1,934 | 36,774 | 路線を維持するための補助金を交付する。
        2    | 総務課 | 2.1.2  | 人事事業 | 1,000  | 2,000  | 1,000   |       |       | 2,000  | 研修を行う。
        """)
    )
    assert figures(report, "indicator", "measure", "measure_label", "value")[:6] == [
        ("交通事業", "budget", "当初予算額（千円）", "44907"),
        ("交通事業", "budget", "当初予算額（千円）", "42355"),
        ("交通事業", "change", "増減", "-2552"),
        ("交通事業", "amount", "国", "3647"),
        ("交通事業", "amount", "県", "1934"),
        ("交通事業", "amount", "一般財源", "36774"),
    ]
    assert [row.indicator for row in report.observations].count("人事事業") == 4


def test_before_change_and_after() -> None:
    report = read(
        grid("""
        款     | 現計予算額 | 補正額 | 計
        1 市税 | 100        | 20     | 120
        2 市債 | 50         |        | 50
        """)
    )
    assert [row.measure for row in report.observations] == [
        "budget",
        "change",
        "budget",
        "budget",
        "budget",
    ]


def test_a_form_of_labels_and_values() -> None:
    report = read(
        grid("""
        事業名   | 観光振興事業 | <      | <
        担当課   | 商工課       | 事業期間 | R3年度～R5年度
        総事業費 | 6,799円      | うち交付金充当額 | 3,399円
        指標①   | 来館者数（人） | < | <
                 | 事業開始前 | 1年目¶増加分 | 累計
        目標     | 100 | 20 | 120
        実績     | 100 | 15 | 115
        """)
    )
    assert figures(report, "indicator", "measure", "value", "unit")[:2] == [
        ("総事業費", "amount", "6799", "円"),
        ("うち交付金充当額", "amount", "3399", "円"),
    ]
    assert figures(report, "indicator", "period", "measure", "value", "unit")[2:] == [
        ("来館者数", "事業開始前", "target", "100", "人"),
        ("来館者数", "1年目", "target", "20", "人"),
        ("来館者数", "累計", "target", "120", "人"),
        ("来館者数", "事業開始前", "actual", "100", "人"),
        ("来館者数", "1年目", "actual", "15", "人"),
        ("来館者数", "累計", "actual", "115", "人"),
    ]
    assert [(p.project_name, p.kpi_status) for p in report.projects] == [
        ("観光振興事業", "tabulated")
    ]


def test_two_tables_side_by_side_keep_their_labels_apart() -> None:
    report = read(
        grid("""
        款     | 金額 | 款       | 金額
        市税   | 70   | 総務費   | 60
        市債   | 30   | 民生費   | 40
        """)
    )
    assert figures(report, "group", "indicator", "value") == [
        ("", "市税", "70"),
        ("", "総務費", "60"),
        ("", "市債", "30"),
        ("", "民生費", "40"),
    ]


def test_a_second_label_column_divides_the_rows_of_the_first() -> None:
    report = read(
        grid("""
        目     | 本年度 | 節     | <
        ^      | ^      | 区分   | 金額
        1.個人 | 100    | 1.現年 | 80
        ^      | ^      | 2.滞納 | 20
        """)
    )
    assert figures(report, "group", "indicator", "value") == [
        ("", "1.個人", "100"),
        ("1.個人", "1.現年", "80"),
        ("1.個人", "2.滞納", "20"),
    ]


def test_a_new_header_in_the_body_starts_new_columns() -> None:
    report = read(
        grid("""
        区分   | 扶養手当 | 期末手当
        本年度 | 10       | 20
        前年度 | 11       | 21
        区分   | 児童手当 | 計
        本年度 | 30       | 60
        前年度 | 31       | 63
        """)
    )
    assert figures(report, "indicator", "period", "value")[4:6] == [
        ("児童手当", "本年度", "30"),
        ("計", "本年度", "60"),
    ]


def test_tables_of_no_interest_are_named_and_left_alone() -> None:
    reading = table(
        grid("""
        氏名     | 役職 | 任期
        山田太郎 | 委員 | 二年
        鈴木花子 | 委員 | 二年
        """)
    )
    assert (reading.family, reading.uncertain, reading.cells) == ("none", ("members",), {})


def test_class_names_that_look_like_figures_are_labels() -> None:
    report = read(
        grid("""
        区分   | 人数
        20歳代 | 735人
        30歳代 | 812人
        """)
    )
    assert figures(report, "indicator", "value") == [("20歳代", "735"), ("30歳代", "812")]


def test_bare_years_over_figures_are_headers() -> None:
    report = read(
        grid("""
        指標     | 2019 | 2020
        利用者数 | 2018 | 2031
        """)
    )
    assert figures(report, "period", "fiscal_year", "value") == [
        ("2019", 2019, "2018"),
        ("2020", 2020, "2031"),
    ]


def test_years_of_life_under_years_are_figures_and_no_header() -> None:
    report = read(
        grid("""
        指標     | 区分 | 平成28年度 | 平成29年度
        健康寿命 | 目標 | 83.49年    | 86.54年
        ^        | 実績 | 87.30年    | 88.55年
        在職年数 | 目標 | 12年       | 13年
        ^        | 実績 | 11年       | 14年
        """)
    )
    assert figures(report, "indicator", "period", "measure", "value", "unit")[:2] == [
        ("健康寿命", "平成28年度", "target", "83.49", "年"),
        ("健康寿命", "平成29年度", "target", "86.54", "年"),
    ]
    assert len(report.observations) == 8


def test_whole_years_under_years_are_figures_too() -> None:
    report = read(
        grid("""
        指標     | 区分 | 平成28年度 | 平成29年度
        在職年数 | 目標 | 12年       | 13年
        ^        | 実績 | 11年       | 14年
        """)
    )
    assert figures(report, "measure", "value") == [
        ("target", "12"), ("target", "13"), ("actual", "11"), ("actual", "14"),
    ]  # fmt: skip


def test_a_baseline_for_all_rows_of_an_indicator_is_no_target_of_the_row_it_stands_in() -> None:
    report = read(
        grid("""
        指標     | 区分   | 現状値 | Ｒ４  | Ｒ５
        来館者数 | 目標値 | 100人  | 110人 | 120人
        ^        | 実績値 |        | 105人 | 118人
        貸出冊数 | 目標値 | 200冊  | 210冊 | 220冊
        ^        | 実績値 |        | 205冊 | 218冊
        """)
    )
    started = [r for r in report.observations if r.period == "現状値" and r.value is not None]
    assert [(row.indicator, str(row.value)) for row in started] == [
        ("来館者数", "100"),
        ("貸出冊数", "200"),
    ]
    assert {row.measure for row in started} <= {"actual", "baseline"}


def test_a_column_of_starts_with_a_figure_for_each_row_is_what_the_rows_say() -> None:
    report = read(
        grid("""
        指標     | 区分   | 当初  | Ｒ４  | Ｒ５
        来館者数 | 目標値 | 100人 | 110人 | 120人
        ^        | 実績値 | 90人  | 105人 | 118人
        貸出冊数 | 目標値 | 200冊 | 210冊 | 220冊
        ^        | 実績値 | 180冊 | 205冊 | 218冊
        """)
    )
    started = [row.measure for row in report.observations if row.period == "当初"]
    assert started == ["target", "actual", "target", "actual"]
