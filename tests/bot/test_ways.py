"""What the card offers whom, and where one looks when it offers nothing."""

import pytest

from bot.services.core import Account
from bot.services.people import choose_municipality
from bot.services.registrations import sign_up
from bot.vocabulary import PUPILS, Category, Mode
from tests.bot.conftest import Stage
from tests.bot.story import lines_of, municipality, taps
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import make_meeting, sign_up_someone


async def test_a_parents_card_has_both_ways_and_the_rest_behind_another_button(
    stage: Stage,
) -> None:
    await meeting_of(stage, admits=[*PUPILS, Category.PARENT])
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(f"m_{TOKEN}")
    assert olga.screen.labels == ["Записаться", "Я и ребёнок", "Записать группу", "‹ К списку"]

    await make_meeting(stage.core, await municipality(stage.core), token="everybody")
    await olga.start("m_everybody")
    assert olga.screen.labels == [
        "Записаться", "Я и ребёнок", "Записаться иначе", "Записать группу", "‹ К списку",
    ]  # fmt: skip
    await olga.tap("Записаться иначе")
    assert olga.screen.labels == ["Как родитель", "Как волонтёр", "‹ Назад"]


async def test_a_teacher_is_called_one_and_finds_the_child_among_the_other_ways(
    stage: Stage,
) -> None:
    meeting = await meeting_of(stage)
    anna = await known(stage, Category.OTHER, organisation="Школа № 5", occupation="teacher")
    await anna.start(f"m_{TOKEN}")
    assert anna.screen.labels == [
        "Записаться", "Записаться иначе", "Записать группу", "‹ К списку",
    ]  # fmt: skip
    await anna.tap("Записаться иначе")
    assert anna.screen.labels[0] == "Как обычно: учитель"
    await taps(anna, "Я и ребёнок", "Назад", "Я и ребёнок")
    answer = await anna.tap("9 класс")
    assert answer.text == "Вы записаны вдвоём. Код для входа: A1"
    assert await lines_of(stage.core, meeting) == [("parent", "", 1), ("grade_9", "", 1)]


@pytest.mark.parametrize("category", [each for each in Category if each is not Category.PARENT])
async def test_a_card_for_others_says_so_for_each_category(
    stage: Stage, category: Category
) -> None:
    """Nobody of them is a parent here, and nobody a volunteer."""
    admitted = Category.GRADE_5 if category is not Category.GRADE_5 else Category.GRADE_11
    await meeting_of(stage, admits=[admitted])
    person = await known(stage, category)
    await person.start(f"m_{TOKEN}")
    refusal = person.screen.text.splitlines()[-1]
    assert refusal.startswith("Для ")
    assert refusal.endswith(" записи на эту встречу нет.")
    brings = [] if category.is_pupil else ["Записать группу"]
    assert person.screen.labels == [*brings, "Другие встречи", "‹ К списку"]
    await person.tap("Другие встречи")
    assert person.screen.text.startswith("Встречи: Ачинск")


async def test_from_a_full_meeting_one_sees_those_with_room(stage: Stage) -> None:
    full = await meeting_of(stage, title="Полная", seats=1)
    await sign_up_someone(stage.core, full, None, Category.PARENT)
    achinsk = await municipality(stage.core)
    await make_meeting(stage.core, achinsk, title="Свободная", seats=2)
    await make_meeting(stage.core, achinsk, title="Открытая", seats=None)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    assert "Мест больше нет." in maria.screen.text
    await maria.tap("Встречи с местами")
    assert maria.screen.text == "Встречи с местами: Ачинск"
    assert maria.screen.labels == [
        "пн 9 мар · Свободная · 2 места",
        "пн 9 мар · Открытая",
        "Встречи всего края",
        "Все встречи",
        "‹ Назад",
    ]
    await maria.tap("Все встречи")
    assert maria.screen.text == "Встречи: Ачинск"
    assert "Полная" in maria.screen.labels[0]


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        (Mode.ONLINE, "✅ Вы записаны. Встреча пройдёт онлайн."),
        (Mode.BY_CORRESPONDENCE, "✅ Вы записаны. Приходить не нужно: участие заочное."),
    ],
)
async def test_without_a_door_there_is_no_code_for_it(stage: Stage, mode: Mode, state: str) -> None:
    await meeting_of(stage, mode=mode, place="", link="https://example.org/room")
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    answer = await maria.tap("Записаться")
    assert answer.text == "Вы записаны."
    assert "Код" not in maria.screen.text
    await maria.send("/my")
    await maria.tap("Инженеры будущего")
    assert state in maria.screen.text
    assert "Код" not in maria.screen.text


async def test_a_long_name_of_ones_municipality_is_cut_on_the_button(stage: Stage) -> None:
    maria = await known(stage)
    taimyr = await municipality(stage.core, "Таймырский Долгано-Ненецкий район")
    await choose_municipality(stage.core, Account(maria.id), taimyr)
    await maria.send("/meetings")
    await maria.tap("Встречи всего края")
    assert "Только: Таймырский Долга…" in maria.screen.labels


async def test_signed_up_twice_with_the_child_is_said_so(stage: Stage) -> None:
    await meeting_of(stage)
    olga = await known(stage, Category.PARENT, "Ольга")
    await olga.start(f"m_{TOKEN}")
    button = olga.screen.button("Записаться")
    assert button is not None
    await sign_up(stage.core, Account(olga.id), TOKEN, [Category.PARENT, Category.GRADE_9])
    answer = await olga.tap_data(button["callback_data"], olga.screen.message_id)
    assert answer.text == "Вы уже записаны вдвоём. Код для входа: A1"
