"""The grade of a pupil: below the consent grade, impossible ones, and the first of September."""

from datetime import UTC, datetime

import pytest

from bot.models import Person, Registration
from bot.vocabulary import Category
from tests.bot.conftest import Stage
from tests.bot.story import (
    agreed,
    from_poster,
    lines_of,
    municipality,
    size_of,
    stored,
    taps,
    texts,
)
from tests.services.factory import make_meeting, make_person, sign_up_someone


@pytest.fixture
async def meeting(stage: Stage) -> int:
    """A meeting in Ачинск whose poster has a link."""
    return await make_meeting(stage.core, await municipality(stage.core), token="Poster_1-2026")


async def test_a_pupil_below_the_consent_grade_comes_with_a_parent(
    stage: Stage, meeting: int
) -> None:
    petya = await agreed(stage, "Петя")
    await taps(petya, "Ученик", "7 класс")
    assert "Вас могут записать родители" in petya.screen.text
    assert "«Я и ребёнок»" in petya.screen.text
    assert "пусть учитель запишет весь класс" in petya.screen.text
    assert "и мы ничего о вас не сохранили." in petya.screen.text
    assert await size_of(stage.core, Person) == 0
    assert await size_of(stage.core, Registration) == 0

    await taps(petya, "Я родитель", "Даю согласие", "Родитель")
    assert petya.screen.text.startswith("Всё верно?")


async def test_a_known_pupil_who_names_a_lower_grade_is_not_lost(
    stage: Stage, meeting: int
) -> None:
    """Pressed by mistake: the account keeps its registrations and its owner."""
    petya = stage.person("Петя")
    person_id = await make_person(stage.core, petya.id, municipality_id=1)
    await sign_up_someone(stage.core, meeting, person_id, Category.GRADE_9)
    await petya.send("/privacy")
    await taps(petya, "Что обо мне хранится", "Изменить", "кто я", "Ученик", "7 класс")

    assert "Вас могут записать родители" in petya.screen.text
    (registration,) = await stored(stage.core, Registration)
    assert registration.person_id == person_id
    assert "этот ответ мы не сохранили" in petya.screen.text
    await petya.start()
    await taps(petya, "9 класс")
    assert petya.screen.text.startswith("Всё верно?")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("в школе", "Напишите класс цифрой"),
        ("13", "Классы бывают с 1 по 11"),
        ("0", "Классы бывают с 1 по 11"),
        ("100", "Классы бывают с 1 по 11"),
    ],
)
async def test_a_grade_that_cannot_be_is_asked_again(
    stage: Stage, meeting: int, typed: str, answer: str
) -> None:
    petya = await agreed(stage, "Петя")
    await petya.tap("Ученик")
    await petya.send(typed)
    refusal, question = petya.messages[-2:]
    assert answer in refusal.text
    assert "В каком вы классе?" in question.text
    await petya.send("десятый класс")
    assert "🏷 Ученик, 10 класс" in petya.screen.text


async def test_a_grade_below_the_programme_is_told_kindly_and_not_asked_in_a_circle(
    stage: Stage, meeting: int
) -> None:
    petya = await agreed(stage, "Петя")
    await petya.tap("Ученик")
    await petya.send("3 б")
    assert petya.screen.text.startswith("Встречи рассчитаны на 5–11 классы")
    assert "О вас мы ничего не сохранили." in petya.screen.text
    assert petya.screen.labels == ["Посмотреть встречи", "Я родитель", "‹ Назад"]
    assert await size_of(stage.core, Person) == 0
    await petya.tap("Посмотреть встречи")
    assert petya.screen.text.startswith("Инженеры будущего")


async def test_a_known_pupils_slip_leads_back_to_the_grade(stage: Stage, meeting: int) -> None:
    petya = stage.person("Петя")
    person_id = await make_person(stage.core, petya.id, municipality_id=1)
    await sign_up_someone(stage.core, meeting, person_id, Category.GRADE_9)
    await petya.send("/privacy")
    await taps(petya, "Что обо мне хранится", "Изменить", "кто я", "Ученик")
    await petya.send("1")
    assert "Этот ответ мы не сохранили." in petya.screen.text
    await petya.tap("Назад")
    assert petya.screen.text.startswith("В каком вы классе?")
    await petya.tap("7 класс")
    assert petya.screen.text.startswith("Вас могут записать родители")
    await taps(petya, "Назад", "11 класс")
    assert "🏷 Ученик, 11 класс" in petya.screen.text


async def test_on_the_first_of_september_the_grade_is_asked_again(stage: Stage) -> None:
    core = stage.core
    petya = stage.person("Петя")
    achinsk = await municipality(core)
    await make_person(core, petya.id, category=Category.GRADE_9, municipality_id=achinsk)
    stage.clock.move_to(datetime(2026, 8, 31, 12, tzinfo=UTC))
    await petya.start()
    assert "Что хотите сделать?" in petya.screen.text

    stage.clock.move_to(datetime(2026, 9, 1, 3, tzinfo=UTC))
    meeting = await make_meeting(core, achinsk, token="Poster_1-2026")
    await from_poster(petya)
    assert "С новым учебным годом" in texts(petya)
    await petya.send("/start")
    assert petya.screen.text.startswith("В каком вы классе?")
    await petya.tap("10 класс")
    assert petya.screen.text.startswith("Инженеры будущего\n")
    await petya.tap("Записаться")
    assert await lines_of(core, meeting) == [("grade_10", "", 1)]


async def test_a_sign_up_with_last_years_grade_asks_first(stage: Stage) -> None:
    core = stage.core
    petya = stage.person("Петя")
    achinsk = await municipality(core)
    await make_person(core, petya.id, category=Category.GRADE_9, municipality_id=achinsk)
    stage.clock.move_to(datetime(2026, 9, 2, 3, tzinfo=UTC))
    meeting = await make_meeting(core, achinsk)
    await petya.send("/meetings")
    await taps(petya, "Инженеры", "Записаться")
    assert petya.screen.text.startswith("В каком вы классе?")
    await taps(petya, "10 класс", "Записаться")
    assert await lines_of(core, meeting) == [("grade_10", "", 1)]
