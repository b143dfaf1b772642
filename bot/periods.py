"""What people type for a stretch of time: a year, a month, a day, from one day to another."""

import re
from calendar import monthrange
from datetime import date

from bot.cleaning import fold
from bot.errors import InvalidInput
from bot.parsing import parse_when

_BEFORE = re.compile(r"^(?:с|со|за|в|во|from|for|in)\s+")
_YEAR = re.compile(r"(20\d{2})(?:\s*г\w*\.?)?")
_MONTH_IN_NUMBERS = re.compile(r"\d{1,2}\.20\d{2}")
_MONTH_IN_WORDS = re.compile(r"[а-яa-z]+\.?(?:\s+20\d{2}(?:\s*г\w*\.?)?)?")
_BETWEEN = (
    re.compile(r"\s*[–—]\s*|\s+(?:-|по|до|to|until|till)\s+"),
    re.compile(r"-"),  # «01.03-31.05», but not in «2026-03-01»
)
_ANY_YEAR = re.compile(r"20\d{2}")


def parse_period(typed: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of «2025», «март 2026», «01.09.2025–31.05.2026», «5 марта».

    Where no year is said it is this one, or the one that is said at the other end.

    Raises:
        InvalidInput: it is none of these, or ends before it begins.
    """
    text = _BEFORE.sub("", fold(typed))
    sides = next((parts for each in _BETWEEN if len(parts := each.split(text)) == 2), [text, text])
    said = _ANY_YEAR.findall(text)
    year = int(said[-1]) if said else today.year
    (first, _), (_, last) = (_stretch(side, year) for side in sides)
    if first > last and not _ANY_YEAR.search(sides[0]):  # «с 1 сентября по 31 мая 2026»
        first, _ = _stretch(sides[0], year - 1)
    if first > last:
        raise InvalidInput("input-period")
    return first, last


def _stretch(typed: str, year: int) -> tuple[date, date]:
    """Return the ends of a year, a month or a day, of `year` where none is said."""
    if match := _YEAR.fullmatch(typed):
        return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
    if _MONTH_IN_NUMBERS.fullmatch(typed):
        first = _day(f"1.{typed}", year)
    elif _MONTH_IN_WORDS.fullmatch(typed):
        first = _day(f"1 {typed}", year)
    else:
        day = _day(typed, year)
        return day, day
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _day(typed: str, year: int) -> date:
    try:
        day, at = parse_when(typed, date(year, 1, 1))
    except InvalidInput:
        raise InvalidInput("input-period") from None
    if day is None or at is not None:
        raise InvalidInput("input-period")
    return day
