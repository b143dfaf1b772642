"""Statistics in a sentence: what a picture shows, for the caption."""

from bot.i18n import Html, Speech
from bot.rules import FEWEST_ANSWERS, Period, half_year, quarter, whole_year
from bot.services.results import average
from bot.services.statistic_facts import (
    Month,
    People,
    Picture,
    Ranked,
    Ratings,
    ShowedUp,
    TwoYears,
    Visits,
)
from bot.services.statistics import Looked
from bot.vocabulary import OUTSIDE_FORM, PUPILS, Category

MOST_PLACES = 20
"""Municipalities on one picture; the caption says when there are more."""


def name_of_period(tr: Speech, period: Period) -> str:
    """Return «2026 год», «3 квартал 2026», «1 сент. – 31 дек. 2026 г.»."""
    year = period.first.year
    if period == whole_year(year):
        return tr.plain("stats-year", year=str(year))
    for number in (1, 2):
        if period == half_year(year, number):
            return tr.plain("stats-half", number=number, year=str(year))
    for number in (1, 2, 3, 4):
        if period == quarter(year, number):
            return tr.plain("stats-quarter", number=str(number), year=str(year))
    return tr.days(period.first, period.last)


def caption(tr: Speech, picture: Picture, looked: Looked) -> Html:
    """Return what stands under a picture, or in its place where there is nothing to look at."""
    head = tr(
        "stats-head",
        title=tr.name_of("stats-title", picture),
        name=looked.where.name,
        period=name_of_period(tr, looked.period),
        whose="own" if looked.own else "all",
    )
    said = _sentence(tr, picture, looked) or tr("stats-empty", picture=picture.value)
    return Html(f"{head}\n\n{said}")


def _sentence(tr: Speech, picture: Picture, looked: Looked) -> Html | None:
    match looked.facts:
        case People() as people:
            said = _people(tr, people)
        case TwoYears() as years:
            said = _years(tr, looked, years)
        case ShowedUp() as showed_up:
            said = _showed_up(tr, showed_up)
        case Ratings() as ratings:
            said = said_of_ratings(tr, ratings)
        case Visits() as visits:
            said = _visits(tr, visits)
        case Ranked() as ranked:
            said = _ranked(tr, picture, ranked)
        case months:
            said = _months(tr, months)
    return said


def _people(tr: Speech, people: People) -> Html | None:
    came = people.by_category
    if not came:
        return None
    pupils = sum(came.get(each, 0) for each in PUPILS)
    parents = came.get(Category.PARENT, 0)
    employers = came.get(Category.HEAD, 0) + came.get(Category.EMPLOYEE, 0)
    everybody = sum(came.values())
    return tr(
        "stats-said-categories",
        meetings=_meetings(tr, people.meetings),
        people=_headcount(tr, everybody),
        pupils=pupils,
        parents=parents,
        employers=employers,
        others=everybody - pupils - parents - employers,
        young=sum(came.get(each, 0) for each in OUTSIDE_FORM),
    )


def _months(tr: Speech, months: tuple[Month, ...]) -> Html | None:
    meetings = sum(month.meetings for month in months)
    if not meetings:
        return None
    best = max(months, key=lambda month: month.people)
    return tr(
        "stats-said-months",
        meetings=_meetings(tr, meetings),
        people=_headcount(tr, sum(month.people for month in months)),
        month=tr.month(best.first),
        most=_headcount(tr, best.people),
    )


def _years(tr: Speech, looked: Looked, years: TwoYears) -> Html | None:
    people = sum(number for _, number in years.this_year)
    before = sum(number for _, number in years.last_year)
    if not people and not before:
        return None
    change = round(100 * (people - years.by_now) / years.by_now) if years.by_now else 0
    return tr(
        "stats-said-years",
        state="over" if years.until == looked.period.last else "running",
        people=_headcount(tr, people),
        by_now=_headcount(tr, years.by_now),
        before=_headcount(tr, before),
        change="more" if change > 0 else "less" if change < 0 else "same",
        percent=abs(change),
    )


def _showed_up(tr: Speech, showed_up: ShowedUp) -> Html | None:
    signed_up = sum(one.signed_up for one in showed_up.by_category.values())
    came = sum(one.came for one in showed_up.by_category.values())
    if not signed_up:
        return None
    return tr(
        "stats-said-turnout",
        signed_up=signed_up,
        came=came,
        percent=round(100 * came / signed_up),
        absent=signed_up - came,
    )


def said_of_ratings(tr: Speech, ratings: Ratings) -> Html | None:
    """Return how many answers there are and their average, None without any."""
    if not ratings.answers:
        return None
    if not ratings.ratings:
        return tr("stats-few-answers", answers=ratings.answers, fewest=FEWEST_ANSWERS)
    mean = tr.decimal(average(ratings.ratings) or 0.0)
    return tr("stats-said-ratings", answers=ratings.answers, average=mean, fewest=FEWEST_ANSWERS)


def _visits(tr: Speech, visits: Visits) -> Html | None:
    people = visits.once + visits.twice + visits.often
    if not people:
        return None
    return tr(
        "stats-said-again",
        people=people,
        once=visits.once,
        twice=visits.twice,
        often=visits.often,
    )


def _ranked(tr: Speech, picture: Picture, ranked: Ranked) -> Html | None:
    if not ranked.places or (picture is Picture.MAP and not ranked.places[0].people):
        return None
    return tr(
        "stats-said-places",
        people=_headcount(tr, sum(place.people for place in ranked.places)),
        places=len(ranked.places),
        without=ranked.without,
        more=max(0, len(ranked.places) - MOST_PLACES),
        first=ranked.places[0].name,
        most=_headcount(tr, ranked.places[0].people),
    )


def _meetings(tr: Speech, number: int) -> str:
    return tr.plain("stats-meetings", number=number)


def _headcount(tr: Speech, number: int) -> str:
    return tr.plain("stats-people", number=number)
