"""What each picture of the statistics shows, as facts, and how they are made of what was summed."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.models import Municipality
from bot.rules import FEWEST_ANSWERS, Period, shown_apart
from bot.services.period_counting import Ahead, HeldMeeting, Turnout
from bot.services.results import average
from bot.vocabulary import Category, Format

OFTEN = 3
"""So many meetings and more are one column of «who comes again»."""


class Picture(StrEnum):
    """What there is to look at; the last two for the region alone."""

    CATEGORIES = "categories"
    MONTHS = "months"
    YEARS = "years"
    TURNOUT = "turnout"
    RATINGS = "ratings"
    AGAIN = "again"
    RANKING = "ranking"
    MAP = "map"


OF_REGION = frozenset({Picture.RANKING, Picture.MAP})


@dataclass(frozen=True, slots=True)
class People:
    """Who came, by category, and to how many meetings."""

    meetings: int
    by_category: dict[Category, int]


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day, its meetings and the people who came to them."""

    first: date
    meetings: int
    people: int


@dataclass(frozen=True, slots=True)
class TwoYears:
    """A period and the same days of the year before: who came, day by day, the earliest first.

    Attributes:
        until: the last day of the period that has begun; so far the two can be compared.
        by_now: who came in the year before up to the same day.
    """

    before: Period
    this_year: tuple[tuple[date, int], ...]
    last_year: tuple[tuple[date, int], ...]
    until: date
    by_now: int


@dataclass(frozen=True, slots=True)
class ShowedUp:
    """Who of those signed up came."""

    by_category: dict[Category, Turnout]
    by_ahead: dict[Ahead, Turnout]


@dataclass(frozen=True, slots=True)
class Rated:
    """An average and the number of answers behind it."""

    average: float
    answers: int


@dataclass(frozen=True, slots=True)
class Ratings:
    """Ratings, as far as nobody is recognised by them.

    Attributes:
        answers: how many there are.
        ratings: how many gave 1, 2, 3, 4 and 5; empty where the answers are too few to be shown.
        by_format: of formats with enough answers.
        together: of all other formats, None where there are none or their answers are too few.
    """

    answers: int
    ratings: tuple[int, ...]
    by_format: dict[Format, Rated]
    together: Rated | None


@dataclass(frozen=True, slots=True)
class Visits:
    """Different people with a profile by how often they came: once, twice, three times or more."""

    once: int
    twice: int
    often: int


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its meetings and people, in each month too."""

    name: str
    meetings: int
    people: int
    by_month: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The municipalities with meetings, the most people first; how many had none."""

    places: tuple[Place, ...]
    without: int


Facts = People | tuple[Month, ...] | TwoYears | ShowedUp | Ratings | Visits | Ranked


def count_months(meetings: tuple[HeldMeeting, ...], period: Period) -> tuple[Month, ...]:
    """Return every month of the period, those without meetings too."""
    held = Counter(meeting.day.replace(day=1) for meeting in meetings)
    people = _people_in_months(meetings)
    return tuple(Month(each, held[each], people[each]) for each in period.months)


def _people_in_months(meetings: tuple[HeldMeeting, ...]) -> Counter[date]:
    people: Counter[date] = Counter()
    for meeting in meetings:
        people[meeting.day.replace(day=1)] += meeting.people
    return people


def compare_years(
    now: tuple[HeldMeeting, ...], before: tuple[HeldMeeting, ...], period: Period, today: date
) -> TwoYears:
    """Return who came in the period so far and in the year before it."""
    until = min(today, period.last)
    same_day = Period(period.first, until).year_before.last
    this_year, last_year = _by_day(now), _by_day(before)
    return TwoYears(
        before=period.year_before,
        this_year=this_year,
        last_year=last_year,
        until=until,
        by_now=sum(people for day, people in last_year if day <= same_day),
    )


def _by_day(meetings: tuple[HeldMeeting, ...]) -> tuple[tuple[date, int], ...]:
    people: Counter[date] = Counter()
    for meeting in meetings:
        people[meeting.day] += meeting.people
    return tuple(sorted(people.items()))


def sum_ratings(found: dict[Format, list[int]]) -> Ratings:
    """Return as much of the ratings as nobody is recognised by."""
    whole = tuple(map(sum, zip(*found.values(), strict=True)))
    apart, rest = shown_apart(found)
    return Ratings(
        answers=sum(whole),
        ratings=whole if sum(whole) >= FEWEST_ANSWERS else (),
        by_format={each: _rated(ratings) for each, ratings in apart.items()},
        together=_rated(rest) if sum(rest) >= FEWEST_ANSWERS else None,
    )


def _rated(ratings: Sequence[int]) -> Rated:
    return Rated(average(ratings) or 0.0, sum(ratings))


def rank_places(
    meetings: tuple[HeldMeeting, ...],
    period: Period,
    places: Sequence[Municipality],
    there: Collection[int],
) -> Ranked:
    """Return the municipalities with meetings in their order.

    Args:
        meetings: of all of them.
        period: whose months are told apart.
        places: all municipalities.
        there: the ids of those that existed in the period.
    """
    held: dict[int, list[HeldMeeting]] = {}
    for meeting in meetings:
        held.setdefault(meeting.municipality_id, []).append(meeting)
    ranked = []
    for place in places:
        if theirs := tuple(held.get(place.id, ())):
            people = _people_in_months(theirs)
            by_month = tuple(people[month] for month in period.months)
            ranked.append(Place(place.name, len(theirs), sum(by_month), by_month))
    ranked.sort(key=lambda one: (-one.people, -one.meetings, one.name))
    return Ranked(tuple(ranked), without=len(set(there) - held.keys()))
