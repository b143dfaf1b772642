"""«Напоминания»: what somebody turns on and off for themselves, and what moves with it."""

from datetime import datetime

from sqlalchemy import update

from bot.models import DueMessage, Meeting, Person, Region
from bot.rules import is_wanted
from bot.services import attendance
from bot.vocabulary import MessageKind, MessageStatus
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import person_of, stored, taps
from tests.bot.test_reminders import CURATOR, DAY, HOUR, guest, reminders, start

__all__ = ["start"]  # the fixture


async def opened(stage: Stage, name: str = "Мария") -> client.Person:
    """Somebody who signed up and looks at their reminders."""
    person = await guest(stage, name)
    await person.send("/reminders")
    return person


async def switch(stage: Stage, table: type[Region] | type[Meeting], **kinds: bool) -> None:
    async with stage.core.db.write() as session:
        await session.execute(update(table).values(switches=kinds))


def first_words(person: client.Person) -> list[str]:
    return [screen.text.split(":")[0] for screen in reminders(person)]


async def due_hours(stage: Stage) -> list[datetime]:
    rows = await stored(stage.core, DueMessage)
    return [row.due_at for row in rows if row.kind is MessageKind.REMINDER_HOURS]


async def test_the_screen_shows_what_comes_and_each_can_be_changed(
    stage: Stage, start: datetime
) -> None:
    maria = await opened(stage)
    assert maria.screen.text == (
        "Напоминания\nОтметьте, когда писать вам о встречах, на которые вы записаны "
        "или которые помогаете провести.\n\n"
        "Об изменениях и отмене встреч сообщаем, даже если здесь всё выключено."
    )
    assert maria.screen.buttons == [
        ["За неделю"],
        ["✓ За день, вечером"],
        ["✓ За 2 часа до начала"],
        ["✓ Отзыв после встречи"],
        ["✓ Когда вы в команде"],
        ["1 час", "· 2 часа ·", "3 часа", "5 часов"],
        ["Выключить всё"],
        ["‹ Назад"],
    ]
    await taps(maria, "За неделю", "За день", "Отзыв")
    assert maria.screen.labels[:4] == [
        "✓ За неделю",
        "За день, вечером",
        "✓ За 2 часа до начала",
        "Отзыв после встречи",
    ]
    person = await person_of(stage.core, maria.id)
    assert person is not None
    assert person.switches == {
        "reminder_week": True,
        "reminder_day": False,
        "feedback_question": False,
        "feedback_repeat": False,
    }
    await maria.tap("‹ Назад")
    await maria.tap("Напоминания")
    assert maria.screen.labels[0] == "✓ За неделю"


async def test_only_what_is_wanted_comes(stage: Stage, start: datetime) -> None:
    maria = await opened(stage)
    await taps(maria, "За неделю", "За день", "Отзыв")
    await stage.wait_until(start - 7 * DAY + 6 * HOUR)
    assert first_words(maria) == ["⏰ Через неделю"]
    assert maria.screen.labels == ["Открыть встречу"]
    for hours in (-18, -2, 3.5):
        await stage.wait_until(start + hours * HOUR)
    assert first_words(maria) == ["⏰ Через неделю", "⏰ Через 2 часа"]
    assert not [each for each in maria.messages if "Вы были на встрече" in each.text]


async def test_all_off_is_quiet_but_for_what_changes(stage: Stage, start: datetime) -> None:
    maria = await opened(stage)
    answer = await maria.tap("Выключить всё")
    assert answer.text == "Напоминаний не будет"
    assert maria.screen.buttons == [
        ["За неделю"],
        ["За день, вечером"],
        ["За 2 часа до начала"],
        ["Отзыв после встречи"],
        ["Когда вы в команде"],
        ["‹ Назад"],
    ]
    person = await person_of(stage.core, maria.id)
    assert person is not None
    assert not is_wanted(MessageKind.TEAM_REMINDER, {}, person=person.switches)
    for hours in (-162, -18, -2, 3.5, 30):
        await stage.wait_until(start + hours * HOUR)
    assert reminders(maria) == []
    rows = await stored(stage.core, DueMessage)
    own = [row for row in rows if row.kind.startswith(("reminder", "feedback_q", "feedback_r"))]
    assert {row.reason for row in own} == {"turned off"}
    assert len(own) == 5


async def test_other_hours_move_what_is_planned(stage: Stage, start: datetime) -> None:
    maria = await opened(stage)
    await maria.tap("5 часов")
    assert "· 5 часов ·" in maria.screen.labels
    assert "✓ За 5 часов до начала" in maria.screen.labels
    assert await due_hours(stage) == [start - 4 * HOUR]  # at 7 people sleep: at 8
    await taps(maria, "3 часа", "· 3 часа ·")
    assert await due_hours(stage) == [start - 3 * HOUR]
    stage.clock.move_to(start - 4 * HOUR)
    await maria.tap("5 часов")  # too late for that
    assert await due_hours(stage) == [start - 3 * HOUR]
    await stage.wait_until(start - 3 * HOUR)
    assert first_words(maria) == ["⏰ Через 3 часа"]
    await maria.send("/reminders")
    await maria.tap("1 час")
    await stage.wait_until(start - HOUR)
    assert first_words(maria) == ["⏰ Через 3 часа"]

    petr = await guest(stage, "Пётр")  # too late for any
    assert await due_hours(stage) == [start - 3 * HOUR]
    assert reminders(petr) == []


async def test_off_for_the_meeting_or_the_region_is_off(stage: Stage, start: datetime) -> None:
    await switch(stage, Region, reminder_week=False, reminder_hours=False)
    maria = await opened(stage)
    assert maria.screen.text.endswith("В регионе сейчас отключено: За неделю, За 2 часа до начала.")
    assert maria.screen.buttons[:2] == [["✓ За день, вечером"], ["✓ Отзыв после встречи"]]
    await switch(stage, Meeting, reminder_day=False)
    for hours in (-162, -18, -2):
        await stage.wait_until(start + hours * HOUR)
    assert reminders(maria) == []


async def test_a_stranger_is_asked_for_their_consent_first(stage: Stage) -> None:
    ivan = stage.person("Иван")
    await ivan.send("/reminders")
    answer = await ivan.tap("За неделю")
    assert answer.text == "Сначала нужно ваше согласие на обработку данных."
    assert await stored(stage.core, Person) == []


async def test_who_came_and_did_not_answer_is_asked_once_more(
    stage: Stage, start: datetime
) -> None:
    """The day after at 18:00: not who did not come, nor who answered."""
    maria, petr, anna = [await guest(stage, name) for name in ("Мария", "Пётр", "Анна")]
    stage.clock.move_to(start)
    for line in (1, 2):
        await attendance.mark(stage.core, CURATOR, line, came=True)
    await stage.wait_until(start + 3.5 * HOUR)
    await petr.tap("5 ⭐")
    assert "Вы были на встрече" in anna.screen.text
    await stage.wait_until(start + 29 * HOUR)
    assert maria.screen.text.startswith("Как прошла встреча")
    await stage.wait_until(start + 30 * HOUR)
    assert maria.screen.text == (
        "Если найдётся минута, оцените встречу «Инженеры будущего» в одно касание: "
        "так следующие станут лучше."
    )
    assert maria.screen.labels == [f"{rating} ⭐" for rating in range(1, 6)]
    for other in (petr, anna):
        assert not [each for each in other.messages if "найдётся минута" in each.text]
    await taps(maria, "4 ⭐", "Дальше", "Пропустить")
    await stage.wait_until(start + 5 * DAY)
    assert "Спасибо за отзыв" in maria.screen.text
    repeats = [
        row.status
        for row in await stored(stage.core, DueMessage)
        if row.kind is MessageKind.FEEDBACK_REPEAT
    ]
    assert repeats == [MessageStatus.SENT, MessageStatus.DROPPED, MessageStatus.DROPPED]
