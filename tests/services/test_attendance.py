"""Marks at the door: found, counted once, undone, and true in the headcounts."""

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import rules
from bot.clock import MovableClock
from bot.errors import Forbidden, InvalidInput, Refused
from bot.models import (
    DueMessage,
    Headcount,
    Meeting,
    Person,
    Registration,
    RegistrationLine,
    WalkIn,
)
from bot.services import attendance, consent, own_words
from bot.services.core import Account, Core
from bot.services.crowding import Crowding, find_crowding
from bot.services.door_list import DoorPage, Unconfirmed, list_lines, list_unconfirmed, matches
from bot.services.headcounts import total_of
from bot.services.meeting_lists import get_overview
from bot.vocabulary import Category, MeetingStatus, MessageKind, RegistrationStatus, Role
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

CURATOR, SECOND = Account(11), Account(12)


@pytest.fixture
async def meeting(core: Core, clock: MovableClock) -> int:
    """A meeting in Ачинск that begins in an hour, with two curators."""
    towns = await make_region(core)
    for curator in (CURATOR, SECOND):
        await give_role(core, curator.id, Role.CURATOR, towns["achinsk"])
    return await make_meeting(
        core, towns["achinsk"], starts_at=clock.now() + timedelta(hours=1), seats=None
    )


async def door(core: Core, meeting: int, query: str = "", page: int = 0) -> DoorPage:
    return await list_lines(core, CURATOR, meeting, page, 8, query)


async def counted(core: Core, meeting: int) -> dict[tuple[Category, str], int]:
    async with core.db.read() as session:
        rows = await session.scalars(select(Headcount).where(Headcount.meeting_id == meeting))
        return {(row.category, row.organisation): row.people for row in rows}


async def brute_force(core: Core, meeting: int) -> dict[tuple[Category, str], int]:
    sums: dict[tuple[Category, str], int] = {}
    async with core.db.read() as session:
        lines = await session.scalars(
            select(RegistrationLine).join(Registration).where(Registration.meeting_id == meeting)
        )
        walk_ins = await session.scalars(select(WalkIn).where(WalkIn.meeting_id == meeting))
        arrived = [(line.category, line.organisation, line.came or 0) for line in lines]
        arrived += [(row.category, row.organisation, row.people) for row in walk_ins]
    for category, organisation, number in arrived:
        key = (category, organisation if category is Category.OTHER else "")
        sums[key] = sums.get(key, 0) + number
    return {key: number for key, number in sums.items() if number}


async def test_check_in_and_undo(core: Core, meeting: int) -> None:
    person = await make_person(core, 20)
    registration = await sign_up_someone(core, meeting, person, Category.GRADE_9)
    [line] = (await door(core, meeting)).lines
    assert (line.name, line.category, line.code, line.came) == (
        "Мария", Category.GRADE_9, "A1", None,
    )  # fmt: skip
    for _ in range(2):
        await attendance.mark(core, CURATOR, line.line_id, came=True)
    page = await door(core, meeting)
    assert page.lines[0].came == 1
    assert page.came == ((Category.GRADE_9, 1),)
    async with core.db.read() as session:
        question, _ = await session.scalars(select(DueMessage).order_by(DueMessage.id))
        assert question.kind is MessageKind.FEEDBACK_QUESTION
        assert question.subject == f"registration:{registration}"
    for _ in range(2):
        await attendance.mark(core, CURATOR, line.line_id, came=False)
    assert (await door(core, meeting)).lines[0].came is None
    assert await counted(core, meeting) == {}


async def test_the_door_opens_three_hours_before(core: Core, meeting: int) -> None:
    await sign_up_someone(core, meeting, None, Category.GRADE_9)
    line = (await door(core, meeting)).lines[0].line_id
    async with core.db.write() as session:
        row = await session.get_one(Meeting, meeting)
        row.starts_at += rules.DOOR_OPENS
        row.ends_at += rules.DOOR_OPENS
    with pytest.raises(Refused, match="refused-door"):
        await attendance.mark(core, CURATOR, line, came=True)
    with pytest.raises(Refused, match="refused-door"):
        await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT)
    with pytest.raises(Refused, match="refused-close"):
        await attendance.close_list(core, CURATOR, meeting)
    assert await counted(core, meeting) == {}


async def test_who_cancelled_is_not_on_the_list(core: Core, meeting: int) -> None:
    registration = await sign_up_someone(core, meeting, None, Category.GRADE_9)
    line = (await door(core, meeting)).lines[0].line_id
    async with core.db.write() as session:
        row = await session.get_one(Registration, registration)
        row.status, row.cancelled_at = RegistrationStatus.CANCELLED, core.clock.now()
    assert (await door(core, meeting)).lines == ()
    with pytest.raises(Refused, match="refused-registration-cancelled"):
        await attendance.mark(core, CURATOR, line, came=True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("алё", ["Алёна Ёжикова"]),
        ("АЛЕНА", ["Алёна Ёжикова"]),
        ("ежик", ["Алёна Ёжикова"]),
        ("п", ["Пётр", "Степан"]),
        ("а3", ["Степан"]),
        ("A 3", ["Степан"]),
        ("3", ["Степан"]),
        ("%", []),
        ("нет такого", []),
    ],
)
async def test_search(core: Core, meeting: int, query: str, found: list[str]) -> None:
    for account, name in enumerate(["Алёна Ёжикова", "Пётр", "Степан"], start=20):
        person = await make_person(core, account, name=name)
        await sign_up_someone(core, meeting, person, Category.PARENT)
    page = await door(core, meeting, query)
    assert [line.name for line in page.lines] == found
    assert page.total == len(found)


def test_a_number_is_a_whole_code() -> None:
    assert matches("7", name=None, code="A7")
    assert not matches("7", name=None, code="A17")
    assert not matches("а7", name="Мария", code="C7")


async def test_pages_by_name_and_the_erased_last(core: Core, meeting: int) -> None:
    await sign_up_someone(core, meeting, None, Category.PARENT)
    for number in range(9):
        person = await make_person(core, 20 + number, name=f"Имя {9 - number}")
        await sign_up_someone(core, meeting, person, Category.PARENT)
    first, second = await door(core, meeting), await door(core, meeting, page=1)
    assert [line.name for line in (*first.lines, *second.lines)] == [
        *(f"Имя {number}" for number in range(1, 10)), None,
    ]  # fmt: skip
    assert first.total == second.total == 10


async def test_walk_ins_and_their_organisations(core: Core, meeting: int) -> None:
    for organisation in ("Газета «Причулымье»", "Школа № 3", "Школа № 3", ""):
        await attendance.add_walk_in(core, CURATOR, meeting, Category.OTHER, organisation)
    last = await attendance.add_walk_in(core, SECOND, meeting, Category.HEAD, "Завод")
    assert await counted(core, meeting) == {
        (Category.OTHER, "Газета «Причулымье»"): 1,
        (Category.OTHER, "Школа № 3"): 2,
        (Category.OTHER, ""): 1,
        (Category.HEAD, ""): 1,
    }
    await attendance.undo_walk_in(core, CURATOR, meeting, last)
    assert (await counted(core, meeting))[Category.HEAD, ""] == 1  # it was not theirs
    for _ in range(2):
        await attendance.undo_walk_in(core, SECOND, meeting, last)
    assert (Category.HEAD, "") not in await counted(core, meeting)
    with pytest.raises(InvalidInput):
        await attendance.add_walk_in(core, CURATOR, meeting, Category.OTHER, "…")


async def test_a_tap_worked_off_twice_counts_once(core: Core, meeting: int) -> None:
    first = await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT, tap="1")
    await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT, tap="2")
    await attendance.add_walk_in(core, SECOND, meeting, Category.PARENT, tap="3")
    again = await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT, tap="1")
    assert again == first  # although another tap was counted in between
    assert await counted(core, meeting) == {(Category.PARENT, ""): 3}
    last = (await door(core, meeting)).last_walk_in
    assert last is not None
    assert last.category is Category.PARENT


async def test_two_curators_at_once_count_nobody_twice(core: Core, meeting: int) -> None:
    for _ in range(6):
        await sign_up_someone(core, meeting, None, Category.GRADE_9)
    lines = [line.line_id for line in (await door(core, meeting)).lines]
    await asyncio.gather(
        *(
            attendance.mark(core, curator, line, came=True)
            for line in lines
            for curator in (CURATOR, SECOND)
        ),
        *(
            attendance.add_walk_in(core, curator, meeting, Category.PARENT)
            for _ in range(5)
            for curator in (CURATOR, SECOND)
        ),
    )
    assert await counted(core, meeting) == {(Category.GRADE_9, ""): 6, (Category.PARENT, ""): 10}


async def test_own_words_wait_for_one_tap(core: Core, meeting: int, clock: MovableClock) -> None:
    said = await sign_up_someone(core, meeting, None, Category.PARENT, Category.GRADE_9)
    await sign_up_someone(core, meeting, None, Category.HEAD)
    half = await sign_up_someone(core, meeting, None, Category.PARENT, Category.GRADE_8)
    async with core.db.write() as session:
        for registration in (said, half):
            (await session.get_one(Registration, registration)).says_came_at = clock.now()
    page = await door(core, meeting)
    of_half = [line for line in page.lines if line.code == "A3"]
    await attendance.mark(core, CURATOR, of_half[0].line_id, came=True)
    page = await door(core, meeting)
    assert page.unconfirmed == 1
    assert [(line.code, line.category) for line in page.lines if line.says_came] == [
        ("A1", Category.PARENT)
    ]
    confirmed = await own_words.confirm_words(core, CURATOR, meeting)
    assert confirmed.people == 1
    assert (await own_words.confirm_words(core, CURATOR, meeting)).people == 0
    assert await counted(core, meeting) == {(Category.PARENT, ""): 2}
    page = await door(core, meeting)
    assert page.spoken_for == 2  # a parent's word is not the child's
    assert not [line for line in page.lines if line.says_came]
    [child] = [line for line in page.lines if line.category is Category.GRADE_9]
    await attendance.mark(core, CURATOR, child.line_id, came=True)
    assert (await door(core, meeting)).spoken_for == 1
    for people in (1, 0):
        assert await own_words.undo_confirm(core, CURATOR, meeting, confirmed.line_ids) == people
        assert await counted(core, meeting) == {(Category.PARENT, ""): 1, (Category.GRADE_9, ""): 1}


async def test_only_what_was_confirmed_is_taken_back(core: Core, meeting: int) -> None:
    said = await sign_up_someone(core, meeting, None, Category.PARENT)
    await sign_up_someone(core, meeting, None, Category.HEAD)
    async with core.db.write() as session:
        (await session.get_one(Registration, said)).says_came_at = core.clock.now()
    confirmed = await own_words.confirm_words(core, CURATOR, meeting)
    await attendance.mark(core, CURATOR, 2, came=True)
    assert await own_words.undo_confirm(core, CURATOR, meeting, [*confirmed.line_ids, 2, 404]) == 1
    assert await counted(core, meeting) == {(Category.HEAD, ""): 1}
    assert (await door(core, meeting)).unconfirmed == 1


async def test_more_than_the_seats_are_let_in_and_said(core: Core, meeting: int) -> None:
    for number, seats in enumerate((None, 2), start=1):
        async with core.db.write() as session:
            (await session.get_one(Meeting, meeting)).seats = seats
        assert await find_crowding(core, CURATOR, meeting) is None
        await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT, tap=str(number))
    await attendance.add_walk_in(core, CURATOR, meeting, Category.PARENT, tap="3")
    assert await find_crowding(core, CURATOR, meeting) == Crowding(came=3, seats=2)
    page = await door(core, meeting)
    assert (page.seats, total_of(page.came)) == (2, 3)


async def test_closing_the_list(core: Core, meeting: int, clock: MovableClock) -> None:
    await sign_up_someone(core, meeting, None, Category.GRADE_9)
    line = (await door(core, meeting)).lines[0].line_id
    clock.advance(timedelta(hours=1))
    for curator in (CURATOR, SECOND):
        await attendance.close_list(core, curator, meeting)
    overview = await get_overview(core, CURATOR, meeting)
    assert overview.status is MeetingStatus.HELD
    assert rules.MeetingAction.DOOR in overview.may
    await attendance.mark(core, CURATOR, line, came=True)  # a mark may still be corrected
    assert total_of((await get_overview(core, CURATOR, meeting)).came) == 1


async def test_erasing_a_person_leaves_the_count(core: Core, meeting: int) -> None:
    person = await make_person(core, 20)
    await sign_up_someone(core, meeting, person, Category.GRADE_9)
    await attendance.mark(core, CURATOR, (await door(core, meeting)).lines[0].line_id, came=True)
    await consent.withdraw_consent(core, Account(20))
    async with core.db.read() as session:
        assert await session.scalar(select(Person.id).where(Person.id == person)) is None
    await attendance.add_walk_in(core, CURATOR, meeting, Category.HEAD)
    page = await door(core, meeting)
    assert [(line.name, line.came) for line in page.lines] == [(None, 1)]
    assert await counted(core, meeting) == {(Category.GRADE_9, ""): 1, (Category.HEAD, ""): 1}
    await attendance.mark(core, CURATOR, page.lines[0].line_id, came=False)
    assert await counted(core, meeting) == {(Category.HEAD, ""): 1}


@pytest.mark.parametrize("seed", range(3))
async def test_headcounts_are_true_whatever_happens(
    core: Core, meeting: int, clock: MovableClock, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    registrations = [
        await sign_up_someone(
            core, meeting, None,
            *chance.choices(list(Category), k=chance.randint(1, 3)),
            organisation=chance.choice(["", "Школа № 3", "Газета"]),
        )
        for _ in range(6)
    ]  # fmt: skip
    lines = [line.line_id for line in (await list_lines(core, CURATOR, meeting, 0, 99)).lines]
    for _ in range(40):
        who = chance.choice((CURATOR, SECOND))
        match chance.randrange(5):
            case 0 | 1:
                await attendance.mark(core, who, chance.choice(lines), came=chance.random() < 0.7)
            case 2:
                category = chance.choice((Category.OTHER, *Category))
                organisation = chance.choice(["", "Школа № 3"])
                await attendance.add_walk_in(core, who, meeting, category, organisation)
            case 3:
                last = (await list_lines(core, who, meeting, 0, 1)).last_walk_in
                await attendance.undo_walk_in(core, who, meeting, last.id if last else 1)
            case 4:
                async with core.db.write() as session:
                    row = await session.get_one(Registration, chance.choice(registrations))
                    row.says_came_at = clock.now()
                await own_words.confirm_words(core, who, meeting)
        assert await counted(core, meeting) == await brute_force(core, meeting)


async def test_who_waits_to_be_confirmed_stands_first(core: Core, meeting: int) -> None:
    for number, name in enumerate(["Алёна", "Борис", "Вера"], start=100):
        person = await make_person(core, number, name=name)
        registration_id = await sign_up_someone(core, meeting, person, Category.GRADE_9)
        async with core.db.write() as session:
            registration = await session.get_one(Registration, registration_id)
            registration.says_came_at = core.clock.now() if name == "Вера" else None
    assert [line.name for line in (await door(core, meeting)).lines] == ["Вера", "Алёна", "Борис"]
    assert await list_unconfirmed(core, SECOND, meeting, 8) == Unconfirmed(("Вера",), 1)
    with pytest.raises(Forbidden):
        await list_unconfirmed(core, Account(100), meeting, 8)


async def test_the_walk_ins_counted_are_offered(core: Core, meeting: int) -> None:
    await attendance.add_walk_in(core, SECOND, meeting, Category.VOLUNTEER)
    page = await door(core, meeting)
    assert page.walk_ins == 1
    assert Category.VOLUNTEER in page.usual_walk_ins
    assert len(page.usual_walk_ins) == rules.MOST_USUAL_WALK_INS
