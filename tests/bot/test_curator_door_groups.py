"""Groups at the door: counted by taps, told apart by their school, never counted twice."""

from datetime import timedelta

import pytest

from bot.models import AuditEntry, Headcount, Meeting, RegistrationLine
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import stored, taps
from tests.bot.test_curator_taps import (
    CURATOR,
    FORGED,
    Crash,
    at_the_door,
    came,
    no_failures,
    refused,
    running,
    staff_member,
)
from tests.services.factory import make_person, sign_up_someone

TOKEN = "Poster_1-2026"
SCHOOL = "Школа № 3"
TEACHER = Account(1000)
NINTH, TENTH, OTHER = Category.GRADE_9, Category.GRADE_10, Category.OTHER


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


@pytest.fixture
async def meeting_id(stage: Stage, curator: client.Person) -> int:
    """A meeting about to begin, with a class of 25 and its teacher."""
    meeting_id = await running(stage, token=TOKEN, seats=100)
    await make_person(
        stage.core, TEACHER.id, name="Ольга Петровна", category=OTHER, organisation=SCHOOL
    )
    group = Group(SCHOOL, {NINTH: 25}, with_me=True)
    await sign_up_group(stage.core, TEACHER, TOKEN, group, group_token="class")
    return meeting_id


async def headcounts(stage: Stage) -> dict[Category, int]:
    return {row.category: row.people for row in await stored(stage.core, Headcount)}


async def test_a_class_is_counted_by_taps(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await at_the_door(curator)
    assert "Группы: 1 без числа" in curator.screen.text
    assert f"⬜️ {SCHOOL} · 9 класс · 25 · A1" in curator.screen.labels
    await curator.tap(SCHOOL)
    assert curator.screen.text.splitlines()[:2] == [
        f"{SCHOOL} · 9 класс",
        "Записаны 25. Сколько пришло?",
    ]
    assert curator.screen.labels == ["−1", "+1", "Все пришли", "Никто", "‹ Назад"]
    answer = await curator.tap("Все пришли")
    assert answer.text == "Отмечены 25 человек"
    assert "Пришли: 25 из 25" in curator.screen.text
    await taps(curator, "−1", "−1")
    assert "Пришли: 23 из 25" in curator.screen.text
    assert await headcounts(stage) == {NINTH: 23}
    await curator.tap("‹ Назад")
    assert f"✅ {SCHOOL} · 9 класс · 23 из 25 · A1" in curator.screen.labels
    assert "Группы:" not in curator.screen.text
    assert "Пришли 23 из 26" in curator.screen.text
    await curator.tap("Ольга Петровна")
    assert await headcounts(stage) == {NINTH: 23, OTHER: 1}


async def test_more_than_signed_up_and_nobody(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await at_the_door(curator)
    await taps(curator, SCHOOL, "+1")
    assert "Пришли: 26 из 25" in curator.screen.text
    await curator.send("30 чел")
    assert "Пришли: 30 из 25" in curator.screen.text
    for words, sentence in [("51", "от 0 до 50"), ("все", "Не получилось понять число.")]:
        await curator.send(words)
        assert sentence in curator.messages[-2].text
    assert await headcounts(stage) == {NINTH: 30}
    answer = await curator.tap("Никто")
    assert answer.text == "Отмечено: никто не пришёл"
    assert "−1" not in curator.screen.labels
    await curator.tap("‹ Назад")
    assert f"🚫 {SCHOOL} · 9 класс · 0 из 25 · A1" in curator.screen.labels
    assert "Группы:" not in curator.screen.text
    assert await headcounts(stage) == {}


async def test_a_repeated_tap_counts_nobody_twice(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    crash = Crash(stage)
    await at_the_door(curator)
    await taps(curator, SCHOOL, "+1")
    await crash.again()
    await crash.again()
    assert await came(stage, meeting_id) == 26
    counted = [each for each in await stored(stage.core, AuditEntry) if "count" in each.action]
    assert [entry.details["people"] for entry in counted] == [26]
    await no_failures(stage)


async def test_forged_counts(stage: Stage, curator: client.Person, meeting_id: int) -> None:
    person = await make_person(stage.core, 50, name="Борис")
    await sign_up_someone(stage.core, meeting_id, person, NINTH)
    await at_the_door(curator)
    await refused(curator, SCHOOL, [f"{each}-count" for each in ["x", "", "0", "-1"]])
    await refused(curator, SCHOOL, ["3-count", "1-count"])  # Борис, and the teacher's own line
    await curator.send("/manage")
    await at_the_door(curator)
    await curator.tap(SCHOOL)
    await refused(curator, "+1", [each for each in FORGED if each != "0"])
    [real] = [
        each["callback_data"]
        for row in curator.screen.keyboard
        for each in row
        if each["text"] == "+1"
    ]
    answer = await curator.tap_data(f"{real.rpartition(':')[0]}:51", curator.screen.message_id)
    assert answer.text.startswith("В этой группе можно отметить от 0 до 50.")
    stranger = stage.person("Чужой", 300)
    await stranger.start()
    await stranger.tap_data(real, curator.screen.message_id)
    assert {line.came for line in await stored(stage.core, RegistrationLine)} == {None}
    await no_failures(stage)


async def test_a_class_is_found_by_its_school(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await at_the_door(curator)
    await curator.send("школа")
    assert "Нашлась 1 запись" in curator.screen.text
    assert f"⬜️ {SCHOOL} · 9 класс · 25 · A1" in curator.screen.labels
    await curator.send("петр")
    assert "Нашлись 2 записи" in curator.screen.text


async def test_closing_tells_of_uncounted_groups(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    await at_the_door(curator)
    await curator.tap("Ольга Петровна")
    stage.clock.advance(timedelta(hours=3))
    await curator.send("/manage")
    await taps(curator, "Прошедшие", "Инженеры будущего", "Состоялась")
    assert "Пришли 1 из 26" in curator.screen.text
    assert "• 1 группа без числа." in curator.screen.text
    await taps(curator, SCHOOL, "Все пришли", "‹ Назад", "‹ Назад")
    assert "без числа" not in curator.screen.text
    await curator.tap("Да, состоялась")
    [meeting] = await stored(stage.core, Meeting)
    assert meeting.status is MeetingStatus.HELD
    assert await headcounts(stage) == {NINTH: 25, OTHER: 1}


async def test_the_child_of_somebody_is_no_group(
    stage: Stage, curator: client.Person, meeting_id: int
) -> None:
    parent = await make_person(stage.core, 60, name="Яна", category=Category.PARENT)
    await sign_up_someone(stage.core, meeting_id, parent, Category.PARENT, TENTH)
    await at_the_door(curator)
    await curator.tap("Яна · 10 класс")
    assert "✅ Яна · 10 класс · A2" in curator.screen.labels
