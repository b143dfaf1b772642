"""One message at ten with everything that somebody with a role owes, and where its buttons lead."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import update

from bot.callbacks import SettleDeadline
from bot.digest_messages import digest_message
from bot.models import DeadlineMark, DueMessage, Meeting, Municipality, Region, StaffRole
from bot.services import digests
from bot.services.core import Account
from bot.vocabulary import Category, MeetingStatus, MessageKind, MessageStatus, Role, Settled
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
    for day in range(3):
        await staff.over(f"Встреча {day}", at(3, 5, 8 + day))
    assert await staff.until(at(3, 6, 9, 59)) == []
    (digest,) = await staff.until(at(3, 10, 9))  # the weekend and Monday off say nothing more
    assert digest.text == (
        "Не закрыты списки 3 встреч\nОткройте встречу и ответьте, состоялась ли она: "
        "без этого её не будет в отчёте."
    )
    assert digest.labels == [f"чт 5 мар · Встреча {day}" for day in (2, 1, 0)]

    await staff.person.tap("чт 5 мар · Встреча 2")
    assert staff.person.screen.text.startswith("Встреча 2")
    await taps(staff.person, "Да, состоялась")
    (meeting,) = [each for each in await stored(staff.stage.core, Meeting) if each.held_at]
    assert (meeting.title, meeting.status) == ("Встреча 2", MeetingStatus.HELD)
    answer = await staff.person.tap("чт 5 мар · Встреча 2", message=digest.message_id)
    assert answer.text == "На этот вопрос уже ответили"
    assert "состоялась" in staff.person.screen.text

    (again,) = await staff.until(at(3, 10, 23))
    assert again.text.startswith("Не закрыты списки 2 встреч")
    assert "Встреча 2" not in " ".join(again.labels)


async def test_a_list_that_the_report_does_not_miss_is_not_told_of(staff: Staff) -> None:
    other = await staff.over("Семинар", at(3, 5, 8))
    async with staff.stage.core.db.write() as session:
        (await session.get_one(Meeting, other)).counts_in_form = False
    await staff.until(at(3, 6, 9, 59))
    assert await staff.until(at(3, 10, 9)) == []
    await staff.over("Встреча", at(3, 10, 12))
    await staff.until(at(3, 11, 9, 59))
    (digest,) = await staff.until(at(3, 11, 23))
    assert digest.labels == ["вт 10 мар · Встреча"]


async def test_more_open_lists_are_one_button_that_leads_to_them(staff: Staff) -> None:
    for day in range(4):
        await staff.over(f"Встреча {day}", at(3, 5, 8 + day))
    await staff.until(at(3, 6, 9, 59))
    (digest,) = await staff.until(at(3, 10, 9))
    assert digest.text.startswith("Не закрыты списки 4 встреч")
    assert digest.labels == ["Открытые списки: 4"]
    await staff.person.tap("Открытые списки: 4")
    assert "· Не закрыты ·" in staff.person.screen.labels
    await taps(staff.person, staff.person.screen.labels[4], "Состоялась", "Да, состоялась")
    (meeting,) = [each for each in await stored(staff.stage.core, Meeting) if each.held_at]
    assert meeting.title == "Встреча 3"
    await staff.person.tap("Открытые списки: 4", message=digest.message_id)
    shown = [each for each in staff.person.screen.labels if "Встреча" in each]
    assert [label.split(" · ")[1] for label in shown] == ["Встреча 2", "Встреча 1", "Встреча 0"]


async def test_a_full_digest_has_no_more_than_eight_rows_of_buttons(staff: Staff) -> None:
    core = staff.stage.core
    await give_role(core, CURATOR, Role.REGIONAL_COORDINATOR)
    staff.stage.clock.move_to(at(12, 28))  # a Monday: the region's week, and all that is late
    for day in range(3):
        await staff.over(f"Встреча {day}", at(12, 24, 8 + day))
    found = await digests.get_digest(core, Account(CURATOR), "2026-12-28")
    tr = staff.stage.app.texts.speak("ru", staff.stage.clock.now(), core.timezone)

    def rows(digest: digests.Digest) -> list[list[str]]:
        said = digest_message(tr, digest)
        assert said is not None
        assert isinstance(said.reply_markup, InlineKeyboardMarkup)
        return [[button.text for button in row] for row in said.reply_markup.inline_keyboard]

    assert rows(found) == [
        ["чт 24 дек · Встреча 2"],
        ["чт 24 дек · Встреча 1"],
        ["чт 24 дек · Встреча 0"],
        ["Сделано: Анализ года", "Нет: Анализ года"],
        ["Предложения по модерниза…", "Нет: Предложения по моде…"],
        ["Письмом: Отчёт по Прилож…", "Нет: Отчёт по Приложению…"],
        ["К прошедшим встречам", "Все сроки"],
        ["Все муниципалитеты"],
    ]
    full = rows(replace(found, idle=("Ачинск",)))
    assert full[0] == ["Открытые списки: 3"]
    assert full[-2:] == [["Новая встреча"], ["Все муниципалитеты"]]
    assert len(full) == 7


async def test_a_deadline_is_settled_from_the_digest_and_taken_back(staff: Staff) -> None:
    core, anna = staff.stage.core, staff.person
    staff.stage.clock.move_to(at(12, 28, 9))
    (digest,) = await staff.until(at(12, 28, 12))
    assert (await anna.tap("Сделано: Анализ", message=digest.message_id)).text == "Отмечено"
    assert anna.screen.text.startswith("Анализ года, 2026")
    assert "✅ сделано · пн, 28 декабря, Анна" in anna.screen.text
    await anna.tap("Письмом: Отчёт", message=digest.message_id)  # it keeps its buttons
    assert "✅ отправлено письмом · пн, 28 декабря, Анна" in anna.screen.text
    await anna.tap("Сделано: Анализ", message=digest.message_id)  # a second tap says it again
    assert {(each.deadline, each.settled) for each in await stored(core, DeadlineMark)} == {
        ("analysis", Settled.DONE),
        ("appendix2", Settled.BY_LETTER),
    }
    await anna.tap("Вернуть")
    assert [each.deadline for each in await stored(core, DeadlineMark)] == ["appendix2"]

    petr = staff.stage.person("Пётр", 503)
    await petr.start()
    await make_person(core, petr.id, name="Пётр", category=Category.JOB_CENTRE)
    forged = SettleDeadline(
        code="analysis", year=2026, municipality_id=staff.place, settled=Settled.DONE
    )
    answer = await petr.tap_data(forged.pack(), petr.screen.message_id)
    assert "сроки года видят кураторы и координаторы" in answer.text
    assert [each.deadline for each in await stored(core, DeadlineMark)] == ["appendix2"]


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
    assert weekly[0].labels == ["Все муниципалитеты"]
    for _ in range(2):  # it keeps its button
        await boss.tap("Все муниципалитеты", message=weekly[0].message_id)
        assert boss.screen.text.startswith("Муниципалитеты и сроки")
        assert "Анализ года" in boss.screen.labels
    await boss.tap("‹ Назад")
    assert boss.screen.text.startswith("Сроки года: Красноярский край")


async def test_in_english(staff: Staff) -> None:
    await staff.person.send("/language")
    await staff.person.tap("English")
    await staff.over("Мосты", at(3, 3, 12))
    (digest,) = await staff.until(at(3, 4, 23))
    assert digest.text.startswith("1 list is still open")
