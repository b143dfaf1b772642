"""The door and the question after it: who is confirmed, who is counted, nothing closed unawares."""

from datetime import timedelta

import pytest

from bot.callbacks import HeldAnswer, OpenDoor
from bot.models import Meeting, Registration, RegistrationLine, WalkIn
from bot.services import meetings
from bot.services.core import Account
from bot.vocabulary import Audience, Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, person_of, stored, taps
from tests.bot.test_curator_taps import CURATOR, at_the_door, running, staff_member
from tests.services.factory import make_meeting, make_person, sign_up_someone


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


async def people_say_they_came(stage: Stage, meeting_id: int, *names: str) -> None:
    for number, name in enumerate(names, start=100):
        person = await make_person(stage.core, number, name=name)
        registration_id = await sign_up_someone(stage.core, meeting_id, person, Category.GRADE_9)
        async with stage.core.db.write() as session:
            registration = await session.get_one(Registration, registration_id)
            registration.says_came_at = stage.clock.now()


async def unmarked(stage: Stage) -> int:
    """Let a meeting end with two people signed up and nobody marked, and the question arrive."""
    maker = await person_of(stage.core, CURATOR)
    assert maker is not None
    meeting_id = await running(stage, status=MeetingStatus.DRAFT, created_by_id=maker.id)
    await meetings.publish_meeting(stage.core, Account(CURATOR), meeting_id)
    for number, name in enumerate(["Борис", "Вера"], start=50):
        person = await make_person(stage.core, number, name=name)
        await sign_up_someone(stage.core, meeting_id, person, Category.GRADE_9)
    await stage.wait_until(stage.clock.now() + timedelta(hours=4))
    return meeting_id


async def status(stage: Stage) -> MeetingStatus:
    [meeting] = await stored(stage.core, Meeting)
    return meeting.status


async def test_an_empty_list_is_closed_in_two_taps(stage: Stage, curator: client.Person) -> None:
    await unmarked(stage)
    await taps(curator, "Состоялась")
    assert "Пока никто не отмечен" in curator.screen.text
    assert curator.screen.labels[0] == "Отметить пришедших"
    assert not any("Не состоялась" in screen.labels for screen in curator.messages)
    assert await status(stage) is MeetingStatus.PUBLISHED
    answer = await curator.tap("Да, состоялась")
    assert answer.text == "Отмечено: состоялась"
    assert await status(stage) is MeetingStatus.HELD
    assert curator.screen.text.startswith("Инженеры будущего · состоялась")


async def test_the_question_leads_to_the_door(stage: Stage, curator: client.Person) -> None:
    meeting_id = await unmarked(stage)
    question = curator.screen.message_id
    await taps(curator, "Состоялась")
    await stage.restart()
    await taps(curator, "Отметить пришедших", "Борис", "‹ Назад")
    assert "Пришли 1 из 2" in curator.screen.text
    assert await status(stage) is MeetingStatus.PUBLISHED
    await taps(curator, "Да, состоялась")
    late = HeldAnswer(meeting_id=meeting_id, held=True).pack()
    answer = await curator.tap_data(late, question)
    assert answer.text == "На этот вопрос уже ответили"
    assert await status(stage) is MeetingStatus.HELD


async def test_a_stranger_cannot_close_or_open_anything(
    stage: Stage, curator: client.Person
) -> None:
    meeting_id = await unmarked(stage)
    stranger = stage.person("Чужой", 200)
    await stranger.start()
    for data in (OpenDoor(meeting_id=meeting_id), HeldAnswer(meeting_id=meeting_id, held=True)):
        answer = await stranger.tap_data(data.pack(), curator.screen.message_id)
        assert answer.text.startswith("Это действие")
    assert await status(stage) is MeetingStatus.PUBLISHED
    assert not any("Борис" in " ".join(screen.labels) for screen in stranger.messages)


async def test_closing_by_the_menu_offers_the_door_first(
    stage: Stage, curator: client.Person
) -> None:
    await unmarked(stage)
    await curator.send("/manage")
    await taps(curator, "Прошедшие", "Инженеры будущего", "Состоялась")
    assert curator.screen.labels == [
        "Отметить пришедших",
        "Ссылка на фото",
        "Да, состоялась",
        "Заметка для отчёта",
        "‹ Назад",
    ]
    await taps(curator, "Отметить пришедших")
    assert "⬜️ Борис · 9 класс · A1" in curator.screen.labels


async def test_words_are_confirmed_by_name(stage: Stage, curator: client.Person) -> None:
    meeting_id = await running(stage)
    await sign_up_someone(
        stage.core,
        meeting_id,
        await make_person(stage.core, 70, name="Алёна"),
        Category.GRADE_9,
    )
    names = [f"Яна {number}" for number in range(1, 10)]
    await people_say_they_came(stage, meeting_id, *names)
    await at_the_door(curator)
    assert curator.screen.labels[0] == "❔ Яна 1 · 9 класс · A2 · ждёт подтверждения"
    await curator.tap("Подтвердить, что были: 9")
    assert curator.screen.text.endswith(f"\n{', '.join(names[:8])} и ещё 1")
    await curator.tap("‹ Назад")
    assert {line.came for line in await stored(stage.core, RegistrationLine)} == {None}
    answer = await taps(curator, "Подтвердить, что были: 9", "Да, отметить")
    assert answer.text == "Отмечены 9 человек"
    assert "Пришли 9 из 10" in curator.screen.text
    assert curator.screen.labels[0] == "⬜️ Алёна · 9 класс · A1"


async def test_nobody_is_left_to_confirm(stage: Stage, curator: client.Person) -> None:
    meeting_id = await running(stage)
    await people_say_they_came(stage, meeting_id, "Яна")
    await at_the_door(curator)
    await curator.tap("Подтвердить, что были: 1")
    async with stage.core.db.write() as session:
        registration = await session.get_one(Registration, 1)
        registration.says_came_at = None
    answer = await curator.tap("Да, отметить")
    assert answer.text == "Все уже отмечены"


async def test_the_likely_come_first_without_a_registration(
    stage: Stage, curator: client.Person
) -> None:
    await running(stage, audience=Audience.EMPLOYERS)
    await at_the_door(curator)
    await curator.tap("+1 без записи")
    few = curator.screen.labels[:-2]
    assert len(few) == 8
    assert {"Руководители предприятий", "Работники предприятий"} <= set(few)
    assert curator.screen.labels[-2:] == ["Другие…", "‹ Назад"]
    await curator.tap("Другие…")
    assert len(curator.screen.labels) == len(Category) + 1
    answer = await curator.tap("5 класс")
    assert answer.text == "+1: 5 класс"
    assert curator.screen.labels[0] == "5 класс"  # used once, it is offered at once
    assert len(curator.screen.labels) == 8 + len(["Другие…", "Убрать последнего", "‹ Назад"])
    assert [row.category for row in await stored(stage.core, WalkIn)] == [Category.GRADE_5]


@pytest.mark.parametrize("ways", [("9 класс",), ("9 класс", "Другие…")])
async def test_cancel_after_somebody_was_added_drops_nothing(
    stage: Stage, curator: client.Person, ways: tuple[str, ...]
) -> None:
    await running(stage)
    await at_the_door(curator)
    await taps(curator, "+1 без записи", *ways)
    await curator.send("/cancel")
    assert curator.messages[-2].text == "Ничего не было начато."
    assert len(await stored(stage.core, WalkIn)) == 1


async def test_the_pages_number_is_no_trap(stage: Stage, curator: client.Person) -> None:
    meeting_id = await make_meeting(
        stage.core, await municipality(stage.core), starts_at=stage.clock.now()
    )
    for _ in range(9):
        await sign_up_someone(stage.core, meeting_id, None, Category.GRADE_9)
    await at_the_door(curator)
    await curator.tap("›")
    screen = curator.screen
    answer = await curator.tap("2/2")
    assert answer.text == ""
    assert curator.screen == screen


async def test_those_without_a_registration_stand_apart(
    stage: Stage, curator: client.Person
) -> None:
    meeting_id = await running(stage)
    person = await make_person(stage.core, 50, name="Борис")
    await sign_up_someone(stage.core, meeting_id, person, Category.GRADE_9)
    await at_the_door(curator)
    assert "Пришли 0 из 1" in curator.screen.text
    await taps(curator, "Борис", "+1 без записи")
    assert "Пришли 1 из 1\n9 класс 1" in curator.screen.text
    await taps(curator, "9 класс", "Родители")
    numbers = "Пришли 3: по записи 1 из 1, без записи 2\n9 класс 2 · родители 1"
    assert numbers in curator.screen.text
    await curator.tap("‹ Назад")
    assert numbers in curator.screen.text
    await curator.tap("‹ Назад")
    assert f"✅ {numbers}" in curator.screen.text
    stage.clock.advance(timedelta(hours=3))
    await curator.send("/manage")
    await taps(curator, "Прошедшие", "Инженеры будущего", "Состоялась")
    assert numbers in curator.screen.text
