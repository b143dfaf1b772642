"""What people type for a stretch of time: «2025», «3 квартал», «март», «01.09.2026–31.12.2026»."""

import re
from calendar import monthrange
from datetime import date

from bot.cleaning import fold
from bot.errors import InvalidInput
from bot.parsing import parse_when
from bot.rules import Period, half_year, quarter, whole_year

_BEFORE = re.compile(r"^(?:с|со|за|в|во|from|since|for|in)\s+")
_YEAR = r"(?:,?\s*(?:of\s+)?(?P<year>20\d\d)(?:\s*г\w*\.?)?)?"
_WHOLE = re.compile(r"(?P<year>20\d\d)(?:\s*(?:г\w*\.?|year))?")
_WORDS = (r"перв\w+|first", r"втор\w+|second", r"трет\w+|third", r"четверт\w+|fourth")
_NUMBER = (
    r"(?P<number>[1-4]|iv|i{1,3})(?:\s*-?\s*(?:й|е|ое|ый|st|nd|rd|th))?"
    rf"|(?P<word>{'|'.join(_WORDS)})"
)
_QUARTER = re.compile(rf"(?:(?:{_NUMBER})\s*(?:кв\w*\.?|quarter)|q(?P<short>[1-4])){_YEAR}")
_HALF = re.compile(rf"(?:(?:{_NUMBER})\s*(?:полугоди\w*|half)|h(?P<short>[12])){_YEAR}")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTH_IN_NUMBERS = re.compile(r"\d{1,2}\.20\d{2}")
_MONTH_IN_WORDS = re.compile(r"[а-яa-z]+\.?(?:\s+20\d{2}(?:\s*г\w*\.?)?)?")
_BETWEEN = (
    re.compile(r"\s*[–—]\s*|\s+(?:-|по|до|to|until|till)\s+"),
    re.compile(r"-"),  # «01.03-31.05», but not in «2026-03-01»
)
_ANY_YEAR = re.compile(r"20\d{2}")


def parse_period(typed: str, today: date) -> Period:
    """Return the days of «2025», «2 полугодие», «март 2026», «5 марта», «с 1 марта по 31 мая».

    Where no year is said it is this one, or the one that is said at the other end.

    Raises:
        InvalidInput: it is none of these, or ends before it begins.
    """
    text = _BEFORE.sub("", fold(typed))
    said = _ANY_YEAR.findall(text)
    year = int(said[-1]) if said else today.year
    if whole := _named(text, year):
        return whole
    sides = next((parts for each in _BETWEEN if len(parts := each.split(text)) == 2), [text, text])
    first, last = _stretch(sides[0], year).first, _stretch(sides[1], year).last
    if first > last and not _ANY_YEAR.search(sides[0]):  # «с 1 сентября по 31 мая 2026»
        first = _stretch(sides[0], year - 1).first
    if first > last:
        raise InvalidInput("input-period")
    return Period(first, last)


def _named(text: str, year: int) -> Period | None:
    """Return a year, a half or a quarter."""
    if match := _WHOLE.fullmatch(text):
        return whole_year(int(match["year"]))
    if match := _QUARTER.fullmatch(text):
        return quarter(year, _number(match))
    if (match := _HALF.fullmatch(text)) and _number(match) <= 2:
        return half_year(year, _number(match))
    return None


def _stretch(text: str, year: int) -> Period:
    """Return a year, a part of one, a month or a day, of `year` where none is said."""
    if named := _named(text, year):
        return named
    if _MONTH_IN_NUMBERS.fullmatch(text):
        return _month(_day(f"1.{text}", year))
    if _MONTH_IN_WORDS.fullmatch(text):
        return _month(_day(f"1 {text}", year))
    day = _day(text, year)
    return Period(day, day)


def _month(first: date) -> Period:
    return Period(first, first.replace(day=monthrange(first.year, first.month)[1]))


def _number(match: re.Match[str]) -> int:
    """Return which half or quarter it is: «2», «II», «второе»."""
    if word := match["word"]:
        return next(i for i, words in enumerate(_WORDS, 1) if re.fullmatch(words, word))
    typed = match["number"] or match["short"]
    return _ROMAN.get(typed) or int(typed)


def _day(typed: str, year: int) -> date:
    try:
        # A day without a year is read as one to come: from New Year on, as one of this year.
        day, at = parse_when(typed, date(year, 1, 1))
    except InvalidInput:
        raise InvalidInput("input-period") from None
    if day is None or at is not None:
        raise InvalidInput("input-period")
    return day
