"""The list on paper: printed before, typed or sent back after, confirmed once."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot import papers
from bot.models import AuditEntry, Headcount, Meeting, RegistrationLine
from bot.services import attendance
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import everything, stored, taps
from tests.bot.test_curator_taps import (
    CURATOR,
    Crash,
    at_the_door,
    no_failures,
    running,
    staff_member,
)
from tests.services.factory import make_person, sign_up_someone

TOKEN = "Poster_1-2026"
SCHOOL = "Школа № 3"
NINTH = Category.GRADE_9


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Куратор", CURATOR, Role.CURATOR)


@pytest.fixture
def crash(stage: Stage) -> Crash:
    """Works the last update off again."""
    return Crash(stage)


@pytest.fixture
async def meeting_id(stage: Stage, curator: client.Person) -> int:
    """A meeting about to begin: Анна (A1), Борис (A2), Вера (A3), a class of 25 (A4)."""
    meeting_id = await running(stage, token=TOKEN, seats=100)
    for number, name in enumerate(["Анна", "Борис", "Вера <b>"], start=50):
        person = await make_person(stage.core, number, name=name)
        await sign_up_someone(stage.core, meeting_id, person, NINTH)
    await make_person(stage.core, 1000, name="Ольга", category=Category.OTHER, organisation=SCHOOL)
    group = Group(SCHOOL, {NINTH: 25}, with_me=False)
    await sign_up_group(stage.core, Account(1000), TOKEN, group, group_token="class")
    return meeting_id


async def on_paper(curator: client.Person) -> None:
    await at_the_door(curator)
    await curator.tap("На бумаге")


async def headcounts(stage: Stage) -> dict[Category, int]:
    return {row.category: row.people for row in await stored(stage.core, Headcount)}


async def marks(stage: Stage) -> list[int | None]:
    return [line.came for line in await stored(stage.core, RegistrationLine)]


async def papers_brought_in(stage: Stage) -> int:
    entries = await stored(stage.core, AuditEntry)
    return sum(entry.action == "attendance.paper" for entry in entries)


def file_among(person: client.Person, suffix: str) -> Screen:
    """The newest message with such a file."""
    return next(
        screen
        for screen in reversed(person.messages)
        if screen.document is not None and screen.document.name.endswith(suffix)
    )


async def downloaded(curator: client.Person) -> bytes:
    """The Excel sheet, as the bot sends it."""
    await curator.tap("Лист Excel")
    document = file_among(curator, ".xlsx").document
    assert document is not None
    return document.data


async def downloaded_again(curator: client.Person) -> bytes:
    await curator.tap("‹ Назад")
    return await downloaded(curator)


def filled(data: bytes, fill: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(BytesIO(data))
    fill(book.worksheets[0])
    result = BytesIO()
    book.save(result)
    return result.getvalue()


def write(**by_code: Any) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        rows = {cell.value: cell.row for cell in sheet["A"]}
        for code, mark in by_code.items():
            sheet[f"E{rows[code]}"].value = mark

    return fill


async def test_codes_are_typed_seen_and_confirmed(
    stage: Stage, curator: client.Person, meeting_id: int, crash: Crash
) -> None:
    await on_paper(curator)
    assert curator.screen.labels == ["Лист PDF", "Лист Excel", "Ввести коды", "‹ Назад"]
    await curator.tap("Ввести коды")
    assert "А14=24" in curator.screen.text
    await curator.send("а1, A2–A3\nA4=24 B13 У8=5 ой")
    assert curator.screen.text.splitlines() == [
        "Инженеры будущего · с листа",
        "✅ Будут отмечены: 4",
        f"Анна (A1), Борис (A2), Вера <b> (A3), {SCHOOL}, 9 класс: 24 (A4)",
        "➕ Без записи, всего по листу:",
        "родители: 5",
        "❔ Таких кодов нет: B13",
        "❔ Не получилось понять: ой",
    ]
    assert curator.screen.labels == ["Подтвердить", "‹ Назад"]
    assert await marks(stage) == [None] * 4
    answer = await curator.tap("Подтвердить")
    assert answer.text == "Внесено. Отмечено строк: 4, без записи: 5"
    await crash.again()
    assert await marks(stage) == [1, 1, 1, 24]
    assert await headcounts(stage) == {NINTH: 27, Category.PARENT: 5}
    assert await papers_brought_in(stage) == 1
    await curator.tap("‹ Назад")
    assert "Пришли 32: по записи 27 из 28, без записи 5" in curator.screen.text
    await no_failures(stage)


async def test_the_same_codes_again_change_nothing_and_say_so(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await on_paper(curator)
    await curator.send("A1 A2")  # the button is only for who wants an explanation
    await curator.tap("Подтвердить")
    await curator.send("A1 A2")
    assert curator.screen.text.endswith("Менять нечего: всё это уже отмечено.")
    assert curator.screen.labels == ["‹ Назад"]
    await curator.send("A2 A3 A4")
    assert "✅ Будут отмечены: 1\nВера <b> (A3)\nУже отмечены: 1" in curator.screen.text
    assert "❔ Сколько пришло? Напишите, например, «A4=24»: " in curator.screen.text
    await taps(curator, "‹ Назад", "‹ Назад")
    assert await marks(stage) == [1, 1, None, None]
    assert await papers_brought_in(stage) == 1


async def test_somebody_marks_the_same_between_the_preview_and_the_tap(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await on_paper(curator)
    await curator.send("A1")
    await attendance.mark(stage.core, Account(CURATOR), 1, came=True)
    answer = await curator.tap("Подтвердить")
    assert answer.text == "Всё это уже внесено, ничего не изменилось"
    assert await headcounts(stage) == {NINTH: 1}
    assert await papers_brought_in(stage) == 0


async def test_a_filled_sheet_comes_back(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await attendance.mark(stage.core, Account(CURATOR), 2, came=True)
    await on_paper(curator)
    data = await downloaded(curator)
    message = file_among(curator, ".xlsx")
    assert message.text.startswith("Тот же лист для заполнения на компьютере: Инженеры будущего.")
    assert curator.screen.labels[0] == "Лист PDF"
    # Somebody is marked after the file was made: its empty cell takes nothing away.
    await attendance.mark(stage.core, Account(CURATOR), 3, came=True)
    back = filled(data, write(A1="х", A2=None, A4=23, Y8=7))
    await curator.send_document(back, "Лист.xlsx")
    assert curator.screen.text.splitlines() == [
        "Инженеры будущего · с листа",
        "✅ Будут отмечены: 2",
        f"Анна (A1), {SCHOOL}, 9 класс: 23 (A4)",
        "⬜️ Отметка снимется: 1",
        "Борис (A2)",
        "➕ Без записи, всего по листу:",
        "родители: 7",
    ]
    assert await marks(stage) == [None, 1, 1, None]
    answer = await curator.tap("Подтвердить")
    assert answer.text == "Внесено. Отмечено строк: 2, снято отметок: 1, без записи: 7"
    assert await marks(stage) == [1, None, 1, 23]
    await curator.send_document(back, "Лист.xlsx")
    assert curator.screen.text.endswith("Менять нечего: всё это уже отмечено.")
    more = filled(await downloaded_again(curator), write(Y8=9))
    await curator.send_document(more, "Лист (2).xlsx")
    assert "родители: 9, было 7" in curator.screen.text
    await curator.tap("Подтвердить")
    assert await headcounts(stage) == {NINTH: 25, Category.PARENT: 9}
    await no_failures(stage)


async def test_a_sheet_is_taken_at_the_door_and_at_the_meeting_too(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await on_paper(curator)
    data = await downloaded(curator)
    await curator.tap("‹ Назад")
    await curator.send_document(filled(data, write(A1="+")), "Лист.xlsx")
    await taps(curator, "Подтвердить", "‹ Назад")
    assert "Пришли 1 из 28" in curator.screen.text
    assert "✅ Анна · 9 класс · A1" in curator.screen.labels
    await curator.tap("‹ Назад")
    await curator.send_document(filled(data, write(A1="+", A2="+")), "Лист.xlsx")
    await taps(curator, "Подтвердить", "‹ Назад")
    assert "✅ Пришли 2 из 28" in curator.screen.text
    assert await marks(stage) == [1, 1, None, None]


async def test_strange_files_are_refused_kindly(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await running(stage, title="Медицина")
    await curator.send("/manage")
    await taps(curator, "Медицина", "Ещё", "На бумаге")
    theirs = await downloaded(curator)
    await on_paper(curator)
    before = await everything(stage.core)
    for name, data, sentence in [
        ("Лист.xlsx", theirs, "Это лист другой встречи."),
        ("Лист.xlsx", b"PK\x03\x04", "Файл не открывается."),
        ("Лист.xlsx", b"0" * (1024 * 1024 + 1), "Файл слишком большой"),
        ("Лист.pdf", b"%PDF-", "Это не лист для отметки."),
    ]:
        await curator.send_document(data, name)
        refusal, screen = curator.messages[-2:]
        assert refusal.text.startswith(sentence)
        assert screen.labels[0] == "Лист PDF"
    await curator.send("привет")
    assert curator.messages[-2].text.startswith("Не нашли ни одного кода.")
    assert await everything(stage.core) == before
    await no_failures(stage)


async def test_a_sheet_is_printed_days_before(
    stage: Stage, curator: client.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Any] = []
    make = papers.door_sheet_pdf

    def spy(sheet: Any) -> bytes:
        printed.append(sheet)
        return make(sheet)

    monkeypatch.setattr(papers, "door_sheet_pdf", spy)
    meeting_id = await running(stage)
    person = await make_person(stage.core, 50, name="Анна")
    await sign_up_someone(stage.core, meeting_id, person, NINTH)
    async with stage.core.db.write() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.starts_at += timedelta(days=2)
        meeting.ends_at += timedelta(days=2)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Ещё", "На бумаге")
    assert curator.screen.labels == ["Лист PDF", "Лист Excel", "‹ Назад"]
    assert "за 3 часа до начала" in curator.screen.text
    await curator.tap("Лист PDF")
    message = file_among(curator, ".pdf")
    assert message.document is not None
    assert message.document.data.startswith(b"%PDF-")
    assert message.document.name == "Лист для отметки, ср 4 мар.pdf"
    assert message.text == "Лист для отметки: Инженеры будущего"
    (sheet,) = printed
    assert [(row.code, row.who, row.category) for row in sheet.rows] == [("A1", "Анна", "9 класс")]
    assert sheet.when == "Среда, 4 марта, 12:30–14:00"
    assert sheet.place == "Центральная библиотека, ул. Ленина, 12, Ачинск"
    data = await downloaded(curator)
    await curator.send_document(filled(data, write(A1="+")), "Лист.xlsx")
    assert curator.messages[-2].text.startswith("Отмечать можно за 3 часа до начала")
    await curator.send("A1")
    assert curator.messages[-2].text.startswith("Отмечать можно за 3 часа до начала")
    assert await marks(stage) == [None]


async def test_a_draft_has_no_paper(stage: Stage, curator: client.Person) -> None:
    await running(stage, status=MeetingStatus.DRAFT)
    await curator.send("/manage")
    await taps(curator, "Черновики", "Инженеры будущего")
    assert "На бумаге" not in curator.screen.labels


async def test_typed_codes_outlive_a_command_and_a_restart(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await on_paper(curator)
    await curator.send("A1 A2")
    await curator.send("/help")
    await stage.restart()
    await taps(curator, "‹ Назад", "Продолжить начатое", "Подтвердить")
    assert await marks(stage) == [1, 1, None, None]
    await curator.send("A3")
    await curator.send("/cancel")
    assert any("Хорошо, всё осталось как было." in each.text for each in curator.messages[-2:])
    assert await marks(stage) == [1, 1, None, None]


async def test_many_names_are_cut(stage: Stage, curator: client.Person) -> None:
    meeting_id = await running(stage)
    for number in range(1, 13):
        person = await make_person(stage.core, 100 + number, name="Щ" * 80)
        await sign_up_someone(stage.core, meeting_id, person, NINTH)
    await on_paper(curator)
    await curator.send("A1–A12 " + " ".join(f"B{number}" for number in range(1, 13)))
    assert "✅ Будут отмечены: 12" in curator.screen.text
    assert "… и ещё 4" in curator.screen.text
    assert curator.screen.text.endswith("B7, B8 и ещё 4")
    await curator.tap("Подтвердить")
    assert await headcounts(stage) == {NINTH: 12}
