"""The year's deadlines: who owes what, what is missing, when it is recalled, who settles it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock
from bot.deadlines_file import read_deadlines_file
from bot.rules import DeadlineState
from bot.services import deadline_lists, deadlines
from bot.services.core import Account, Core
from bot.settings import Settings
from bot.vocabulary import Role
from tests.services.factory import (
    KRASNOYARSK,
    give_role,
    make_region,
)

COORDINATOR, CURATOR, REGIONAL, REGIONAL_CURATOR, OTHER = (Account(each) for each in range(2, 7))
LOCAL = ZoneInfo(KRASNOYARSK)
ROADMAP = read_deadlines_file(Settings.model_fields["deadlines_file"].default)


def at(month: int, day: int, year: int = 2026) -> datetime:
    """Ten in the morning in Krasnoyarsk."""
    return datetime(year, month, day, 10, tzinfo=LOCAL)


@pytest.fixture
async def places(core: Core) -> dict[str, int]:
    """Staff of Ачинск and of the region, since 2 March 2026."""
    places = await make_region(core)
    await give_role(core, COORDINATOR.id, Role.COORDINATOR, places["achinsk"])
    await give_role(core, CURATOR.id, Role.CURATOR, places["achinsk"])
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, REGIONAL_CURATOR.id, Role.REGIONAL_CURATOR)
    await give_role(core, OTHER.id, Role.CURATOR, places["kansk"])
    return places


@pytest.fixture
def core(core: Core) -> Core:
    """With the roadmap of Krasnoyarsk Krai."""
    return replace(core, deadlines=ROADMAP)


async def owed(core: Core, account: Account, now: datetime) -> list[str]:
    assert isinstance(core.clock, MovableClock)
    core.clock.move_to(now.astimezone(UTC))
    found = await deadlines.owed_for(core, account, now)
    return [f"{each.facts.deadline.code} {each.facts.year}" for each in found]


async def test_each_is_recalled_on_its_days_and_then_on_workdays(
    core: Core, places: dict[str, int]
) -> None:
    december = {
        (11, 13): ["analysis 2026", "proposals 2026"],  # a Friday: the 30th day before is a Sunday
        (11, 14): [],
        (11, 15): ["analysis 2026", "proposals 2026"],
        (11, 25): ["appendix2 2026"],
        (12, 10): [],
        (12, 15): ["analysis 2026", "proposals 2026"],
        (12, 16): ["analysis 2026", "proposals 2026"],
        (12, 19): [],  # a Saturday
        (12, 25): ["analysis 2026", "proposals 2026", "appendix2 2026"],
    }
    for (month, day), expected in december.items():
        assert await owed(core, COORDINATOR, at(month, day)) == expected, (month, day)
    overdue = ["analysis 2026", "proposals 2026", "appendix2 2026"]
    assert await owed(core, CURATOR, at(1, 8, 2027)) == []  # the holidays
    assert await owed(core, CURATOR, at(1, 11, 2027)) == overdue
    assert await owed(core, CURATOR, at(11, 12, 2027)) == overdue
    # From the first reminder of the next year nobody is asked about the last one.
    assert await owed(core, CURATOR, at(11, 15, 2027)) == [
        *["appendix2 2026", "analysis 2027", "proposals 2027"]
    ]


async def test_a_new_installation_asks_nobody_about_last_year(
    core: Core, places: dict[str, int]
) -> None:
    assert await owed(core, COORDINATOR, at(3, 3)) == []
    assert await deadlines.nudge_days(core, COORDINATOR, date(2026, 3, 2), date(2026, 11, 12)) == (
        set()
    )
    everywhere = await deadline_lists.list_deadlines(core, COORDINATOR, places["achinsk"])
    assert [(each.deadline.code, str(each.due), each.state) for each in everywhere.rows] == [
        ("analysis", "2026-12-15", DeadlineState.OPEN),
        ("proposals", "2026-12-15", DeadlineState.OPEN),
        ("appendix2", "2026-12-25", DeadlineState.OPEN),
    ]
