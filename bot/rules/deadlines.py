"""The year's deadlines: when each falls due, on which days it is recalled, who settles it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from dateutil.rrule import rrule, rrulestr

from bot.rules.rights import Grant
from bot.rules.workdays import is_workday
from bot.vocabulary import DoneWhen, Role, Settled

USUAL_NUDGES = (30, 14, 7, 3, 1, 0)
WEEKLY_HORIZON = timedelta(days=30)
STAYS_IN_SIGHT = timedelta(days=30)
"""How long after its day something settled is still shown, so that it can be taken back."""

_FIRST = date(2018, 1, 1)  # the oldest programme of this kind that we know began then
_CHECKED_YEARS = 30
_DAY = timedelta(days=1)

_SETTLES: dict[DoneWhen, tuple[Settled, ...]] = {
    DoneWhen.MARKED: (Settled.DONE, Settled.NOT_NEEDED),
    DoneWhen.ANALYSIS: (Settled.DONE, Settled.NOT_NEEDED),
    DoneWhen.PROPOSALS: (Settled.NOT_NEEDED,),
    DoneWhen.REPORT: (Settled.BY_LETTER, Settled.NOT_NEEDED),
}


class DeadlineState(StrEnum):
    """How it stands with a deadline somewhere."""

    LATE = "late"
    OPEN = "open"
    NOBODY = "nobody"  # not done, and nobody there has a role that answers for it
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of the region's roadmap.

    Attributes:
        code: names it in stored marks.
        name_ru, name_en: what people call it.
        rule: its days as an RRULE, one in a year at most (RFC 5545).
        about_year_before: whether it is about the year before the one it falls in.
        is_regional: whether the region owes it, else each municipality.
        roles: who answers for it; one of them doing it does it for all.
        done_when: what shows that it is done.
        after: the code of another one of the same year: owed only where meetings were held
            between that one's day and the end of the year or, if it is a report, came into the
            numbers since it was sent. Empty: owed in any case.
        nudges: so many days before its day it is recalled.
        source_ru, source_en: where it stands in the region's documents.
    """

    code: str
    name_ru: str
    name_en: str
    rule: str
    roles: frozenset[Role]
    done_when: DoneWhen
    about_year_before: bool = False
    is_regional: bool = False
    after: str = ""
    nudges: tuple[int, ...] = USUAL_NUDGES
    source_ru: str = ""
    source_en: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A deadline of one year: its last day, and the year that it is about."""

    due: date
    year: int


def check_rule(rule: str) -> None:
    """Check that a rule gives days, and one in a year at most.

    A mark names the year and not the day, so two in a year would settle each other.

    Raises:
        ValueError: it does not.
    """
    if "FREQ=YEARLY" not in rule.upper():
        message = "must be yearly, such as FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"
        raise ValueError(message)
    try:
        until = _at(_FIRST.replace(year=_FIRST.year + _CHECKED_YEARS))
        years = [moment.year for moment in _parsed(rule).between(_at(_FIRST), until, inc=True)]
    except (ValueError, TypeError) as error:
        message = f"is no RRULE: {error}"
        raise ValueError(message) from error
    if not years or len(years) != len(set(years)):
        message = "must give one day a year; make an entry for each of several"
        raise ValueError(message)


@lru_cache(maxsize=1024)  # a region asks for each of its municipalities, and a rule is slow
def occurrences_around(
    deadline: Deadline, day: date
) -> tuple[Occurrence | None, Occurrence | None]:
    """Return the last occurrence whose day is over on `day`, and the one that is to come.

    «До 25 декабря» includes the 25th: on that day it is still to come.
    """
    dates = _parsed(deadline.rule)
    last, coming = dates.before(_at(day)), dates.after(_at(day), inc=True)
    return _occurrence(deadline, last), _occurrence(deadline, coming)


@lru_cache(maxsize=1024)  # asked as often
def occurrence_of(deadline: Deadline, year: int) -> Occurrence | None:
    """Return the occurrence that is about `year`, None where the rule gives none."""
    falls_in = year + deadline.about_year_before
    if not _FIRST.year <= falls_in <= date.max.year:
        return None
    first, last = date(falls_in, 1, 1), date(falls_in, 12, 31)
    found = _parsed(deadline.rule).between(_at(first), _at(last, time.max), inc=True)
    return _occurrence(deadline, found[0]) if found else None


def find_occurrence(roadmap: Iterable[Deadline], code: str, year: int) -> Occurrence | None:
    """Return the occurrence about `year` of the deadline with this code, None without either."""
    deadline = next((each for each in roadmap if each.code == code), None)
    return occurrence_of(deadline, year) if deadline else None


def report_deadline(roadmap: Iterable[Deadline]) -> Deadline | None:
    """Return the deadline of a municipality's yearly report, None where the roadmap has none."""
    return next(
        (
            each
            for each in roadmap
            if each.done_when is DoneWhen.REPORT and not each.is_regional and not each.after
        ),
        None,
    )


def first_nudge(deadline: Deadline, due: date) -> date:
    """Return the first day on which an occurrence is recalled."""
    return min(_nudges_before(deadline, due), default=due)


def nudge_days(deadline: Deadline, due: date, first: date, last: date) -> set[date]:
    """Return the days from `first` to `last` on which an occurrence that is not done is recalled.

    So many days before its day as the roadmap says; where its day itself is no workday, on the
    workday before as well. Once overdue, on each workday until its next occurrence is first
    recalled: nobody is asked about two years at once.

    Args:
        deadline: what is owed.
        due: its day in the year asked about.
        first, last: the days asked about.
    """
    days = {day for day in _nudges_before(deadline, due) if first <= day <= last}
    _, following = occurrences_around(deadline, due + _DAY)
    end = first_nudge(deadline, following.due) if following else date.max
    day = max(first, due + _DAY)
    while day <= last and day < end:
        if is_workday(day):
            days.add(day)
        day += _DAY
    return days


@lru_cache(maxsize=1024)
def is_still_asked(deadline: Deadline, due: date, day: date) -> bool:
    """Whether an overdue occurrence is asked about on `day`: until the next is first recalled."""
    _, following = occurrences_around(deadline, due + _DAY)
    return following is None or day < first_nudge(deadline, following.due)


def ways_to_settle(deadline: Deadline) -> tuple[Settled, ...]:
    """Return what somebody can say of a deadline that the bot cannot see for itself."""
    return _SETTLES[deadline.done_when]


def answers_for(grants: Iterable[Grant], deadline: Deadline, municipality_id: int | None) -> bool:
    """Whether somebody owes a deadline in a municipality, or in the region (None)."""
    return any(Grant(role, municipality_id) in grants for role in deadline.roles)


def may_settle(grants: Sequence[Grant], deadline: Deadline, municipality_id: int | None) -> bool:
    """Whether somebody may say that a deadline is settled, or is not.

    Those who owe it, and the regional coordinator, who receives all of it, for anybody.
    """
    return Grant(Role.REGIONAL_COORDINATOR) in grants or answers_for(
        grants, deadline, municipality_id
    )


def _nudges_before(deadline: Deadline, due: date) -> set[date]:
    days = {due - timedelta(days=before) for before in deadline.nudges}
    return days | {_workday_before(due)} if due in days else days


def _workday_before(day: date) -> date:
    while not is_workday(day):
        day -= _DAY
    return day


def _occurrence(deadline: Deadline, moment: datetime | None) -> Occurrence | None:
    if moment is None:
        return None
    return Occurrence(moment.date(), moment.year - deadline.about_year_before)


def _at(day: date, at: time = time.min) -> datetime:
    return datetime.combine(day, at)


@cache
def _parsed(rule: str) -> rrule:
    parsed = rrulestr(rule, dtstart=_at(_FIRST))
    assert isinstance(parsed, rrule)  # noqa: S101 (one line with one rule)
    return parsed.replace(byhour=0, byminute=0, bysecond=0)
