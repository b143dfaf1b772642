"""Signing up and cancelling: who may, as what, how often, and what a seat is."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.errors import ConsentRequired, NotFound, Refused
from bot.models import DueMessage, Registration
from bot.services import registrations, tickets
from bot.services.catalogue import get_card, list_meetings
from bot.services.core import Account, Core
from bot.vocabulary import Category, MeetingStatus, MessageKind
from tests.bot.story import lines_of, stored
from tests.services.factory import make_meeting, make_person, make_region, sign_up_someone

ME, OTHER = Account(10), Account(11)
T = "Poster_1-2026"


@pytest.fixture
async def achinsk(core: Core) -> int:
    return (await make_region(core))["achinsk"]


async def test_the_second_call_is_the_same_registration(core: Core, achinsk: int) -> None:
    meeting = await make_meeting(core, achinsk, token=T, seats=1)
    await make_person(core, ME.id)
    first = await registrations.sign_up(core, ME, T)
    second = await registrations.sign_up(core, ME, T, [Category.VOLUNTEER])
    assert (first.already, second.already) == (False, True)
    assert first.code == second.code == "A1"
    assert second.categories == (Category.GRADE_9,)
    assert await lines_of(core, meeting) == [("grade_9", "", 1)]


async def test_a_cancelled_registration_is_taken_up_again_with_its_code(
    core: Core, achinsk: int
) -> None:
    meeting = await make_meeting(core, achinsk, token=T)
    await make_person(core, ME.id)
    await make_person(core, OTHER.id)
    signed = await registrations.sign_up(core, ME, T)
    await registrations.cancel(core, ME, signed.registration_id)
    await registrations.cancel(core, ME, signed.registration_id)
    assert (await registrations.sign_up(core, OTHER, T)).code == "A2"
    again = await registrations.sign_up(core, ME, T, [Category.VOLUNTEER])
    assert (again.registration_id, again.code) == (signed.registration_id, "A1")
    assert await lines_of(core, meeting) == [("grade_9", "", 1), ("volunteer", "", 1)]
    owed = Counter((row.account_id, row.kind) for row in await stored(core, DueMessage))
    assert owed[ME.id, MessageKind.FEEDBACK_QUESTION] == 1  # one question, and two tickets
    assert owed[ME.id, MessageKind.TICKET] == owed[ME.id, MessageKind.CALENDAR_FILE] == 2


async def test_a_cancelled_seat_is_free_again(core: Core, achinsk: int) -> None:
    await make_meeting(core, achinsk, token=T, seats=1)
    await make_person(core, ME.id)
    await make_person(core, OTHER.id)
    signed = await registrations.sign_up(core, ME, T)
    with pytest.raises(Refused, match="refused-full"):
        await registrations.sign_up(core, OTHER, T)
    await registrations.cancel(core, ME, signed.registration_id)
    assert not (await registrations.sign_up(core, OTHER, T)).already
    with pytest.raises(Refused, match="refused-full"):
        await registrations.sign_up(core, ME, T)


async def test_a_group_takes_all_its_seats_or_none(core: Core, achinsk: int) -> None:
    meeting = await make_meeting(core, achinsk, token=T, seats=2)
    await make_person(core, ME.id, category=Category.PARENT)
    await sign_up_someone(core, meeting, None, Category.HEAD)
    with pytest.raises(Refused, match="refused-few-seats") as refusal:
        await registrations.sign_up(core, ME, T, [Category.PARENT, Category.GRADE_7])
    assert refusal.value.facts == {"free": 1, "wanted": 2}
    assert await lines_of(core, meeting) == [("head", "", 1)]
    assert not (await registrations.sign_up(core, ME, T)).already


@pytest.mark.parametrize(
    ("usual", "wanted"),
    [
        (Category.GRADE_9, [Category.PARENT]),
        (Category.GRADE_9, [Category.GRADE_11]),
        (Category.GRADE_9, [Category.GRADE_9, Category.GRADE_8]),
        (Category.OTHER, [Category.HEAD]),
        (Category.PARENT, [Category.GRADE_9]),
        (Category.PARENT, [Category.PARENT, Category.PARENT]),
        (Category.PARENT, [Category.PARENT, Category.GRADE_7, Category.GRADE_8]),
    ],
)
async def test_nobody_signs_up_as_what_they_are_not(
    core: Core, achinsk: int, usual: Category, wanted: list[Category]
) -> None:
    meeting = await make_meeting(core, achinsk, token=T)
    await make_person(core, ME.id, category=usual)
    with pytest.raises(Refused, match="refused-way"):
        await registrations.sign_up(core, ME, T, wanted)
    assert await lines_of(core, meeting) == []


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        (MeetingStatus.DRAFT, 0, "meeting-not-found"),
        (MeetingStatus.CANCELLED, 0, "refused-cancelled"),
        (MeetingStatus.HELD, 0, "refused-past"),
        (MeetingStatus.PUBLISHED, 8, "refused-past"),
    ],
)
async def test_a_meeting_that_takes_nobody_says_why(
    core: Core, achinsk: int, status: MeetingStatus, days: int, expected: str
) -> None:
    await make_meeting(core, achinsk, token=T, status=status)
    await make_person(core, ME.id)
    core.clock.advance(timedelta(days=days))
    with pytest.raises((Refused, NotFound), match=expected):
        await registrations.sign_up(core, ME, T)
    with pytest.raises(NotFound):
        await registrations.sign_up(core, ME, "nothing")
    assert await stored(core, Registration) == []


async def test_a_meeting_that_has_begun_still_takes_people(core: Core, achinsk: int) -> None:
    await make_meeting(core, achinsk, token=T)
    await make_person(core, ME.id)
    core.clock.advance(timedelta(days=7, minutes=20))
    assert not (await registrations.sign_up(core, ME, T)).already


async def test_one_not_admitted_is_told_which_category(core: Core, achinsk: int) -> None:
    await make_meeting(core, achinsk, token=T, admits=[Category.PARENT])
    await make_person(core, ME.id, category=Category.OTHER)
    with pytest.raises(Refused, match="refused-not-admitted") as refusal:
        await registrations.sign_up(core, ME, T)
    assert refusal.value.facts == {"category": "other"}
    assert (await registrations.sign_up(core, ME, T, [Category.PARENT])).code == "A1"


async def test_strangers_and_unfinished_profiles_answer_first(core: Core, achinsk: int) -> None:
    await make_meeting(core, achinsk, token=T)
    with pytest.raises(ConsentRequired):
        await registrations.sign_up(core, ME, T)
    await make_person(core, ME.id, profile_done_at=None)
    with pytest.raises(ConsentRequired):
        await registrations.sign_up(core, ME, T)
    assert await stored(core, Registration) == []


async def test_a_registration_belongs_to_its_account(core: Core, achinsk: int) -> None:
    await make_meeting(core, achinsk, token=T)
    await make_person(core, ME.id)
    await make_person(core, OTHER.id)
    signed = await registrations.sign_up(core, ME, T)
    for nobody in (OTHER, Account(404)):
        with pytest.raises(NotFound):
            await registrations.cancel(core, nobody, signed.registration_id)
        with pytest.raises(NotFound):
            await tickets.get_ticket(core, nobody, signed.registration_id)
    assert (await tickets.get_ticket(core, ME, signed.registration_id)).code == "A1"


async def test_nothing_is_cancelled_after_the_meeting_or_at_the_door(
    core: Core, achinsk: int
) -> None:
    meeting = await make_meeting(core, achinsk, token=T)
    person = await make_person(core, ME.id)
    at_the_door = await sign_up_someone(core, meeting, person, Category.GRADE_9, came=1)
    with pytest.raises(Refused, match="refused-too-late-to-cancel"):
        await registrations.cancel(core, ME, at_the_door)
    await make_person(core, OTHER.id)
    late = await registrations.sign_up(core, OTHER, T)
    core.clock.advance(timedelta(days=8))
    with pytest.raises(Refused, match="refused-too-late-to-cancel"):
        await registrations.cancel(core, OTHER, late.registration_id)


async def test_lists_show_what_is_mine_and_what_is_free(core: Core, achinsk: int) -> None:
    meeting = await make_meeting(core, achinsk, token=T, seats=3, link="https://example.org/x")
    await make_person(core, ME.id)
    await sign_up_someone(core, meeting, None, Category.HEAD, Category.PARENT)
    (row,) = (await list_meetings(core, ME, achinsk, 0, 7)).rows
    assert (row.free, row.signed_up) == (1, False)
    assert (await get_card(core, ME, T)).link == ""
    await registrations.sign_up(core, ME, T)
    (row,) = (await list_meetings(core, ME, achinsk, 0, 7)).rows
    assert (row.free, row.signed_up) == (0, True)
    assert (await get_card(core, ME, T)).link == "https://example.org/x"
    mine, total = await tickets.list_mine(core, ME, past=False, page=0, per_page=8)
    assert ([ticket.code for ticket in mine], total) == (["A2"], 1)
    assert await tickets.list_mine(core, ME, past=True, page=0, per_page=8) == ([], 0)


async def test_only_meetings_with_a_free_seat_are_listed_on_demand(
    core: Core, achinsk: int
) -> None:
    full = await make_meeting(core, achinsk, title="Полная", seats=2)
    await sign_up_someone(core, full, None, Category.HEAD, Category.PARENT)
    await make_meeting(core, achinsk, title="Свободная", seats=3)
    await make_meeting(core, achinsk, title="Открытая", seats=None)
    page = await list_meetings(core, ME, achinsk, 0, 7, with_room=True)
    assert ([row.title for row in page.rows], page.total) == (["Свободная", "Открытая"], 2)
    assert (await list_meetings(core, ME, achinsk, 0, 7)).total == 3


async def test_a_cancellation_is_checked_before_it_is_asked_about(
    core: Core, achinsk: int, clock: MovableClock
) -> None:
    await make_meeting(core, achinsk, token=T)
    await make_person(core, ME.id)
    await make_person(core, OTHER.id)
    signed = await registrations.sign_up(core, ME, T)
    await registrations.check_cancel(core, ME, signed.registration_id)
    with pytest.raises(NotFound):
        await registrations.check_cancel(core, OTHER, signed.registration_id)
    clock.advance(timedelta(days=8))
    for service in (registrations.check_cancel, registrations.cancel):
        with pytest.raises(Refused) as refused:
            await service(core, ME, signed.registration_id)
        assert refused.value.key == "refused-too-late-to-cancel"
    mine, total = await tickets.list_mine(core, ME, past=True, page=0, per_page=8)
    assert ([ticket.came for ticket in mine], total) == ([False], 1)
