"""How many of a group can come: by the seats, by a category's own, in the same proportions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused
from bot.models import Meeting, SeatLimit
from bot.services.core import Account, Core
from bot.services.group_room import Room, Shortage, find_room, get_bringing, shrunk
from bot.services.groups import Group, new_group_token, sign_up_group
from bot.vocabulary import PUPILS, Category
from tests.services.factory import make_meeting, make_person, make_region

TOKEN = "Poster_1-2026"
TEACHER = Account(1000)
NINTH, TENTH, OTHER = Category.GRADE_9, Category.GRADE_10, Category.OTHER
SCHOOL = "Школа № 3"


@pytest.fixture
async def meeting_id(core: Core) -> int:
    """A meeting with 30 seats and a teacher."""
    achinsk = (await make_region(core))["achinsk"]
    await make_person(core, TEACHER.id, category=OTHER, organisation=SCHOOL)
    return await make_meeting(core, achinsk, token=TOKEN, seats=30)


async def room(
    core: Core,
    people: dict[Category, int],
    *,
    with_me: bool = True,
    at_most: int | None = None,
) -> Room:
    return await find_room(core, TEACHER, TOKEN, Group(SCHOOL, people, with_me), at_most=at_most)


async def bring(core: Core, people: dict[Category, int], *, with_me: bool = True) -> None:
    group = Group(SCHOOL, people, with_me)
    await sign_up_group(core, TEACHER, TOKEN, group, group_token=new_group_token())


async def test_room_for_all(core: Core, meeting_id: int) -> None:
    found = await room(core, {NINTH: 20})
    assert (found.shortage, found.free, found.wanted, found.fits) == (Shortage.NONE, 30, 21, 21)
    assert (await room(core, {NINTH: 20}, at_most=11)).part == {NINTH: 10}


async def test_a_part_leaves_the_seat_of_who_brings_it(core: Core, meeting_id: int) -> None:
    await bring(core, {TENTH: 20}, with_me=False)
    found = await room(core, {NINTH: 20})
    assert (found.shortage, found.free, found.wanted, found.fits) == (Shortage.SOME, 10, 21, 10)
    assert found.part == {NINTH: 9}
    await bring(core, {NINTH: 9})
    assert (await room(core, {NINTH: 20})).shortage is Shortage.FULL
    assert (await room(core, {NINTH: 20})).fits == 0
    # Counted with the first group, they take no second seat.
    assert (await room(core, {NINTH: 20})).wanted == 20


async def test_a_seat_for_the_teacher_alone_is_no_group(core: Core, meeting_id: int) -> None:
    await bring(core, {TENTH: 29}, with_me=False)
    assert (await room(core, {NINTH: 20})).fits == 0
    assert (await room(core, {NINTH: 20}, with_me=False)).fits == 1


async def test_a_categorys_own_limit(core: Core, meeting_id: int) -> None:
    async with core.db.write() as session:
        session.add(SeatLimit(meeting_id=meeting_id, category=NINTH, seats=10))
    await bring(core, {NINTH: 6}, with_me=False)
    found = await room(core, {NINTH: 8, TENTH: 5})
    assert (found.shortage, found.full, found.wanted) == (Shortage.LIMIT, NINTH, 14)
    assert (found.part, found.fits) == ({NINTH: 4, TENTH: 5}, 10)
    async with core.db.write() as session:
        session.add(SeatLimit(meeting_id=meeting_id, category=OTHER, seats=0 + 1))
        (await session.get_one(Meeting, meeting_id)).seats = None
    assert (await room(core, {NINTH: 8, OTHER: 5})).part == {NINTH: 4}
    assert (await room(core, {NINTH: 8, OTHER: 5}, with_me=False)).part == {NINTH: 4, OTHER: 1}


async def test_what_the_questions_depend_on(core: Core, meeting_id: int) -> None:
    bringing = await get_bringing(core, TEACHER, TOKEN)
    assert (bringing.organisation, bringing.usual, bringing.may_count) == (SCHOOL, OTHER, True)
    await bring(core, {NINTH: 5})
    assert not (await get_bringing(core, TEACHER, TOKEN)).may_count
    pupil = Account(1001)
    await make_person(core, pupil.id, category=NINTH)
    with pytest.raises(Refused, match="refused-pupil-brings"):
        await get_bringing(core, pupil, TOKEN)


@given(st.dictionaries(st.sampled_from(PUPILS), st.integers(1, 60), min_size=1), st.integers(1, 99))
def test_a_smaller_group_has_just_that_size(people: dict[Category, int], seats: int) -> None:
    part = shrunk(people, seats)
    assert sum(part.values()) == min(seats, sum(people.values()))
    assert all(0 < number <= people[category] for category, number in part.items())


def test_the_last_lines_give_way_first() -> None:
    assert shrunk({NINTH: 20, TENTH: 6}, 17) == {NINTH: 14, TENTH: 3}
    assert shrunk({NINTH: 1, TENTH: 1}, 1) == {NINTH: 1}
