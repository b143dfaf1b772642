"""What people type, understood: days, times, lengths, numbers and links.

Pure functions; what they cannot understand is an InvalidInput whose sentence shows an example.
"""

import re
from datetime import date, time, timedelta

from bot.cleaning import fold
from bot.errors import InvalidInput
from bot.rules import check_grade

_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8,
    "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_DAYS_AHEAD = {"сегодня": 0, "завтра": 1, "послезавтра": 2, "today": 0, "tomorrow": 1}
_WEEKDAYS = (
    r"пн|понедельник|mon(?:day)?",
    r"вт|вторник|tue(?:sday)?",
    r"ср|сред[ауы]|wed(?:nesday)?",
    r"чт|четверг|thu(?:rsday)?",
    r"пт|пятниц[ауы]|fri(?:day)?",
    r"сб|суббот[ауы]|sat(?:urday)?",
    r"вс|воскресенье|sun(?:day)?",
)
_DAY_WORD = re.compile(rf"\b({'|'.join(_DAYS_AHEAD)})\b")
_WEEKDAY = re.compile("|".join(rf"\b({name})\b" for name in _WEEKDAYS))
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# «14 марта 1530» is half past three: no meeting is in the year 1530.
_YEAR = r"(?P<year>20\d{2}|\d{2})(?!\d)(?:\s*г\w*\.?)?"
_FULL_YEAR = r"(?P<year>20\d{2})(?!\d)(?:\s*г\w*\.?)?"
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:-?го|th|st|nd|rd)?\s+(?P<month>{_MONTH})\w*\.?(?:\s+{_FULL_YEAR})?"
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\w*\.?\s+(?P<day>\d{{1,2}})\b(?:,?\s+{_FULL_YEAR})?"),
    re.compile(rf"\b(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})(?:[./]{_YEAR})?\.?(?![\d:])"),
)

_CLOCK = re.compile(
    r"(?:в\s*|at\s+)?"
    r"(?:(?P<hour>\d{1,2})(?:(?:\s*[:.\-–]\s*|\s+)(?P<minute>\d{2}))?|(?P<both>\d{4}))"
    r"\s*(?:ч(?:ас\w*)?\.?)?\s*(?P<part>утра|дня|вечера|ночи|am|pm)?"
)
_AFTERNOON = {"дня", "вечера", "pm"}

_HALVES = {
    "полчаса": 30, "пол часа": 30, "half an hour": 30, "час": 60,
    "полтора часа": 90, "полтора ч": 90, "полтора": 90,
}  # fmt: skip
_HOURS = r"ч(?:ас\w*)?\.?|h(?:ours?)?\.?"
_MINUTES = r"м(?:ин\w*)?\.?|m(?:in\w*)?\.?"
_LENGTH = re.compile(
    rf"(?:(\d{{1,2}}(?:[.,]\d{{1,2}})?)\s*(?:{_HOURS}))?\s*(?:и\s+|and\s+)?"
    rf"(?:(\d{{1,3}})\s*(?:{_MINUTES})?)?"
)
_LENGTH_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")

_BEFORE = re.compile(r"(?:за\s+(.+?)(?:\s+до\s+начала)?|(.+?)\s+(?:до\s+начала|before))")
_DAYS = re.compile(
    r"(?:(\d{1,2})\s*)?(?:(?P<day>день|дня|дней|сутки|суток|days?)|(?P<week>недел\w*|weeks?))"
)

_GRADE = re.compile(
    r"(?:во?\s+|grade\s+)?(?P<number>\d{1,4}|[а-я]{4,})(?:\s*-?\s*(?:й|ый|ой|ом|м|th))?"
    r"(?:\s*-?\s*[\"«]?[а-яa-z][\"»]?)?\s*(?:класс\w*|кл\.?|grade)?(?:\s*[\"«]?[а-яa-z][\"»]?)?"
)
_GRADE_WORDS = (
    "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
    "одиннадцат",
)  # fmt: skip
_GRADE_WORD = re.compile(rf"({'|'.join(_GRADE_WORDS)})(?:ый|ой|ий|ом|ем|ьем|ого|его|ьего|ь|и)")
_PEOPLE = re.compile(r"(?:до\s+|up to\s+)?(\d[\d\s]*?)\s*(?:чел\w*|мест\w*|seats?|people)?\.?")
_LINK = re.compile(
    r"(?:(https?)://)?([^\s/?#@:]+\.[^\s/?#@:]{2,})(:\d+)?([/?#]\S*)?", re.IGNORECASE
)


def parse_when(typed: str, today: date) -> tuple[date | None, time | None]:
    """Return the day and the time in «14.03 в 15», «завтра 15:00», «в субботу»; either may miss.

    A day without a year is the next such day from `today` on, a weekday the next one after it.

    Raises:
        InvalidInput: there is neither, or there is no such day or time.
    """
    rest = fold(typed)
    day, rest = _cut_day(rest, today)
    at = None
    if rest := rest.strip(" ,;."):
        at = _read_time(rest)
        if at is None:
            raise InvalidInput("input-when")
    if day is None and at is None:
        raise InvalidInput("input-when")
    return day, at


def parse_time(typed: str) -> time | None:
    """Return the time in «15:00», «в 15», «15.30», «3 часа дня», None when it is something else."""
    return _read_time(fold(typed))


def parse_length(typed: str) -> timedelta:
    """Return the length in «1 ч 30», «90 мин», «полтора часа», «1,5 часа», «1:30», «2» (hours).

    Raises:
        InvalidInput: it is no length.
    """
    text = fold(typed)
    if text in _HALVES:
        return timedelta(minutes=_HALVES[text])
    if match := _LENGTH_CLOCK.fullmatch(text):
        return timedelta(hours=int(match[1]), minutes=int(match[2]))
    match = _LENGTH.fullmatch(text)
    if match is None or not any(match.groups()):
        raise InvalidInput("input-length")
    hours = float((match[1] or "0").replace(",", "."))
    minutes = int(match[2] or 0)
    if match[1] is None and text.isdigit() and minutes <= 12:
        hours, minutes = minutes, 0  # nobody meets for two minutes: «2» is two hours
    return timedelta(hours=hours, minutes=minutes)


def parse_before(typed: str) -> timedelta | None:
    """Return how long before the start «за 2 часа», «за день», «за неделю до начала» is.

    None when what was typed does not say «before» at all.

    Raises:
        InvalidInput: it does, but how long is not to be understood.
    """
    match = _BEFORE.fullmatch(fold(typed))
    if match is None:
        return None
    text = match[1] or match[2]
    if days := _DAYS.fullmatch(text):
        return timedelta(days=int(days[1] or 1) * (7 if days["week"] else 1))
    try:
        return parse_length(text)
    except InvalidInput:
        raise InvalidInput("input-sign-up-when") from None


def parse_grade(typed: str) -> int:
    """Return the grade in «9», «9-а класс», «9-й «А»», «девятый», «в девятом классе».

    Raises:
        InvalidInput: it is no grade, or one that no school has.
    """
    match = _GRADE.fullmatch(fold(typed))
    if match is None:
        raise InvalidInput("input-grade")
    if match["number"].isdigit():
        grade = int(match["number"])
    elif word := _GRADE_WORD.fullmatch(match["number"]):
        grade = _GRADE_WORDS.index(word[1]) + 1
    else:
        raise InvalidInput("input-grade")
    check_grade(grade)
    return grade


def parse_seats(typed: str) -> int:
    """Return the number in «27», «27 чел», «до 30 человек», «1 000 мест».

    Raises:
        InvalidInput: it is no number of people.
    """
    match = _PEOPLE.fullmatch(fold(typed))
    digits = "".join(match[1].split()) if match else ""
    if not digits or len(digits) > 9:
        raise InvalidInput("input-seats")
    return int(digits)


def parse_people(typed: str) -> int:
    """Return how many people «27», «27 чел» are.

    Raises:
        InvalidInput: it is no number of people.
    """
    try:
        return parse_seats(typed)
    except InvalidInput:
        raise InvalidInput("input-people") from None


def parse_link(typed: str) -> str:
    """Return an http(s) address; «telemost.yandex.ru/j/1» gets its https://.

    Raises:
        InvalidInput: it is no web address.
    """
    text = typed.strip()
    match = _LINK.fullmatch(text)
    if match is None:
        raise InvalidInput("input-link")
    return text if match[1] else f"https://{text}"


def _cut_day(text: str, today: date) -> tuple[date | None, str]:
    """Return the day that is named, and the text without it."""
    if match := _DAY_WORD.search(text):
        return today + timedelta(days=_DAYS_AHEAD[match[1]]), _without(text, match)
    for pattern in _DATES:
        # «15.30» is a time, «15.03» a day: no month is greater than 12.
        days = [
            match for match in pattern.finditer(text) if match["year"] or 1 <= _month(match) <= 12
        ]
        if days:
            # «15.10 25.11»: either could be the day, but 25:11 is no time.
            match = next((match for match in days if _leaves_a_time(text, match)), days[0])
            day = _date(int(match["day"]), _month(match), match["year"], today)
            return day, _without(text, match)
    if match := _WEEKDAY.search(text):
        ahead = (match.lastindex or 1) - 1 - today.weekday()
        return today + timedelta(days=ahead if ahead > 0 else ahead + 7), _without(text, match)
    return None, text


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"]] if match["month"] in _MONTHS else int(match["month"])


def _leaves_a_time(text: str, match: re.Match[str]) -> bool:
    return _read_time(_without(text, match).strip(" ,;.")) is not None


def _without(text: str, match: re.Match[str]) -> str:
    # A weekday beside the date («сб 14 марта») says nothing new.
    rest = _WEEKDAY.sub(" ", text[: match.start()] + " " + text[match.end() :])
    rest = re.sub(r"^\s*(?:в|во|on)(?=\s*(?:,|$))|^\s*,", " ", rest.strip())
    return re.sub(r"^(?:(?:в|во|на|at|on)\s+)+", "в ", " ".join(rest.split()))


def _date(day: int, month: int, year: str | None, today: date) -> date:
    try:
        if year:
            return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    except ValueError:
        raise InvalidInput("input-no-such-day") from None
    for each in (today.year, today.year + 1):
        try:
            found = date(each, month, day)
        except ValueError:  # 29 February, in the other year perhaps
            continue
        if found >= today:
            return found
    raise InvalidInput("input-no-such-day")


def _read_time(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    if match["both"]:
        hour, minute = int(match["both"][:2]), int(match["both"][2:])
    else:
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
    part = match["part"]
    if part == "вечера" and hour == 12:
        return None  # midnight, and of which day? Better asked again
    if (part in _AFTERNOON and hour < 12) or (part == "ночи" and 8 < hour < 12):
        hour += 12
    if part in {"am", "ночи"} and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)
