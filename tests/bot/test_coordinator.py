"""The coordinator's conversations over a real chat: the report, its words, its signatures."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from bot.models import AuditEntry, Headcount, Invitation, StaffRole
from bot.services import regions, signatures
from bot.services.core import Account, Core
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox.client import Person
from tests.bot.conftest import Stage
from tests.bot.story import taps
from tests.services.factory import give_role, make_meeting


async def _place(core: Core, letters: str) -> int:
    found = await regions.search_municipalities(core, letters, core.clock.now().date())
    return found[0].id


@pytest.fixture
async def achinsk(stage: Stage) -> int:
    """Ачинск, where 41 people came to a meeting of last year and one is not confirmed."""
    stage.clock.move_to(datetime(2027, 1, 10, 5, tzinfo=UTC))
    place = await _place(stage.core, "Ачинск")
    starts_at = datetime(2026, 3, 14, 8, tzinfo=UTC)
    meeting_id = await make_meeting(
        stage.core, place, starts_at=starts_at, status=MeetingStatus.HELD
    )
    await make_meeting(
        stage.core, place, starts_at=starts_at + timedelta(days=1), title="Кто строит <мосты>"
    )
    async with stage.core.db.write() as session:
        for category, people in ((Category.GRADE_9, 30), (Category.PARENT, 11)):
            session.add(Headcount(meeting_id=meeting_id, category=category, people=people,
                                  organisation=""))  # fmt: skip
    return place


async def _staff(stage: Stage, role: Role, place: int | None, user_id: int = 10) -> Person:
    person = stage.person("Анна", user_id)
    await give_role(stage.core, person.id, role, place)
    return person


def _numbers(content: bytes) -> dict[str, object]:
    sheet = openpyxl.load_workbook(BytesIO(content), data_only=True).active
    assert sheet is not None
    return {str(row[0]): row[3] for row in sheet.iter_rows(values_only=True) if row[3] is not None}


async def test_a_coordinator_gets_the_report_of_the_last_year_in_two_taps(
    stage: Stage, achinsk: int
) -> None:
    person = await _staff(stage, Role.COORDINATOR, achinsk)
    await person.send("/report")
    assert person.screen.text.startswith("Приложение 2 · Ачинск")
    assert person.screen.labels == [
        "Отчёт за 2026",
        "Отчёт за 2027",
        "Подписи",
        "Статистика",
        "Выгрузки",
        "‹ Назад",
    ]
    await person.tap("Отчёт за 2026")
    assert person.screen.text.startswith("Приложение 2 · Ачинск · 2026\n1.     Встречи")
    table = person.screen.text.splitlines()[1:]
    assert "2.1.3. 9 класс                  30" in table
    assert "2.2.   родители                 11" in table
    assert "2.10.  волонтёры" not in person.screen.text
    assert "Пустых строк: 14" in table
    assert "👥 Посещений: 41, разных людей из записавшихся: 0" in table
    assert "⏳ Ещё не подтверждены и не посчитаны, встреч: 1" in table
    await person.tap("Файл xlsx")
    sent = person.screen
    assert sent.document is not None
    assert sent.document.name == "Приложение 2 — Ачинск — 2026.xlsx"
    assert "Участников 41: 7–11 классы 30, родители 11" in sent.text
    assert "встреча была: 1. Пока не посчитаны.\n«Кто строит <мосты>» (вс 15" in sent.text
    numbers = _numbers(sent.document.data)
    assert (numbers["1."], numbers["2."], numbers["2.1.3."]) == (1, 41, 30)
    # The screen is still there, and leads to another year.
    await taps(person, "‹ Назад", "Отчёт за 2027")
    assert "1.     Встречи                   0" in person.messages[-2].text
    await person.tap("Файл xlsx")
    assert "За этот год в боте нет ни одной встречи." in person.screen.text
    assert person.screen.labels == []
    # Below the file, the way to what is to be seen to.
    button = sent.button("Открыть встречи")
    assert button is not None
    await person.tap_data(button["callback_data"], sent.message_id)
    assert "· Прошедшие ·" in person.screen.labels
    assert any("Кто строит" in label for label in person.screen.labels)


async def test_a_regional_coordinator_finds_a_municipality_or_takes_the_region(
    stage: Stage, achinsk: int
) -> None:
    person = await _staff(stage, Role.REGIONAL_COORDINATOR, None)
    await person.send("/report")
    assert person.screen.labels == ["Весь край", "‹ Назад"]
    await person.send("ачин")
    assert person.screen.labels == ["Весь край", "Ачинск", "Ачинский район", "‹ Назад"]
    await person.send("щщ")
    assert "На «щщ» ничего не нашлось" in person.screen.text
    await person.tap("Весь край")
    await person.tap("Отчёт за 2026")
    assert "2.     Участники                41" in person.screen.text
    with stage.sandbox.world.subscribe(person.id) as events:
        await person.tap("Файл xlsx")
        async with asyncio.timeout(5):  # «sends a file…» is told while it is made
            while (await events.get()).kind != "action":
                pass
    assert person.screen.document is not None
    assert person.screen.document.name == "Приложение 2 — Красноярский край — 2026.xlsx"
    book = openpyxl.load_workbook(BytesIO(person.screen.document.data), data_only=True)
    assert book.sheetnames[:3] == ["Сводный", "Статус", "Сравнение"]
    assert {"Ачинск", "Ачинский район", "Таймырский Долгано-Ненецкий ра…"} < {*book.sheetnames}
    assert _numbers(person.screen.document.data)["2."] == 0  # nothing was accepted yet
    assert "По принятым отчётам: 0 из 61." in person.screen.text
    assert "Ачинский район, " in person.screen.text
    assert "и ещё 53" in person.screen.text
    accepted = person.screen.message_id
    await person.tap("Собрать из черновиков", message=accepted)
    assert person.screen.document is not None
    assert person.screen.document.name == (
        "Приложение 2 — Красноярский край — 2026 — из черновиков.xlsx"
    )
    assert _numbers(person.screen.document.data)["2."] == 41
    assert person.screen.labels == []  # they run no meetings
    assert "(вс 15 мар 2026, Ачинск)" in person.screen.text
    assert "По черновикам" in person.screen.text


async def test_a_curator_of_two_municipalities_chooses(stage: Stage, achinsk: int) -> None:
    person = await _staff(stage, Role.CURATOR, achinsk)
    await give_role(stage.core, person.id, Role.CURATOR, await _place(stage.core, "Канск"))
    await person.send("/report")
    assert person.screen.labels == ["Ачинск", "Канск", "‹ Назад"]
    await person.tap("Канск")
    assert person.screen.text.startswith("Приложение 2 · Канск")
    await person.tap("‹ Назад")
    assert "Чей отчёт нужен" in person.screen.text


async def test_proposals_are_typed_and_shown(stage: Stage, achinsk: int) -> None:
    person = await _staff(stage, Role.CURATOR, achinsk)
    await person.send("/report")
    await taps(person, "Отчёт за 2026", "Предложения", "Для муниципалитета")
    assert "2026 год" in person.screen.text
    assert "Пока ничего не записано" in person.screen.text
    await person.send("<b>Лето</b> & лагеря " + "&" * 1900)
    assert "<b>Лето</b> & лагеря &&&" in person.screen.text
    await person.send("я" * 2001)
    await person.send("нет")
    assert "Лето" not in person.screen.text
    await person.tap("Вернуть прежний текст")
    assert "<b>Лето</b> & лагеря" in person.screen.text
    assert "Вернуть прежний текст" not in person.screen.labels
    await taps(person, "‹ Назад", "‹ Назад", "Файл xlsx")
    assert person.screen.document is not None
    assert str(_numbers(person.screen.document.data)["4."]).startswith("<b>Лето</b> & лагеря")


async def test_a_signature_is_asked_with_its_own_consent(stage: Stage, achinsk: int) -> None:
    person = await _staff(stage, Role.CURATOR, achinsk)
    await person.send("/report")
    await person.tap("Подписи")
    assert "Я разрешаю оператору" in person.screen.text
    await person.tap("Даю согласие")
    await person.send("Анна")
    assert "имя и фамилия" in person.messages[-2].text
    await person.send("Орлова Анна Ивановна")
    await person.send("12-34")
    assert "Орлова Анна Ивановна" in person.screen.text  # what was typed before is not lost
    await person.send("8 391 123 45 67")
    assert "Орлова Анна Ивановна\n+7 391 123-45-67" in person.screen.text
    await person.tap("‹ Назад")
    await person.tap("Подписи")
    assert "+7 391 123-45-67" in person.screen.text
    await person.tap("Отозвать согласие")
    assert (await person.tap("Стереть")).text == "ФИО и телефон стёрты"
    assert person.screen.text.startswith("Приложение 2")
    assert await signatures.get_signature(stage.core, Account(person.id)) is None


async def test_nobody_else_gets_a_report(stage: Stage, achinsk: int) -> None:
    organiser = await _staff(stage, Role.ORGANISER, achinsk)
    for person in (organiser, stage.person("Никто", 20), stage.person("Админ", 1)):
        await person.send("/report")
        assert "отчёт делают кураторы и координаторы" in "".join(
            screen.text for screen in person.messages
        )
        assert "Приложение 2" not in person.screen.text
    async with stage.core.db.read() as session:
        refused = await session.scalars(
            select(AuditEntry.account_id).where(AuditEntry.refused).order_by(AuditEntry.id)
        )
        assert list(refused) == [10, 20, 1]


async def test_a_button_of_a_role_that_was_taken_back(stage: Stage, achinsk: int) -> None:
    person = await _staff(stage, Role.COORDINATOR, achinsk)
    await person.send("/report")
    async with stage.core.db.write() as session:
        role = await session.scalar(select(StaffRole))
        assert role is not None
        role.revoked_at = stage.core.clock.now()
    answer = await person.tap("Отчёт за 2026")
    assert answer.show_alert
    assert all(screen.document is None for screen in person.messages)
    assert "Ачинск" not in person.screen.text


async def test_a_forged_choice_of_somebody_elses_municipality(stage: Stage, achinsk: int) -> None:
    person = await _staff(stage, Role.CURATOR, await _place(stage.core, "Канск"))
    await give_role(stage.core, person.id, Role.CURATOR, await _place(stage.core, "Боготол"))
    await person.send("/report")
    screen = person.screen
    button = screen.button("Канск")
    assert button is not None
    forged = button["callback_data"].rpartition(":")[0] + f":{achinsk}"
    answer = await person.tap_data(forged, screen.message_id)
    assert answer.show_alert
    assert "Что хотите сделать?" in person.screen.text
    assert all("Приложение 2 · Ачинск" not in shown.text for shown in person.messages)
    assert all(shown.document is None for shown in person.messages)
    async with stage.core.db.read() as session:
        assert list(
            await session.scalars(select(AuditEntry.account_id).where(AuditEntry.refused))
        ) == [person.id]


async def test_cancel_says_the_truth_on_every_screen(stage: Stage, achinsk: int) -> None:
    person = await _staff(stage, Role.COORDINATOR, achinsk)
    await give_role(stage.core, 11, Role.CURATOR, achinsk)

    async def cancelled(command: str, *taps: str) -> str:
        await person.send(command)
        for label in taps:
            await person.tap(label)
        await person.send("/cancel")
        assert "Что хотите сделать?" in person.screen.text
        return person.messages[-2].text

    nothing, unchanged = "Ничего не было начато.", "Хорошо, всё осталось как было."
    assert await cancelled("/report") == nothing
    assert await cancelled("/report", "2026", "Предложения", "Для региона") == unchanged
    assert await cancelled("/report", "Подписи") == unchanged
    assert await cancelled("/invite") == nothing
    assert await cancelled("/invite", "Пригласить") == "Приглашение не создано."
    assert await cancelled("/invite", "Пригласить", "Организатор площадки") == nothing
    assert await cancelled("/invite", "Кто есть", "Муниципальный куратор") == unchanged
    assert "Новую встречу не сохранили" in await cancelled("/new")
    async with stage.core.db.read() as session:
        assert len((await session.scalars(select(Invitation))).all()) == 1
        assert len((await session.scalars(select(StaffRole))).all()) == 2
