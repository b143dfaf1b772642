"""The waiting list: who is offered seats, for how long, and what becomes of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.errors import Forbidden, NotFound, Refused
from bot.models import DueMessage, Person, Registration, SeatLimit
from bot.rules import OfferLives, SignUpTerms, Waiting, next_in_line, offer_life
from bot.services import catalogue, consent, meetings, waiting_room, waitlist
from bot.services.booking import SignedUp
from bot.services.core import Account, Core
from bot.services.groups import Group, new_group_token, sign_up_group
from bot.services.registrations import cancel, sign_up
from bot.vocabulary import (
    Category,
    MeetingStatus,
    MessageKind,
    MessageStatus,
    RegistrationStatus,
    Role,
)
from tests.services.factory import give_role, make_meeting, make_person, make_region

TOKEN = "Poster_1-2026"
CURATOR = Account(900)
ACTIVE, WAITING = RegistrationStatus.ACTIVE, RegistrationStatus.WAITING
OFFERED, CANCELLED = RegistrationStatus.OFFERED, RegistrationStatus.CANCELLED


@pytest.fixture
async def meeting_id(core: Core) -> int:
    """A meeting in a week with two seats, and its curator."""
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    return await make_meeting(core, achinsk, token=TOKEN, seats=2)


async def somebody(core: Core, account_id: int, category: Category = Category.PARENT) -> Account:
    await make_person(core, account_id, category=category)
    return Account(account_id)


async def queue(core: Core, number: int) -> list[SignedUp]:
    """Sign up so many people, accounts 1000 …; who finds no seat waits."""
    return [
        await sign_up(core, await somebody(core, 1000 + index), TOKEN, wait=True)
        for index in range(number)
    ]


async def group_of(core: Core, account: Account, people: int, *, wait: bool = True) -> SignedUp:
    group = Group("Школа № 3", {Category.GRADE_9: people}, with_me=False)
    return await sign_up_group(
        core, account, TOKEN, group, group_token=new_group_token(), wait=wait
    )


async def states(core: Core) -> list[RegistrationStatus]:
    """Of all registrations, in the order in which they were made."""
    async with core.db.read() as session:
        return list(await session.scalars(select(Registration.status).order_by(Registration.id)))


async def messages(core: Core, kind: MessageKind) -> list[tuple[int, str]]:
    """Whom messages of a kind are owed to, and about which offer."""
    async with core.db.read() as session:
        rows = await session.execute(
            select(DueMessage.account_id, DueMessage.occurrence)
            .where(DueMessage.kind == kind)
            .order_by(DueMessage.id)
        )
        return [(account_id, occurrence) for account_id, occurrence in rows]


async def tell_offers(core: Core) -> None:
    """Let the offers that are on their way arrive."""
    async with core.db.write() as session:
        await session.execute(
            update(DueMessage)
            .where(DueMessage.kind == MessageKind.SEAT_OFFER)
            .values(status=MessageStatus.SENT)
        )


async def test_a_free_seat_is_offered_to_the_first_who_waits(core: Core, meeting_id: int) -> None:
    first, _, third, fourth = await queue(core, 4)
    assert (third.status, third.place, fourth.place) == (WAITING, 1, 2)

    await cancel(core, Account(1000), first.registration_id)
    assert await states(core) == [CANCELLED, ACTIVE, OFFERED, WAITING]
    assert await messages(core, MessageKind.SEAT_OFFER) == [(1002, "offer 1")]

    taken = await waitlist.accept(core, Account(1002), third.registration_id)
    assert (taken.status, taken.already) == (ACTIVE, False)
    again = await waitlist.accept(core, Account(1002), third.registration_id)
    assert again.already
    assert (1002, "") in await messages(core, MessageKind.FEEDBACK_QUESTION)


async def test_places_are_told_at_once_and_numbers_go_on(core: Core, meeting_id: int) -> None:
    queued = await queue(core, 5)
    assert [one.place for one in queued] == [None, None, 1, 2, 3]
    again = await sign_up(core, Account(1004), TOKEN, wait=True)
    assert (again.place, again.already) == (3, True)
    await cancel(core, Account(1002), queued[2].registration_id)
    taken_up = await sign_up(core, Account(1002), TOKEN, wait=True)
    newcomer = await sign_up(core, await somebody(core, 2000), TOKEN, wait=True)
    assert (taken_up.place, newcomer.place) == (3, 4)
    async with core.db.read() as session:
        numbers = await session.execute(
            select(Person.account_id, Registration.waiting_number)
            .join(Registration.person)
            .where(Registration.status == WAITING)
            .order_by(Registration.waiting_number)
        )
        assert numbers.all() == [(1003, 2), (1004, 3), (1002, 4), (2000, 5)]


async def test_an_offer_holds_its_seat_against_newcomers(core: Core, meeting_id: int) -> None:
    first, *_ = await queue(core, 3)
    await cancel(core, Account(1000), first.registration_id)
    newcomer = await somebody(core, 2000)
    with pytest.raises(Refused, match="refused-full"):
        await sign_up(core, newcomer, TOKEN)
    # Whoever cancelled stands at the end now.
    again = await sign_up(core, Account(1000), TOKEN, wait=True)
    assert (again.status, again.place) == (WAITING, 1)


async def test_a_declined_offer_goes_to_the_next(core: Core, meeting_id: int) -> None:
    first, _, third, _ = await queue(core, 4)
    await cancel(core, Account(1000), first.registration_id)
    await cancel(core, Account(1002), third.registration_id)
    assert await states(core) == [CANCELLED, ACTIVE, CANCELLED, OFFERED]
    with pytest.raises(Refused, match="refused-offer-gone"):
        await waitlist.accept(core, Account(1002), third.registration_id)


async def test_an_answer_is_to_the_offer_that_was_asked_about(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    first, second, third, _ = await queue(core, 4)
    mine = Account(1002), third.registration_id
    await cancel(core, Account(1000), first.registration_id)
    await waitlist.decline(core, *mine, 1)
    await waitlist.decline(core, *mine, 1)
    assert await states(core) == [CANCELLED, ACTIVE, CANCELLED, OFFERED]

    again = await waitlist.wait_again(core, *mine)
    assert (again.status, again.place, again.already) == (WAITING, 1, False)
    assert (await waitlist.wait_again(core, *mine)).already
    await cancel(core, Account(1001), second.registration_id)
    for answer in (waitlist.accept(core, *mine, number=1), waitlist.decline(core, *mine, 1)):
        with pytest.raises(Refused, match="refused-offer-gone"):
            await answer
    assert (await states(core))[2] is OFFERED
    assert (await waitlist.accept(core, *mine, number=2)).status is ACTIVE
    for old in (1, 2):
        with pytest.raises(Refused, match="refused-offer-taken"):
            await waitlist.decline(core, *mine, old)
    for stranger in (
        waitlist.decline(core, Account(1003), mine[1], 2),
        waitlist.wait_again(core, Account(1003), mine[1]),
    ):
        with pytest.raises(NotFound):
            await stranger


async def test_a_group_waits_again_with_all_its_people(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    people = await queue(core, 2)
    teacher = await somebody(core, 3000, Category.OTHER)
    group = await group_of(core, teacher, 2)
    for number, signed in enumerate(people):
        await cancel(core, Account(1000 + number), signed.registration_id)
    await tell_offers(core)
    clock.advance(timedelta(days=1))
    await waitlist.lapse_offers(core)
    assert await states(core) == [CANCELLED] * 3
    again = await waitlist.wait_again(core, teacher, group.registration_id)
    assert (again.status, again.people) == (ACTIVE, ((Category.GRADE_9, 2),))


async def test_lists_call_a_meeting_full_whose_seats_are_held(core: Core, meeting_id: int) -> None:
    first, *_ = await queue(core, 3)
    await waiting_room.set_automatic(core, CURATOR, meeting_id, automatic=False)
    await cancel(core, Account(1000), first.registration_id)
    for with_room, free in ((False, [0]), (True, [])):
        page = await catalogue.list_meetings(core, Account(2000), None, 0, 8, with_room=with_room)
        assert [row.free for row in page.rows] == free
        assert page.total == len(free)
    card = await catalogue.get_card(core, Account(1002), TOKEN)
    assert (card.held, card.free, card.own_status, card.waiting_place) == (True, 0, WAITING, 1)


async def test_an_offer_lapses_and_goes_to_the_next(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    first, _, third, _ = await queue(core, 4)
    await cancel(core, Account(1000), first.registration_id)
    clock.advance(timedelta(hours=24))
    await waitlist.lapse_offers(core)
    assert (await states(core))[2:] == [OFFERED, WAITING], "nobody has been told of it yet"
    clock.advance(-timedelta(minutes=1))
    await tell_offers(core)
    await waitlist.lapse_offers(core)
    assert (await states(core))[2:] == [OFFERED, WAITING]
    clock.advance(timedelta(minutes=1))
    with pytest.raises(Refused, match="refused-offer-gone"):
        await waitlist.accept(core, Account(1002), third.registration_id)
    await waitlist.lapse_offers(core)
    await waitlist.lapse_offers(core)
    assert (await states(core))[2:] == [CANCELLED, OFFERED]
    assert await messages(core, MessageKind.SEAT_OFFER_LAPSED) == [(1002, "offer 1")]
    # Back on the list, they are offered a seat anew, with a message of its own.
    await sign_up(core, Account(1002), TOKEN, wait=True)
    await tell_offers(core)
    clock.advance(timedelta(days=1))
    await waitlist.lapse_offers(core)
    assert await messages(core, MessageKind.SEAT_OFFER) == [
        (1002, "offer 1"),
        (1003, "offer 1"),
        (1002, "offer 2"),
    ]


async def test_more_seats_are_offered_at_once(core: Core, meeting_id: int) -> None:
    await queue(core, 5)
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": 4})
    assert await states(core) == [ACTIVE, ACTIVE, OFFERED, OFFERED, WAITING]


async def test_an_erased_person_makes_room(core: Core, meeting_id: int) -> None:
    await queue(core, 3)
    await consent.withdraw_consent(core, Account(1000))
    assert await states(core) == [CANCELLED, ACTIVE, OFFERED]


async def test_one_tap_on_sign_up_takes_an_offer(core: Core, meeting_id: int) -> None:
    first, _, third = await queue(core, 3)
    assert (await sign_up(core, Account(1002), TOKEN)).place == 1  # still waiting
    await cancel(core, Account(1000), first.registration_id)
    taken = await sign_up(core, Account(1002), TOKEN)
    assert (taken.registration_id, taken.status) == (third.registration_id, ACTIVE)


async def test_a_group_is_passed_over_three_times_then_seats_are_held_for_it(
    core: Core, meeting_id: int
) -> None:
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": 10})
    people = await queue(core, 10)
    group = await group_of(core, await somebody(core, 3000, Category.OTHER), 5)
    for number in range(3):  # one after the other goes, and a newcomer takes the seat
        await cancel(core, Account(1000 + number), people[number].registration_id)
        assert (await sign_up(core, await somebody(core, 2000 + number), TOKEN)).status is ACTIVE
    for number in range(3, 7):
        await cancel(core, Account(1000 + number), people[number].registration_id)
        with pytest.raises(Refused, match="refused-held"):
            await sign_up(core, await somebody(core, 2000 + number), TOKEN)
    assert (await states(core))[10] is WAITING
    await cancel(core, Account(1007), people[7].registration_id)
    assert (await states(core))[10] is OFFERED
    taken = await waitlist.accept(core, Account(3000), group.registration_id)
    assert taken.people == ((Category.GRADE_9, 5),)


async def test_a_curator_offers_by_hand_and_never_gives_one_seat_twice(
    core: Core, meeting_id: int
) -> None:
    first, _, third, fourth = await queue(core, 4)
    await waiting_room.set_automatic(core, CURATOR, meeting_id, automatic=False)
    await cancel(core, Account(1000), first.registration_id)
    assert await states(core) == [CANCELLED, ACTIVE, WAITING, WAITING]
    with pytest.raises(Refused, match="refused-held"):
        await sign_up(core, await somebody(core, 2000), TOKEN)

    await waiting_room.offer_by_hand(core, CURATOR, meeting_id, fourth.registration_id)
    await waiting_room.offer_by_hand(core, CURATOR, meeting_id, fourth.registration_id)
    assert await states(core) == [CANCELLED, ACTIVE, WAITING, OFFERED]
    assert await messages(core, MessageKind.SEAT_OFFER) == [(1003, "offer 1")]
    await waiting_room.set_automatic(core, CURATOR, meeting_id, automatic=True)
    assert await states(core) == [CANCELLED, ACTIVE, WAITING, OFFERED]
    room = await waiting_room.get_waiting_room(core, CURATOR, meeting_id, 0, 8)
    assert (room.waiting, room.waiting_people, room.offered, room.left) == (1, 1, 1, 0)
    assert [entry.registration_id for entry in room.entries] == [
        fourth.registration_id,
        third.registration_id,
    ]
    assert [entry.people for entry in room.entries] == [((Category.PARENT, 1),)] * 2


async def test_only_those_who_run_the_meeting_touch_its_list(core: Core, meeting_id: int) -> None:
    *_, third = await queue(core, 3)
    stranger = Account(1000)
    for attempt in (
        waiting_room.get_waiting_room(core, stranger, meeting_id, 0, 8),
        waiting_room.offer_by_hand(core, stranger, meeting_id, third.registration_id),
        waiting_room.set_automatic(core, stranger, meeting_id, automatic=False),
    ):
        with pytest.raises(Forbidden):
            await attempt
    with pytest.raises(NotFound):
        await waitlist.accept(core, stranger, third.registration_id)


async def test_nothing_is_offered_once_the_meeting_began(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    first, _, third = await queue(core, 3)
    clock.advance(timedelta(days=7, minutes=1))
    await cancel(core, Account(1000), first.registration_id)
    assert await states(core) == [CANCELLED, ACTIVE, WAITING]
    with pytest.raises(Refused, match="refused-too-late-to-offer"):
        await waiting_room.offer_by_hand(core, CURATOR, meeting_id, third.registration_id)


async def test_a_categorys_own_limit_holds_nobody_else_back(core: Core, meeting_id: int) -> None:
    await meetings.edit_meeting(core, CURATOR, meeting_id, {"seats": 10})
    async with core.db.write() as session:
        session.add(SeatLimit(meeting_id=meeting_id, category=Category.PARENT, seats=1))
    first, second, _ = await queue(core, 3)
    assert await states(core) == [ACTIVE, WAITING, WAITING]
    with pytest.raises(Refused, match="refused-limit"):
        await sign_up(core, await somebody(core, 2000), TOKEN)
    assert (await sign_up(core, await somebody(core, 2001, Category.GRADE_9), TOKEN)).place is None
    await cancel(core, Account(1000), first.registration_id)
    assert await states(core) == [CANCELLED, OFFERED, WAITING, ACTIVE]
    assert second.status is WAITING


async def test_signing_up_opens_and_closes(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    async with core.db.write() as session:
        meeting = await session.get_one(meetings.Meeting, meeting_id)
        meeting.sign_up_opens_at = clock.now() + timedelta(days=1)
        meeting.sign_up_closes_at = clock.now() + timedelta(days=2)
    account = await somebody(core, 1000)
    with pytest.raises(Refused, match="refused-not-open-yet"):
        await sign_up(core, account, TOKEN)
    clock.advance(timedelta(days=1))
    signed = await sign_up(core, account, TOKEN)
    clock.advance(timedelta(days=1))
    with pytest.raises(Refused, match="refused-closed"):
        await sign_up(core, await somebody(core, 1001), TOKEN)
    await cancel(core, account, signed.registration_id)


def test_offers_shorten_as_the_meeting_nears(clock: MovableClock) -> None:
    starts_at = clock.now().replace(hour=8) + timedelta(days=7)  # 15:00 in Krasnoyarsk
    lives = OfferLives()

    def life(before: timedelta) -> timedelta:
        return offer_life(starts_at, starts_at - before, "Asia/Krasnoyarsk", lives)

    assert life(timedelta(days=2)) == timedelta(hours=24)
    assert life(timedelta(days=2, minutes=-1)) == timedelta(hours=3)
    assert life(timedelta(hours=15, minutes=1)) == timedelta(hours=3)
    assert life(timedelta(hours=15)) == timedelta(minutes=30)
    assert life(timedelta(minutes=10)) == timedelta(minutes=10)


def test_who_could_never_fit_holds_nobody_back(clock: MovableClock) -> None:
    terms = SignUpTerms(
        MeetingStatus.PUBLISHED, clock.now(), clock.now(), seats=10, taken=9, admits=frozenset()
    )
    whole_school = Waiting(1, {Category.GRADE_9: 300}, passed_over=3)
    one = Waiting(2, {Category.PARENT: 1})
    assert next_in_line(terms, [whole_school, one]) == (one, ())
    assert next_in_line(terms, [Waiting(3, {Category.GRADE_9: 2}), one])[1] != ()
