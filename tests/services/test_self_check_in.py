"""The code in the room: who is checked in by it, who may come in at once, counted once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import rules
from bot.clock import MovableClock
from bot.errors import ConsentRequired, Forbidden, NotFound, Refused
from bot.models import (
    AuditEntry,
    DueMessage,
    Headcount,
    Meeting,
    Person,
    Registration,
    RegistrationLine,
)
from bot.rules import RoomPass
from bot.services import attendance, registrations
from bot.services.core import Account, Core
from bot.services.groups import Group, sign_up_group
from bot.services.room_codes import show_code
from bot.services.self_check_in import Arrival, Arrived, come_in, scan_code
from bot.services.team_invitations import invite, new_invitation_token
from bot.services.team_joining import Contribution, join
from bot.services.team_leaving import leave
from bot.services.waiting_room import offer_by_hand
from bot.vocabulary import Category, MeetingStatus, RegistrationStatus, Role, TeamRole
from tests.bot.story import stored
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

TOKEN = "Poster_1-2026"
CURATOR, ELSEWHERE, MARIA, OLEG, TEACHER = (Account(number) for number in (11, 12, 20, 21, 22))
EARLY = timedelta(minutes=30)


@pytest.fixture
async def core(core: Core) -> Core:
    """A core with a key of its own."""
    return replace(core, secret=b"a key that nobody knows")


@pytest.fixture
async def meeting(core: Core, clock: MovableClock) -> int:
    """A meeting with two seats that begins in an hour and lasts 90 minutes, and its curator."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await give_role(core, ELSEWHERE.id, Role.CURATOR, towns["kansk"])
    for account in (MARIA, OLEG):
        await make_person(core, account.id)
    await make_person(core, TEACHER.id, category=Category.OTHER, organisation="Школа № 3")
    return await make_meeting(
        core, towns["achinsk"], token=TOKEN, seats=2, starts_at=clock.now() + timedelta(hours=1)
    )


async def scan(core: Core, account: Account) -> Arrived:
    code = await show_code(core, CURATOR, 1)
    return await scan_code(core, account, code.token, code.code)


async def counted(core: Core) -> dict[Category, int]:
    return {row.category: row.people for row in await stored(core, Headcount)}


async def test_who_is_signed_up_is_checked_in_once(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await registrations.sign_up(core, MARIA, TOKEN)
    clock.advance(EARLY)
    arrived = await scan(core, MARIA)
    assert (arrived.arrival, arrived.people) == (Arrival.IN, ((Category.GRADE_9, 1),))
    assert (arrived.since, arrived.asks) == (clock.now(), None)
    clock.advance(timedelta(minutes=2))
    again = await scan(core, MARIA)
    assert (again.arrival, again.since) == (Arrival.ALREADY, arrived.since)
    assert await counted(core) == {Category.GRADE_9: 1}
    log = [row for row in await stored(core, AuditEntry) if "self" in row.action]
    assert [(row.account_id, row.subject) for row in log] == [(MARIA.id, f"meeting:{meeting}")]


async def test_two_phones_at_once_count_once(core: Core, meeting: int, clock: MovableClock) -> None:
    await registrations.sign_up(core, MARIA, TOKEN)
    clock.advance(EARLY)
    arrivals = await asyncio.gather(*(scan(core, MARIA) for _ in range(4)))
    assert sorted(each.arrival for each in arrivals) == [Arrival.ALREADY] * 3 + [Arrival.IN]
    assert await counted(core) == {Category.GRADE_9: 1}


async def test_a_parent_brings_the_child_in(core: Core, meeting: int, clock: MovableClock) -> None:
    await make_person(core, 30, category=Category.PARENT)
    both = (Category.PARENT, Category.GRADE_7)
    await registrations.sign_up(core, Account(30), TOKEN, both)
    clock.advance(EARLY)
    assert (await scan(core, Account(30))).people == tuple((each, 1) for each in both)
    assert await counted(core) == dict.fromkeys(both, 1)


@pytest.mark.parametrize("with_me", [True, False])
async def test_of_a_group_only_the_adult_is_checked_in(
    core: Core, meeting: int, clock: MovableClock, *, with_me: bool
) -> None:
    group = Group("Школа № 3", {Category.GRADE_9: 1}, with_me=with_me)
    await sign_up_group(core, TEACHER, TOKEN, group, group_token="class")
    clock.advance(EARLY)
    arrived = await scan(core, TEACHER)
    assert arrived.arrival is (Arrival.IN if with_me else Arrival.GROUP)
    assert await counted(core) == ({Category.OTHER: 1} if with_me else {})


async def test_a_known_stranger_is_asked_first_and_comes_in_at_once(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(EARLY)
    arrived = await scan(core, MARIA)
    assert arrived.arrival is Arrival.NOT_SIGNED_UP
    assert await stored(core, Registration) == []
    for expected in (Arrival.IN, Arrival.ALREADY):
        assert (await come_in(core, MARIA, arrived.room_pass)).arrival is expected
    assert await counted(core) == {Category.GRADE_9: 1}
    assert len(await stored(core, Registration)) == 1


async def test_who_cancelled_may_come_after_all(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    signed = await registrations.sign_up(core, MARIA, TOKEN)
    await registrations.cancel(core, MARIA, signed.registration_id)
    clock.advance(EARLY)
    arrived = await scan(core, MARIA)
    assert arrived.arrival is Arrival.NOT_SIGNED_UP
    await come_in(core, MARIA, arrived.room_pass)
    [registration] = await stored(core, Registration)
    assert registration.status is RegistrationStatus.ACTIVE
    assert await counted(core) == {Category.GRADE_9: 1}


async def test_a_full_meeting_is_for_the_curator_to_decide(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    for number in (40, 41):
        await make_person(core, number)
        await registrations.sign_up(core, Account(number), TOKEN)
    await registrations.sign_up(core, OLEG, TOKEN, wait=True)
    clock.advance(EARLY)
    assert (await scan(core, OLEG)).arrival is Arrival.WAITS
    arrived = await scan(core, MARIA)
    with pytest.raises(Refused, match="refused-room-full"):
        await come_in(core, MARIA, arrived.room_pass)
    assert await counted(core) == {}


async def test_whose_turn_it_is_comes_in_when_a_seat_is_free(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    taken = []
    for number in (40, 41):
        await make_person(core, number)
        taken.append(await registrations.sign_up(core, Account(number), TOKEN))
    for account in (MARIA, OLEG):
        await registrations.sign_up(core, account, TOKEN, wait=True)
    clock.advance(timedelta(minutes=65))
    await registrations.cancel(core, Account(40), taken[0].registration_id)
    assert (await scan(core, OLEG)).arrival is Arrival.WAITS  # Maria is before him
    assert (await scan(core, MARIA)).arrival is Arrival.IN
    assert (await scan(core, OLEG)).arrival is Arrival.WAITS
    assert await counted(core) == {Category.GRADE_9: 1}


async def test_to_come_is_to_take_the_offer(core: Core, meeting: int, clock: MovableClock) -> None:
    await make_person(core, 40)
    first = await registrations.sign_up(core, Account(40), TOKEN)
    await make_person(core, 41)
    await registrations.sign_up(core, Account(41), TOKEN)
    async with core.db.write() as session:
        (await session.get_one(Meeting, meeting)).offers_automatic = False
    waiting = await registrations.sign_up(core, MARIA, TOKEN, wait=True)
    await registrations.cancel(core, Account(40), first.registration_id)
    await offer_by_hand(core, CURATOR, meeting, waiting.registration_id)
    clock.advance(timedelta(minutes=31))
    async with core.db.write() as session:
        row = await session.get_one(Registration, waiting.registration_id)
        row.offered_until = clock.now() + timedelta(minutes=1)
    assert (await scan(core, MARIA)).arrival is Arrival.IN


async def test_a_stranger_is_a_newcomer_of_whom_nothing_is_stored(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(EARLY)
    arrived = await scan(core, Account(99))
    assert arrived.arrival is Arrival.NEWCOMER
    with pytest.raises(ConsentRequired):
        await come_in(core, Account(99), arrived.room_pass)
    assert await stored(core, Registration) == []


async def test_under_an_older_consent_nobody_is_checked_in(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    person = await make_person(core, 30, consent_version="2020-01")
    await sign_up_someone(core, meeting, person, Category.GRADE_9)
    clock.advance(EARLY)
    assert (await scan(core, Account(30))).arrival is Arrival.NEWCOMER
    assert await counted(core) == {}


async def test_codes_and_passes_of_others_open_nothing(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await registrations.sign_up(core, MARIA, TOKEN)
    clock.advance(EARLY)
    code = await show_code(core, CURATOR, meeting)
    until = clock.now() + timedelta(minutes=5)
    for forged in ("", "0" * 36, rules.sign_code(b"", TOKEN, until)):
        with pytest.raises(NotFound, match="room-code-unknown"):
            await scan_code(core, MARIA, TOKEN, forged)
    await make_meeting(core, 1, token="another", starts_at=clock.now())
    with pytest.raises(NotFound, match="room-code-unknown"):
        await scan_code(core, MARIA, "another", code.code)
    arrived = await scan(core, OLEG)
    for shown in (arrived.room_pass, RoomPass(meeting, "0" * 16), RoomPass(404, "")):
        with pytest.raises(NotFound, match="room-code-unknown"):
            await come_in(core, MARIA, shown)
    clock.advance(rules.CODE_LIFE)
    with pytest.raises(Refused, match="refused-room-code-old"):
        await scan_code(core, MARIA, TOKEN, code.code)
    assert await counted(core) == {}


async def test_who_has_a_pass_comes_in_until_the_end_alone(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(EARLY)
    shown = (await scan(core, MARIA)).room_pass
    clock.advance(timedelta(hours=2))
    with pytest.raises(Refused, match="refused-room-over"):
        await come_in(core, MARIA, shown)
    assert await stored(core, Registration) == []


@pytest.mark.parametrize("account", [Account(99), MARIA, ELSEWHERE], ids=["none", "own", "kansk"])
async def test_only_who_runs_the_door_shows_the_code(
    core: Core, meeting: int, clock: MovableClock, account: Account
) -> None:
    await registrations.sign_up(core, MARIA, TOKEN)
    clock.advance(EARLY)
    with pytest.raises(Forbidden):
        await show_code(core, account, meeting)
    assert not [row for row in await stored(core, AuditEntry) if row.action == "attendance.code"]


async def test_there_is_a_time_for_the_code(core: Core, meeting: int, clock: MovableClock) -> None:
    clock.advance(timedelta(minutes=29))
    with pytest.raises(Refused, match="refused-room-early") as refusal:
        await show_code(core, CURATOR, meeting)
    assert refusal.value.facts["opens_at"] == clock.now() + timedelta(minutes=1)
    clock.advance(timedelta(minutes=32))
    await attendance.close_list(core, CURATOR, meeting)
    with pytest.raises(Refused, match="refused-room-closed"):
        await show_code(core, CURATOR, meeting)
    clock.advance(timedelta(hours=1, minutes=30))
    await show_code(core, CURATOR, meeting)
    clock.advance(timedelta(hours=2))
    with pytest.raises(Refused, match="refused-room-late"):
        await show_code(core, CURATOR, meeting)


async def test_signing_up_at_the_door_obeys_the_meetings_rules(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    async with core.db.write() as session:
        (await session.get_one(Meeting, meeting)).sign_up_closes_at = clock.now()
    clock.advance(EARLY)
    arrived = await scan(core, MARIA)
    with pytest.raises(Refused, match="refused-room-no-sign-up"):
        await come_in(core, MARIA, arrived.room_pass)
    async with core.db.write() as session:
        row = await session.get_one(Meeting, meeting)
        row.status, row.cancelled_at = MeetingStatus.CANCELLED, clock.now()
    with pytest.raises(Refused, match="refused-cancelled"):
        await come_in(core, MARIA, arrived.room_pass)
    assert await stored(core, RegistrationLine) == []


async def test_the_question_is_planned_as_by_a_curators_mark(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(EARLY)
    arrived = await scan(core, MARIA)
    await come_in(core, MARIA, arrived.room_pass)
    kinds = sorted(row.kind.value for row in await stored(core, DueMessage))
    assert kinds == ["calendar_file", "feedback_question", "feedback_repeat", "ticket"]


async def joined(core: Core, meeting: int, account: Account) -> int:
    token = new_invitation_token()
    await invite(core, CURATOR, meeting, TeamRole.HELPER, token)
    return await join(core, account, token, Contribution(category=Category.VOLUNTEER))


async def test_the_team_is_marked_by_the_code_once(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await make_person(core, 30, category=Category.PARENT)
    member = await joined(core, meeting, Account(30))
    clock.advance(EARLY)
    arrived = await scan(core, Account(30))
    assert (arrived.arrival, arrived.since) == (Arrival.TEAM, clock.now())
    clock.advance(timedelta(minutes=2))
    for again in (
        await scan(core, Account(30)),
        await come_in(core, Account(30), arrived.room_pass),
    ):
        assert (again.arrival, again.since) == (Arrival.ALREADY, arrived.since)
    assert await counted(core) == {Category.VOLUNTEER: 1}
    assert await stored(core, Registration) == []
    log = [row for row in await stored(core, AuditEntry) if "self" in row.action]
    assert [(row.account_id, row.details) for row in log] == [(30, {"member": member})]


async def test_who_joins_after_the_scan_is_marked_by_the_button(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(EARLY)
    await make_person(core, 30, category=Category.PARENT)
    shown = (await scan(core, Account(30))).room_pass
    await joined(core, meeting, Account(30))
    assert (await come_in(core, Account(30), shown)).arrival is Arrival.TEAM
    assert await counted(core) == {Category.VOLUNTEER: 1}


async def test_who_left_the_team_is_a_guest(core: Core, meeting: int, clock: MovableClock) -> None:
    await make_person(core, 30, category=Category.PARENT)
    await leave(core, Account(30), await joined(core, meeting, Account(30)))
    clock.advance(EARLY)
    assert (await scan(core, Account(30))).arrival is Arrival.NOT_SIGNED_UP
    assert await counted(core) == {}


async def test_the_team_under_an_older_consent_is_not_marked(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    person = await make_person(core, 30, category=Category.PARENT)
    await joined(core, meeting, Account(30))
    async with core.db.write() as session:
        (await session.get_one(Person, person)).consent_version = "2020-01"
    clock.advance(EARLY)
    assert (await scan(core, Account(30))).arrival is Arrival.NEWCOMER
    assert await counted(core) == {}
