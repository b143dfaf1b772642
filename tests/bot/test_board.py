"""The region's board as its staff see it, and the reminder as it arrives in a municipality."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.models import DeadlineMark, DueMessage, ReportVersion
from bot.vocabulary import (
    Category,
    MeetingStatus,
    MessageKind,
    MessageStatus,
    ReportStatus,
    Role,
    Settled,
)
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.services.factory import give_role, make_meeting, make_person, make_version
from tests.services.test_board import form

ANNA, BOSS, WATCHER = 10, 12, 13
TODAY = datetime(2026, 12, 28, 5, tzinfo=UTC)  # Monday noon in Krasnoyarsk, three days late


GAPS = (
    "Не хватает: 1 встреча без «Состоялась», 1 встреча без отметки пришедших, "
    "нет папки с фото, нет предложений"
)


async def staff(
    stage: Stage, name: str, user_id: int, role: Role, where: int | None
) -> client.Person:
    person = stage.person(name, user_id)
    await make_person(stage.core, user_id, name=name, category=Category.JOB_CENTRE)
    await give_role(stage.core, user_id, role, where)
    await person.start()
    return person


@pytest.fixture
async def anna(stage: Stage) -> client.Person:
    """The curator of Ачинск, whose report is a draft with gaps; Канск sent, Бородино wrote."""
    core = stage.core
    achinsk = await municipality(core)
    stage.clock.move_to(TODAY - timedelta(days=60))  # she knew of the deadline in time
    person = await staff(stage, "Анна", ANNA, Role.CURATOR, achinsk)
    stage.clock.move_to(TODAY)
    held = TODAY - timedelta(days=30)
    await make_meeting(core, achinsk, starts_at=held, status=MeetingStatus.HELD)
    await make_meeting(core, achinsk, starts_at=held, title="Ещё одна")
    kansk = await municipality(core, "Канск")
    await make_version(core, kansk, form("Канск", 40), sent_by="Пётр Сидоров")
    async with core.db.write() as session:
        session.add(
            DeadlineMark(
                deadline="appendix2",
                year=2026,
                territory=f"municipality:{await municipality(core, 'Бородино')}",
                settled=Settled.BY_LETTER,
                marked_at=TODAY,
            )
        )
    return person


@pytest.fixture
async def boss(stage: Stage, anna: client.Person) -> client.Person:
    """The regional coordinator, looking at the board."""
    person = await staff(stage, "Ольга", BOSS, Role.REGIONAL_COORDINATOR, None)
    await to_board(person)
    return person


async def to_board(person: client.Person) -> None:
    await person.send("/report")
    await taps(person, "Весь край", "Отчёт за 2026", "Муниципалитеты")


async def nudges(stage: Stage) -> list[DueMessage]:
    rows = await stored(stage.core, DueMessage)
    return [row for row in rows if row.kind is MessageKind.REPORT_NUDGE]


async def test_the_board_counts_lists_and_opens(stage: Stage, boss: client.Person) -> None:
    assert boss.screen.text.splitlines() == [
        "Муниципалитеты · 2026",
        "Как сдают отчёт по Приложению 2",
        "📅 пт, 25 декабря · просрочено на 3 дня",
        "",
        "⬜ Не начат: 58",
        "✏️ Черновик: 1",
        "📨 Отправлен: 2",
    ]
    assert boss.screen.labels == [
        "Не начат: 58",
        "Черновик: 1",
        "Отправлен: 2",
        "Напомнить всем, кого ждём",
        "‹ Назад",
    ]
    await boss.tap("Отправлен")
    assert boss.screen.text.splitlines() == [
        "Отправлен · 2026",
        "2 муниципалитета",
        "",
        "Бородино: отправлено письмом · пн, 28 декабря",
        "Канск: версия 1, отправлена пн, 28 декабря, Пётр Сидоров",
    ]
    await boss.tap("Канск")
    assert boss.screen.text.splitlines() == [
        "Канск · 2026",
        "📨 Отправлен: версия 1, отправлена пн, 28 декабря, Пётр Сидоров",
    ]
    assert boss.screen.labels == ["Принять или вернуть", "Открыть отчёт", "‹ Назад"]
    await taps(boss, "Принять или вернуть")
    assert "📤 Версия 1 ждёт вашего решения" in boss.screen.text
    assert "Канск" in boss.screen.text
    assert "Принять" in " ".join(boss.screen.labels)
    await taps(boss, "‹ Назад", "Открыть отчёт")
    assert "Канск" in boss.screen.text
    await taps(boss, "‹ Назад", "‹ Назад", "‹ Назад", "Не начат")
    assert "⚠️ Абанский район: ни встреч, ни слов для отчёта" in boss.screen.text
    assert "1/10" in boss.screen.labels
    await boss.tap("›")
    assert "2/10" in boss.screen.labels
    await taps(boss, "‹ Назад", "Не начат")
    assert "1/10" in boss.screen.labels
    await boss.tap("Абанский район")
    assert "Напомнить некому" in boss.screen.text
    assert boss.screen.labels == ["Открыть отчёт", "‹ Назад"]
    await taps(boss, "‹ Назад", "‹ Назад", "‹ Назад")
    assert "Файл xlsx" in boss.screen.labels


async def test_an_addendum_that_is_owed_or_sent_is_on_the_board(
    stage: Stage, boss: client.Person
) -> None:
    core = stage.core
    assert "дополнен" not in boss.screen.text
    kansk = await municipality(core, "Канск")
    await give_role(core, 40, Role.CURATOR, kansk)
    sent = TODAY - timedelta(days=4)
    async with core.db.write() as session:
        await session.execute(update(ReportVersion).values(sent_at=sent))
    await make_meeting(core, kansk, starts_at=TODAY - timedelta(days=1), status=MeetingStatus.HELD)
    await to_board(boss)
    assert boss.screen.text.endswith("📎 Ждём дополнений к отправленному: 1")
    await boss.tap("Отправлен")
    assert "Канск: версия 1, отправлена чт, 24 декабря, Пётр Сидоров; ждём дополнение" in (
        boss.screen.text
    )
    assert boss.screen.text.count("ждём дополнение") == 1
    await boss.tap("Канск")
    due = "📎 Дополнение к отчёту: чт, 14 января 2027 · через 17 дней"
    assert boss.screen.text.splitlines()[-1].replace("\xa0", " ") == due
    await make_version(core, kansk, form("Канск", 45), number=2, sent_by="Пётр Сидоров")
    await taps(boss, "‹ Назад", "Канск")
    assert boss.screen.text.splitlines()[-1].startswith(
        "📎 Дополнение к отчёту: отправлен координатору · пн, 28 декабря"
    )
    await to_board(boss)
    assert "дополнен" not in boss.screen.text


async def test_one_reminder_says_what_is_missing_and_leads_there(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    await taps(boss, "Черновик", "Ачинск")
    assert boss.screen.text.splitlines() == [
        "Ачинск · 2026",
        "✏️ Черновик: 1 встреча подтверждена, не подтверждено 1",
        "📅 пт, 25 декабря · просрочено на 3 дня",
        GAPS,
    ]
    assert (await boss.tap("Напомнить")).text == "Напомнили"
    assert "Сегодня уже напомнили." in boss.screen.text
    assert boss.screen.labels == ["Открыть отчёт", "‹ Назад"]
    await stage.tick()
    assert anna.screen.text.splitlines() == [
        "Ачинск: отчёт за 2026 год",
        "Региональный координатор ждёт его.",
        "📅 пт, 25 декабря · просрочено на 3 дня",
        GAPS,
    ]
    assert anna.screen.labels == [
        "Отчёт по Приложению 2",
        "Отправлен письмом",
        "Нет, потому что…",
        "К прошедшим встречам",
    ]
    await anna.tap("Отчёт по Приложению 2")
    assert anna.screen.text.startswith("Отчёт по Приложению 2, 2026")


async def test_all_are_reminded_after_one_question(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    await boss.tap("Напомнить всем")
    assert "Сообщение получат кураторы и координаторы: 1 муниципалитет." in boss.screen.text
    assert "Нет ни куратора, ни координатора" in boss.screen.text
    assert "Абанский район, " in boss.screen.text
    assert await nudges(stage) == []
    assert (await boss.tap("Да, напомнить")).text == "Напомнили: 1 муниципалитет"
    assert boss.screen.text.startswith("Муниципалитеты · 2026")
    (planned,) = await nudges(stage)
    assert (planned.account_id, planned.occurrence) == (ANNA, "2026-12-28")
    await boss.tap("Напомнить всем")  # now there is nothing to ask, but something to say
    title, already, reminded, nobody, alone = boss.screen.text.splitlines()
    assert title == "Об отчёте за 2026 год сейчас напоминать некому"
    assert (already, reminded) == ("Сегодня уже напомнили, второй раз не придёт:", "Ачинск")
    assert nobody == "Нет ни куратора, ни координатора, или они остановили бота:"
    assert len(alone.split(", ")) == 58
    assert boss.screen.labels == ["Пригласить", "‹ Назад"]
    await boss.tap("Пригласить")
    assert boss.screen.labels == ["Муниципальный куратор", "Муниципальный координатор", "‹ Назад"]
    await boss.tap("‹ Назад")
    assert boss.screen.text.startswith(title)


async def test_what_was_done_meanwhile_is_not_said(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    stage.clock.move_to(TODAY + timedelta(hours=11))  # 23:00
    await taps(boss, "Черновик", "Ачинск", "Напомнить")
    await stage.tick()
    assert "ждёт его" not in anna.screen.text  # nobody is woken
    await make_version(
        stage.core, await municipality(stage.core), form("Ачинск", 40), status=ReportStatus.SENT
    )
    await stage.wait_until(datetime(2026, 12, 29, 1, tzinfo=UTC))
    (dropped,) = await nudges(stage)
    assert dropped.status is MessageStatus.DROPPED
    assert dropped.reason.startswith("the report is sent")


async def test_the_regional_curator_looks_and_reminds_nobody(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    watcher = await staff(stage, "Вера", WATCHER, Role.REGIONAL_CURATOR, None)
    await to_board(watcher)
    assert watcher.screen.labels[-2:] == ["Отправлен: 2", "‹ Назад"]
    await taps(watcher, "Черновик", "Ачинск")
    assert watcher.screen.labels == ["Открыть отчёт", "‹ Назад"]


async def test_who_came_after_the_day_is_led_to_the_report(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    """A new installation keeps no deadline of a day before anybody answered for it."""
    uyar = await municipality(stage.core, "Уярский район")
    petr = await staff(stage, "Пётр", 11, Role.COORDINATOR, uyar)
    await make_meeting(stage.core, uyar, starts_at=TODAY - timedelta(days=30))
    await taps(boss, "Напомнить всем", "Да, напомнить")
    await stage.tick()
    assert petr.screen.text.startswith("Уярский район: отчёт за 2026 год")
    assert petr.screen.labels == ["Отчёт", "К прошедшим встречам"]
    await petr.tap("Отчёт")
    assert petr.screen.text.startswith("Приложение 2 · Уярский район")
