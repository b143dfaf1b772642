"""Who is told of which change of a meeting, and whether in the night; on both databases."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.models import DueMessage
from bot.services import meetings, outbox
from bot.services.core import Account, Core
from bot.services.registrations import sign_up
from bot.vocabulary import MessageKind, MessageStatus, Role
from tests.services.factory import give_role, make_meeting, make_person, make_region

CURATOR, MARIA, PETYA, OLEG = (Account(each) for each in (500, 601, 602, 603))
ZONE = ZoneInfo("Asia/Krasnoyarsk")
NEWS = (MessageKind.MEETING_CHANGED, MessageKind.CALENDAR_FILE)
GATHERED = timedelta(minutes=2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
async def achinsk(core: Core) -> int:
    places = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, places["achinsk"])
    for account in (MARIA, PETYA, OLEG):
        await make_person(core, account.id)
    return places["achinsk"]


async def meeting_of(core: Core, achinsk: int, starts_at: datetime) -> int:
    """A meeting for which two are signed up and have their tickets."""
    meeting_id = await make_meeting(core, achinsk, token="poster", starts_at=starts_at)
    for account in (MARIA, PETYA):
        await sign_up(core, account, "poster")
    await sent(core)
    return meeting_id


async def sent(core: Core, *accounts: Account) -> None:
    """Let what these are to be told of, all of them where none is named, be sent."""
    statement = update(DueMessage).where(DueMessage.kind.in_(NEWS))
    if accounts:
        statement = statement.where(DueMessage.account_id.in_([one.id for one in accounts]))
    async with core.db.write() as session:
        await session.execute(statement.values(status=MessageStatus.SENT))


async def move_to(core: Core, meeting_id: int, starts_at: datetime) -> None:
    changes = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    await meetings.edit_meeting(core, CURATOR, meeting_id, changes)


async def owed(core: Core, kind: MessageKind) -> list[DueMessage]:
    """What is still to be sent."""
    async with core.db.read() as session:
        rows = await session.scalars(
            select(DueMessage)
            .where(DueMessage.kind == kind, DueMessage.status == MessageStatus.PLANNED)
            .order_by(DueMessage.account_id, DueMessage.id)
        )
        return list(rows)


async def places_known(core: Core) -> list[tuple[int, str]]:
    """Who is to be told of a change, and which place they knew before."""
    return [(row.account_id, row.facts["place"]) for row in await owed(core, NEWS[0])]


@pytest.mark.parametrize("returned", [False, True], ids=["partly sent", "a blocker returned"])
async def test_each_is_told_of_what_changed_since_they_were_told(
    core: Core, achinsk: int, returned: bool
) -> None:
    meeting_id = await meeting_of(core, achinsk, at(9, 12))
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 1"})
    (_, first), *_ = await places_known(core)
    if returned:
        await outbox.block(core, PETYA)
        async with core.db.write() as session:
            await session.execute(
                update(DueMessage)
                .where(
                    DueMessage.account_id == PETYA.id, DueMessage.occurrence.startswith("change")
                )
                .values(status=MessageStatus.DROPPED, reason=outbox.BLOCKED)
            )
        await sent(core, MARIA)
        await outbox.unblock(core, PETYA)
    else:
        await sent(core, MARIA)
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 2"})
    assert await places_known(core) == [(MARIA.id, "Школа № 1"), (PETYA.id, first)]
    files = await owed(core, MessageKind.CALENDAR_FILE)
    assert [row.account_id for row in files] == [MARIA.id, PETYA.id]


async def test_who_signed_up_between_two_changes_is_told_of_the_second(
    core: Core, achinsk: int
) -> None:
    meeting_id = await meeting_of(core, achinsk, at(9, 12))
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 1"})
    (_, first), *_ = await places_known(core)
    await sign_up(core, OLEG, "poster")
    await sent(core, OLEG)  # the ticket's own file
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 2"})
    known = [(MARIA.id, first), (PETYA.id, first), (OLEG.id, "Школа № 1")]
    assert await places_known(core) == known
    files = await owed(core, MessageKind.CALENDAR_FILE)
    assert [row.account_id for row in files] == [MARIA.id, PETYA.id, OLEG.id]


async def test_what_is_being_sent_tells_of_no_later_change(core: Core, achinsk: int) -> None:
    meeting_id = await meeting_of(core, achinsk, at(9, 12))
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 1"})
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.account_id == MARIA.id)
            .values(leased_until=core.clock.now() + GATHERED)
        )
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 2"})
    assert [who for who, _ in await places_known(core)] == [MARIA.id, MARIA.id, PETYA.id]


@pytest.mark.parametrize(
    ("old", "new", "waits"),
    [
        (at(4, 8, 30), at(11, 8, 30), False),
        (at(11, 8, 30), at(4, 9), False),
        (at(11, 8, 30), at(12, 8, 30), True),
    ],
    ids=["from tomorrow", "to tomorrow", "neither is near"],
)
async def test_a_change_at_night_waits_for_no_start_that_is_near(
    core: Core, clock: MovableClock, achinsk: int, old: datetime, new: datetime, waits: bool
) -> None:
    clock.move_to(at(3, 12))
    meeting_id = await meeting_of(core, achinsk, old)
    clock.move_to(at(3, 23))
    await move_to(core, meeting_id, new)
    due_at = at(4, 8) if waits else at(3, 23) + GATHERED
    for kind in NEWS:
        found = [(row.due_at, row.quiet_in) for row in await owed(core, kind)]
        assert found == [(due_at, ZONE.key if waits else "")] * 2


async def test_a_second_change_that_brings_the_start_near_wakes_the_first(
    core: Core, clock: MovableClock, achinsk: int
) -> None:
    clock.move_to(at(3, 12))
    meeting_id = await meeting_of(core, achinsk, at(11, 12))
    clock.move_to(at(3, 23))
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"place": "Школа № 1"})
    assert {row.due_at for row in await owed(core, NEWS[0])} == {at(4, 8)}
    clock.move_to(at(4, 1))
    await move_to(core, meeting_id, at(4, 9))
    for kind in NEWS:
        found = [(row.due_at, row.quiet_in) for row in await owed(core, kind)]
        assert found == [(at(4, 1) + GATHERED, "")] * 2
