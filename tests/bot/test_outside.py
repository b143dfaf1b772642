"""A meeting held without the bot: told step by step, looked at, corrected, taken away."""

from datetime import timedelta

import pytest

from bot.models import DueMessage, Headcount, Meeting
from bot.vocabulary import MeetingStatus, Mode, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import size_of, stored, taps
from tests.bot.test_curator_taps import CURATOR, staff_member


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск, at the question for the title."""
    curator = await staff_member(stage, "Анна", CURATOR, Role.CURATOR)
    await curator.send("/manage")
    assert "Встреча без бота" not in curator.screen.labels
    await taps(curator, "Прошедшие", "Встреча без бота")
    return curator


async def tell(curator: client.Person) -> None:
    """Answer everything."""
    await curator.send("Кто строит <мосты>")
    await taps(curator, "1")  # of March, yesterday
    await taps(curator, "С родителями", "Семинар", "Очно")
    await curator.send("Библиотека, ул. Ленина, 12")
    await curator.send("9 класс 25, школа № 3 — 4, работодатели 3")


async def headcounts(stage: Stage) -> dict[tuple[str, str], int]:
    return {
        (each.category.value, each.organisation): each.people
        for each in await stored(stage.core, Headcount)
    }


async def test_it_is_told_looked_at_and_added(stage: Stage, curator: client.Person) -> None:
    await tell(curator)
    said = curator.screen.text
    assert "9 класс 25 · другие организации (школа № 3) 4" in said
    assert "Не удалось понять: работодатели 3." in said
    await curator.send("9 класс 6000, 9а 6000")
    assert "в одной строке: 12" in curator.messages[-2].text
    assert "можно не больше 10" in curator.messages[-2].text
    await curator.send("школа № 3 — 2, Школа  № 3 — 3")
    assert "другие организации (школа № 3) 5" in curator.screen.text
    await curator.send("руководители 3, 9 класс 20, Школа № 3 — 4")
    await taps(curator, "Дальше")
    await curator.send("disk.yandex.ru/d/abc")
    assert curator.screen.text.startswith(
        "Кто строит <мосты> · без бота\n"
        "📅 вс, 1 марта\n"
        "📍 Библиотека, ул. Ленина, 12, Ачинск\n"
        "👥 Встреча с родителями: семинар, очно\n"
        "✅ 9 класс 20 · руководители предприятий 3 · другие организации (Школа № 3) 4\n"
        "📷 https://disk.yandex.ru/d/abc"
    )
    assert await stored(stage.core, Meeting) == []
    answer = await curator.tap("Добавить")
    assert answer.text == "Добавлено, встреча войдёт в отчёт"
    (meeting,) = await stored(stage.core, Meeting)
    assert (meeting.status, meeting.outside) == (MeetingStatus.HELD, True)
    assert await headcounts(stage) == {
        ("grade_9", ""): 20,
        ("head", ""): 3,
        ("other", "Школа № 3"): 4,
    }
    assert "· без бота\n📅 вс, 1 марта\n✅ 9 класс 20" in curator.screen.text
    assert "Отметить пришедших" not in curator.screen.labels
    await curator.tap("‹ К списку")
    await curator.tap("Прошедшие")
    assert "вс 1 мар · Кто строит <мосты> · без бота · пришли 27" in curator.screen.labels

    stage.clock.advance(timedelta(days=30))
    await stage.tick()
    kinds = {each.kind.value for each in await stored(stage.core, DueMessage)}
    assert kinds <= {"digest"}


async def test_it_is_corrected_and_taken_away(stage: Stage, curator: client.Person) -> None:
    await tell(curator)
    await taps(curator, "Дальше", "Без фотографий", "Добавить", "Исправить", "Изменить")
    await taps(curator, "Как и где", "Дистанционно", "Изменить", "Сколько пришло", "Начать заново")
    await curator.send("родители 10")
    await taps(curator, "Дальше", "Сохранить")
    (meeting,) = await stored(stage.core, Meeting)
    assert (meeting.mode, meeting.place) == (Mode.ONLINE, "")
    assert await headcounts(stage) == {("parent", ""): 10}
    assert "✅ родители 10" in curator.screen.text

    await taps(curator, "Исправить", "Убрать")
    assert "Убрать «Кто строит <мосты>»?" in curator.screen.text
    answer = await curator.tap("Да, убрать")
    assert answer.text == "Встречи больше нет в отчёте"
    assert await size_of(stage.core, Headcount) == 0
    assert "Прошедших встреч пока нет." in curator.screen.text


async def test_days_to_come_are_refused_and_back_keeps_what_was_typed(
    stage: Stage, curator: client.Person
) -> None:
    await curator.send("Мосты")
    assert "3" not in curator.screen.labels  # tomorrow
    await curator.send("завтра")
    assert "Этот день ещё не прошёл." in curator.messages[-2].text
    await curator.send("вчера")
    await taps(curator, "‹ Назад")
    assert "Сейчас: вс, 1 марта" in curator.screen.text
    await taps(curator, "‹ Назад")
    assert "Сейчас: Мосты" in curator.screen.text
    await curator.send("/cancel")
    assert "Встречу без бота не добавили" in curator.messages[-2].text
    assert await size_of(stage.core, Meeting) == 0


async def test_from_the_draft_of_the_report_it_leads_back_there(
    stage: Stage, curator: client.Person
) -> None:
    await curator.send("/report")
    await taps(curator, "2026", "Встреча без бота")
    await tell(curator)
    await taps(curator, "Дальше", "Без фотографий", "Добавить")
    assert "1" in curator.screen.text
    assert "Встреча без бота" in curator.screen.labels
