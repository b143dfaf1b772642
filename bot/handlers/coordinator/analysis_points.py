"""What a year has to say of each task and each expected result of the project, in sentences.

Only numbers that the bot has; where it has none, a sentence says so.
"""

from collections.abc import Callable, Iterable

from bot.analysis_paper import Chapter, Point
from bot.i18n import Speech
from bot.regulation import RESULTS, TASKS
from bot.services.analysis import YearAnalysis
from bot.vocabulary import PUPILS, Audience, Category

Sentence = Callable[[Speech, YearAnalysis], str]
"""A sentence about a year; empty where there is nothing to say."""


def chapters(tr: Speech, year: YearAnalysis) -> tuple[Chapter, ...]:
    """Return the tasks (3.2 of the regulation) and the expected results (8.1–8.6)."""
    return (
        Chapter(
            tr.plain("analysis-tasks"),
            tuple(
                _point(tr, year, "", quote, *shown)
                for quote, shown in zip(TASKS, _OF_TASKS, strict=True)
            ),
        ),
        Chapter(
            tr.plain("analysis-results"),
            tuple(
                _point(tr, year, number, RESULTS[number], *shown)
                for number, shown in _OF_RESULTS.items()
            ),
        ),
    )


def _point(
    tr: Speech,
    year: YearAnalysis,
    number: str,
    quote: str,
    sentences: tuple[Sentence, ...],
    silent: str,
) -> Point:
    said: tuple[str, ...] = ()
    if sentences and not year.report.meetings_in_form:
        said = (tr.plain("analysis-nothing"),)
    elif sentences:
        said = tuple(filter(None, (say(tr, year) for say in sentences)))
    return Point(number, quote, said, tr.plain(silent) if silent else "")


def _triangle(tr: Speech, year: YearAnalysis) -> str:
    met = year.triangle
    meetings = year.report.meetings_in_form
    return tr.plain("analysis-triangle", all=met.all_three, two=met.two, meetings=meetings)


def _pupils(tr: Speech, year: YearAnalysis) -> str:
    came = year.report.people.by_category
    grades = {each: came[each] for each in PUPILS if came.get(each)}
    return tr.plain(
        "analysis-pupils",
        meetings=_held(year, Audience.STUDENTS),
        people=sum(grades.values()),
        grades=_listed(tr, ((_whole(tr, each), grades[each]) for each in grades)) or "none",
    )


def _whole(tr: Speech, grade: Category) -> str:
    """Return «8 класс», in one line."""
    return tr.name_of("category", grade).replace(" ", "\u00a0")


def _parents(tr: Speech, year: YearAnalysis) -> str:
    people = year.report.people.by_category.get(Category.PARENT, 0)
    return tr.plain("analysis-parents", meetings=_held(year, Audience.PARENTS), people=people)


def _employers(tr: Speech, year: YearAnalysis) -> str:
    came = year.report.people.by_category
    heads, workers = came.get(Category.HEAD, 0), came.get(Category.EMPLOYEE, 0)
    return tr.plain(
        "analysis-employers",
        meetings=_held(year, Audience.EMPLOYERS),
        people=heads + workers,
        heads=heads,
        workers=workers,
    )


def _graduates(tr: Speech, year: YearAnalysis) -> str:
    came = year.report.people.by_category
    nine, eleven = came.get(Category.GRADE_9, 0), came.get(Category.GRADE_11, 0)
    return tr.plain("analysis-graduates", nine=nine, eleven=eleven)


def _volunteers(tr: Speech, year: YearAnalysis) -> str:
    people = year.report.people.by_category.get(Category.VOLUNTEER, 0)
    return tr.plain("analysis-volunteers", people=people) if people else ""


def _months(tr: Speech, year: YearAnalysis) -> str:
    return tr.plain("analysis-months", months=sum(bool(month.meetings) for month in year.months))


def _again(tr: Speech, year: YearAnalysis) -> str:
    once, twice, often = year.visits.once, year.visits.twice, year.visits.often
    if not (once or twice or often):
        return ""
    return tr.plain("analysis-again", once=once, twice=twice, often=often)


def _formats(tr: Speech, year: YearAnalysis) -> str:
    named = ((tr.name_of("format", kind), times) for kind, times in year.formats)
    return tr.plain("analysis-formats", formats=_listed(tr, named))


def _speakers(tr: Speech, year: YearAnalysis) -> str:
    return tr.plain("analysis-speakers", people=year.speakers) if year.speakers else ""


def _organisations(tr: Speech, year: YearAnalysis) -> str:
    return tr.plain("analysis-organisations", number=year.organisations)


def _venues(tr: Speech, year: YearAnalysis) -> str:
    return tr.plain("analysis-venues", number=year.venues)


def _reach(tr: Speech, year: YearAnalysis) -> str:
    if year.reach is None:
        return ""
    number, places = year.reach.with_meetings, year.reach.municipalities
    return tr.plain("analysis-reach", number=number, all=places)


def _useful(*choices: str) -> Sentence:
    """Return the sentence about what was ticked as useful, of these choices alone."""

    def say(tr: Speech, year: YearAnalysis) -> str:
        found = [(each, times) for each, times in year.opinions.useful if each in choices]
        if not found:
            return ""
        return tr.plain("analysis-useful", ticks=ticks(tr, found))

    return say


def ticks(tr: Speech, found: Iterable[tuple[str, int]]) -> str:
    """Return ««Полезные контакты» — 12, «Знакомства и разговоры» — 7»."""
    return ", ".join(
        tr.plain("analysis-tick", name=tr.name_of("useful", each), times=times)
        for each, times in found
    )


def _rated_by(*sides: Audience) -> Sentence:
    """Return the sentence about how they rated the meetings."""

    def say(tr: Speech, year: YearAnalysis) -> str:
        rated = year.opinions.by_side
        return " ".join(
            tr.plain(
                "analysis-side",
                who=side.value,
                average=tr.decimal(rated[side].average),
                answers=rated[side].answers,
            )
            for side in sides
            if side in rated
        )

    return say


def _held(year: YearAnalysis, audience: Audience) -> int:
    return year.report.meetings.by_audience.get(audience, 0)


def _listed(tr: Speech, named: Iterable[tuple[str, int]]) -> str:
    return ", ".join(
        tr.plain("analysis-category", name=name, people=people) for name, people in named
    )


_TIES = "analysis-silent-ties"
_VIEWS = "analysis-silent-views"
_PATH = (_months, _again, _employers, _speakers, _formats)

_OF_TASKS: tuple[tuple[tuple[Sentence, ...], str], ...] = (
    ((_triangle, _useful("people")), "analysis-silent-interests"),
    ((_pupils, _useful("professions", "next_step"), _rated_by(Audience.STUDENTS)), ""),
    ((_parents, _useful("labour_market", "child"), _rated_by(Audience.PARENTS)), _VIEWS),
    ((*_PATH, _useful("practice", "choice")), "analysis-silent-path"),
    ((_organisations, _speakers, _volunteers, _useful("contacts", "candidates", "methods")), _TIES),
    ((), "analysis-silent-handbook"),
)
"""Of each task the sentences, and what the bot cannot know of it."""

_OF_RESULTS: dict[str, tuple[tuple[Sentence, ...], str]] = {
    "8.1": ((_reach, _venues, _months, _triangle), ""),
    "8.2": ((_pupils, _parents, _useful("professions", "labour_market")), ""),
    "8.3": ((_rated_by(*Audience), _useful("labour_market", "child")), _VIEWS),
    "8.4": ((_graduates, _useful("choice", "next_step")), "analysis-silent-graduates"),
    "8.5": ((_employers, _speakers, _again), "analysis-silent-path"),
    "8.6": ((_organisations, _volunteers, _useful("people", "contacts", "candidates")), _TIES),
}
