"""Groups: all their seats or none, the adult counted apart, and numbers that change."""

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.errors import InvalidInput, Refused
from bot.models import Admission, Registration, RegistrationLine
from bot.services import attendance, catalogue, door_list, meeting_lists
from bot.services.booking import SignedUp
from bot.services.core import Account, Core
from bot.services.groups import Group, new_group_token, resize_group, sign_up_group
from bot.services.registrations import cancel, sign_up
from bot.vocabulary import Category, RegistrationStatus, Role
from tests.services.factory import give_role, make_meeting, make_person, make_region

TOKEN = "Poster_1-2026"
CURATOR, TEACHER = Account(900), Account(1000)
NINTH, TENTH, OTHER = Category.GRADE_9, Category.GRADE_10, Category.OTHER
SCHOOL = "Школа № 3"


@pytest.fixture
async def meeting_id(core: Core) -> int:
    """A meeting with 30 seats, its curator, and a teacher."""
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await make_person(core, TEACHER.id, category=OTHER, organisation=SCHOOL)
    return await make_meeting(core, achinsk, token=TOKEN, seats=30)


async def bring(
    core: Core,
    people: dict[Category, int],
    *,
    account: Account = TEACHER,
    with_me: bool = True,
    token: str = "",
    wait: bool = False,
) -> SignedUp:
    return await sign_up_group(
        core,
        account,
        TOKEN,
        Group(SCHOOL, people, with_me),
        group_token=token or new_group_token(),
        wait=wait,
    )


async def free(core: Core) -> int | None:
    return (await catalogue.get_card(core, TEACHER, TOKEN)).free


async def lines_of(core: Core, signed: SignedUp) -> list[tuple[Category, str, int, bool]]:
    async with core.db.read() as session:
        registration = await session.get_one(Registration, signed.registration_id)
        lines: list[RegistrationLine] = await registration.awaitable_attrs.lines
        return [(line.category, line.organisation, line.seats, line.is_own) for line in lines]


async def test_a_mixed_class_and_its_teacher_are_one_registration(
    core: Core, meeting_id: int
) -> None:
    signed = await bring(core, {NINTH: 20, TENTH: 5})
    assert await lines_of(core, signed) == [
        (OTHER, SCHOOL, 1, True),
        (NINTH, SCHOOL, 20, False),
        (TENTH, SCHOOL, 5, False),
    ]
    assert await free(core) == 4


async def test_a_second_group_counts_the_teacher_once(core: Core, meeting_id: int) -> None:
    await bring(core, {NINTH: 10})
    second = await bring(core, {TENTH: 10})
    assert await lines_of(core, second) == [(TENTH, SCHOOL, 10, False)]
    # Nor do they sign up alone beside their groups.
    alone = await sign_up(core, TEACHER, TOKEN)
    assert alone.already
    assert await free(core) == 9


async def test_the_same_tap_twice_is_one_group(core: Core, meeting_id: int) -> None:
    token = new_group_token()
    first = await bring(core, {NINTH: 10}, token=token)
    again = await bring(core, {NINTH: 10}, token=token)
    assert (again.registration_id, again.already) == (first.registration_id, True)
    assert await free(core) == 19


async def test_all_seats_or_none(core: Core, meeting_id: int) -> None:
    await bring(core, {NINTH: 20})
    with pytest.raises(Refused, match="refused-few-seats") as refusal:
        await bring(core, {TENTH: 10}, with_me=False)
    assert refusal.value.facts == {"free": 9, "wanted": 10}
    assert await free(core) == 9
    waiting = await bring(core, {TENTH: 10}, with_me=False, wait=True)
    assert (waiting.status, waiting.place) == (RegistrationStatus.WAITING, 1)
    assert (await bring(core, {TENTH: 9}, with_me=False)).status is RegistrationStatus.ACTIVE


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        ({}, "refused-group-size"),
        ({NINTH: 0}, "refused-group-size"),
        ({NINTH: -5, TENTH: 10}, "refused-group-size"),
        ({NINTH: 301}, "refused-group-size"),
        ({NINTH: 31}, "refused-too-many"),
    ],
)
async def test_groups_of_no_sense_are_refused(
    core: Core, meeting_id: int, people: dict[Category, int], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        await bring(core, people, wait=True)


async def test_who_may_bring_a_group(core: Core, meeting_id: int) -> None:
    pupil = Account(1001)
    await make_person(core, pupil.id, category=NINTH)
    with pytest.raises(Refused, match="refused-pupil-brings"):
        await bring(core, {NINTH: 5}, account=pupil)
    with pytest.raises(InvalidInput):
        await sign_up_group(
            core, TEACHER, TOKEN, Group(" ", {NINTH: 5}, with_me=True), group_token="t"
        )


async def test_a_teacher_comes_along_whoever_is_admitted(core: Core, meeting_id: int) -> None:
    async with core.db.write() as session:
        session.add(Admission(meeting_id=meeting_id, category=NINTH))
    with pytest.raises(Refused, match="refused-not-admitted"):
        await sign_up(core, TEACHER, TOKEN)
    pupil, colleague = {NINTH: 20}, {NINTH: 20, OTHER: 1}
    signed = await bring(core, pupil)
    assert (OTHER, SCHOOL, 1, True) in await lines_of(core, signed)
    for with_me in (True, False):
        with pytest.raises(Refused, match="refused-not-admitted") as refusal:
            await bring(core, colleague, with_me=with_me)
        assert refusal.value.facts["category"] == OTHER.value


async def test_fewer_gives_seats_back_to_those_who_wait(core: Core, meeting_id: int) -> None:
    signed = await bring(core, {NINTH: 20, TENTH: 9})
    parent = Account(1001)
    await make_person(core, parent.id, category=Category.PARENT)
    await sign_up(core, parent, TOKEN, wait=True)
    resized = await resize_group(core, TEACHER, signed.registration_id, {NINTH: 18, TENTH: 0})
    assert resized.people == ((OTHER, 1), (NINTH, 18))
    taken = await sign_up(core, parent, TOKEN)
    assert taken.status is RegistrationStatus.ACTIVE
    assert await free(core) == 10


async def test_more_asks_for_seats_by_the_same_rules(core: Core, meeting_id: int) -> None:
    signed = await bring(core, {NINTH: 20})
    await resize_group(core, TEACHER, signed.registration_id, {NINTH: 29})
    assert await free(core) == 0
    with pytest.raises(Refused, match="refused-full"):
        await resize_group(core, TEACHER, signed.registration_id, {NINTH: 30})


async def test_a_group_gives_seats_from_one_grade_to_another(core: Core, meeting_id: int) -> None:
    signed = await bring(core, {NINTH: 20, TENTH: 9})
    assert await free(core) == 0
    resized = await resize_group(core, TEACHER, signed.registration_id, {NINTH: 15, TENTH: 14})
    assert resized.people == ((OTHER, 1), (NINTH, 15), (TENTH, 14))


async def test_what_cannot_be_resized(core: Core, meeting_id: int) -> None:
    signed = await bring(core, {NINTH: 20})
    with pytest.raises(Refused, match="refused-group-size"):
        await resize_group(core, TEACHER, signed.registration_id, {NINTH: 0})
    await cancel(core, TEACHER, signed.registration_id)
    with pytest.raises(Refused, match="refused-no-group"):
        await resize_group(core, TEACHER, signed.registration_id, {NINTH: 5})
    alone = await sign_up(core, TEACHER, TOKEN)
    with pytest.raises(Refused, match="refused-no-group"):
        await resize_group(core, TEACHER, alone.registration_id, {OTHER: 5})


async def test_a_group_that_was_marked_keeps_its_numbers(
    core: Core, clock: MovableClock, meeting_id: int
) -> None:
    signed = await bring(core, {NINTH: 20})
    overview = await meeting_lists.get_overview(core, CURATOR, meeting_id)
    assert overview.signed_up == ((NINTH, 20), (OTHER, 1))
    clock.advance(timedelta(days=7))
    page = await door_list.list_lines(core, CURATOR, meeting_id, 0, 8)
    for line in page.lines:
        await attendance.mark(core, CURATOR, line.line_id, came=True)
    with pytest.raises(Refused, match="refused-group-marked"):
        await resize_group(core, TEACHER, signed.registration_id, {NINTH: 18})
    overview = await meeting_lists.get_overview(core, CURATOR, meeting_id)
    assert overview.came == ((NINTH, 20), (OTHER, 1))
