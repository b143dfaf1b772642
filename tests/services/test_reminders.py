"""Who said «Приду», how many they are, and until when it holds; on both databases."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.errors import NotFound, Refused
from bot.models import DueMessage, Meeting, Municipality, Registration
from bot.services import meetings, own_reminders, registrations, reminders
from bot.services.core import Account, Core
from bot.services.groups import Group, resize_group, sign_up_group
from bot.services.registrations import sign_up
from bot.vocabulary import Category, MessageKind, Role
from tests.services.factory import give_role, make_meeting, make_person, make_region

CURATOR, PUPIL, TEACHER = Account(500), Account(501), Account(502)
HOUR = timedelta(hours=1)


@pytest.fixture
async def meeting(core: Core) -> int:
    """A meeting in a week for which a pupil and a class of 27 are signed up."""
    achinsk = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await make_person(core, PUPIL.id)
    await make_person(core, TEACHER.id, category=Category.OTHER, organisation="Школа № 3")
    meeting_id = await make_meeting(core, achinsk, token="poster")
    await sign_up(core, PUPIL, "poster")
    group = Group("Школа № 3", {Category.GRADE_9: 27}, with_me=False)
    await sign_up_group(core, TEACHER, "poster", group, group_token="class-9")
    return meeting_id


async def ids(core: Core) -> tuple[int, int]:
    """The registrations of the pupil and of the class."""
    async with core.db.read() as session:
        one, other = await session.scalars(select(Registration.id).order_by(Registration.id))
    return one, other


async def confirmed(core: Core, meeting_id: int) -> int:
    async with core.db.read() as session:
        return await reminders.count_confirmed(session, meeting_id)


async def times(core: Core, meeting_id: int) -> tuple[datetime, datetime]:
    async with core.db.read() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        return meeting.starts_at, meeting.ends_at


async def test_people_are_counted_not_answers(core: Core, meeting: int) -> None:
    pupil, group = await ids(core)
    assert await confirmed(core, meeting) == 0
    for _ in range(2):
        assert (await reminders.confirm(core, PUPIL, pupil)).confirmed
        assert (await reminders.confirm(core, TEACHER, group)).group == (Category.GRADE_9,)
    assert await confirmed(core, meeting) == 28
    await resize_group(core, TEACHER, group, {Category.GRADE_9: 20})
    assert await confirmed(core, meeting) == 21


async def test_a_cancelled_sign_up_is_not_confirmed_when_it_is_taken_up_again(
    core: Core, meeting: int
) -> None:
    pupil, _ = await ids(core)
    await reminders.confirm(core, PUPIL, pupil)
    await registrations.cancel(core, PUPIL, pupil)
    with pytest.raises(Refused, match="refused-not-signed-up"):
        await reminders.confirm(core, PUPIL, pupil)
    await sign_up(core, PUPIL, "poster")
    assert await confirmed(core, meeting) == 0


async def test_another_start_asks_anew_another_end_does_not(core: Core, meeting: int) -> None:
    pupil, _ = await ids(core)
    await reminders.confirm(core, PUPIL, pupil)
    starts_at, ends_at = await times(core, meeting)
    await meetings.edit_meeting(core, CURATOR, meeting, {"ends_at": ends_at + HOUR})
    assert await confirmed(core, meeting) == 1
    await meetings.edit_meeting(core, CURATOR, meeting, {"starts_at": starts_at + HOUR})
    assert await confirmed(core, meeting) == 0


async def test_nobody_answers_for_another(core: Core, meeting: int) -> None:
    pupil, _ = await ids(core)
    for one in (TEACHER, Account(999)):
        with pytest.raises(NotFound):
            await reminders.confirm(core, one, pupil)


async def test_a_sign_up_knows_the_hours_chosen_before_and_the_town_it_is_for(
    core: Core, meeting: int
) -> None:
    await own_reminders.choose_hours(core, PUPIL, 3)
    async with core.db.write() as session:
        kansk = await session.scalar(select(Municipality).where(Municipality.code == "kansk"))
        assert kansk is not None
        kansk.timezone = "Europe/Moscow"
    afternoon = core.clock.now() + timedelta(days=7, hours=8)
    there = await make_meeting(core, kansk.id, token="there", starts_at=afternoon)
    signed = await sign_up(core, PUPIL, "there")
    starts_at, _ = await times(core, there)
    async with core.db.read() as session:
        rows = await session.execute(
            select(DueMessage.kind, DueMessage.due_at, DueMessage.quiet_in).where(
                DueMessage.subject == f"registration:{signed.registration_id}"
            )
        )
        planned = {kind: (due_at, quiet_in) for kind, due_at, quiet_in in rows}
    due_at, quiet_in = planned[MessageKind.REMINDER_DAY]
    local = due_at.astimezone(ZoneInfo("Europe/Moscow"))
    assert (local.hour, quiet_in) == (18, "Europe/Moscow")
    assert planned[MessageKind.REMINDER_HOURS] == (starts_at - 3 * HOUR, "Europe/Moscow")


async def test_other_hours_move_the_own_reminders_only(core: Core, meeting: int) -> None:
    with pytest.raises(NotFound):
        await own_reminders.choose_hours(core, PUPIL, 4)
    await own_reminders.choose_hours(core, PUPIL, 3)
    starts_at, _ = await times(core, meeting)
    async with core.db.read() as session:
        rows = await session.execute(
            select(DueMessage.account_id, DueMessage.due_at)
            .where(DueMessage.kind == MessageKind.REMINDER_HOURS)
            .order_by(DueMessage.account_id)
        )
        planned = [tuple(row) for row in rows]
    assert planned == [(PUPIL.id, starts_at - 3 * HOUR), (TEACHER.id, starts_at - 2 * HOUR)]
