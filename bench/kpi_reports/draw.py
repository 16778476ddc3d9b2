"""A report from a seed: what is drawn at random, and what follows from it."""

from __future__ import annotations

from random import Random

from bench.kpi_reports.figures import KINDS, KpiMaker
from bench.kpi_reports.model import Convention, KpiReport, Project

_LABELS = ("資料１", "資料３", "資料６", "資料２－１", "別紙２", "参考資料１")
_TITLES = (
    "地方創生推進交付金事業の進捗状況及び重要業績評価指標（ＫＰＩ）の達成状況について",
    "まちづくり推進交付金事業の実施状況及び重要業績評価指標（ＫＰＩ）の達成度について",
    "デジタル田園都市国家構想交付金事業の効果検証について",
)
_PROJECTS = (
    "港町の食文化を生かした地域商社設立事業",
    "里山資源を活用した体験型観光推進事業",
    "若者の起業・創業支援プロジェクト",
    "スマート農業の導入による担い手確保事業",
    "空き家を活用した移住・定住促進事業",
    "健康づくりと多世代交流の拠点整備事業",
    "「学びの森」を核とした関係人口創出事業",
    "ＩＣＴを活用した地域交通再編事業",
)
_OVERVIEWS = (
    (
        "市内に点在する地域資源を磨き上げ、民間事業者と連携しながら販路の拡大と担い手の育成に取り組む"
        "ことで、地域経済の活性化と雇用の創出を図る。"
    ),
    (
        "人口減少が進む中山間地域において、住民が主体となった取組を支援し、都市部との交流を通じて関係"
        "人口の拡大と移住・定住の促進を図る。"
    ),
    "子どもから高齢者まで誰もが活躍できる環境を整え、健康寿命の延伸と社会参加の促進を図る。",
)
_PLANS = (
    "・基本計画の策定及び関係者との協議",
    "・情報発信のためのホームページ開設",
    "・試作品の開発、販路開拓に向けた商談会の開催",
    "・モニターツアーの実施",
    "・拠点施設の改修工事",
    "・人材育成講座の開催（全６回）",
    "・実証実験の実施及び効果の検証",
)
_OMITTED = ("県全体での評価のため省略", "構成市町全体での評価のため省略", "事業期間中のため省略")
_BASELINES = ("当初", "基準値", "事業開始前")
_ERAS = ("Ｒ{}", "R{}", "令和{}年度", "R{}年度")
_CONVENTIONS: tuple[Convention, ...] = (
    "previous-target",
    "previous-actual",
    "baseline",
    "same-target",
)


def make_report(seed: int) -> KpiReport:
    """The report of a seed: the same for ever."""
    draw = Random(seed)
    first = draw.choice((2018, 2019, 2020, 2021, 2022, 2023))
    years = [first + step for step in range(draw.randint(2, 7))]
    era = draw.choice(_ERAS)
    report = KpiReport(
        seed,
        draw.choice(_LABELS),
        draw.choice(_TITLES),
        [draw.choice(_BASELINES), *(_name_year(year, era) for year in years)],
        draw.choice(_CONVENTIONS),
    )
    count = draw.randint(1, 4)
    letters = "ＡＢＣＤ" if draw.random() < 0.7 else "ABCD"
    reported = len(years) - draw.choice((0, 1, 1, 1)) if len(years) > 2 else len(years)
    maker = KpiMaker(draw, report, years, reported)
    names = draw.sample(_PROJECTS, count)
    for place in range(count):
        one = Project(letters[place], names[place], draw.choice(_OVERVIEWS), _plans(draw, report))
        if place == count - 1 and count > 1 and draw.random() < 0.4:
            one.omitted = draw.choice(_OMITTED)
        else:
            for kind in draw.sample(KINDS, draw.randint(1, 5)):
                one.kpis.append(maker.make(one.letter, kind))
        report.projects.append(one)
    return report


def _name_year(year: int, era: str) -> str:
    if year < 2019:
        name = era.replace("令和", "平成").replace("Ｒ", "Ｈ").replace("R", "H")
        return name.format(year - 1988)
    return era.format(year - 2018 if year > 2019 else "元")


def _plans(draw: Random, report: KpiReport) -> list[tuple[str, list[str]]]:
    return [(period, draw.sample(_PLANS, draw.randint(1, 3))) for period in report.periods[1:]]
