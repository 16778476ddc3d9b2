"""What the text of a piece may be: a figure, a change in brackets, a number of a row, a year."""

from __future__ import annotations

import re

from kenzan.normalize.notation import MISSING_WORDS

BLANKS = " \u3000\t\xa0"
_SIGN = "△▲▽▼－−–—―‐\\-＋+±"
_DIGIT = "0-9０-９"
_COUNTER = "者種類両便基面株羽本駅路線集落区町村市品巻隻匹着問語曲"
_UNIT = (
    "円千百万億兆人件個社団体箇ヶカケか所回日時間分秒歳世帯戸棟台冊校園名組枚頭点位倍割％%‰"
    "店舗法経営㎞㎡㎥㎏kmghatbポイント以上下未満程増減超事業"
)
GOES_ON = frozenset(_UNIT + "()（）→⇒➡～〜~/／")
"""What goes on a figure after a little white: its unit, a bracket, an arrow."""
_BEFORE = (
    r"(?:(?:毎年度?|各年度?|年間|年平均|平均|月平均|おおむね|概ね|最大|約|合?計|累計|うち|延べ|のべ)"
    r"[ \u3000]*){0,2}(?:[債他][)）])?"
)
_LATIN = r"(?:[/／]?[A-Za-zＡ-Ｚａ-ｚ℃]{1,4}(?:[-－/／・][A-Za-zＡ-Ｚａ-ｚ0-9０-９]{1,4})?)?"
_ONE = (
    rf"(?:(?:[HhRrＨＲ]|令和|平成)(?:元|[{_DIGIT}]{{1,2}})年?度?[ \u3000:：]*)?"
    rf"[(（\[〔{{]*{_BEFORE}[{_SIGN}]*[(（]?[{_SIGN}]*[ \u3000]*"
    rf"[{_DIGIT}](?:[{_DIGIT},，.．]|[ \u3000](?=[{_DIGIT}]))*"
    rf"[ \u3000]*[{_UNIT}{_COUNTER}]{{0,12}}{_LATIN}[{_UNIT}]{{0,6}}[)）\]〕}}]*"
)
# Three digits or a mark between digits are no number of a row, whatever is counted.
_COUNTED = re.compile(
    rf"[{_SIGN}]*(?=[{_DIGIT}]{{3}}|[{_DIGIT}]+[,，.．])[{_DIGIT},，.．]*[{_DIGIT}][ \u3000]*"
    r"(?![年月日号番丁章節条款項目])[\u30a1-\u30fa\u30fc\u4e00-\u9fff]{1,6}"
)
_FIGURE = re.compile(rf"{_ONE}(?:[ \u3000]*[→⇒➡～〜~/／]?[ \u3000]*{_ONE})*")
_LIFE = re.compile(rf"[{_DIGIT}]+[.．][{_DIGIT}]+[ \u3000]*[年月日]間?")
_MISSING = re.compile(r"[-－−–—―‐ー…＊*xXｘ]{1,3}|皆[増減]|[－―-]?[%％]")
_SHORTEST_WORD = 3
"""Characters of a word for a missing figure: shorter ones (無, 廃止) say other things too."""
_SIGNS_ONLY = re.compile(rf"[{_SIGN}(（]+")
_BRACKETED = re.compile(r"[(（\[〔].*[)）\]〕]|[＋+±△▲].*")
_ENUMERATOR = re.compile(rf"[(（]?[{_DIGIT}]{{1,2}}[)）.．、]?|[①-⑳]")
_NUMBERED = re.compile(rf"(?:{_ENUMERATOR.pattern})[{BLANKS}]")
_ORDINAL = re.compile(
    rf"[①-⑳㉑-㉟]|[(（][{_DIGIT}]{{1,2}}[)）]|"
    rf"(?:KPI|ＫＰＩ|指標)[ \u3000]*(?:[①-⑳]|[{_DIGIT}]{{1,2}})"
)
_GLUED = re.compile(rf"(?:{_ENUMERATOR.pattern})[{BLANKS}]*[^{_DIGIT}.,．，]")
_ASIDE = re.compile(
    r"[(（［\[][ \u3000]*単[ \u3000]*位|単[ \u3000]*位[ \u3000]*[:：]|。|"
    # The mark of a note may stand alone on the last line of a label.
    rf"^[ \u3000]*※(?![{_DIGIT}]{{0,2}}[ \u3000]*$)"
)
_ERA = re.compile(rf"(?:[HhRrＨＲ]|令和|平成)[{_DIGIT}]{{1,2}}")
_FOOTER = re.compile(rf"[-－−–—―‐][ \u3000]*[{_DIGIT}]{{1,4}}[ \u3000]*[-－−–—―‐]")
_PAGE = re.compile(
    rf"(?:[PpＰｐ][.．]?)?[ \u3000]*[-－−–—―‐]?[ \u3000]*[{_DIGIT}]{{1,4}}"
    rf"(?:[ \u3000]*[/／][ \u3000]*[{_DIGIT}]{{1,4}})?[ \u3000]*[-－−–—―‐]?(?:ページ|頁)?"
)
_DIGITS = re.compile(rf"[{_DIGIT}]+")
_YEAR = re.compile(r"(?:19|20|１９|２０)\d\d")
_PERIOD = re.compile(
    rf"(?:令和|平成|昭和|[HhRrSsＨＲＳ])?[ \u3000]*(?:元|[{_DIGIT}]{{1,4}})"
    r"[ \u3000]*年?[ \u3000]*[度目]?末?"
    r"(?:[(（].{1,8}[)）])?"
)
# The first line of a year with another in brackets: 平成30年度（20 over 18年度）.
_CUT_PERIOD = re.compile(
    rf"(?:令和|平成|昭和|[HhRrSsＨＲＳ])?[ \u3000]*(?:元|[{_DIGIT}]{{1,4}})"
    r"[ \u3000]*年[ \u3000]*[度目]?[ \u3000]*[(（][^)）]{0,7}"
)


def is_figure(text: str) -> bool:
    """Whether a text is a figure with its sign and unit, or a mark for a missing one."""
    if _ERA.fullmatch(text) or _CUT_PERIOD.fullmatch(text):
        return False
    if text in MISSING_WORDS:
        return len(text) >= _SHORTEST_WORD
    return any(kind.fullmatch(text) for kind in (_FIGURE, _MISSING, _COUNTED, _LIFE))


def is_bracketed(text: str) -> bool:
    """Whether a text is in brackets or begins with a sign: a change rather than a value."""
    return _BRACKETED.fullmatch(text) is not None


def is_enumerator(text: str) -> bool:
    """Whether a text may be the number of a row rather than a figure."""
    return _ENUMERATOR.fullmatch(text) is not None


def is_ordinal(text: str) -> bool:
    """Whether a text is the mark of an item and cannot be a figure: ①, (1), 指標２."""
    return _ORDINAL.fullmatch(text) is not None


def is_numbered(text: str) -> bool:
    """Whether a text begins with a number of its own: 1 市税, (2) 委託料."""
    return _NUMBERED.match(text) is not None


def begins_with_number(text: str) -> bool:
    """The same where the blank may be lost: 1市税."""
    return _GLUED.match(text) is not None


def is_sign(text: str) -> bool:
    """Whether a text is the sign of a figure further to the right."""
    return _SIGNS_ONLY.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether a text is a western year without any word: 2024."""
    return _YEAR.fullmatch(text) is not None


def names_period(text: str) -> bool:
    """Whether a text is the name of a year: 令和５年度, R5, 3年目, 2024."""
    return _PERIOD.fullmatch(text) is not None or _CUT_PERIOD.fullmatch(text) is not None


def is_whole_period(text: str) -> bool:
    """The same of a name that does not go on: not 平成30年度（20."""
    return _PERIOD.fullmatch(text) is not None


def is_aside(text: str) -> bool:
    """Whether a line is a note or a unit for the whole table, or prose."""
    return _ASIDE.search(text) is not None


def is_page_number(text: str, *, bare: bool = False) -> bool:
    """Whether a line is nothing but the number of its page: between dashes, or ``bare``."""
    return (_PAGE if bare else _FOOTER).fullmatch(text) is not None


def without_digits(text: str) -> str:
    """What stays the same in lines that come again on every page: the text without its numbers."""
    return _DIGITS.sub("", text).strip()
