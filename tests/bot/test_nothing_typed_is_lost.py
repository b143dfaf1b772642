"""A message's button or a command leads away from something half typed: Back leads there again."""

from datetime import timedelta

import pytest

from bot.services import meetings
from bot.services.core import Account
from bot.vocabulary import Category, MeetingStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, person_of, taps
from tests.services.factory import give_role, make_meeting, sign_up_someone

CURATOR = 10


@pytest.fixture
async def curator(stage: Stage) -> client.Person:
    """The curator of Ачинск."""
    person = stage.person("Анна", CURATOR)
    await person.start()
    await give_role(stage.core, person.id, Role.CURATOR, await municipality(stage.core))
    return person


async def asked_whether_it_was_held(stage: Stage) -> int:
    """A meeting an hour after its end; the question to its maker is in the chat."""
    core = stage.core
    maker = await person_of(core, CURATOR)
    assert maker is not None
    meeting_id = await make_meeting(
        core,
        await municipality(core),
        title="Мосты",
        status=MeetingStatus.DRAFT,
        created_by_id=maker.id,
        starts_at=stage.clock.now() + timedelta(hours=1),
    )
    await meetings.publish_meeting(core, Account(CURATOR), meeting_id)
    await sign_up_someone(core, meeting_id, None, Category.GRADE_9)
    await stage.wait_until(stage.clock.now() + timedelta(hours=4))
    return meeting_id


async def half_a_meeting(curator: client.Person) -> None:
    await curator.send("/new")
    await curator.send("Инженеры будущего")
    await curator.send("14.03 в 15")
    assert "Сколько продлится?" in curator.screen.text


async def goes_on(curator: client.Person) -> None:
    """The wizard is there with what was typed, and takes the next answer."""
    assert "Инженеры будущего · сб, 14 марта, 15:00" in curator.screen.text
    await curator.tap("1 ч 30 мин")
    assert "С кем встреча?" in curator.screen.text


async def until_back(person: client.Person, words: str) -> None:
    """Tap Back as often as it takes."""
    for _ in range(6):
        if words in person.screen.text:
            return
        await person.tap("‹" if "‹ Назад" not in person.screen.labels else "‹ Назад")
    raise AssertionError(person.screen.text)


async def test_an_answer_under_a_message_keeps_the_wizard(
    stage: Stage, curator: client.Person
) -> None:
    await asked_whether_it_was_held(stage)
    await half_a_meeting(curator)
    await taps(curator, "Состоялась", "Отметить пришедших")
    assert "Пришли 0 из 1" in curator.screen.text
    await until_back(curator, "Сколько продлится?")
    await goes_on(curator)


async def test_the_reason_asked_for_keeps_the_wizard(stage: Stage, curator: client.Person) -> None:
    await asked_whether_it_was_held(stage)
    await half_a_meeting(curator)
    await curator.tap("Не состоялась")
    await curator.send("Заболел ведущий")
    await curator.send("/meetings")  # on top of a reason that is on top of the wizard
    await curator.tap("‹ Назад")
    assert "Заболел ведущий" in curator.screen.text
    await curator.tap("Да, отменить")
    await until_back(curator, "Сколько продлится?")
    await goes_on(curator)


async def test_commands_and_the_menu_keep_the_wizard(stage: Stage, curator: client.Person) -> None:
    await half_a_meeting(curator)
    for command in ("/meetings", "/my", "/privacy", "/help", "/language", "/manage", "/report"):
        await curator.send(command)
        assert "Сколько продлится?" not in curator.screen.text, command
    await curator.send("/start")
    assert curator.screen.labels[0] == "Продолжить начатое"
    await taps(curator, "Найти встречу", "‹ Назад", "Продолжить начатое")
    await goes_on(curator)
    await curator.send("/start")
    await curator.send("/cancel")
    assert curator.messages[-2].text == "Новую встречу не сохранили, введённое отброшено."
    assert "Продолжить начатое" not in curator.screen.labels


async def test_a_finished_wizard_is_not_come_back_to(stage: Stage, curator: client.Person) -> None:
    await half_a_meeting(curator)
    await curator.send("/meetings")
    await curator.tap("‹ Назад")
    await taps(curator, "1 ч", "Со школьниками", "Очно")
    await curator.send("Библиотека")
    await taps(curator, "20 мест", "Пропустить", "Опубликовать", "‹ К списку", "‹ Назад")
    assert "Что хотите сделать?" in curator.screen.text
    assert "Продолжить начатое" not in curator.screen.labels


async def test_a_refusal_keeps_the_wizard(stage: Stage, curator: client.Person) -> None:
    await half_a_meeting(curator)
    await make_meeting(stage.core, await municipality(stage.core, "Канск"), token="Poster_2-2026")
    answer = await curator.tap_data("held:1:1", curator.screen.message_id)
    assert answer.text.startswith("Это действие для сотрудников")
    await curator.tap("Продолжить начатое")
    await goes_on(curator)


async def test_proposals_and_a_signature_can_be_left_for_a_moment(
    stage: Stage, curator: client.Person
) -> None:
    for command, ways, question in (
        (
            "/report",
            ["Отчёт за 2026", "Предложения", "Для региона"],
            "Предложения по модернизации",
        ),
        ("/report", ["Подписи", "Даю согласие"], "Ваши ФИО полностью"),
    ):
        await curator.send(command)
        await taps(curator, *ways)
        await curator.tap_data("screen:my", curator.screen.message_id)
        assert "Мои записи" in curator.screen.text
        await curator.tap("‹ Назад")
        assert question in curator.screen.text


async def test_many_screens_on_top_of_each_other_stay_few(
    stage: Stage, curator: client.Person
) -> None:
    await half_a_meeting(curator)
    for _ in range(60):  # a stack takes 100
        await curator.send("/my")
        await curator.send("/start")
    await curator.tap("Продолжить начатое")
    await goes_on(curator)
