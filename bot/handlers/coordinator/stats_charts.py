"""Statistics as charts: facts in the words of a person's language."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.chart_facts import (
    Bar,
    BarChart,
    Bars,
    Chart,
    Columns,
    HeatMap,
    Line,
    LineChart,
    MonthChart,
)
from bot.handlers.coordinator.stats_words import MOST_PLACES, name_of_period
from bot.i18n import Speech
from bot.rules import Period
from bot.services.period_counting import Turnout
from bot.services.statistic_facts import (
    Month,
    People,
    Picture,
    Ranked,
    Rated,
    Ratings,
    ShowedUp,
    TwoYears,
    Visits,
)
from bot.services.statistics import Looked
from bot.vocabulary import Category

_MOST_TICKS = 12


def chart_of(tr: Speech, picture: Picture, looked: Looked) -> Chart | None:
    """Return the chart for a picture, None where there is nothing to look at."""
    title = tr.name_of("stats-title", picture)
    days = name_of_period(tr, looked.period).replace(" ", "\u00a0")  # stay in one line
    subtitle = f"{looked.where.name} · {days}"
    match looked.facts:
        case People() as people:
            groups = _people(tr, people)
        case Ratings() as ratings:
            groups = _ratings(tr, ratings)
        case ShowedUp() as showed_up:
            groups = _showed_up(tr, showed_up)
        case Visits() as visits:
            groups = _visits(tr, visits)
        case Ranked() as ranked if picture is Picture.MAP:
            return _map(tr, title, subtitle, looked.period, ranked)
        case Ranked() as ranked:
            groups = _ranked(tr, ranked)
        case TwoYears() as years:
            return _years(tr, title, subtitle, looked.period, years)
        case months:
            return _months(tr, title, subtitle, months)
    groups = [group for group in groups if any(bar.length for bar in group.bars)]
    return BarChart(title, subtitle, tuple(groups)) if groups else None


def _people(tr: Speech, people: People) -> list[Bars]:
    came = people.by_category
    pupils = [each for each in Category if each in came and each.is_pupil]
    adults = sorted((each for each in came if not each.is_pupil), key=lambda each: -came[each])
    return [
        Bars(
            tr.plain(key, people=sum(came[each] for each in who)),
            tuple(
                Bar(tr.name_of("category", each), came[each], tr.whole(came[each])) for each in who
            ),
        )
        for key, who in (("stats-pupils", pupils), ("stats-adults", adults))
    ]


def _ratings(tr: Speech, ratings: Ratings) -> list[Bars]:
    if not ratings.ratings:
        return []
    stars = reversed([*enumerate(ratings.ratings, start=1)])
    formats = [(tr.name_of("format", each), rated) for each, rated in ratings.by_format.items()]
    if formats and ratings.together:
        formats.append((tr.plain("stats-formats-together"), ratings.together))
    return [
        Bars(
            tr.plain("stats-distribution"),
            tuple(Bar(f"{star} ★", number, tr.whole(number)) for star, number in stars),
        ),
        Bars(
            tr.plain("stats-by-format"),
            tuple(Bar(name, rated.average, _rated(tr, rated)) for name, rated in formats),
            whole=5,
        ),
    ]


def _rated(tr: Speech, rated: Rated) -> str:
    return tr.plain("stats-rated", average=tr.decimal(rated.average), answers=rated.answers)


def _showed_up(tr: Speech, showed_up: ShowedUp) -> list[Bars]:
    categories = showed_up.by_category.items()
    ahead = showed_up.by_ahead.items()
    return [
        _shares(tr, "stats-by-category", ((tr.name_of("category", a), b) for a, b in categories)),
        _shares(tr, "stats-by-ahead", ((tr.name_of("stats-ahead", a), b) for a, b in ahead)),
    ]


def _shares(tr: Speech, heading: str, rows: Iterable[tuple[str, Turnout]]) -> Bars:
    bars = [
        Bar(
            name, one.came / one.signed_up, tr.plain("stats-share", came=one.came, of=one.signed_up)
        )
        for name, one in rows
    ]
    return Bars(tr.plain(heading), tuple(bars), whole=1)


def _visits(tr: Speech, visits: Visits) -> list[Bars]:
    rows = (
        ("stats-once", visits.once), ("stats-twice", visits.twice), ("stats-often", visits.often),
    )  # fmt: skip
    return [Bars("", tuple(Bar(tr.plain(key), number, tr.whole(number)) for key, number in rows))]


def _ranked(tr: Speech, ranked: Ranked) -> list[Bars]:
    places = ranked.places[:MOST_PLACES]
    return [Bars("", tuple(Bar(each.name, each.people, tr.whole(each.people)) for each in places))]


def _map(tr: Speech, title: str, subtitle: str, period: Period, ranked: Ranked) -> Chart | None:
    places = [place for place in ranked.places[:MOST_PLACES] if place.people]
    if not places:
        return None
    months = _names(tr, period.months)
    rows = tuple((place.name, place.by_month) for place in places)
    return HeatMap(title, subtitle, months, rows)


def _months(tr: Speech, title: str, subtitle: str, months: tuple[Month, ...]) -> Chart | None:
    if not any(month.meetings for month in months):
        return None
    names = _names(tr, tuple(month.first for month in months))
    panels = (
        Columns(tr.plain("stats-people-panel"), tuple(month.people for month in months)),
        Columns(tr.plain("stats-meetings-panel"), tuple(month.meetings for month in months)),
    )
    return MonthChart(title, subtitle, names, panels)


def _names(tr: Speech, months: Sequence[date]) -> tuple[str, ...]:
    """Return «янв»; «янв 25» where a month stands there twice."""
    several = len(months) > _MOST_TICKS
    return tuple(
        f"{tr.month(month, short=True)} {month:%y}" if several else tr.month(month, short=True)
        for month in months
    )


def _years(tr: Speech, title: str, subtitle: str, period: Period, years: TwoYears) -> Chart | None:
    if not years.this_year and not years.last_year:
        return None
    months = len(period.months)
    step = 1 if months <= _MOST_TICKS else -(-months // (_MOST_TICKS // 2))
    shown = period.months[::step]
    ticks = (
        ((max(month, period.first) - period.first).days, name)
        for month, name in zip(shown, _names(tr, period.months)[::step], strict=True)
    )
    before = years.before
    return LineChart(
        title,
        subtitle,
        _line(tr, period, years.this_year, years.until),
        _line(tr, before, years.last_year, before.last),
        tuple(ticks),
        (period.last - period.first).days + 1,
    )


def _line(tr: Speech, period: Period, came: tuple[tuple[date, int], ...], until: date) -> Line:
    points = [(0, 0)]
    for day, people in came:
        points.append(((day - period.first).days, points[-1][1] + people))
    people = points[-1][1]
    points.append(((until - period.first).days, people))
    name = tr.plain("stats-line", period=name_of_period(tr, period), people=people)
    return Line(name, tuple(points))
