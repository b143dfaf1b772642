"""The year's deadlines: who owes what, what is missing, when it is recalled, who settles it."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.deadlines_file import read_deadlines_file
from bot.errors import Forbidden, InvalidInput, NotFound, Refused
from bot.models import (
    AuditEntry,
    DeadlineMark,
    Headcount,
    Meeting,
    Municipality,
    Registration,
    StaffRole,
)
from bot.rules import DeadlineState
from bot.services import deadline_lists, deadline_marks, deadlines, proposals
from bot.services.core import Account, Core
from bot.services.deadline_ledger import Gaps
from bot.services.proposals import Addressee
from bot.settings import Settings
from bot.vocabulary import Category, MeetingStatus, RegistrationKind, Role, Settled
from tests.services.factory import (
    KRASNOYARSK,
    give_role,
    make_meeting,
    make_region,
    sign_up_someone,
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


def move(core: Core, moment: datetime) -> None:
    assert isinstance(core.clock, MovableClock)
    core.clock.move_to(moment.astimezone(UTC))


async def owed(core: Core, account: Account, now: datetime) -> list[str]:
    move(core, now)
    found = await deadlines.owed_for(core, account, now)
    return [f"{each.facts.deadline.code} {each.facts.year}" for each in found]


async def test_each_is_recalled_on_its_days_and_then_on_workdays(
    core: Core, places: dict[str, int]
) -> None:
    december = {
        (11, 13): [],
        (11, 15): ["analysis 2026", "proposals 2026"],  # a Sunday: 30 days before
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
    assert await owed(core, COORDINATOR, at(11, 12)) == []
    everywhere = await deadline_lists.list_deadlines(core, COORDINATOR, places["achinsk"])
    assert [(each.deadline.code, str(each.due), each.state) for each in everywhere.rows] == [
        ("analysis", "2026-12-15", DeadlineState.OPEN),
        ("proposals", "2026-12-15", DeadlineState.OPEN),
        ("appendix2", "2026-12-25", DeadlineState.OPEN),
    ]


async def opened(core: Core, account: Account, code: str, place: int | None) -> Gaps:
    found = await deadline_marks.get_deadline(core, account, code, 2026, place)
    return found.gaps


async def test_what_is_missing_is_computed_from_the_meetings(
    core: Core, places: dict[str, int]
) -> None:
    achinsk = places["achinsk"]
    move(core, at(12, 20))
    held = {"status": MeetingStatus.HELD}
    await make_meeting(core, achinsk, starts_at=at(5, 1))  # nobody said «Состоялась»
    empty = await make_meeting(core, achinsk, starts_at=at(5, 2), **held)
    photographed = await make_meeting(
        core, achinsk, starts_at=at(5, 3), photo_link="https://example.org/1", **held
    )
    for fields in (
        {"starts_at": at(12, 22)},  # to come
        {"starts_at": at(5, 4, 2025)},
        {"starts_at": at(5, 5), "counts_in_form": False},
        {"starts_at": at(5, 6), "status": MeetingStatus.CANCELLED},
    ):
        await make_meeting(core, achinsk, **fields)
    await make_meeting(core, places["kansk"], starts_at=at(5, 7))
    registration = await sign_up_someone(core, photographed, None, Category.OTHER, Category.GRADE_9)
    async with core.db.write() as session:
        (await session.get_one(Registration, registration)).kind = RegistrationKind.GROUP
        session.add(
            Headcount(meeting_id=photographed, category=Category.PARENT, people=2, organisation="")
        )
    gaps = await opened(core, CURATOR, "appendix2", achinsk)
    assert gaps == Gaps(unconfirmed=1, nobody=1, groups=1, photos=1, proposals=True)
    assert await opened(core, CURATOR, "proposals", achinsk) == Gaps(proposals=True)
    assert await opened(core, CURATOR, "analysis", achinsk) == Gaps()

    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "нет")
    async with core.db.write() as session:
        meeting = await session.get_one(Meeting, photographed)
        meeting.photo_link = ""
        session.add(
            Headcount(meeting_id=empty, category=Category.PARENT, people=2, organisation="")
        )
        # A link at a meeting that is not confirmed is none of the report's.
        await session.execute(
            update(Meeting)
            .where(Meeting.status == MeetingStatus.PUBLISHED)
            .values(photo_link="https://example.org/2")
        )
    gaps = await opened(core, CURATOR, "appendix2", achinsk)
    assert gaps == Gaps(unconfirmed=1, groups=1, photos=2, no_photos=True)
    found = await deadline_marks.get_deadline(core, CURATOR, "proposals", 2026, achinsk)
    assert found.facts.state is DeadlineState.DONE
    assert not found.may_take_back
    # One of the two texts is enough, whichever it is.
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "")
    assert await opened(core, CURATOR, "proposals", achinsk) == Gaps(proposals=True)
    await proposals.set_proposals(core, CURATOR, achinsk, 2026, "Сайт", Addressee.REGION)
    found = await deadline_marks.get_deadline(core, CURATOR, "proposals", 2026, achinsk)
    assert (found.facts.state, found.gaps) == (DeadlineState.DONE, Gaps())


async def test_an_addendum_is_owed_for_meetings_after_the_report(
    core: Core, places: dict[str, int]
) -> None:
    achinsk, kansk = places["achinsk"], places["kansk"]
    # In a municipality to the west the 26th begins later than in Krasnoyarsk.
    async with core.db.write() as session:
        (await session.get_one(Municipality, kansk)).timezone = "Europe/Moscow"
    await make_meeting(core, achinsk, starts_at=at(12, 26).replace(hour=0))
    await make_meeting(core, kansk, starts_at=at(12, 26).replace(hour=0))  # the 25th there
    for account in (COORDINATOR, CURATOR, OTHER):
        place = kansk if account is OTHER else achinsk
        for code, said in (("analysis", Settled.DONE), ("appendix2", Settled.BY_LETTER)):
            move(core, at(12, 24))
            if account is not CURATOR:
                await deadline_marks.settle(core, account, code, 2026, place, said)
        if account is not CURATOR:
            await proposals.set_proposals(core, account, place, 2026, "нет")
    assert await owed(core, CURATOR, at(12, 25)) == []  # it has not been held yet
    assert await owed(core, CURATOR, at(12, 31)) == ["addendum 2026"]
    assert await owed(core, CURATOR, at(1, 14, 2027)) == ["addendum 2026"]
    assert await owed(core, OTHER, at(1, 14, 2027)) == []
    assert await opened(core, CURATOR, "addendum", achinsk) == Gaps(unconfirmed=1)
    with pytest.raises(NotFound):
        await deadline_marks.get_deadline(core, OTHER, "addendum", 2026, kansk)


async def test_one_of_two_does_it_for_both_and_either_takes_it_back(
    core: Core, places: dict[str, int]
) -> None:
    which = ("analysis", 2026, places["achinsk"])
    move(core, at(12, 15))
    await deadline_marks.settle(core, COORDINATOR, *which, Settled.DONE)
    await deadline_marks.settle(core, COORDINATOR, *which, Settled.DONE)  # the same tap again
    with pytest.raises(Refused) as told:
        await deadline_marks.settle(core, CURATOR, *which, Settled.DONE)
    assert told.value.facts == {"name": "Мария"}
    assert await owed(core, CURATOR, at(12, 15)) == ["proposals 2026"]
    await deadline_marks.unsettle(core, CURATOR, *which)
    await deadline_marks.unsettle(core, CURATOR, *which)
    assert await owed(core, COORDINATOR, at(12, 15)) == ["analysis 2026", "proposals 2026"]
    async with core.db.read() as session:
        deeds = await session.execute(select(AuditEntry.account_id, AuditEntry.action))
        assert list(deeds) == [(2, "deadline.settle"), (3, "deadline.unsettle")]


async def test_of_many_at_once_one_settles_it(core: Core, places: dict[str, int]) -> None:
    which = ("analysis", 2026, places["achinsk"])
    move(core, at(12, 15))
    said = await asyncio.gather(
        *(
            deadline_marks.settle(core, account, *which, settled, "Не было")
            for account in (COORDINATOR, CURATOR, REGIONAL)
            for settled in (Settled.DONE, Settled.NOT_NEEDED)
        ),
        return_exceptions=True,
    )
    assert sorted(map(type, said), key=str) == [type(None)] + [Refused] * 5
    async with core.db.read() as session:
        assert len(list(await session.scalars(select(DeadlineMark)))) == 1
        assert len(list(await session.scalars(select(AuditEntry)))) == 1


async def test_rights(core: Core, places: dict[str, int]) -> None:
    achinsk = places["achinsk"]
    move(core, at(12, 15))
    for account in (OTHER, REGIONAL_CURATOR, Account(99), Account(1)):
        with pytest.raises(Forbidden):
            await deadline_marks.settle(core, account, "analysis", 2026, achinsk, Settled.DONE)
        with pytest.raises(Forbidden):
            await deadline_marks.unsettle(core, account, "analysis", 2026, achinsk)
    for account in (OTHER, Account(99), COORDINATOR):
        with pytest.raises(Forbidden):
            await deadline_lists.list_region(core, account)
        with pytest.raises(Forbidden):
            await deadline_marks.get_deadline(core, account, "consolidated", 2026, None)
    for code, year, place in (
        ("analysis", 2028, achinsk),
        ("analysis", 2024, achinsk),
        ("analysis", 2026, 404),
        ("analysis", 2026, None),
        ("nothing", 2026, achinsk),
    ):
        with pytest.raises(NotFound):
            await deadline_marks.settle(core, REGIONAL, code, year, place, Settled.DONE)
    with pytest.raises(NotFound):  # a report is sent, not done
        await deadline_marks.settle(core, CURATOR, "appendix2", 2026, achinsk, Settled.DONE)
    for reason in (" \n", "а" * 1001):
        with pytest.raises(InvalidInput):
            await deadline_marks.settle(
                core, CURATOR, "appendix2", 2026, achinsk, Settled.NOT_NEEDED, reason
            )
    await deadline_marks.settle(core, REGIONAL, "appendix2", 2026, achinsk, Settled.BY_LETTER)
    await deadline_marks.settle(core, REGIONAL_CURATOR, "consolidated", 2026, None, Settled.DONE)


async def test_the_region_counts_its_municipalities(core: Core, places: dict[str, int]) -> None:
    now = at(12, 28)
    move(core, at(12, 24))
    await deadline_marks.settle(
        core, CURATOR, "appendix2", 2026, places["achinsk"], Settled.BY_LETTER
    )
    move(core, now)
    weekly = await deadlines.weekly_for(core, REGIONAL, now)
    assert weekly is not None
    assert {
        row.deadline.code: (row.done, row.late, row.open, row.nobody) for row in weekly.deadlines
    } == {"analysis": (0, 2, 0, 1), "proposals": (0, 2, 0, 1), "appendix2": (1, 1, 0, 1)}
    assert await opened(core, REGIONAL, "consolidated", None) == Gaps(reports=2)
    found = await deadline_lists.list_places(core, REGIONAL, "appendix2", DeadlineState.LATE, 0, 8)
    assert [each.territory.name for each in found.rows] == ["Канск"]
    # A merged municipality owes the year in which it still was, and none after it.
    async with core.db.write() as session:
        kansk = await session.get_one(Municipality, places["kansk"])
        kansk.valid_until = date(2026, 6, 1)
    assert await owed(core, OTHER, at(12, 28)) == [
        *["analysis 2026", "proposals 2026", "appendix2 2026"]
    ]
    assert await owed(core, OTHER, at(12, 15, 2027)) == []


async def test_whose_role_is_gone_owes_nothing(core: Core, places: dict[str, int]) -> None:
    recalled = [day for day in range(11, 16) if await owed(core, CURATOR, at(12, day))]
    assert recalled == [11, 12, 14, 15]
    async with core.db.write() as session:
        await session.execute(
            update(StaffRole)
            .where(StaffRole.municipality_id == places["achinsk"])
            .values(revoked_at=core.clock.now())
        )
    assert await owed(core, CURATOR, at(12, 15)) == []
    found = await deadline_lists.list_places(core, REGIONAL, "analysis", DeadlineState.NOBODY, 0, 8)
    assert [each.territory.name for each in found.rows] == ["Ачинск", "Ачинский район"]
