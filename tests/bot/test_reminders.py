"""Reminders: each once and in its time, what is answered to them, and what makes them needless."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from bot.callbacks import Coming, ReminderAnswer, ShowTicket
from bot.models import DueMessage, Person, Registration
from bot.services import attendance, meetings, registrations
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.services.registrations import sign_up
from bot.vocabulary import (
    Category,
    MessageKind,
    MessageStatus,
    Mode,
    RegistrationStatus,
    Role,
)
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import lines_of, municipality, stored, taps
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import give_role

CURATOR = Account(500)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def start(stage: Stage) -> datetime:
    """The start of a meeting on Monday in a week at noon, that a curator runs."""
    await give_role(stage.core, CURATOR.id, Role.CURATOR, await municipality(stage.core))
    await meeting_of(stage)
    return stage.clock.now() + 7 * DAY


async def guest(stage: Stage, name: str = "Мария") -> client.Person:
    """Somebody who signed up; the ticket and the calendar's file have come."""
    person = await known(stage, name=name)
    await person.start()
    await sign_up(stage.core, Account(person.id), TOKEN)
    await stage.tick()
    return person


async def teacher(stage: Stage, people: int = 27) -> client.Person:
    """Somebody who brings a class."""
    person = await known(stage, Category.OTHER, "Ольга", organisation="Школа № 3")
    await person.start()
    group = Group("Школа № 3", {Category.GRADE_9: people}, with_me=False)
    await sign_up_group(stage.core, Account(person.id), TOKEN, group, group_token="class-9")
    await stage.tick()
    return person


def reminders(person: client.Person) -> list[Screen]:
    return [screen for screen in person.messages if screen.by_bot and screen.text[:1] == "⏰"]


async def rows_of(stage: Stage, kind: MessageKind) -> list[tuple[MessageStatus, str]]:
    rows = await stored(stage.core, DueMessage)
    return [(row.status, row.reason) for row in rows if row.kind is kind]


async def the_registration(stage: Stage) -> Registration:
    [registration] = await stored(stage.core, Registration)
    return registration


async def evening_before(stage: Stage, start: datetime) -> None:
    await stage.wait_until(start - 18 * HOUR)


async def test_each_comes_once_at_its_time(stage: Stage, start: datetime) -> None:
    maria = await guest(stage)
    told = []
    moment = stage.clock.now()
    while moment < start + HOUR:
        moment += HOUR / 2
        await stage.wait_until(moment)
        if len(reminders(maria)) > len(told):
            told.append((start - moment) / HOUR)
    assert told == [18, 2]
    day, hours = reminders(maria)
    assert day.text.splitlines() == [
        "⏰ Завтра: Инженеры будущего",
        "📅 пн, 9 марта, 12:00–13:30",
        "📍 Центральная библиотека, ул. Ленина, 12, Ачинск",
        "👥 9 класс",
        "",
        "Придёте? Если не сможете, место достанется другому.",
    ]
    assert day.buttons == [["Приду", "Не смогу"], ["Открыть встречу"]]
    assert hours.text.splitlines() == [
        "⏰ Через 2 часа: Инженеры будущего",
        "📅 пн, 9 марта, 12:00–13:30",
        "📍 Центральная библиотека, ул. Ленина, 12, Ачинск",
        "",
        "🔑 Код: A1. У входа вас встретит организатор: покажите ему билет или назовите код.",
    ]
    assert hours.buttons == [["Показать билет"], ["Открыть встречу"]]
    assert await rows_of(stage, MessageKind.REMINDER_WEEK) == [
        (MessageStatus.DROPPED, "turned off")
    ]


async def test_who_says_they_come_is_counted_once(stage: Stage, start: datetime) -> None:
    maria = await guest(stage)
    await evening_before(stage, start)
    asked = maria.screen
    yes = asked.button("Приду")
    assert yes is not None
    answer = await maria.tap("Приду")
    assert answer.text == "Спасибо, ждём вас"
    confirmed_at = (await the_registration(stage)).confirmed_at
    assert confirmed_at == stage.clock.now()
    assert maria.screen.message_id == asked.message_id
    assert maria.screen.text.endswith(
        "✅ Вы ответили, что будете. Спасибо. Если планы изменятся, скажите об этом здесь."
    )
    assert maria.screen.buttons == [["Не смогу"], ["Открыть встречу"]]

    await stage.restart()
    stage.clock.advance(HOUR)
    await maria.tap_data(yes["callback_data"], asked.message_id)
    assert (await the_registration(stage)).confirmed_at == confirmed_at
    await maria.tap("Открыть встречу")
    assert "✅ Вы записаны." in maria.screen.text
    await maria.tap("Не смогу", message=asked.message_id)
    await maria.tap("Да, отменить", message=asked.message_id)
    assert (await the_registration(stage)).status is RegistrationStatus.CANCELLED


async def test_who_cannot_come_is_asked_once_and_the_seat_is_offered(
    stage: Stage,
) -> None:
    start = stage.clock.now() + 7 * DAY
    meeting = await meeting_of(stage, seats=1)
    maria, petr = await guest(stage), await known(stage, name="Пётр")
    await sign_up(stage.core, Account(petr.id), TOKEN, wait=True)
    await petr.start()
    await evening_before(stage, start)
    asked = maria.screen
    await maria.tap("Приду")
    await maria.tap("Не смогу")
    assert maria.screen.text == (
        "Отменить запись на встречу «Инженеры будущего»? Место освободится для другого."
    )
    assert maria.screen.buttons == [["Да, отменить"], ["‹ Назад"]]
    await maria.tap("‹ Назад")
    assert maria.screen.text.startswith("⏰ Завтра: Инженеры будущего")
    assert len(await lines_of(stage.core, meeting)) == 1

    answer = await taps(maria, "Не смогу", "Да, отменить")
    assert answer.text == "Запись отменена"
    assert maria.screen.message_id == asked.message_id
    assert maria.screen.text.startswith("Хорошо, запись на встречу «Инженеры будущего» отменена.")
    assert maria.screen.labels == ["Открыть встречу"]
    hers, his = await stored(stage.core, Registration)
    assert (hers.status, hers.confirmed_at) == (RegistrationStatus.CANCELLED, None)
    assert his.status is RegistrationStatus.OFFERED
    await stage.tick()
    assert "Освободилось место." in petr.screen.text
    await stage.wait_until(start - 2 * HOUR)
    assert len(reminders(maria)) == 0


async def test_a_group_says_how_many_fewer_they_are(stage: Stage, start: datetime) -> None:
    olga = await teacher(stage)
    await evening_before(stage, start)
    asked = olga.screen
    assert "👥 9 класс — 27" in asked.text
    assert asked.buttons == [["Приду", "Не смогу"], ["Нас будет меньше"], ["Открыть встречу"]]
    await olga.tap("Нас будет меньше")
    assert olga.screen.text.startswith("9 класс: сейчас 27. Сколько будет?")
    await olga.send("24")
    assert await lines_of(stage.core, 1) == [("grade_9", "Школа № 3", 24)]
    assert (await the_registration(stage)).confirmed_at is None
    yes = ReminderAnswer(registration_id=1, answer=Coming.YES).pack()
    await olga.tap_data(yes, asked.message_id)
    assert (await the_registration(stage)).confirmed_at is not None
    answered = next(each for each in olga.messages if each.message_id == asked.message_id)
    assert "👥 9 класс — 24" in answered.text
    assert answered.buttons == [["Не смогу"], ["Нас будет меньше"], ["Открыть встречу"]]


async def test_the_ticket_comes_once_more(stage: Stage, start: datetime) -> None:
    maria = await guest(stage)
    await stage.wait_until(start - 2 * HOUR)
    await maria.tap("Показать билет")
    assert maria.screen.text.startswith("🎫 Инженеры будущего")
    assert maria.screen.photo is not None
    assert "🔑 Код: A1." in maria.screen.text


async def test_late_old_and_forged_answers_are_refused_in_a_sentence(
    stage: Stage, start: datetime
) -> None:
    maria, petr = await guest(stage), await known(stage, name="Пётр")
    await evening_before(stage, start)
    asked = maria.screen.message_id

    def data(answer: Coming, registration_id: int = 1) -> str:
        return ReminderAnswer(registration_id=registration_id, answer=answer).pack()

    await petr.start()
    for answer in Coming:
        refusal = await petr.tap_data(data(answer), petr.screen.message_id)
        assert refusal.text == "Этой записи уже нет."
    refusal = await petr.tap_data(ShowTicket(registration_id=1).pack(), petr.screen.message_id)
    assert refusal.text == "Этой записи уже нет."
    await maria.tap_data(data(Coming.FEWER), asked)  # brings nobody
    assert maria.screen.message_id == asked

    stage.clock.move_to(start)
    for answer in (Coming.YES, Coming.NO, Coming.BACK):
        refusal = await maria.tap_data(data(answer), asked)
        assert refusal.text.startswith("Встреча уже началась, отвечать больше не нужно.")
    stage.clock.move_to(start - HOUR)
    await registrations.cancel(stage.core, Account(maria.id), 1)
    for answer in (Coming.YES, Coming.NO, Coming.BACK):
        refusal = await maria.tap_data(data(answer), asked)
        assert refusal.show_alert
        assert refusal.text.startswith("Вы уже не записаны на эту встречу.")
    refusal = await maria.tap_data(ShowTicket(registration_id=1).pack(), asked)
    assert refusal.text.startswith("Этот билет уже не нужен")
    await meetings.cancel_meeting(stage.core, CURATOR, 1, "Карантин")
    refusal = await maria.tap_data(data(Coming.YES), asked)
    assert refusal.text.startswith("Эта встреча отменена.")


async def test_a_moved_meeting_repeats_nothing_and_forgets_who_comes(
    stage: Stage, start: datetime
) -> None:
    maria, anna = await guest(stage), await known(stage, name="Анна")
    await evening_before(stage, start)
    await maria.tap("Приду")
    await meetings.edit_meeting(
        stage.core, CURATOR, 1, {"starts_at": start + DAY, "ends_at": start + DAY + HOUR}
    )
    assert (await the_registration(stage)).confirmed_at is None
    await anna.start()
    await sign_up(stage.core, Account(anna.id), TOKEN)
    for hours in (-16, -2, 6, 22, 24):
        await stage.wait_until(start + hours * HOUR)
    assert [each.text.split(":")[0] for each in reminders(maria)] == [
        "⏰ Завтра",
        "⏰ Через 2 часа",
    ]
    assert [each.text.split(":")[0] for each in reminders(anna)] == ["⏰ Завтра", "⏰ Через 2 часа"]


async def test_nobody_is_reminded_of_what_will_not_be(stage: Stage, start: datetime) -> None:
    maria = await guest(stage)
    await meetings.cancel_meeting(stage.core, CURATOR, 1, "Карантин")
    await stage.wait_until(start - HOUR)
    assert reminders(maria) == []
    for kind in (MessageKind.REMINDER_DAY, MessageKind.REMINDER_HOURS):
        assert await rows_of(stage, kind) == [(MessageStatus.DROPPED, "meeting cancelled")]


async def test_who_cancelled_or_is_there_already_is_not_reminded(
    stage: Stage, start: datetime
) -> None:
    maria, petr = await guest(stage), await guest(stage, "Пётр")
    await registrations.cancel(stage.core, Account(maria.id), 1)
    stage.clock.move_to(start - 3 * HOUR)
    await attendance.mark(stage.core, CURATOR, 2, came=True)
    await stage.wait_until(start - HOUR)
    assert reminders(maria) + reminders(petr) == []
    why = (
        MessageStatus.DROPPED,
        "not signed up any more, or the meeting began, moved or is cancelled",
    )
    assert await rows_of(stage, MessageKind.REMINDER_HOURS) == [why, why]


async def test_after_a_long_silence_only_the_nearest_reminder_comes(
    stage: Stage, start: datetime
) -> None:
    maria, petr = await guest(stage), await guest(stage, "Пётр")
    stage.sandbox.world.block(petr.id)
    await evening_before(stage, start)
    blocked = (MessageStatus.DROPPED, "the person blocked the bot")
    assert blocked in await rows_of(stage, MessageKind.REMINDER_DAY)
    await maria.tap("Приду")
    await stage.wait_until(start - HOUR)
    stage.sandbox.world.unblock(petr.id)
    await petr.start()
    await stage.tick()
    [reminder] = reminders(petr)
    assert reminder.text.startswith("⏰ Через 1 час: Инженеры будущего")


async def test_the_night_is_quiet(stage: Stage) -> None:
    """A meeting at 9: its last reminder would come at 7."""
    nine = stage.clock.now() + 7 * DAY - 3 * HOUR
    await meeting_of(stage, starts_at=nine)
    maria = await guest(stage)
    await stage.wait_until(nine - 2 * HOUR)
    assert [each.text.split(":")[0] for each in reminders(maria)] == []
    await stage.wait_until(nine - HOUR)
    assert [each.text.split(":")[0] for each in reminders(maria)] == ["⏰ Через 1 час"]


async def test_what_the_night_would_hold_back_until_the_start_comes_the_evening_before(
    stage: Stage,
) -> None:
    """A meeting at 8: its last reminder would come at 6."""
    eight = stage.clock.now() + 7 * DAY - 4 * HOUR
    await meeting_of(stage, starts_at=eight)
    maria = await guest(stage)
    await stage.wait_until(eight - 14 * HOUR)
    assert len(reminders(maria)) == 1
    await stage.wait_until(eight - 11 * HOUR)
    assert reminders(maria)[1].text.startswith("⏰ Через 11 часов:")
    await stage.wait_until(eight - HOUR)
    await stage.wait_until(eight)
    assert len(reminders(maria)) == 2


@pytest.mark.parametrize(
    ("mode", "where", "what"),
    [
        (Mode.ONLINE, "💻 Онлайн: https://meet.example/1", "Откройте ссылку за несколько минут"),
        (Mode.BY_CORRESPONDENCE, "✉️ Заочно: Сайт школы", "Приходить не нужно"),
    ],
)
async def test_where_there_is_no_door_nobody_is_sent_to_one(
    stage: Stage, mode: Mode, where: str, what: str
) -> None:
    start = stage.clock.now() + 7 * DAY
    link = "https://meet.example/1" if mode is Mode.ONLINE else ""
    await meeting_of(stage, mode=mode, link=link, place="" if link else "Сайт школы")
    maria = await guest(stage)
    await evening_before(stage, start)
    assert where in maria.screen.text
    assert "Будете участвовать?" in maria.screen.text
    assert maria.screen.buttons == [["Буду участвовать", "Не смогу"], ["Открыть встречу"]]
    await stage.wait_until(start - 2 * HOUR)
    assert where in maria.screen.text
    assert what in maria.screen.text
    assert maria.screen.labels == ["Открыть встречу"]


async def test_those_who_run_it_see_who_confirmed(stage: Stage, start: datetime) -> None:
    curator = stage.person("Анна", CURATOR.id)
    await curator.start()
    maria, _petr, olga = await guest(stage), await guest(stage, "Пётр"), await teacher(stage)
    await curator.send("/manage")
    await curator.tap("Инженеры будущего")
    assert "Подтвердили" not in curator.screen.text
    await evening_before(stage, start)
    for person in (maria, olga):
        await person.tap("Приду")
    await curator.send("/manage")
    await curator.tap("Инженеры будущего")
    assert "✋ Подтвердили 28 из 29" in curator.screen.text.splitlines()
    stage.clock.move_to(start)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Отметить пришедших")
    assert sorted(curator.screen.labels[:3]) == [
        "⬜️ Мария · 9 класс · A1 · придёт",
        "⬜️ Пётр · 9 класс · A2",
        "⬜️ Школа № 3 · 9 класс · 27 · A3 · придёт",
    ]
    await curator.tap("Мария")
    assert "✅ Мария · 9 класс · A1" in curator.screen.labels


async def test_a_teacher_reads_what_she_chose_and_no_row_of_the_report(
    stage: Stage, start: datetime
) -> None:
    olga = await known(stage, Category.OTHER, "Ольга", organisation="Школа № 3")
    await olga.start()
    await sign_up(stage.core, Account(olga.id), TOKEN)
    await stage.tick()
    assert "👥 Школа № 3" in next(each.text for each in olga.messages if "🎫" in each.text)
    async with stage.core.db.write() as session:
        await session.execute(update(Person).values(occupation="teacher"))
    await evening_before(stage, start)
    assert "👥 учитель" in reminders(olga)[-1].text
    await olga.send("/my")
    await olga.tap(olga.screen.labels[0])
    assert "👥 учитель" in olga.screen.text
    assert "другие организации" not in " ".join(each.text for each in olga.messages)


async def test_who_comes_as_a_parent_this_time_is_called_so(stage: Stage, start: datetime) -> None:
    olga = await known(stage, Category.OTHER, "Ольга", organisation="Школа № 3")
    await olga.start()
    async with stage.core.db.write() as session:
        await session.execute(update(Person).values(occupation="teacher"))
    await sign_up(stage.core, Account(olga.id), TOKEN, (Category.PARENT,))
    await evening_before(stage, start)
    assert "👥 родители" in reminders(olga)[-1].text
