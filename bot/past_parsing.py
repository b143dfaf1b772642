"""What people type about a meeting that is over: its day, and how many of whom came."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.cleaning import clean_line, cut, fold
from bot.errors import InvalidInput
from bot.models import ORGANISATION_LENGTH
from bot.parsing import parse_when
from bot.rules import MOST_SEATS, SaidWalkIns
from bot.vocabulary import PUPILS, Category

SHOWN_OF_AN_ENTRY = 30

_DAYS_AGO = {
    "сегодня": 0, "вчера": 1, "позавчера": 2, "today": 0, "yesterday": 1,
}  # fmt: skip
_AGO = re.compile(rf"\b({'|'.join(_DAYS_AGO)})\b")
_AHEAD = re.compile(r"\b(?:завтра|послезавтра|tomorrow)\b")
_DIGIT = re.compile(r"\d")
_BETWEEN = re.compile(r"[,;\n]+|(?<=\d)\s+(?:и|and)\s+|\s+(?:и|and)\s+(?=\d)")
_PEOPLE = r"(?P<people>\d{1,5})(?:\s*(?:чел\w*|people))?\.?"
_DASH = r"\s*[-\u2010-\u2015\u2212:=]?\s*"
_LETTER = r"(?:\s*-?\s*[«\"]?[а-яa-z][»\"]?)?"
_GRADE = re.compile(
    rf"(?:grade\s+)?(?P<grade>\d{{1,2}})(?:\s*-?\s*(?:й|ый|ой|th))?"
    rf"(?:{_LETTER}\s*(?:класс\w*|кл\.?|grade){_LETTER}{_DASH}|{_LETTER}\s*[-\u2010-\u2015:=]\s*"
    rf"|\s*[а-яa-z]\s+|(?<=grade \d)\s*|(?<=grade \d\d)\s*){_PEOPLE}"
)
_LABEL_FIRST = re.compile(rf"(?P<label>.*[^\d\s].*?){_DASH}(?<!\d){_PEOPLE}")
_NUMBER_FIRST = re.compile(r"(?P<people>\d{1,5})\s+(?P<label>[^\d]+)")
_OTHERS = re.compile(r"\s*(?:друг\w+|проч\w+|other\w*)(?:\s+(?:организац\w+|organi[sz]\w+))?\b")
_AROUND = " \t:-–—"
_IN_BRACKETS = re.compile(r"\((.*)\)")

# Nobody can tell from these words which row of the form is meant.
_VAGUE = re.compile(r"школьник|учени|обучающ|учащ|дет[ие]|работодател|pupil|student|employer")
# Institutions stand before positions: «работники библиотек» are row 2.8, «директор школы» is 2.11.
# A school's parents and volunteers stand before it, its social teacher behind.
_WORDS: tuple[tuple[re.Pattern[str], Category], ...] = tuple(
    (re.compile(words), category)
    for words, category in (
        (r"волонт|доброволе?ц|volunteer", Category.VOLUNTEER),
        (r"центр\w* занятост|занятост|\bцзн\b|job cent", Category.JOB_CENTRE),
        (r"молод[её]жн|youth", Category.YOUTH_CENTRE),
        (r"дополнительн|\bдоп\b|extra", Category.EXTRA_EDUCATION),
        (r"культур|библиотек|музе|culture|librar|museum", Category.CULTURE),
        (r"\bвуз|колледж|техникум|университет|институт|universit|college", Category.UNIVERSITY),
        (r"родител|\bмам|\bпап[аы]?\b|опекун|parent|guardian", Category.PARENT),
        (r"школ|гимнази|лице[йяе]|school", Category.OTHER),
        (r"социальн|соцзащит|\bсоц\b|social", Category.SOCIAL),
        (r"администрац|газет|редакц|administration|newspaper", Category.OTHER),
        (r"руководител|директор|предпринимател|\bhead|entrepreneur", Category.HEAD),
        (r"работник|сотрудник|специалист|employee|worker", Category.EMPLOYEE),
    )
)


@dataclass(frozen=True, slots=True)
class SaidHeadcounts:
    """Who came, as it was typed; `strange` is what nobody understands of it."""

    people: tuple[SaidWalkIns, ...]
    strange: tuple[str, ...]


def parse_past_day(typed: str, today: date) -> date:
    """Return the day in «14.03», «вчера», «в субботу»: the last such day where no year is said.

    Raises:
        InvalidInput: it is no day, or one that is to come.
    """
    text = fold(typed)
    if ago := _AGO.search(text):
        return today - timedelta(days=_DAYS_AGO[ago[1]])
    if _AHEAD.search(text):
        raise InvalidInput("input-not-yet")
    # A weekday is that of the last week, whatever its hour; a date may lie almost a year back.
    wrong = "input-not-yet"
    for since in (today - timedelta(days=8), today + relativedelta(years=-1, days=1)):
        try:
            day, _ = parse_when(typed, since)
        except InvalidInput as error:  # 29 February is in one of the two years at most
            wrong = "input-past-day" if error.key == "input-when" else error.key
            continue
        if day is None:
            raise InvalidInput("input-past-day")
        if day <= today:
            return day
        wrong = "input-not-yet"
    raise InvalidInput(wrong)


def parse_headcounts(typed: str) -> SaidHeadcounts:
    """Return how many of whom «9 класс 25, родители 10, школа № 3 — 4» are.

    Entries stand apart by commas, semicolons or lines. What stands twice is added up: «9а 20, 9б
    25». Organisations are named for row 2.11 alone. What cannot be understood is kept as it was
    typed, the rest counts.

    Raises:
        InvalidInput: nothing in it is understood, or there are too many of somebody.
    """
    people: Counter[tuple[Category, str]] = Counter()
    named: dict[str, str] = {}
    strange = []
    for entry in _entries(typed):
        said = _read(entry)
        if said is None or said.people < 1:
            strange.append(cut(entry, SHOWN_OF_AN_ENTRY))
        else:
            key = fold(said.organisation)
            people[said.category, key] += said.people
            named.setdefault(key, said.organisation)
    if not people:
        raise InvalidInput("input-headcounts")
    if max(people.values()) > MOST_SEATS:
        raise InvalidInput("input-too-many-came", people=max(people.values()), most=MOST_SEATS)
    return SaidHeadcounts(
        tuple(
            SaidWalkIns(category, number, named[organisation])
            for (category, organisation), number in people.items()
        ),
        tuple(dict.fromkeys(strange)),
    )


def _entries(typed: str) -> Iterator[str]:
    for part in _BETWEEN.split(typed):
        if entry := " ".join(part.split()).rstrip("."):
            yield entry


def _read(entry: str) -> SaidWalkIns | None:
    if grade := _GRADE.fullmatch(fold(entry)):
        category = next((each for each in PUPILS if each.grade == int(grade["grade"])), None)
        return SaidWalkIns(category, int(grade["people"])) if category else None
    match = _LABEL_FIRST.fullmatch(entry) or _NUMBER_FIRST.fullmatch(entry)
    if match is None:
        return None
    label, people = match["label"].strip(_AROUND), int(match["people"])
    folded = fold(label)
    if named := _OTHERS.match(folded):
        return _of_organisation(label[named.end() :], people)
    if _VAGUE.search(folded):
        return None
    category = next((category for words, category in _WORDS if words.search(folded)), None)
    if category is Category.OTHER:
        return _of_organisation(label, people)
    # «родители 10 9 класс 25» without a comma: better asked again than read wrongly.
    return None if category is None or _DIGIT.search(label) else SaidWalkIns(category, people)


def _of_organisation(name: str, people: int) -> SaidWalkIns | None:
    name = name.strip(_AROUND)
    if brackets := _IN_BRACKETS.fullmatch(name):
        name = brackets[1]
    try:
        organisation = clean_line(name, ORGANISATION_LENGTH)
    except InvalidInput:
        return None
    return SaidWalkIns(Category.OTHER, people, organisation)
