"""Which way is better for an indicator: by its targets in figures and in words."""

from __future__ import annotations

import pytest
from text_grids import grid, read

from kenzan.interpret.directions import parse_direction


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("減少", "down"),
        ("前年度より減少", "down"),
        ("減らす", "down"),
        ("増加", "up"),
        ("向上", "up"),
        ("現状維持", "unknown"),
        ("減少させない", "unknown"),
        ("増加の抑制", "unknown"),
        ("増減なし", "unknown"),
        ("検討会の開催により利用者の増加を図るための計画を策定", "unknown"),
        ("", "unknown"),
    ],
)
def test_targets_in_words(text: str, way: str) -> None:
    assert parse_direction(text) == way


def test_each_indicator_goes_the_way_of_its_targets() -> None:
    report = read(
        grid("""
        指標         | 単位 | 基準値（R3） | R4実績 | 目標値（R8）
        喫煙率       | ％   | 18.0         | 17.5   | 減少
        食塩摂取量   | g    | 10.5         | 10.2   | 8g以下
        待機児童数   | 人   | 0            | 2      | 0
        検診受診率   | ％   | 40.0         | 41.2   | 50.0
        歩行者の割合 | ％   | 60.0         | 61.0   | 50％以上
        肥満者の割合 | ％   | 25.0         | 25.4   | 20％未満
        満足度       | ％   | 70.0         | 71.0   | 維持
        排出量       | t    | 1,200        | 1,150  | 1,000
        """)
    )
    assert {one.indicator: one.direction for one in report.indicators} == {
        "喫煙率": "down",
        "食塩摂取量": "down",
        "待機児童数": "unknown",
        "検診受診率": "up",
        "歩行者の割合": "up",
        "肥満者の割合": "down",
        "満足度": "unknown",
        "排出量": "down",
    }


def test_targets_that_rise_and_fall_lead_nowhere() -> None:
    report = read(
        grid("""
        指標       | 区分 | 当初 | R3 | R4 | R5
        来館者数   | 目標 | 10   | 12 | 11 | 14
        ^          | 実績 | 10   | 11 | 12 | 13
        """)
    )
    assert [one.direction for one in report.indicators] == ["unknown"]


def test_growth_that_is_added_up_is_not_held_against_the_start() -> None:
    report = read(
        grid("""
        指標     | 区分 | 当初   | 1年目（R元）増加分 | 2年目（R2）増加分 | 増加分の累計
        来館者数 | 目標 |        | 100               | 200              | 300
        ^        | 実績 | 69,437 | 120               | 150              | 270
        """)
    )
    assert [one.direction for one in report.indicators] == ["up"]
