"""Dates and times in display formats: serial numbers, eras, elapsed hours."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.extract.number_format import Section, Token

_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_WEEKDAYS_JA = "月火水木金土日"
_DAY = 86_400
_LAST_SERIAL = 2_958_466  # the day after 9999-12-31
_TENS = ("", "十", "百", "千")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day and the time of it, rounded to what the format shows; ``fraction`` of a second."""

    day: date
    seconds: int
    fraction: str
    serial: Decimal
    twelve_hours: bool

    @property
    def hour(self) -> int:
        """The hour, by the clock that the format uses."""
        hour = self.seconds // 3600
        return (hour - 1) % 12 + 1 if self.twelve_hours else hour


def render_date(serial: Decimal, section: Section, *, epoch_1904: bool) -> str:
    """A date; ``########``, as on the screen, if there is none for the number."""
    if not 0 <= serial + (1462 if epoch_1904 else 0) < _LAST_SERIAL:
        return "#" * 8
    moment = _to_moment(serial, section, epoch_1904=epoch_1904)
    tokens = section.tokens
    parts: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind == "date":
            parts.append(_date_part(moment, section, i))
        elif token.kind == "elapsed":
            parts.append(_elapsed(moment, token.text))
        elif token.kind == "half":
            parts.append(_half(moment, token.text))
        elif token.kind == "digit":
            if tokens[i - 1].kind == "point":
                parts.append(moment.fraction)
        else:
            parts.append(token.text)
    return "".join(parts).strip()


def _to_moment(serial: Decimal, section: Section, *, epoch_1904: bool) -> _Moment:
    places = sum(token.kind == "digit" for token in section.tokens)
    total = (serial * _DAY).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    days, seconds = divmod(int(total), _DAY)
    fraction = f"{total % 1:f}".partition(".")[2]
    twelve = any(token.kind == "half" for token in section.tokens)
    return _Moment(_to_day(days, epoch_1904=epoch_1904), seconds, fraction, serial, twelve)


def _to_day(days: int, *, epoch_1904: bool) -> date:
    """Day 60 of the 1900 system is a 29 February that never was; days before it count from 31."""
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days=days)
    first = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    return min(first + timedelta(days=min(days, 2_958_465)), date(9999, 12, 31))


def _date_part(moment: _Moment, section: Section, at: int) -> str:
    letters = section.tokens[at].text.lower()
    first, size = letters[0], len(letters)
    if first == "m" and _is_minutes(section.tokens, at):
        return _padded(moment.seconds // 60 % 60, size, section)
    if first in "gear":
        return _japanese_part(moment, section, letters)
    numbers = {
        "d": moment.day.day,
        "m": moment.day.month,
        "h": moment.hour,
        "s": moment.seconds % 60,
    }
    if first in "dm" and size > 2:
        return _name(moment.day, first, size)
    if first in "yb":
        year = moment.day.year + (543 if first == "b" else 0)
        return _padded(year % 100, 2, section) if size <= 2 else _year(year, section)
    return _padded(numbers[first], size, section)


def _is_minutes(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether an ``m`` means minutes: next to hours before it or seconds after it."""
    before = [token.text[0].lower() for token in tokens[:at] if token.kind in {"date", "elapsed"}]
    after = [token.text[0].lower() for token in tokens[at + 1 :] if token.kind == "date"]
    return (bool(before) and before[-1] == "h") or (bool(after) and after[0] == "s")


def _name(day: date, first: str, size: int) -> str:
    names = _MONTHS.split() if first == "m" else _WEEKDAYS.split()
    name = names[day.month - 1 if first == "m" else day.weekday()]
    return {3: name[:3], 4: name}.get(size, name[0])


def _japanese_part(moment: _Moment, section: Section, letters: str) -> str:
    """Era, year of the era, or day of the week."""
    from kenzan.extract.number_format import read_formats

    first, size = letters[0], len(letters)
    if first == "a":
        weekday = _WEEKDAYS_JA[moment.day.weekday()]
        return weekday if size == 3 else f"{weekday}曜日"
    era = next((x for x in read_formats()["era"] if x["begins"] <= moment.day), None)
    if era is None:
        return "" if first == "g" else _year(moment.day.year, section)
    if first == "g":
        return str(era["names"][min(size, 3) - 1])
    year = moment.day.year - era["begins"].year + 1
    name = str(era["names"][2]) if letters == "rr" else ""
    if year == 1 and section.first_year_word:
        return f"{name}元"
    return name + _padded(year, 2 if size > 1 else 1, section)


def _elapsed(moment: _Moment, letters: str) -> str:
    """Hours, minutes or seconds since day 0, past a day's end."""
    seconds = int((moment.serial * _DAY).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    per = {"h": 3600, "m": 60, "s": 1}[letters[0]]
    return str(seconds // per).rjust(len(letters), "0")


def _half(moment: _Moment, letters: str) -> str:
    before, after = letters.split("/")
    return before if moment.seconds < _DAY // 2 else after


def _year(year: int, section: Section) -> str:
    """A year, digit by digit in any numerals."""
    digits = _numerals(section)
    return "".join(digits[int(digit)] for digit in f"{year:04d}")


def _padded(number: int, size: int, section: Section) -> str:
    digits = _numerals(section)
    if section.numerals in {"DBNum1", "DBNum2"}:
        return _in_kanji(number, digits)
    return "".join(digits[int(digit)] for digit in str(number).rjust(min(size, 2), "0"))


def _in_kanji(number: int, digits: str) -> str:
    """A number below 10,000 with 十 and 百: 二十三."""
    if not number:
        return digits[0]
    places = [(int(digit), _TENS[k]) for k, digit in enumerate(reversed(str(number)))]
    return "".join(
        ("" if digit == 1 and unit else digits[digit]) + unit
        for digit, unit in reversed(places)
        if digit
    )


def _numerals(section: Section) -> str:
    from kenzan.extract.number_format import read_formats

    return str(read_formats()["numerals"].get(section.numerals, "0123456789"))
