"""Answers by the code in the room: from anybody, once, and without a trace of who it was."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.errors import NotFound, Refused
from bot.models import Feedback, Meeting, Registration
from bot.rules import RoomPass
from bot.services import attendance, consent, feedback, registrations, unnamed_answers
from bot.services.answer_topics import About
from bot.services.core import Account, Core
from bot.services.meeting_lists import get_overview
from bot.services.results import Comment, get_results
from bot.services.room_codes import show_code
from bot.services.self_check_in import Arrival, Arrived, come_in, scan_code
from bot.vocabulary import Category, MeetingStatus, Role
from tests.bot.story import dump, stored
from tests.services.factory import give_role, make_meeting, make_person, make_region

TOKEN = "Poster_1-2026"
CURATOR, MARIA, PUPIL, OTHER = Account(11), Account(20), Account(777_000_777), Account(888)


@pytest.fixture
async def core(core: Core) -> Core:
    """A core with a key of its own."""
    return replace(core, secret=b"a key that nobody knows")


@pytest.fixture
async def meeting(core: Core, clock: MovableClock) -> int:
    """A meeting of 90 minutes, 20 minutes before its end; Maria is signed up for it."""
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    await make_person(core, MARIA.id)
    meeting = await make_meeting(core, towns["achinsk"], token=TOKEN, starts_at=clock.now())
    await registrations.sign_up(core, MARIA, TOKEN)
    clock.advance(timedelta(minutes=70))
    return meeting


async def scan(core: Core, account: Account) -> Arrived:
    code = await show_code(core, CURATOR, 1)
    return await scan_code(core, account, code.token, code.code)


async def asks(core: Core, account: Account) -> About:
    about = (await scan(core, account)).asks
    assert about is not None
    return about


async def test_nobody_is_asked_before_the_last_quarter_of_an_hour(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    arrived = await scan(core, PUPIL)
    assert (arrived.arrival, arrived.asks) == (Arrival.NEWCOMER, None)
    with pytest.raises(Refused, match="refused-too-early-to-rate"):
        await feedback.rate(core, PUPIL, arrived.room_pass, 5)
    clock.advance(timedelta(minutes=5))
    arrived = await scan(core, PUPIL)
    assert (arrived.arrival, arrived.asks) == (Arrival.ANSWERS, arrived.room_pass)


async def test_anybody_in_the_room_is_heard_once(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(timedelta(minutes=20))
    about = await asks(core, PUPIL)
    asked = await feedback.rate(core, PUPIL, about, 3)
    assert (asked.rating, asked.category, asked.confirmed) == (3, None, True)
    assert (await feedback.rate(core, PUPIL, about, 4)).rating == 4
    for _ in range(2):
        asked = await feedback.mark_useful(core, PUPIL, about, "practice", useful=True)
    assert asked.useful == ("practice",)
    with pytest.raises(Refused):
        await feedback.mark_useful(core, PUPIL, about, "methods", useful=True)
    await feedback.comment(core, PUPIL, about, "Мало <времени>")
    again = await scan(core, PUPIL)
    assert (again.asks, again.answered) == (None, True)

    [answer] = await stored(core, Feedback)
    assert (answer.registration_id, answer.category, answer.rating) == (None, None, 4)
    assert str(PUPIL.id) not in await dump(core)
    results = await get_results(core, CURATOR, meeting, 0, 8)
    assert (results.answers, results.average, results.unnamed) == (1, 4, 1)
    assert results.comments == (Comment(None, 4, "Мало <времени>"),)
    assert (await get_overview(core, CURATOR, meeting)).average == 4


async def test_who_is_signed_up_is_checked_in_and_answers_by_name(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(timedelta(minutes=10))
    arrived = await scan(core, MARIA)
    assert (arrived.arrival, arrived.asks) == (Arrival.IN, 1)
    await feedback.rate(core, MARIA, 1, 5)
    with pytest.raises(Refused, match="refused-answered"):
        await feedback.rate(core, MARIA, arrived.room_pass, 1)
    assert (await scan(core, MARIA)).answered
    [answer] = await stored(core, Feedback)
    assert (answer.registration_id, answer.category) == (1, Category.GRADE_9)


async def test_after_the_end_the_scan_is_the_persons_own_word(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(timedelta(minutes=40))
    arrived = await scan(core, MARIA)
    assert (arrived.arrival, arrived.asks) == (Arrival.ANSWERS, 1)
    await feedback.say_came(core, MARIA, 1, came=True)
    await feedback.rate(core, MARIA, 1, 5)
    results = await get_results(core, CURATOR, meeting, 0, 8)
    assert (results.answers, results.waiting, results.unnamed) == (0, 1, 0)


async def test_who_answered_without_a_name_is_not_asked_by_name(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await make_person(core, PUPIL.id)
    clock.advance(timedelta(minutes=10))
    about = await asks(core, PUPIL)
    await feedback.rate(core, PUPIL, about, 4)
    assert isinstance(about, RoomPass)
    arrived = await come_in(core, PUPIL, about)
    assert (arrived.arrival, arrived.asks, arrived.answered) == (Arrival.IN, None, True)
    signed = (await stored(core, Registration))[1].id
    assert await feedback.is_wanted(core, PUPIL, signed) is None
    with pytest.raises(Refused, match="refused-answered"):
        await feedback.rate(core, PUPIL, signed, 1)
    assert [row.rating for row in await stored(core, Feedback)] == [4]


Use = Callable[[Core, Account, About], Awaitable[object]]
USES: dict[str, Use] = {
    "rate": lambda core, who, about: feedback.rate(core, who, about, 1),
    "tick": lambda core, who, about: feedback.mark_useful(core, who, about, "people", useful=True),
    "words": lambda core, who, about: feedback.comment(core, who, about, "Чужие слова"),
    "look": feedback.get_asked,
}


@pytest.mark.parametrize("use", USES)
async def test_a_pass_that_is_not_ones_own_does_nothing(
    core: Core, meeting: int, clock: MovableClock, use: str
) -> None:
    clock.advance(timedelta(minutes=20))
    about = await asks(core, PUPIL)
    await feedback.rate(core, PUPIL, about, 4)
    before = await dump(core)
    for shown in (about, RoomPass(meeting, ""), RoomPass(meeting, "f" * 16), RoomPass(404, "f")):
        with pytest.raises(NotFound, match="room-code-unknown"):
            await USES[use](core, OTHER, shown)
    assert await dump(core) == before


async def test_answers_end_a_week_after_the_meeting(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(timedelta(minutes=20))
    about = await asks(core, PUPIL)
    clock.advance(timedelta(days=7))
    await feedback.rate(core, PUPIL, about, 4)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(Refused, match="refused-too-late-to-rate"):
        await feedback.rate(core, PUPIL, about, 5)
    async with core.db.write() as session:
        row = await session.get_one(Meeting, meeting)
        row.status, row.cancelled_at = MeetingStatus.CANCELLED, clock.now()
    with pytest.raises(Refused, match="refused-cancelled"):
        await feedback.comment(core, PUPIL, about, "Слова")


async def test_after_a_week_nothing_leads_to_who_answered(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    clock.advance(timedelta(minutes=20))
    for account in (PUPIL, OTHER):
        await feedback.rate(core, account, await asks(core, account), 4)
    marks = [row.answered_by for row in await stored(core, Feedback)]
    clock.advance(timedelta(days=7))
    await unnamed_answers.purge(core)
    assert [row.answered_by for row in await stored(core, Feedback)] == marks
    clock.advance(timedelta(minutes=1))
    for _ in range(2):
        await unnamed_answers.purge(core)
        assert [row.answered_by for row in await stored(core, Feedback)] == ["cut-1", "cut-2"]
    assert (await get_results(core, CURATOR, meeting, 0, 8)).answers == 2


async def test_who_takes_the_consent_back_takes_the_words_back(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await make_person(core, PUPIL.id)
    clock.advance(timedelta(minutes=20))
    for account in (PUPIL, OTHER):
        about = await asks(core, account)
        await feedback.rate(core, account, about, 4)
        await feedback.comment(core, account, about, f"Слова {account.id}")
    await consent.withdraw_consent(core, PUPIL)
    answers = [(row.rating, row.comment) for row in await stored(core, Feedback)]
    assert answers == [(4, ""), (4, f"Слова {OTHER.id}")]
    assert (await scan(core, PUPIL)).answered


async def test_a_closed_list_still_hears_the_room(
    core: Core, meeting: int, clock: MovableClock
) -> None:
    await attendance.close_list(core, CURATOR, meeting)
    clock.advance(timedelta(minutes=10))
    arrived = await scan(core, MARIA)
    assert (arrived.arrival, arrived.asks) == (Arrival.ANSWERS, 1)
    assert (await stored(core, Registration))[0].says_came_at is None
