"""One message at ten with everything that somebody with a role owes, and where its buttons lead."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.models import DueMessage, Meeting, Municipality, Region, StaffRole
from bot.vocabulary import Category, MeetingStatus, MessageKind, MessageStatus, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.services.factory import give_role, make_meeting, make_person

CURATOR = 500
ZONE = ZoneInfo("Asia/Krasnoyarsk")


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


class Staff:
    """Somebody with a role in Ачинск, and what the bot tells them by itself."""

    def __init__(self, stage: Stage, person: client.Person, place: int) -> None:
        self.stage, self.person, self.place = stage, person, place

    async def until(self, moment: datetime) -> list[Screen]:
        """What is said until a moment, with a look at ten, at six and at midnight of each day."""
        known = len(self.person.messages)
        while (now := self.stage.clock.now().astimezone(ZONE)) < moment:
            midnight = now.replace(hour=0, minute=0) + timedelta(days=1)
            looks = (now.replace(hour=10, minute=0), now.replace(hour=18, minute=0), midnight)
            await self.stage.wait_until(min(moment, *(look for look in looks if look > now)))
        return self.person.messages[known:]

    async def over(self, title: str, ended: datetime) -> int:
        """A meeting that is over and whose list is open."""
        starts_at = ended - timedelta(hours=1)
        return await make_meeting(
            self.stage.core, self.place, title=title, starts_at=starts_at, ends_at=ended
        )

    async def digests(self) -> list[DueMessage]:
        """What is stored of digests that were due."""
        now = self.stage.clock.now()
        rows = await stored(self.stage.core, DueMessage)
        return [row for row in rows if row.kind is MessageKind.DIGEST and row.due_at <= now]


@pytest.fixture
async def staff(stage: Stage) -> Staff:
    person = stage.person("Анна", CURATOR)
    await person.start()
    place = await municipality(stage.core)
    await make_person(stage.core, CURATOR, name="Анна", category=Category.JOB_CENTRE)
    await give_role(stage.core, CURATOR, Role.CURATOR, place)
    await stage.tick()
    return Staff(stage, person, place)


async def test_all_open_lists_come_in_one_message_on_each_workday(staff: Staff) -> None:
    for day in range(10):
        await staff.over(f"Встреча {day}", at(3, 5, 8 + day))
    assert await staff.until(at(3, 6, 9, 59)) == []
    (digest,) = await staff.until(at(3, 10, 9))  # the weekend and Monday off say nothing more
    assert digest.text == (
        "Не закрыты списки 10 встреч\nНажмите на встречу и ответьте, состоялась ли она: "
        "без этого её не будет в отчёте."
    )
    assert len(digest.labels) == 5
    assert digest.labels[0] == "чт 5 мар · Встреча 9"
    assert digest.labels[-1] == "Показать ещё 6"

    await staff.person.tap("чт 5 мар · Встреча 9")
    assert staff.person.screen.text.startswith("Встреча 9")
    await taps(staff.person, "Да, состоялась")
    (meeting,) = [each for each in await stored(staff.stage.core, Meeting) if each.held_at]
    assert (meeting.title, meeting.status) == ("Встреча 9", MeetingStatus.HELD)
    answer = await staff.person.tap("чт 5 мар · Встреча 9", message=digest.message_id)
    assert answer.text == "На этот вопрос уже ответили"
    assert "состоялась" in staff.person.screen.text
    await staff.person.tap("Показать ещё 6", message=digest.message_id)
    assert "Ваши встречи" in staff.person.screen.text

    (again,) = await staff.until(at(3, 10, 23))
    assert again.text.startswith("Не закрыты списки 9 встреч")
    assert "Встреча 9" not in " ".join(again.labels)


async def test_without_anything_to_say_it_is_silent(staff: Staff) -> None:
    assert await staff.until(at(3, 4, 23)) == []
    assert [(row.status, row.reason) for row in await staff.digests()] == [
        (MessageStatus.DROPPED, "nothing is owed today")
    ] * 3


async def test_who_lost_the_role_is_told_nothing(staff: Staff) -> None:
    await staff.over("Встреча", at(3, 3, 12))
    async with staff.stage.core.db.write() as session:
        await session.execute(update(StaffRole).values(revoked_at=staff.stage.clock.now()))
    assert await staff.until(at(3, 4, 23)) == []


async def test_the_region_can_turn_a_part_off(staff: Staff) -> None:
    await staff.over("Встреча", at(3, 3, 12))
    async with staff.stage.core.db.write() as session:
        await session.execute(update(Region).values(switches={MessageKind.DIGEST_LISTS: False}))
    assert await staff.until(at(3, 4, 23)) == []


async def test_it_comes_at_ten_by_the_clock_of_the_municipality(staff: Staff) -> None:
    core = staff.stage.core
    async with core.db.write() as session:
        await session.execute(
            update(Municipality)
            .where(Municipality.name == "Канск")
            .values(timezone="Asia/Kamchatka")
        )
    kansk = await municipality(core, "Канск")
    far = staff.stage.person("Олег", 501)
    await far.start()
    await give_role(core, far.id, Role.CURATOR, kansk)
    await make_meeting(core, kansk, starts_at=at(3, 4, 2), ends_at=at(3, 4, 3))
    staff.stage.clock.move_to(at(3, 4, 18))
    await staff.stage.tick()
    known = len(far.messages)
    # 10:00 on Kamchatka is 5:00 in Krasnoyarsk, where the region sleeps.
    await staff.stage.wait_until(at(3, 5, 4, 59))
    assert len(far.messages) == known
    await staff.stage.wait_until(at(3, 5, 5))
    assert far.screen.text.startswith("Не закрыт список 1 встречи")


async def test_a_bot_that_was_away_tells_of_today_alone_and_not_at_night(staff: Staff) -> None:
    await staff.over("Встреча", at(3, 3, 12))
    known = len(staff.person.messages)
    staff.stage.clock.move_to(at(3, 6, 23))  # it was away since Monday
    await staff.stage.tick()
    assert len(staff.person.messages) == known
    (digest,) = await staff.until(at(3, 10, 23))
    assert digest.text.startswith("Не закрыт список")


async def test_idle_months_offer_a_new_meeting(staff: Staff) -> None:
    await staff.stage.wait_until(at(3, 30, 12))
    (digest,) = await staff.until(at(4, 2, 12))
    assert digest.text == (
        "Ачинск: ничего не запланировано\n"
        "За последний месяц новых встреч не создали, и впереди ни одной."
    )
    await staff.person.tap("Новая встреча")
    assert "Как назвать встречу?" in staff.person.screen.text


async def test_deadlines_stand_in_the_same_message(staff: Staff) -> None:
    await staff.over("Встреча", at(12, 11, 12))
    await staff.stage.wait_until(at(12, 11, 14))
    saturday, digest = await staff.until(at(12, 14, 23))
    assert "15 декабря" in saturday.text  # three days before; of lists only workdays know
    assert "Не закрыт" not in saturday.text
    assert digest.text.startswith("Не закрыт список 1 встречи")
    assert "15 декабря" in digest.text
    assert digest.labels[0] == "пт 11 дек · Встреча"
    assert len(digest.labels) > 1


async def test_the_regional_coordinator_is_told_of_the_week_once(staff: Staff) -> None:
    boss = staff.stage.person("Ольга", 502)
    await boss.start()
    await give_role(staff.stage.core, boss.id, Role.REGIONAL_COORDINATOR)
    await staff.stage.wait_until(at(12, 4, 12))
    known = len(boss.messages)
    for day in (7, 8, 9):
        await staff.stage.wait_until(at(12, day))
    weekly = [each for each in boss.messages[known:] if "Муниципалитеты и сроки" in each.text]
    assert len(weekly) == 1


async def test_in_english(staff: Staff) -> None:
    await staff.person.send("/language")
    await staff.person.tap("English")
    await staff.over("Мосты", at(3, 3, 12))
    (digest,) = await staff.until(at(3, 4, 23))
    assert digest.text.startswith("1 list is still open")
