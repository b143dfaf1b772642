"""The timetable of a half-year over a real chat: chosen, as a table and to print, refused."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from bot.vocabulary import Mode, Role
from sandbox.client import Person
from tests.bot.conftest import Stage
from tests.bot.story import municipality, taps
from tests.services.factory import give_role, make_meeting

TITLE = (
    "График работы коммуникативных площадок и мероприятий в рамках реализации проекта "
    "«Профориентационный нетворкинг» на территории "
)


@pytest.fixture
async def place(stage: Stage) -> int:
    """Ачинск with two meetings of March, one of them online with a name like a formula."""
    core, now = stage.core, stage.clock.now()
    place = await municipality(core)
    await make_meeting(core, place, title="Мосты", starts_at=now + timedelta(days=12))
    await make_meeting(
        core,
        place,
        title="=1+1 #[x]",
        mode=Mode.ONLINE,
        place="",
        starts_at=now + timedelta(days=2),
    )
    return place


async def at_the_choice(stage: Stage, role: Role, place: int | None) -> Person:
    person = stage.person("Анна", 10)
    await give_role(stage.core, person.id, role, place)
    await person.send("/report")
    if place is None:
        await person.tap("Весь край")
    await taps(person, "Выгрузки", "График полугодия")
    return person


async def test_a_curator_takes_it_as_a_table_and_to_print(stage: Stage, place: int) -> None:
    anna = await at_the_choice(stage, Role.CURATOR, place)
    assert anna.screen.labels[:3] == ["1 полугодие 2026", "2 полугодие 2026", "1 полугодие 2027"]
    await taps(anna, "2 полугодие 2026")
    assert "На это полугодие встреч пока нет." in anna.screen.text
    assert anna.screen.labels == ["‹ Назад"]
    await taps(anna, "‹ Назад", "1 полугодие 2026")
    assert "2 встречи, без черновиков и отменённых." in anna.screen.text
    await taps(anna, "Таблицей", "PDF для печати")
    table, pdf = (each.document for each in anna.messages if each.document is not None)
    assert (table.name, pdf.name) == (
        "График — Ачинск — 1 полугодие 2026.xlsx",
        "График — Ачинск — 1 полугодие 2026.pdf",
    )
    assert pdf.data.startswith(b"%PDF-")
    sheet = openpyxl.load_workbook(BytesIO(table.data)).worksheets[0]
    rows = [tuple(each for each in row if each is not None) for row in sheet.values]
    assert rows[:3] == [
        (TITLE + "города Ачинска",),
        ("1 полугодие 2026",),
        ("№", "Дата", "Время", "Тема", "Формат", "Аудитория", "Место", "Ответственный"),
    ]
    online = ("=1+1 #[x]", "нетворкинг-сессия", "со школьниками", "Дистанционно")
    assert rows[3] == (1, "ср, 4 марта", "12:00–13:30", *online)
    assert rows[4][:4] == (2, "сб, 14 марта", "12:00–13:30", "Мосты")
    assert sheet["D4"].data_type == "s"
    assert "каким файлом?" in anna.screen.text.lower()


async def test_the_region_has_the_municipality_of_each_meeting(stage: Stage, place: int) -> None:
    ia = await at_the_choice(stage, Role.REGIONAL_COORDINATOR, None)
    await taps(ia, "1 полугодие 2026", "Таблицей")
    (table,) = (each.document for each in ia.messages if each.document is not None)
    sheet = openpyxl.load_workbook(BytesIO(table.data)).worksheets[0]
    assert sheet["A1"].value == TITLE + "Красноярского края"
    assert (sheet["H3"].value, sheet["H4"].value) == ("Муниципалитет", "Ачинск")
    caption = next(each.text for each in ia.messages if each.document is not None)
    assert "Ответственный указан не везде" in caption
