"""Whatever a year held, board, statistics and analysis say what plain Python counts."""

import pytest
from hypothesis import HealthCheck, example, given, settings

from bot.clock import MovableClock
from bot.rules import whole_year
from bot.services import statistics
from bot.services.analysis import get_analysis
from bot.services.board_rows import read_board
from bot.services.core import Account, Core
from bot.services.statistic_facts import People, Picture, Ranked
from bot.vocabulary import Audience, Category, MeetingStatus
from tests.services.random_years import (
    MERGED,
    MIDNIGHTS,
    NOW,
    PLACES,
    Event,
    counted_in,
    expected,
    hold,
    make_places,
    organisations_in,
    years,
)

REGIONAL = Account(5)
YEARS = (2024, 2025, 2026)
settled = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
async def places(core: Core, clock: MovableClock) -> dict[str, int]:
    """Three municipalities of three time zones; one was merged into another."""
    return await make_places(core, clock, REGIONAL.id)


@example(year=MIDNIGHTS)
@given(year=years)
@settled
async def test_the_board(core: Core, places: dict[str, int], year: list[Event]) -> None:
    await hold(core, places, year)
    for each in YEARS:
        async with core.db.read() as session:
            rows = await read_board(session, (), each, NOW)
        there = set(PLACES) - ({MERGED} if each == 2026 else set())
        waiting = [
            event
            for event in year
            if event.status is MeetingStatus.PUBLISHED
            and event.is_over
            and event.local_year == each
        ]
        assert {row.territory.name: (row.held, row.unconfirmed) for row in rows} == {
            place: (
                expected(year, each, {place})["1."],
                sum(event.place == place for event in waiting),
            )
            for place in there
        }


@example(year=MIDNIGHTS)
@given(year=years)
@settled
async def test_statistics(core: Core, places: dict[str, int], year: list[Event]) -> None:
    await hold(core, places, year)
    for each in YEARS:
        for place in (*PLACES, None):
            counted = counted_in(year, each, {place} if place else set(PLACES))
            meetings = sum(counted[audience] for audience in Audience)
            people = {category: counted[category] for category in Category if counted[category]}

            async def look(picture: Picture) -> object:
                where = places[place] if place else None  # noqa: B023
                return (
                    await statistics.look_at(core, REGIONAL, where, picture, whole_year(each))  # noqa: B023
                ).facts

            assert await look(Picture.CATEGORIES) == People(meetings, people)
            months = await look(Picture.MONTHS)
            assert isinstance(months, tuple)
            assert sum(month.meetings for month in months) == meetings
            assert sum(month.people for month in months) == sum(people.values())
        ranked = await look(Picture.RANKING)
        assert isinstance(ranked, Ranked)
        found = {row.name: (row.meetings, row.people) for row in ranked.places}
        for place in PLACES:
            counted = counted_in(year, each, {place})
            meetings = sum(counted[audience] for audience in Audience)
            assert found.get(place, (0, 0)) == (meetings, counted.total() - meetings)


@example(year=MIDNIGHTS)
@given(year=years)
@settled
async def test_the_analysis(core: Core, places: dict[str, int], year: list[Event]) -> None:
    await hold(core, places, year)
    for place in set(PLACES) - {MERGED}:
        found = await get_analysis(core, REGIONAL, 2026, places[place])
        assert found.report.people_in_form == expected(year, 2026, {place})["2."]
        assert found.organisations == len(set(organisations_in(year, 2026, place)) - {""})
    region = await get_analysis(core, REGIONAL, 2026, None)
    listed = {name for place in PLACES for name in organisations_in(year, 2026, place)}
    assert region.organisations == len(listed - {""})
    assert region.report.meetings_in_form == expected(year, 2026, set(PLACES))["1."]
