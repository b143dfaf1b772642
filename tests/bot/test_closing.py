"""A curator closes the list: what is missing, who may be counted twice, «Посчитать вас?», again."""

from datetime import timedelta

import pytest

from bot.models import AuditEntry, Headcount, Meeting, Registration, WalkIn
from bot.services import attendance
from bot.services.core import Account
from bot.services.groups import Group, sign_up_group
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import stored, taps
from tests.bot.test_curator_taps import CURATOR, Crash, running, staff_member
from tests.services.factory import make_person, sign_up_someone

NINTH = Category.GRADE_9
SCHOOL = "Школа № 3"


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """A curator of Ачинск."""
    return await staff_member(stage, "Анна", CURATOR, Role.CURATOR)


@pytest.fixture
async def crash(stage: Stage) -> Crash:
    """What works updates off again."""
    return Crash(stage)


async def ended(stage: Stage) -> int:
    """A meeting that is over, with a teacher's class and a pupil who signed up alone."""
    meeting_id = await running(stage, token="over")
    await make_person(stage.core, 50, name="Ольга", category=Category.OTHER, organisation=SCHOOL)
    group = Group(SCHOOL, {NINTH: 20}, with_me=False)
    await sign_up_group(stage.core, Account(50), "over", group, group_token="class")
    pupil = await make_person(stage.core, 51, name="Вера")
    await sign_up_someone(stage.core, meeting_id, pupil, NINTH)
    stage.clock.advance(timedelta(hours=4))
    return meeting_id


async def to_closing(curator: client.Person) -> None:
    await curator.send("/manage")
    await taps(curator, "Прошедшие", "Инженеры будущего", "Состоялась")


async def meeting_of(stage: Stage) -> Meeting:
    [meeting] = await stored(stage.core, Meeting)
    return meeting


async def came(stage: Stage) -> dict[Category, int]:
    return {row.category: row.people for row in await stored(stage.core, Headcount)}


async def test_a_list_closed_early_says_that_the_meeting_goes_on(
    stage: Stage, curator: client.Person
) -> None:
    await running(stage, token="now")
    stage.clock.advance(timedelta(hours=1, minutes=30))
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Состоялась")
    assert "⏳ Встреча ещё идёт, до " in curator.screen.text
    assert "Отчёт считает встречи после их окончания." in curator.screen.text


async def test_what_is_missing_is_mended_from_the_closing(
    stage: Stage, curator: client.Person
) -> None:
    meeting_id = await ended(stage)
    await attendance.add_walk_in(stage.core, Account(CURATOR), meeting_id, NINTH)
    await to_closing(curator)
    assert "Пришли 1: по записи 0 из 21, без записи 1\n9 класс 1" in curator.screen.text
    assert "ещё идёт" not in curator.screen.text
    for check in (
        "• 1 группа без числа.",
        "• 9 класс: без записи 1, а из записанных не отмечены 1. Не одни ли это люди?",
        "• Нет ссылки на фотографии для отчёта.",
        "Встреча состоялась?",
    ):
        assert check in curator.screen.text
    await taps(curator, f"{SCHOOL} · 9 класс · 20", "Все пришли", "‹ Назад", "‹ Назад")
    assert "без числа" not in curator.screen.text
    await taps(curator, "Без записи: убрать лишних", "Убрать последнего", "‹ Назад", "‹ Назад")
    assert "без записи" not in curator.screen.text
    await curator.tap("Ссылка на фото")
    await curator.tap("‹ Назад")
    assert "Встреча состоялась?" in curator.screen.text
    await curator.tap("Ссылка на фото")
    await curator.send("disk.yandex.ru/d/1")
    assert "Посмотрите, прежде чем закрыть" not in curator.screen.text
    assert curator.screen.labels == ["Да, состоялась", "Заметка для отчёта", "‹ Назад"]
    await curator.tap("Да, состоялась")
    assert (await meeting_of(stage)).status is MeetingStatus.HELD
    assert await came(stage) == {NINTH: 20}


async def test_a_pupil_alone_and_in_a_class_is_asked_about(
    stage: Stage, curator: client.Person
) -> None:
    await ended(stage)
    await to_closing(curator)
    await taps(curator, SCHOOL, "Все пришли", "‹ Назад", "⬜️ Вера", "‹ Назад")
    assert (
        "• 9 класс: 1 отмечен сам, а с группой (Школа № 3) пришли ещё 20. "
        "Не посчитаны ли они дважды?"
    ) in curator.screen.text
    await taps(curator, "Отметить пришедших", "✅ Вера", "‹ Назад")
    assert "отмечен сам" not in curator.screen.text
    assert await came(stage) == {NINTH: 20}


async def test_those_who_say_they_came_are_confirmed_from_the_closing(
    stage: Stage, curator: client.Person
) -> None:
    await ended(stage)
    async with stage.core.db.write() as session:
        registration = await session.get_one(Registration, 2)
        registration.says_came_at = stage.clock.now()
    await to_closing(curator)
    assert "• 1 человек сам сообщил, что был, и ждёт подтверждения." in curator.screen.text
    await taps(curator, "Подтвердить, что были: 1", "Да, отметить", "‹ Назад")
    assert "ждёт подтверждения" not in curator.screen.text
    assert await came(stage) == {NINTH: 1}


async def test_the_staff_are_counted_when_they_say_so(
    stage: Stage, curator: client.Person, crash: Crash
) -> None:
    await ended(stage)
    await to_closing(curator)
    await curator.tap("Да, состоялась")
    assert "Посчитать вас?" in curator.screen.text
    assert curator.screen.labels[0] == "Да: центры занятости"
    answer = await curator.tap("Да: центры занятости")
    assert answer.text == "Посчитали вас"
    await crash.again()
    assert "Вы в числах встречи: центры занятости." in curator.screen.text
    assert await came(stage) == {Category.JOB_CENTRE: 1}
    await curator.tap("Не считать меня")
    assert await came(stage) == {}
    await taps(curator, "Выбрать категорию", "Организации культуры")
    assert await came(stage) == {Category.CULTURE: 1}
    await curator.tap("Готово")
    assert curator.screen.text.startswith("Инженеры будущего · состоялась")
    assert "✅ Пришли 1" in curator.screen.text
    await taps(curator, "Открыть снова", "Не всех отметили", "Состоялась", "Да, состоялась")
    assert curator.screen.text.startswith("Инженеры будущего · состоялась")
    assert "Посчитать вас?" not in curator.screen.text
    assert len(await stored(stage.core, WalkIn)) == 1


async def test_who_says_no_is_not_counted(stage: Stage, curator: client.Person) -> None:
    await ended(stage)
    await to_closing(curator)
    await taps(curator, "Да, состоялась", "Нет, не считать")
    assert curator.screen.text.startswith("Инженеры будущего · состоялась")
    assert await stored(stage.core, WalkIn) == []


@pytest.mark.parametrize("typed", [False, True])
async def test_the_list_is_opened_again(
    stage: Stage, curator: client.Person, crash: Crash, typed: bool
) -> None:
    await ended(stage)
    await to_closing(curator)
    await taps(curator, "Да, состоялась", "Нет, не считать", "Открыть снова")
    assert "Причина останется в журнале" in curator.screen.text
    if typed:
        await curator.send("Класс посчитали дважды")
        reason = "Класс посчитали дважды"
    else:
        answer = await curator.tap("Ошибка в числах")
        assert answer.text == "Список снова открыт"
        reason = "Ошибка в числах"
    await crash.again()
    assert curator.screen.text.startswith("Инженеры будущего · прошла, не подтверждена")
    assert "Отметить пришедших" in curator.screen.labels
    assert "Открыть снова" not in curator.screen.labels
    entries = [row for row in await stored(stage.core, AuditEntry) if "reopen" in row.action]
    assert [(row.account_id, row.details) for row in entries] == [(CURATOR, {"reason": reason})]
    await taps(curator, "Состоялась", "Да, состоялась")
    assert (await meeting_of(stage)).status is MeetingStatus.HELD


async def test_an_old_button_does_not_open_what_is_open(
    stage: Stage, curator: client.Person
) -> None:
    colleague = await staff_member(stage, "Ольга", 11, Role.COORDINATOR)
    await ended(stage)
    for person in (curator, colleague):
        await to_closing(person)
    await taps(curator, "Да, состоялась", "Нет, не считать")
    await taps(colleague, "Да, состоялась", "Нет, не считать", "Открыть снова")
    await taps(curator, "Открыть снова", "Не всех отметили")
    await colleague.tap("Ошибка в числах")
    assert "не подтверждена" in colleague.screen.text
    entries = [row for row in await stored(stage.core, AuditEntry) if "reopen" in row.action]
    assert len(entries) == 1
