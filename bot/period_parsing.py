"""What people type for a stretch of time: «01.09.2026–31.12.2026», «2025», «3 квартал»."""

import re
from datetime import date

from bot.cleaning import fold
from bot.errors import InvalidInput
from bot.parsing import parse_when
from bot.rules import Period, half_year, quarter, whole_year

_YEAR = r"(?:,?\s*(?P<year>20\d\d)(?:\s*г\w*\.?)?)?"
_WHOLE = re.compile(r"(?P<year>20\d\d)(?:\s*(?:г\w*\.?|year))?")
_NUMBER = r"(?P<number>[1-4]|iv|i{1,3})(?:\s*-?\s*(?:й|е|ое|ый|st|nd|rd|th))?"
_QUARTER = re.compile(rf"(?:{_NUMBER}\s*(?:кв\w*\.?|quarter)|q(?P<q>[1-4])){_YEAR}")
_HALF = re.compile(rf"{_NUMBER}\s*(?:полугоди\w*|half){_YEAR}")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# A hyphen between figures belongs to «2026-09-01»; elsewhere it is a dash.
_BETWEEN = re.compile(
    r"\s*[–—]\s*|\s+-\s+|(?<=\.\d{4})-|(?<=\.\d\d)-|\s+(?:по|до|to|till|until)\s+"
)
_WITH_YEAR = re.compile(r"20\d\d|\d[./]\d{1,2}[./]\d\d")
_BEFORE = re.compile(r"^(?:с|со|from|since)\s+")


def parse_period(typed: str, today: date) -> Period:
    """Return the days in «01.09.2026–31.12.2026», «с 1 марта по 31 мая», «2025», «3 квартал».

    Days without a year are of this one, or of that of the other end.

    Raises:
        InvalidInput: it is no period.
    """
    text = fold(typed)
    if match := _WHOLE.fullmatch(text):
        return whole_year(int(match["year"]))
    if match := _QUARTER.fullmatch(text):
        return quarter(int(match["year"] or today.year), _number(match["number"] or match["q"]))
    if (match := _HALF.fullmatch(text)) and _number(match["number"]) <= 2:
        return half_year(int(match["year"] or today.year), _number(match["number"]))
    return _days(_BEFORE.sub("", text), today)


def _number(typed: str) -> int:
    return _ROMAN.get(typed) or int(typed)


def _days(text: str, today: date) -> Period:
    ends = _BETWEEN.split(text)
    if len(ends) != 2:
        raise InvalidInput("input-period")
    first, last = (_day(end, today) for end in ends)
    if not _WITH_YEAR.search(ends[0]):
        if _WITH_YEAR.search(ends[1]):
            first = _in_year(first, last.year)
        if first > last:  # «с 1 ноября по 1 марта»
            first = _in_year(first, last.year - 1)
    return Period(first, last)


def _day(text: str, today: date) -> date:
    try:
        # A day without a year is read as one to come: from New Year on, as one of this year.
        day, time = parse_when(text, date(today.year, 1, 1))
    except InvalidInput:
        day, time = None, None
    if day is None or time is not None:
        raise InvalidInput("input-period")
    return day


def _in_year(day: date, year: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if is_leap_day else day.day)
