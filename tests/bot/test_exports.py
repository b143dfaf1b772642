"""Tables and a year's answers over a real chat: chosen, typed, sent as a file, refused."""

import ast
import re
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select, update

from bot.handlers import export_file
from bot.handlers.export_words import DEEDS
from bot.models import AuditEntry, Feedback, Meeting, StaffRole
from bot.services.core import Account
from bot.services.deadline_marks import settle
from bot.services.registrations import sign_up
from bot.vocabulary import Category, Format, MeetingStatus, Role, Settled
from sandbox.client import Person
from tests.bot.conftest import Stage
from tests.bot.story import municipality, person_of, stored, taps
from tests.services.factory import give_role, make_meeting, make_person, sign_up_someone

SERVICES = Path(__file__).parents[2] / "bot" / "services"


async def rated(stage: Stage, place: int, kind: Format, *ratings: int, **fields: Any) -> int:
    """A meeting of this hour and what those who came think of it."""
    core = stage.core
    starts_at = core.clock.now() + timedelta(hours=1)
    meeting = await make_meeting(core, place, starts_at=starts_at, format=kind, **fields)
    for rating in ratings:
        registration = await sign_up_someone(core, meeting, None, Category.GRADE_9, came=1)
        async with core.db.write() as session:
            session.add(
                Feedback(
                    meeting_id=meeting,
                    registration_id=registration,
                    category=Category.GRADE_9,
                    rating=rating,
                    comment="Больше экскурсий",
                    created_at=core.clock.now(),
                )
            )
    return meeting


@pytest.fixture
async def achinsk(stage: Stage) -> int:
    """Ачинск with a meeting of yesterday, a participant, and what five of those who came think."""
    place = await municipality(stage.core)
    await rated(stage, place, Format.EXCURSION, 5, 5, 5, 5, 4, token="bridges", title="=Мосты")
    await make_person(stage.core, 70, name="Мария")
    await sign_up(stage.core, Account(70), "bridges")
    stage.clock.advance(timedelta(days=1))
    return place


async def confirm(stage: Stage) -> None:
    """All meetings are said to have been held."""
    async with stage.core.db.write() as session:
        await session.execute(
            update(Meeting).values(status=MeetingStatus.HELD, held_at=stage.clock.now())
        )


async def staff(stage: Stage, role: Role, place: int | None) -> Person:
    person = stage.person("Анна", 10)
    await give_role(stage.core, person.id, role, place)
    return person


def sheets(person: Person) -> dict[str, list[tuple[object, ...]]]:
    """The tables of the last file, sheet by sheet."""
    sent = [screen.document for screen in person.messages if screen.document is not None]
    book = openpyxl.load_workbook(BytesIO(sent[-1].data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def captions(person: Person) -> list[str]:
    return [screen.text for screen in person.messages if screen.document is not None]


async def test_a_curator_takes_the_registrations_of_a_year(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/report")
    await taps(anna, "Выгрузки")
    assert anna.screen.buttons == [
        ["Встречи", "Записи"],
        ["Отзывы", "Журнал"],
        ["Сроки года"],
        ["Отзывы за год", "График полугодия"],
        ["‹ Назад"],
    ]
    await taps(anna, "Записи")
    answer = await anna.tap("2026")
    assert answer.text == "Готовим таблицу"
    (caption,) = captions(anna)
    assert caption.split("\n") == [
        "Записи · Ачинск · 2026",
        "6 строк · время: Красноярск",
        "",
        "Что вошло, сказано на листе «О файле».",
    ]
    file = next(each.document for each in anna.messages if each.document)
    assert file.name == "Записи — Ачинск — 2026.xlsx"
    assert "За какое время?" in anna.screen.text  # the screen follows the file
    table = sheets(anna)
    assert list(table) == ["Записи", "О файле"]
    head, *_, last = table["Записи"]
    assert head[:6] == ("Начало", "Муниципалитет", "Встреча", "Код", "Имя", "Категория")
    assert last[:6] == (
        datetime(2026, 3, 2, 13),  # noqa: DTZ001 (as it is shown)
        "Ачинск",
        "=Мосты",
        "A6",
        "Мария",
        "9 класс",
    )
    assert dict(table["О файле"])["Строк"] == 6
    assert dict(table["О файле"])["Время по часам"] == "Красноярск"
    assert dict(table["О файле"])["Имена"] == "Имена видны тем, кто ведёт эти встречи."
    (entry,) = [each for each in await stored(stage.core, AuditEntry) if not each.refused]
    assert (entry.action, entry.subject) == ("export.take", f"municipality:{achinsk}")


async def test_the_deadlines_of_a_year_are_a_table(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    which = ("appendix2", 2026, achinsk)
    await settle(stage.core, Account(anna.id), *which, Settled.BY_LETTER)
    await anna.send("/report")
    await taps(anna, "Выгрузки", "Сроки года", "2026")
    head, *rows = sheets(anna)["Сроки года"]
    assert head == (
        *("Что сделать", "За год", "Где", "Срок", "Состояние", "Как"),
        *("Кто отметил", "Когда отметил", "Причина"),
    )
    assert rows[-1] == (
        "Отчёт по Приложению 2",
        2026,
        "Ачинск",
        datetime(2026, 12, 25, 23, 59),  # noqa: DTZ001 (as it is shown)
        "сделано",
        "отправлен письмом",
        "Мария",
        datetime(2026, 3, 3, 12),  # noqa: DTZ001 (as it is shown)
        None,
    )
    assert rows[0][4:7] == ("впереди", None, None)


async def test_a_time_is_typed_and_may_have_nothing_in_it(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/report")
    await taps(anna, "Выгрузки", "Встречи")
    await anna.send("когда-нибудь")
    assert "Не удалось понять период" in anna.messages[-2].text
    await anna.send("апрель 2026")
    assert "За это время здесь ничего нет" in anna.messages[-2].text
    answer = await anna.tap("2025")
    assert answer.text.startswith("За это время здесь ничего нет")
    assert captions(anna) == []
    await anna.send("01.03.2026–31.05.2026")
    assert captions(anna)[0].startswith("Встречи · Ачинск · 1 мар. – 31 мая 2026\u00a0г.\n1 строка")
    (row,) = sheets(anna)["Встречи"][1:]
    assert row[2:10] == (
        "=Мосты",
        datetime(2026, 3, 2, 14, 30),  # noqa: DTZ001
        "прошла, не подтверждена",
        "со школьниками",
        "экскурсия",
        "очно",
        "Центральная библиотека, ул. Ленина, 12",
        "да",
    )
    await taps(anna, "‹ Назад", "Журнал", "2026")
    assert [row[2] for row in sheets(anna)["Журнал"][1:]] == ["выгружена таблица"]


async def test_the_region_takes_no_names(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.REGIONAL_CURATOR, None)
    await anna.send("/report")
    await taps(anna, "Весь край", "Выгрузки", "Записи", "2026")
    table = sheets(anna)
    assert "Имя" not in table["Записи"][0]
    assert "Мария" not in str(table)
    assert "Без имён" in str(dict(table["О файле"])["Имена"])
    await taps(anna, "‹ Назад", "Встречи", "2026")
    assert "хотя бы 5 человек" in str(dict(sheets(anna)["О файле"])["Малые группы"])


async def test_an_organiser_takes_their_own_from_the_list_of_meetings(
    stage: Stage, achinsk: int
) -> None:
    anna = await staff(stage, Role.ORGANISER, achinsk)
    await anna.send("/manage")
    await taps(anna, "Выгрузки")
    assert anna.screen.text.startswith("Выгрузки · ваши встречи")
    assert "Журнал" not in anna.screen.labels
    answer = await taps(anna, "Встречи", "2026")
    assert answer.text.startswith("За это время здесь ничего нет")
    maker = await person_of(stage.core, anna.id)
    assert maker is not None
    await make_meeting(stage.core, achinsk, title="Своя", created_by_id=maker.id)
    await anna.tap("2026")
    assert [row[2] for row in sheets(anna)["Встречи"][1:]] == ["Своя"]


async def test_a_curator_has_the_exports_at_the_report_alone(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/manage")
    assert "Выгрузки" not in anna.screen.labels


async def test_the_answers_about_one_meeting_as_a_table(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/manage")
    await taps(anna, "Прошедшие", "Мосты", "Отзывы", "Отзывы таблицей")
    assert captions(anna)[0].startswith("Отзывы · =Мосты\n5 строк")
    assert [row[5] for row in sheets(anna)["Отзывы"][1:]] == [5, 5, 5, 5, 4]
    assert "Отзывы таблицей" in anna.screen.labels


async def test_a_year_in_words_and_numbers(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/report")
    await taps(anna, "Выгрузки", "Отзывы за год")
    assert anna.screen.text.startswith("Отзывы за 2026 · Ачинск")
    assert "Таких отзывов за этот год пока нет." in anna.screen.text
    await confirm(stage)
    await taps(anna, "‹ Назад", "Отзывы за год")
    assert "Сравнить пока нечего" in anna.screen.text
    assert "Это просто подсчёт слов, 5 комментариев:\nэкскурсий — 5" in anna.screen.text
    await rated(stage, achinsk, Format.SEMINAR, 5, 3, 3, 3, 3)
    stage.clock.advance(timedelta(days=1))
    await confirm(stage)
    await taps(anna, "‹ Назад", "Отзывы за год")
    assert "Выше всего: экскурсия 4,8 (5 отзывов)\nНиже всего: семинар 3,4" in anna.screen.text
    await taps(anna, "2025")
    assert "Таких отзывов за этот год пока нет" in anna.screen.text
    assert anna.screen.labels == ["2026", "‹ Назад"]


async def test_who_runs_no_meetings_is_not_sent_to_confirm_them_nor_told_what_few_wrote(
    stage: Stage, achinsk: int
) -> None:
    confirming = "Подтвердить встречу: /manage, «Прошедшие»."
    anna, boss = await staff(stage, Role.CURATOR, achinsk), stage.person("Ольга", 11)
    await give_role(stage.core, boss.id, Role.REGIONAL_COORDINATOR)
    ways = ((anna, ["Выгрузки"]), (boss, ["Весь край", "Выгрузки"]))
    for person, way in ways:
        await person.send("/report")
        await taps(person, *way, "Отзывы за год")
        assert "Таких отзывов за этот год пока нет." in person.screen.text
    assert confirming in anna.screen.text
    assert confirming not in boss.screen.text
    async with stage.core.db.write() as session:
        one = await session.scalar(select(Feedback.id).limit(1))
        await session.execute(update(Feedback).where(Feedback.id == one).values(comment=""))
    await confirm(stage)
    for person, _ in ways:
        await taps(person, "‹ Назад", "Отзывы за год")
    assert "4 комментария:\nэкскурсий — 4" in anna.screen.text
    few = "Слов, которые повторяются хотя бы в 5 комментариях, пока нет."
    assert few in boss.screen.text


async def test_a_role_taken_back_takes_the_table_back(stage: Stage, achinsk: int) -> None:
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/report")
    await taps(anna, "Выгрузки", "Записи")
    async with stage.core.db.write() as session:
        await session.execute(update(StaffRole).values(revoked_at=stage.clock.now()))
    answer = await anna.tap("2026")
    assert answer.text.startswith("Это действие для сотрудников")
    assert captions(anna) == []
    assert "Что хотите сделать?" in anna.screen.text


async def test_a_file_that_the_messenger_would_not_take_is_not_sent(
    stage: Stage, achinsk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_file, "LARGEST_FILE", 1000)
    anna = await staff(stage, Role.CURATOR, achinsk)
    await anna.send("/report")
    await taps(anna, "Выгрузки", "Записи", "2026")
    assert captions(anna) == []
    assert "слишком большой" in anna.messages[-2].text
    assert [each for each in await stored(stage.core, AuditEntry) if not each.refused] == []


def test_every_deed_that_is_recorded_has_words() -> None:
    families = {deed.partition(".")[0] for deed in DEEDS}
    recorded = {
        node.value
        for path in SERVICES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(rf"({'|'.join(families)})\.[a-z_-]+", node.value)
    }
    assert recorded == DEEDS
