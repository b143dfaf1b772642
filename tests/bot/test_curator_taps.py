"""Taps of those who run meetings: worked off twice, forged, late, or meant for several people."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiogram.types import TelegramObject, Update

from bot.models import IncomingUpdate, Meeting, Municipality, Registration, WalkIn
from bot.services import meetings, staff
from bot.services.core import Account
from bot.services.headcounts import total_of
from bot.services.meeting_lists import get_overview
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import ADMIN, Stage
from tests.bot.story import municipality, person_of, stored, taps
from tests.services.factory import give_role, make_meeting, make_person, sign_up_someone

CURATOR, COLLEAGUE, ORGANISER = 10, 11, 12
FORGED = ["x", "", "0", "-1", "1.5", "²", str(2**31), str(10**30), "0" * 19 + "1" + "9" * 30]


async def staff_member(stage: Stage, name: str, account_id: int, role: Role) -> client.Person:
    person = stage.person(name, account_id)
    await person.start()
    await make_person(stage.core, person.id, name=name, category=Category.JOB_CENTRE)
    await give_role(stage.core, person.id, role, await municipality(stage.core))
    return person


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


async def no_failures(stage: Stage) -> None:
    assert [row.error for row in await stored(stage.core, IncomingUpdate) if row.error] == []


class Crash:
    """Works an update off again, as after a crash right before it was marked as done."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._updates = stage, list[Update]()
        stage.app.dispatcher.update.outer_middleware(self._remember)

    async def _remember(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, Update):
            self._updates.append(event)
        return await handler(event, data)

    async def again(self) -> None:
        """Work the last update off once more."""
        await self._stage.app.dispatcher.feed_update(self._stage.app.bot, self._updates[-1])


@pytest.fixture
async def crash(stage: Stage) -> Crash:
    """What works updates off again."""
    return Crash(stage)


async def running(stage: Stage, **fields: Any) -> int:
    return await make_meeting(
        stage.core,
        await municipality(stage.core),
        starts_at=stage.clock.now() + timedelta(minutes=30),
        **fields,
    )


async def at_the_door(curator: client.Person) -> None:
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Отметить пришедших")


async def came(stage: Stage, meeting_id: int) -> int:
    return total_of((await get_overview(stage.core, Account(CURATOR), meeting_id)).came)


async def test_people_without_a_registration_count_once_per_tap(
    stage: Stage, curator: client.Person, crash: Crash
) -> None:
    meeting_id = await running(stage)
    await at_the_door(curator)
    await taps(curator, "+1 без записи", "Родители")
    await crash.again()
    await curator.tap("Родители")
    await crash.again()
    assert await came(stage, meeting_id) == 2
    await curator.tap("Другие организации")
    await curator.send("Школа № 3")
    await crash.again()
    assert await came(stage, meeting_id) == 3
    await curator.tap("Убрать последнего")
    await crash.again()
    await crash.again()
    assert await came(stage, meeting_id) == 2
    assert {row.category for row in await stored(stage.core, WalkIn)} == {Category.PARENT}


async def test_a_choice_worked_off_twice_is_made_once(
    stage: Stage, curator: client.Person, crash: Crash
) -> None:
    await make_meeting(stage.core, await municipality(stage.core))
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Изменить", "Не включать в отчёт")
    await crash.again()
    [meeting] = await stored(stage.core, Meeting)
    assert not meeting.counts_in_form
    await curator.tap("Включить в отчёт")
    await crash.again()
    [meeting] = await stored(stage.core, Meeting)
    assert meeting.counts_in_form
    await taps(curator, "Кто может записаться", "Родители")
    await crash.again()
    assert "Родители" in curator.screen.labels
    await curator.tap("Родители")
    await crash.again()
    assert "✅ Родители" in curator.screen.labels


async def refused(curator: client.Person, button: str, values: list[str]) -> None:
    """Press a list's button of the screen with other values than it has."""
    [real] = [
        each["callback_data"]
        for row in curator.screen.keyboard
        for each in row
        if button in each["text"]
    ][:1]
    shown = curator.screen.message_id
    for value in values:
        answer = await curator.tap_data(f"{real.rpartition(':')[0]}:{value}", shown)
        assert answer.text.startswith("Этого уже нет."), value


async def test_forged_values_are_old_buttons(stage: Stage, curator: client.Person) -> None:
    meeting_id = await running(stage)
    await sign_up_someone(stage.core, meeting_id, None, Category.GRADE_9)
    await give_role(stage.core, CURATOR, Role.ORGANISER, await municipality(stage.core, "Канск"))
    await curator.send("/manage")
    await refused(curator, "Прошедшие", ["x", ""])
    await refused(curator, "Инженеры", FORGED)
    await taps(curator, "Инженеры будущего", "Отметить пришедших")
    await refused(curator, "9 класс", [f"{each}-came" for each in FORGED] + ["1-x", "1"])
    await curator.tap("+1 без записи")
    await refused(curator, "Родители", ["x", "", "GRADE_9"])
    await curator.tap("Родители")
    await refused(curator, "Убрать последнего", FORGED)
    assert await came(stage, meeting_id) == 1

    await curator.send("/new")
    await refused(curator, "Канск", [*FORGED, "1"])
    await curator.tap("Канск")
    await curator.send("Встреча")
    await refused(curator, "20", ["x", str(10**30), "MONTH13", "MONTHx", "YEAR", "YEAR99999"])
    await curator.tap("20")
    await refused(curator, "16", ["h24", "hx", "h", "m60", "", "x"])
    await taps(curator, "16", "45")
    await refused(curator, "1 ч", FORGED)
    await taps(curator, "1 ч")
    await refused(curator, "Со школьниками", ["x", ""])
    await curator.tap("Со школьниками")
    await refused(curator, "Очно", ["x", ""])
    await curator.tap("Очно")
    await curator.send("Библиотека")
    await refused(curator, "20 мест", [*FORGED, "21"])
    await taps(curator, "20 мест", "Пропустить", "Изменить")
    await refused(curator, "Места", ["x", ""])
    await curator.tap("Формат")
    await refused(curator, "Семинар", ["x", ""])
    await taps(curator, "Оставить так", "Изменить", "Кто может записаться")
    await refused(curator, "Родители", ["x", "", "parents", "parents-x", "x-on"])
    await no_failures(stage)


async def test_the_times_of_a_meeting_that_is_over_stay(
    stage: Stage, curator: client.Person
) -> None:
    meeting_id = await running(stage)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Изменить")
    assert "Когда" in curator.screen.labels
    stage.clock.advance(timedelta(hours=3))
    await taps(curator, "Название")
    await curator.send("Кто строит мосты")
    assert "Время уже не поменять" in curator.screen.text
    assert "Когда" not in curator.screen.labels
    overview = await get_overview(stage.core, Account(CURATOR), meeting_id)
    assert overview.plan.title == "Кто строит мосты"


async def test_a_late_tap_on_when_is_refused_kindly(stage: Stage, curator: client.Person) -> None:
    await running(stage)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Изменить")
    stage.clock.advance(timedelta(hours=3))
    answer = await curator.tap("Когда")
    assert answer.text.startswith("Время уже не поменять")
    assert "Когда" not in curator.screen.labels


async def test_the_question_goes_to_the_municipality_and_is_answered_once(
    stage: Stage, curator: client.Person
) -> None:
    core = stage.core
    second = await staff_member(stage, "Ольга", COLLEAGUE, Role.COORDINATOR)
    organiser = await staff_member(stage, "Пётр", ORGANISER, Role.ORGANISER)
    maker = await person_of(core, ORGANISER)
    assert maker is not None
    meeting_id = await running(stage, status=MeetingStatus.DRAFT, created_by_id=maker.id)
    await meetings.publish_meeting(core, Account(ORGANISER), meeting_id)
    [role] = [
        each
        for each in await staff.list_staff(core, Account(ADMIN), 9)
        if each.account.id == ORGANISER
    ]
    await staff.revoke(core, Account(ADMIN), role.role_id)
    await stage.wait_until(stage.clock.now() + timedelta(hours=4))
    assert "Встреча состоялась?" not in organiser.screen.text
    for person in (curator, second):
        assert person.screen.labels == ["Состоялась", "Не состоялась"]
    answer = await taps(second, "Состоялась", "Да, состоялась")
    assert answer.text == "Отмечено: состоялась"
    answer = await curator.tap("Состоялась")
    assert answer.text == "На этот вопрос уже ответили"
    assert not any("Не состоялась" in screen.labels for screen in curator.messages)


async def test_a_parents_word_is_not_the_childs(stage: Stage, curator: client.Person) -> None:
    meeting_id = await running(stage)
    person = await make_person(stage.core, 70, name="Мария", category=Category.PARENT)
    registration_id = await sign_up_someone(
        stage.core, meeting_id, person, Category.PARENT, Category.GRADE_9
    )
    async with stage.core.db.write() as session:
        registration = await session.get_one(Registration, registration_id)
        registration.says_came_at = stage.clock.now()
    await at_the_door(curator)
    assert curator.screen.labels[:2] == [
        "❔ Мария · родители · A1 · ждёт подтверждения",
        "⬜️ Мария · 9 класс · A1",
    ]
    assert "Не отмечен 1 ребёнок" in curator.screen.text
    answer = await taps(curator, "Подтвердить, что были: 1", "Да, отметить")
    assert answer.text == "Отмечен 1 человек"
    assert curator.screen.labels[:2] == ["✅ Мария · родители · A1", "⬜️ Мария · 9 класс · A1"]
    assert "Не отмечен 1 ребёнок" in curator.screen.text
    await curator.tap("9 класс")
    assert "Не отмечен" not in curator.screen.text
    assert await came(stage, meeting_id) == 2


async def test_the_wizard_knows_when_a_municipality_ends(
    stage: Stage, curator: client.Person
) -> None:
    async with stage.core.db.write() as session:
        place = await session.get_one(Municipality, await municipality(stage.core))
        place.valid_until = stage.clock.now().date() + timedelta(days=30)
        place.merged_into_id = await municipality(stage.core, "Канск")
    await curator.send("/new")
    await curator.send("Встреча")
    await curator.send("14.05 в 15")
    refusal, question = curator.messages[-2:]
    assert "муниципалитета «Ачинск» уже нет: он вошёл в «Канск»" in refusal.text
    assert "В какой день?" in question.text
    await curator.send("14.03 в 15")
    assert "Сколько продлится?" in curator.screen.text


async def test_a_meeting_that_is_over_is_not_shared(stage: Stage, curator: client.Person) -> None:
    await running(stage)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего")
    stage.clock.advance(timedelta(hours=3))
    seen = len(curator.messages)
    answer = await curator.tap("Поделиться")
    assert answer.text.startswith("Поделиться можно опубликованной встречей")
    assert len(curator.messages) == seen


async def test_answers_are_shown_from_the_start_on(stage: Stage, curator: client.Person) -> None:
    meeting_id = await running(stage)
    stage.clock.advance(timedelta(hours=1))
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего")
    async with stage.core.db.write() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.starts_at += timedelta(days=1)
        meeting.ends_at += timedelta(days=1)
    answer = await curator.tap("Отзывы")
    assert answer.text == "Отзывы появятся, когда встреча начнётся."
