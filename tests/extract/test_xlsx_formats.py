from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenzan.extract.number_format import builtin_format, show_number, show_text

ACCOUNTING = r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ '

CASES = [
    ("-54317", '#,##0;"△ "#,##0', "△ 54,317"),
    ("-173", "#,##0;▲#,##0", "▲173"),
    ("-1234", "#,##0_);(#,##0)", "(1,234)"),
    ("-1234", "#,##0;[Red]-#,##0", "-1,234"),
    ("0", '#,##0;-#,##0;"－"', "－"),
    ("-5", ACCOUNTING, "-5"),
    ("0", ACCOUNTING, "-"),
    ("33", "(+#,##0);(-#,##0);(±0)", "(+33)"),
    ("-33", "(+#,##0);(-#,##0);(±0)", "(-33)"),
    ("0", "(+#,##0);(-#,##0);(±0)", "(±0)"),
    ("1234567", "#,##0,", "1,235"),
    ("1234567890", '#,##0,,"百万円"', "1,235百万円"),
    ("1234567.891", "#,##0.0,", "1,234.6"),
    ("0.1234", "0.0%", "12.3%"),
    ("-0.05", '0.0%;"△"0.0%', "△5.0%"),
    ("1.005", "0.00", "1.01"),
    ("2.675", "0.00", "2.68"),
    ("0.5", "0", "1"),
    ("-12", '0"件"', "-12件"),
    ("1000", "¥#,##0", "¥1,000"),
    ("-1000", "[$¥-411]#,##0;[Red]-[$¥-411]#,##0", "-¥1,000"),
    ("3", '"令和"0"年度"', "令和3年度"),
    ("5", "000", "005"),
    ("12345678", "0000-0000", "1234-5678"),
    ("0", "#,###", ""),
    ("5", ";;;", ""),
    ("0.1", "0.##", "0.1"),
    ("2.25", "# ?/?", "2 1/4"),
    ("1234567", "0.00E+00", "1.23E+06"),
    ("99", '[>=100]"多";0"件"', "99件"),
    ("-5", '[<0]"▲"#,##0;#,##0', "▲5"),
    ("5", '[<0]"▲"#,##0;#,##0', "5"),
    ("1234", "[DBNum3]0", "１２３４"),
    ("0.30000000000000004", "General", "0.3"),
    ("0.3333333333333333", "General", "0.333333333"),
    ("123456789012", "General", "123456789012"),
    ("0.0000001", "General", "0.0000001"),
    ("1234.50", "General", "1234.5"),
    ("1", 'G/標準"個"', "1個"),
    ("44256", '[$-411]ggge"年"m"月"d"日"', "令和3年3月1日"),
    ("44256", "[$-411]ge.m.d", "R3.3.1"),
    ("43600", '[$-ja-JP-x-gannen]ggge"年"', "令和元年"),
    ("43585", "ge", "H31"),
    ("44256", '[DBNum1]ggge"年"m"月"d"日"', "令和三年三月一日"),
    ("44256.75", "yyyy/m/d h:mm", "2021/3/1 18:00"),
    ("44256", 'yyyy"年"mm"月"', "2021年03月"),
    ("44256", "aaaa", "月曜日"),
    ("1.5", "[h]:mm", "36:00"),
    ("0.5", "h:mm AM/PM", "12:00 PM"),
    ("0.000694", "mm:ss", "01:00"),
    ("1", "yyyy/m/d", "1900/1/1"),
    ("-1", "yyyy/m/d", "########"),
]


@pytest.mark.parametrize(("value", "code", "shown"), CASES)
def test_numbers_show_as_on_the_screen(value, code, shown):
    assert show_number(Decimal(value), code).text == shown


@pytest.mark.parametrize(
    ("number", "value", "shown"),
    [
        (38, "-1234", "-1,234"),
        (37, "-1234", "-1,234"),
        (10, "0.1234", "12.34%"),
        (14, "44256", "2021/3/1"),
        (58, "44256", "令和3年3月1日"),
        (0, "1.50", "1.5"),
        (999, "7", "7"),
    ],
)
def test_builtin_formats_are_the_japanese_ones(number, value, shown):
    assert show_number(Decimal(value), builtin_format(number)).text == shown


def test_a_minus_told_by_colour_alone_is_told():
    shown = show_number(Decimal(-1234), "#,##0;[Red]#,##0")
    assert (shown.text, shown.by_colour) == ("-1,234", True)
    assert not show_number(Decimal(-1234), "#,##0;[Red]-#,##0").by_colour
    assert show_number(Decimal(-1234), "#,##0;#,##0").text == "1,234"


def test_texts_are_changed_by_a_text_section_only():
    assert show_text("三", '"第"@"号"') == "第三号"
    assert show_text("―", "#,##0") == "―"
    assert show_text("―", '0;0;0;"("@")"') == "(―)"


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**11), max_value=10**11
    )
)
def test_grouped_figures_come_back(value):
    shown = show_number(value, "#,##0.000;-#,##0.000").text
    assert Decimal(shown.replace(",", "")) == value


@given(
    st.text('0#?,.%;@[]"\\_*E+-/ymdhsgea<>=1RedDBNum General AM/PM年月日△▲', max_size=20),
    st.decimals(allow_nan=False, allow_infinity=False),
)
def test_no_format_code_fails(code, value):
    assert isinstance(show_number(value, code).text, str)
