"""Appendix 2 of the regulation as data: the rows of the yearly report and how each is counted.

The regulation of the project «Профориентационный нетворкинг» (Krasnoyarsk Krai, 4 July 2022)
prints the form on its last page. The labels are its words; only the unit of rows 2.9. and 2.11.,
lost when the page was scanned, is put back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from bot.vocabulary import Audience, Category

TITLE = (
    'Анализ результатов реализации проекта "Профориентационный нетворкинг"\n'
    "на территории {genitive}"
)
COLUMNS = ("№", "Показатели", "Единицы измерения", "Количество")
COORDINATOR = "Координатор проекта"
COORDINATOR_UNDER_LINE = "ФИО"
CURATOR = "Куратор проекта (ФИО, телефон)"


@dataclass(frozen=True)
class Total:
    """Counted as the sum of other rows, named by their numbers."""

    rows: tuple[str, ...]


@dataclass(frozen=True)
class Meetings:
    """Counted as the meetings held with this audience."""

    audience: Audience


@dataclass(frozen=True)
class People:
    """Counted as the people of this category who came, per meeting."""

    category: Category


@dataclass(frozen=True)
class Words:
    """Not counted: text, one line per photo link or the proposals as written."""

    of: Literal["photo_links", "proposals"]


@dataclass(frozen=True)
class Row:
    """One row of the form: its printed number and label, its unit, and how it is counted."""

    number: str
    label: str
    unit: str
    counted: Total | Meetings | People | Words
    bold: bool = False


_MEETINGS = "единиц"
_PEOPLE = "человек"

FORM = (
    Row(
        "1.",
        "Численность проведенных встреч, всего (сумма строк 1.1, 1.2, 1.3) из них:",
        _MEETINGS,
        Total(("1.1.", "1.2.", "1.3.")),
        bold=True,
    ),
    Row("1.1.", "со школьниками", _MEETINGS, Meetings(Audience.STUDENTS)),
    Row("1.2.", "с родителями", _MEETINGS, Meetings(Audience.PARENTS)),
    Row("1.3.", "с работодателями", _MEETINGS, Meetings(Audience.EMPLOYERS)),
    Row(
        "2.",
        "Численность участников, всего"
        " (сумма строк 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 2.10, 2.11) из них:",
        _PEOPLE,
        Total(tuple(f"2.{part}." for part in range(1, 12))),
        bold=True,
    ),
    Row(
        "2.1.",
        "обучающиеся общеобразовательных организаций, всего,"
        " (сумма строк 2.1.1, 2.1.2, 2.1.3, 2.1.4, 2.1.5) в том числе:",
        _PEOPLE,
        Total(("2.1.1.", "2.1.2.", "2.1.3.", "2.1.4.", "2.1.5.")),
    ),
    Row("2.1.1.", "7 класса", _PEOPLE, People(Category.GRADE_7)),
    Row("2.1.2.", "8 класса", _PEOPLE, People(Category.GRADE_8)),
    Row("2.1.3.", "9 класса", _PEOPLE, People(Category.GRADE_9)),
    Row("2.1.4.", "10 класса", _PEOPLE, People(Category.GRADE_10)),
    Row("2.1.5.", "11 класса", _PEOPLE, People(Category.GRADE_11)),
    Row("2.2.", "родители", _PEOPLE, People(Category.PARENT)),
    Row(
        "2.3.",
        "представители предприятий, учреждений (работодатели), всего,"
        " (сумма строк 2.3.1, 2.3.2) в том числе:",
        _PEOPLE,
        Total(("2.3.1.", "2.3.2.")),
    ),
    Row("2.3.1.", "руководители предприятий, учреждений", _PEOPLE, People(Category.HEAD)),
    Row("2.3.2.", "работники предприятий, учреждений", _PEOPLE, People(Category.EMPLOYEE)),
    Row(
        "2.4.",
        "представители образовательных организаций высшего и профессионального образования",
        _PEOPLE,
        People(Category.UNIVERSITY),
    ),
    Row("2.5.", "представители центров занятости населения", _PEOPLE, People(Category.JOB_CENTRE)),
    Row("2.6.", "представители молодежных центров", _PEOPLE, People(Category.YOUTH_CENTRE)),
    Row(
        "2.7.",
        "представители образовательных организаций дополнительного образования",
        _PEOPLE,
        People(Category.EXTRA_EDUCATION),
    ),
    Row("2.8.", "представители организаций культуры", _PEOPLE, People(Category.CULTURE)),
    Row("2.9.", "представители организаций социальной политики", _PEOPLE, People(Category.SOCIAL)),
    Row("2.10.", "волонтеры-профориентаторы", _PEOPLE, People(Category.VOLUNTEER)),
    Row(
        "2.11.",
        "представители других организаций (указать организации)",
        _PEOPLE,
        People(Category.OTHER),
    ),
    Row(
        "3.",
        "Ссылка на фотографии с мероприятий (облачное хранение Яндекс, Mail)",
        "",
        Words("photo_links"),
    ),
    Row("4.", "Предложения по модернизации проекта", "", Words("proposals")),
)

_ROWS = {row.number: row for row in FORM}


@dataclass(frozen=True)
class Appendix2:
    """What one report says: a municipality's or the region's year.

    Args:
        genitive: the territory as the title needs it, «города Ачинска».
        year: the year reported on.
        meetings: meetings held, by audience.
        people: people who came, by category, also those outside the form.
        other_organisations: (name, people) of row 2.11, in the order they are to be listed.
        photo_links: row 3, one link each.
        proposals: row 4, as written.
        coordinator_name: full name for the signature line, empty where not known.
        curator_name: likewise.
        curator_phone: likewise.
        notes: what a reader must know (provisional meetings, people outside the form); on a
            sheet of their own.
        remark: where its numbers come from, under the title; empty on a report of its own.
        is_blank: whether nothing was reported, so that its cells stay empty, to be filled in.
    """

    genitive: str
    year: int
    meetings: Mapping[Audience, int]
    people: Mapping[Category, int]
    other_organisations: Sequence[tuple[str, int]] = ()
    photo_links: Sequence[str] = ()
    proposals: str = ""
    coordinator_name: str = ""
    curator_name: str = ""
    curator_phone: str = ""
    notes: Sequence[str] = ()
    remark: str = ""
    is_blank: bool = False


def form_values(report: Appendix2) -> dict[str, int | str]:
    """Return the last column: printed row number («2.1.1.») → number, or text in rows 3 and 4."""
    return {row.number: _value(report, row) for row in FORM}


def counted_in(number: str) -> tuple[Meetings | People, ...]:
    """Return what a row's number («2.1.») is counted from; nothing for words and unknown rows."""
    match _ROWS[number].counted if number in _ROWS else None:
        case Total(rows):
            return tuple(each for row in rows for each in counted_in(row))
        case Meetings() | People() as leaf:
            return (leaf,)
        case _:
            return ()


def words_of(report: Appendix2, row: Row) -> str:
    """Return what a row says in words: the organisations of 2.11., one a line, rows 3. and 4."""
    match row.counted:
        case People(Category.OTHER):
            named = report.other_organisations
            return "\n".join(f"{' '.join(name.split())} — {people}" for name, people in named)
        case Words("photo_links"):
            return "\n".join(report.photo_links)
        case Words("proposals"):
            return report.proposals
        case _:
            return ""


def _value(report: Appendix2, row: Row) -> int | str:
    return words_of(report, row) if isinstance(row.counted, Words) else _count(report, row)


def _count(report: Appendix2, row: Row) -> int:
    match row.counted:
        case Total(rows):
            return sum(_count(report, _ROWS[number]) for number in rows)
        case Meetings(audience):
            return report.meetings.get(audience, 0)
        case People(category):
            return report.people.get(category, 0)
        case Words():
            raise TypeError(f"row {row.number} of Appendix 2 holds words")
        case _:
            assert_never(row.counted)
