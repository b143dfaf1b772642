"""«Ограничения»: a curator limits a category and sets the times of signing up, people see them."""

from datetime import timedelta

import pytest

from bot.models import Meeting, SeatLimit
from bot.services.core import Account
from bot.services.registrations import sign_up
from bot.vocabulary import Category, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.bot.test_curator_taps import CURATOR, staff_member
from tests.services.factory import make_meeting, make_person, sign_up_someone

TITLE = "Инженеры будущего"


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


async def meeting_of(stage: Stage, **fields: object) -> int:
    """A meeting in a week, on Monday the 9th at noon."""
    return await make_meeting(
        stage.core, await municipality(stage.core), token="open", title=TITLE, **fields
    )


async def to_limits(curator: client.Person) -> None:
    await curator.send("/manage")
    await taps(curator, TITLE, "Изменить", "Ограничения")


async def limits(stage: Stage) -> dict[Category, int]:
    return {row.category: row.seats for row in await stored(stage.core, SeatLimit)}


async def the_meeting(stage: Stage) -> Meeting:
    [meeting] = await stored(stage.core, Meeting)
    return meeting


async def test_a_category_is_limited_and_freed(stage: Stage, curator: client.Person) -> None:
    meeting_id = await meeting_of(stage)
    for number in range(3):
        parent = await make_person(stage.core, 50 + number, category=Category.PARENT)
        await sign_up_someone(stage.core, meeting_id, parent, Category.PARENT)
    await to_limits(curator)
    await taps(curator, "Ограничить категорию", "Родители")
    await curator.send("41")
    assert "здесь может быть от 1 до 40" in curator.messages[-2].text
    await curator.send("0")
    assert "здесь может быть от 1 до 40" in curator.messages[-2].text
    await curator.send("2 чел")
    assert "👤 Родители: не больше 2 (уже записаны 3, они остаются)" in curator.screen.text
    assert await limits(stage) == {Category.PARENT: 2}
    await taps(curator, "Ограничить категорию", "9 класс", "20")
    assert await limits(stage) == {Category.GRADE_9: 20, Category.PARENT: 2}
    await curator.tap("Убрать: родители")
    assert await limits(stage) == {Category.GRADE_9: 20}
    await curator.tap("‹ Назад")
    assert "👤 9 класс: не больше 20" in curator.screen.text
    assert "Что изменить?" in curator.screen.text


async def test_people_see_what_is_left(stage: Stage, curator: client.Person) -> None:
    await meeting_of(stage)
    await to_limits(curator)
    await taps(curator, "Ограничить категорию", "Родители", "5")
    await make_person(stage.core, 50, category=Category.PARENT)
    await sign_up(stage.core, Account(50), "open")
    pupil = stage.person("Пётр")
    await pupil.start("m_open")
    await make_person(stage.core, pupil.id, name="Пётр")
    await pupil.start("m_open")
    assert "👤 Родители: не больше 5 · осталось 4" in pupil.screen.text


@pytest.mark.parametrize(
    ("typed", "opens"),
    [
        ("4.03 в 10", "ср, 4 марта, 10:00"),
        ("за 2 дня", "сб, 7 марта, 12:00"),
        ("за 3 часа до начала", "пн, 9 марта, 09:00"),
    ],
)
async def test_when_signing_up_opens_is_typed(
    stage: Stage, curator: client.Person, typed: str, opens: str
) -> None:
    await meeting_of(stage)
    await to_limits(curator)
    assert "Запись открывается: сразу" in curator.screen.text
    assert "Запись закрывается: в конце встречи" in curator.screen.text
    await curator.tap("Когда открыть запись")
    await curator.send(typed)
    assert f"Запись открывается: {opens}" in curator.screen.text
    await curator.tap("‹ Назад")
    assert f"🕒 Запись откроется {opens}." in curator.screen.text
    pupil = stage.person("Пётр")
    await make_person(stage.core, pupil.id, name="Пётр")
    await pupil.start("m_open")
    assert f"🕒 Запись откроется {opens}." in pupil.screen.text
    assert "Записаться" not in pupil.screen.labels
    await taps(curator, "Ограничения", "Когда открыть запись", "Сразу")
    assert (await the_meeting(stage)).sign_up_opens_at is None
    await pupil.start("m_open")
    assert "Записаться" in pupil.screen.labels


async def test_who_pressed_too_early_is_told_when(stage: Stage, curator: client.Person) -> None:
    await meeting_of(stage)
    pupil = stage.person("Пётр")
    await make_person(stage.core, pupil.id, name="Пётр")
    await pupil.start("m_open")
    await to_limits(curator)
    await curator.tap("Когда открыть запись")
    await curator.send("завтра в 10")
    answer = await pupil.tap("Записаться")
    assert answer.text.startswith("Запись ещё не началась: она откроется завтра, 10:00.")
    assert "🕒 Запись откроется завтра, 10:00." in pupil.screen.text
    stage.clock.advance(timedelta(days=1))
    await pupil.start("m_open")
    await pupil.tap("Записаться")
    assert "✅ Вы записаны." in pupil.screen.text


async def test_when_it_closes_is_tapped(stage: Stage, curator: client.Person) -> None:
    await meeting_of(stage)
    await to_limits(curator)
    await taps(curator, "Когда закрыть запись", "8")
    assert "Во сколько?" in curator.screen.text
    await taps(curator, "18", ":30")
    assert "Запись закрывается: вс, 8 марта, 18:30" in curator.screen.text
    await curator.tap("‹ Назад")
    assert "🕒 Запись до вс, 8 марта, 18:30." in curator.screen.text
    for question, typed, refusal in (
        ("Когда закрыть запись", "10.03 в 10", "Запись закрывается не позже конца встречи"),
        ("Когда закрыть запись", "сегодня в 11", "Это время уже прошло"),
        ("Когда закрыть запись", "скоро", "Не получилось понять время"),
        ("Когда закрыть запись", "за два пирожка", "Не получилось понять время"),
        ("Когда открыть запись", "8.03 19:00", "Запись должна открыться раньше, чем закрыться"),
    ):
        await taps(curator, "Ограничения", question)
        await curator.send(typed)
        assert refusal in curator.messages[-2].text
        await taps(curator, "‹ Назад", "‹ Назад")
    closes_at = (await the_meeting(stage)).sign_up_closes_at
    assert closes_at is not None
    assert f"{closes_at:%d.%m %H:%M}" == "08.03 11:30"
    await taps(curator, "Ограничения", "Когда закрыть запись", "В конце встречи")
    assert (await the_meeting(stage)).sign_up_closes_at is None


async def test_a_new_meeting_has_limits_before_it_is_published(
    stage: Stage, curator: client.Person
) -> None:
    await curator.send("/new")
    await curator.send(TITLE)
    await curator.send("9.03 в 12")
    await taps(curator, "1 ч 30 мин", "С родителями", "Очно")
    await curator.send("Библиотека")
    await taps(curator, "30 мест", "Пропустить", "Изменить", "Ограничения")
    await taps(curator, "Ограничить категорию", "Родители", "10", "Когда закрыть запись")
    await curator.send("за 2 часа")
    assert "Запись закрывается: пн, 9 марта, 10:00" in curator.screen.text
    await taps(curator, "‹ Назад", "Изменить", "Когда")
    await curator.send("10.03 в 15")
    await curator.tap("Оставить так")
    for shown in ("👤 Родители: не больше 10", "🕒 Запись до вт, 10 марта, 13:00."):
        assert shown in curator.screen.text
    await taps(curator, "Опубликовать")
    meeting = await the_meeting(stage)
    assert meeting.sign_up_closes_at == meeting.starts_at - timedelta(hours=2)
    assert await limits(stage) == {Category.PARENT: 10}


async def test_limits_of_a_series_are_changed_together(
    stage: Stage, curator: client.Person
) -> None:
    await meeting_of(stage)
    await curator.send("/manage")
    await taps(curator, TITLE, "Ещё", "Повторить", "Каждую неделю")
    await curator.send("2")
    await curator.tap("Опубликовать все")
    await curator.tap("пн 9 мар")
    await taps(curator, "Изменить", "Ограничения", "Когда закрыть запись")
    await curator.send("за день")
    assert "Где поменять?" in curator.screen.text
    await curator.tap("Эту и следующие: 2")
    assert "Запись закрывается: вс, 8 марта, 12:00" in curator.screen.text
    meetings = await stored(stage.core, Meeting)
    assert len(meetings) == 3
    for meeting in meetings:
        assert meeting.sign_up_closes_at == meeting.starts_at - timedelta(days=1)
