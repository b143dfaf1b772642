"""Certificates and portfolios are for those who were checked in themselves; posters for staff."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.errors import Forbidden, NotFound, Refused
from bot.models import Meeting, Registration, RegistrationLine
from bot.services.core import Account, Core
from bot.services.participation import count_attended, get_attended, list_attended
from bot.services.posters import get_announced
from bot.services.tickets import get_ticket
from bot.vocabulary import Category, MeetingStatus, RegistrationKind, Role
from tests.services.factory import (
    give_role,
    make_meeting,
    make_person,
    make_region,
    sign_up_someone,
)

MARIA, CURATOR, STRANGER = Account(70), Account(11), Account(99)
OVER = timedelta(days=-1)


@pytest.fixture
async def achinsk(core: Core) -> int:
    towns = await make_region(core)
    await give_role(core, CURATOR.id, Role.CURATOR, towns["achinsk"])
    return towns["achinsk"]


@pytest.fixture
async def maria(core: Core, achinsk: int) -> int:
    return await make_person(core, MARIA.id)


async def meeting_at(core: Core, achinsk: int, starts_in: timedelta, **fields: object) -> int:
    return await make_meeting(core, achinsk, starts_at=core.clock.now() + starts_in, **fields)


async def test_who_came_gets_a_certificate(core: Core, achinsk: int, maria: int) -> None:
    meeting = await meeting_at(core, achinsk, OVER)
    registration = await sign_up_someone(core, meeting, maria, Category.GRADE_9, came=1)
    attended = await get_attended(core, MARIA, registration)
    assert (attended.title, attended.municipality) == ("Инженеры будущего", "Ачинск")
    assert attended.length == timedelta(minutes=90)
    assert (await get_ticket(core, MARIA, registration)).own_came
    assert await count_attended(core, MARIA) == 1


@pytest.mark.parametrize(
    ("starts_in", "status", "came"),
    [
        (OVER, MeetingStatus.HELD, None),
        (OVER, MeetingStatus.HELD, 0),
        (-timedelta(hours=1), MeetingStatus.PUBLISHED, 1),
        (OVER, MeetingStatus.CANCELLED, 1),
    ],
    ids=["not marked", "absent", "still running", "cancelled"],
)
async def test_nobody_else_does(
    core: Core,
    achinsk: int,
    maria: int,
    starts_in: timedelta,
    status: MeetingStatus,
    came: int | None,
) -> None:
    meeting = await meeting_at(core, achinsk, starts_in, status=status)
    registration = await sign_up_someone(core, meeting, maria, Category.GRADE_9, came=came)
    with pytest.raises(Refused, match="refused-certificate"):
        await get_attended(core, MARIA, registration)
    with pytest.raises(Refused, match="refused-portfolio"):
        await list_attended(core, MARIA)
    assert await count_attended(core, MARIA) == 0


async def test_a_strangers_registration_is_none(core: Core, achinsk: int, maria: int) -> None:
    meeting = await meeting_at(core, achinsk, OVER)
    registration = await sign_up_someone(core, meeting, maria, Category.GRADE_9, came=1)
    await make_person(core, STRANGER.id)
    for account in (STRANGER, Account(100)):
        with pytest.raises(NotFound):
            await get_attended(core, account, registration)
        with pytest.raises(Refused):
            await list_attended(core, account)


@pytest.mark.parametrize("adult_came", [None, 1])
async def test_of_a_group_only_the_adult_who_came_counts(
    core: Core, achinsk: int, maria: int, adult_came: int | None
) -> None:
    meeting = await meeting_at(core, achinsk, OVER)
    registration = await sign_up_someone(
        core, meeting, maria, Category.OTHER, Category.GRADE_9, came=27
    )
    async with core.db.write() as session:
        await session.execute(update(Registration).values(kind=RegistrationKind.GROUP))
        await session.execute(
            update(RegistrationLine)
            .where(RegistrationLine.is_own)
            .values(came=adult_came, marked_at=adult_came and core.clock.now())
        )
    ticket = await get_ticket(core, MARIA, registration)
    assert ticket.came
    assert ticket.own_came == bool(adult_came)
    assert await count_attended(core, MARIA) == (adult_came or 0)
    if adult_came:
        await get_attended(core, MARIA, registration)
    else:
        with pytest.raises(Refused):
            await get_attended(core, MARIA, registration)


async def test_a_portfolio_names_each_meeting_once_the_oldest_first(
    core: Core, achinsk: int, maria: int
) -> None:
    for days, title in ((-3, "Вторая"), (-9, "Первая"), (-1, "Чужая")):
        meeting = await meeting_at(core, achinsk, timedelta(days=days), title=title)
        whose = None if title == "Чужая" else maria
        await sign_up_someone(core, meeting, whose, Category.GRADE_9, came=1)
        if title == "Первая":
            group = await sign_up_someone(core, meeting, None, Category.OTHER, came=1)
            async with core.db.write() as session:
                row = await session.get_one(Registration, group)
                row.kind, row.person_id = RegistrationKind.GROUP, maria
    attended = await list_attended(core, MARIA)
    assert [meeting.title for meeting in attended] == ["Первая", "Вторая"]
    assert await count_attended(core, MARIA) == 2


async def test_a_poster_is_for_those_who_run_a_published_meeting(core: Core, achinsk: int) -> None:
    meeting = await meeting_at(core, achinsk, timedelta(days=1), admits=[Category.GRADE_9])
    announced = await get_announced(core, CURATOR, meeting)
    assert announced.admits == {Category.GRADE_9}
    assert announced.municipality == "Ачинск"
    with pytest.raises(Forbidden):
        await get_announced(core, STRANGER, meeting)
    async with core.db.write() as session:
        await session.execute(update(Meeting).values(status=MeetingStatus.DRAFT, published_at=None))
    with pytest.raises(Refused, match="refused-share"):
        await get_announced(core, CURATOR, meeting)
