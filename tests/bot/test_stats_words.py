"""What the pictures of statistics say when there is much, little or nothing to show."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.chart_facts import BarChart, HeatMap, LineChart
from bot.handlers.coordinator.stats_charts import MOST_PLACES, chart_of
from bot.handlers.coordinator.stats_words import caption, name_of_period
from bot.i18n import Speech, Texts
from bot.period_parsing import parse_period
from bot.rules import Period, half_year, quarter, whole_year
from bot.services.statistic_facts import (
    Facts,
    People,
    Picture,
    Place,
    Ranked,
    Rated,
    Ratings,
    ShowedUp,
    TwoYears,
    Visits,
)
from bot.services.statistics import Area, Looked
from bot.vocabulary import Format

YEAR = whole_year(2026)


@pytest.fixture
def russian() -> Speech:
    return Texts().speak("ru", datetime(2026, 11, 20, tzinfo=UTC), "Asia/Krasnoyarsk")


def _looked(facts: Facts, period: Period = YEAR) -> Looked:
    return Looked(Area("Край", date(2026, 11, 20)), False, period, facts)


def test_more_municipalities_than_a_picture_holds(russian: Speech) -> None:
    places = tuple(Place(f"Район {n}", 1, 100 - n, (100 - n, *[0] * 11)) for n in range(25))
    looked = _looked(Ranked(places, without=36))
    ranking = chart_of(russian, Picture.RANKING, looked)
    assert isinstance(ranking, BarChart)
    assert len(ranking.groups[0].bars) == MOST_PLACES
    heat = chart_of(russian, Picture.MAP, looked)
    assert isinstance(heat, HeatMap)
    assert len(heat.rows) == MOST_PLACES
    assert "без встреч: 36. Больше всего людей: Район 0, 100 человек. Ещё 5 на" in caption(
        russian, Picture.MAP, looked
    )
    few = _looked(Ranked(places[:20], without=41))
    assert caption(russian, Picture.RANKING, few).endswith("100 человек.")


def test_months_of_several_years_say_which_year(russian: Speech) -> None:
    two_years = Period(date(2025, 1, 1), date(2026, 12, 31))
    place = Place("Ачинск", 1, 1205, (1205, *[0] * 23))
    heat = chart_of(russian, Picture.MAP, _looked(Ranked((place,), without=0), two_years))
    assert isinstance(heat, HeatMap)
    assert (heat.columns[0], heat.columns[12]) == ("янв 25", "янв 26")
    days = "1 янв. 2025 г. – 31 дек. 2026 г.".replace(" ", "\xa0")
    assert heat.subtitle == f"Край · {days}"
    one_year = replace(place, by_month=(1205, *[0] * 11))
    heat = chart_of(russian, Picture.MAP, _looked(Ranked((one_year,), without=0)))
    assert isinstance(heat, HeatMap)
    assert heat.columns[0] == "янв"
    ranking = chart_of(russian, Picture.RANKING, _looked(Ranked((place,), without=0)))
    assert isinstance(ranking, BarChart)
    assert ranking.groups[0].bars[0].text == "1\xa0205"


def test_formats_with_few_answers_stand_together(russian: Speech) -> None:
    ratings = Ratings(18, (1, 0, 0, 7, 10), {Format.SEMINAR: Rated(4.5, 12)}, Rated(4.25, 6))
    chart = chart_of(russian, Picture.RATINGS, _looked(ratings))
    assert isinstance(chart, BarChart)
    distribution, formats = chart.groups
    assert [bar.text for bar in distribution.bars] == ["10", "7", "0", "0", "1"]
    assert [(bar.label, bar.text) for bar in formats.bars] == [
        ("семинар", "4,5 · 12 ответов"),
        ("остальные форматы", "4,2 · 6 ответов"),
    ]
    alone = Ratings(6, (0, 0, 0, 0, 6), {}, Rated(5, 6))
    chart = chart_of(russian, Picture.RATINGS, _looked(alone))
    assert isinstance(chart, BarChart)
    assert len(chart.groups) == 1  # the others together would be all there is


def test_a_line_grows_by_the_days_of_its_year(russian: Speech) -> None:
    years = TwoYears(
        before=whole_year(2025),
        this_year=((date(2026, 1, 1), 5), (date(2026, 2, 1), 7)),
        last_year=((date(2025, 12, 31), 24),),
        until=date(2026, 11, 20),
        by_now=0,
    )
    chart = chart_of(russian, Picture.YEARS, _looked(years))
    assert isinstance(chart, LineChart)
    assert chart.line.points == ((0, 0), (0, 5), (31, 12), (323, 12))
    assert chart.compared.points == ((0, 0), (364, 24), (364, 24))
    assert (chart.line.name, chart.compared.name) == (
        "2026 год: 12 человек", "2025 год: 24 человека",
    )  # fmt: skip
    assert "Стало" not in caption(russian, Picture.YEARS, _looked(years))


@pytest.mark.parametrize(
    ("picture", "facts"),
    [
        (Picture.CATEGORIES, People(0, {})),
        (Picture.CATEGORIES, People(2, {})),
        (Picture.MONTHS, ()),
        (Picture.YEARS, TwoYears(YEAR, (), (), date(2026, 1, 1), 0)),
        (Picture.TURNOUT, ShowedUp({}, {})),
        (Picture.RATINGS, Ratings(0, (), {}, None)),
        (Picture.RATINGS, Ratings(4, (), {}, None)),
        (Picture.AGAIN, Visits(0, 0, 0)),
        (Picture.RANKING, Ranked((), 61)),
        (Picture.MAP, Ranked((Place("Ачинск", 1, 0, (0,)),), 60)),
    ],
)
def test_nothing_to_show(russian: Speech, picture: Picture, facts: Facts) -> None:
    assert chart_of(russian, picture, _looked(facts)) is None
    said = caption(russian, picture, _looked(facts)).partition("\n\n")[2]
    assert said.startswith(("За этот период", "Отзывов"))


def test_names_of_periods(russian: Speech) -> None:
    periods = (
        YEAR, half_year(2026, 2), quarter(2025, 3), Period(date(2026, 9, 1), date(2026, 12, 31)),
    )  # fmt: skip
    assert [name_of_period(russian, period) for period in periods] == [
        "2026 год", "2 полугодие 2026", "3 квартал 2025", "1 сент. – 31 дек. 2026\u00a0г.",
    ]  # fmt: skip


@pytest.mark.parametrize("locale", ["ru", "en"])
def test_what_periods_are_called_can_be_typed(locale: str) -> None:
    tr = Texts().speak(locale, datetime(2026, 11, 20, tzinfo=UTC), "Asia/Krasnoyarsk")
    halves = [half_year(2025, number) for number in (1, 2)]
    quarters = [quarter(2025, number) for number in (1, 2, 3, 4)]
    for period in (whole_year(2025), *halves, *quarters):
        assert parse_period(name_of_period(tr, period), date(2026, 3, 1)) == period
    assert name_of_period(tr, halves[1]) in {"2 полугодие 2025", "Second half of 2025"}
