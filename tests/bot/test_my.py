"""One's own registrations: before, after, and what an old ticket still can."""

from datetime import timedelta

import pytest

from bot.services import attendance
from bot.services.core import Account
from bot.vocabulary import Category, MeetingStatus, Role
from tests.bot.conftest import Stage
from tests.bot.story import lines_of, municipality, taps
from tests.bot.test_sign_up import TOKEN, change_meeting, known, meeting_of
from tests.services.factory import give_role, sign_up_someone

CURATOR = Account(500)


@pytest.fixture
async def meeting(stage: Stage) -> int:
    """A meeting in a week that somebody else has signed up for, and its curator."""
    await give_role(stage.core, CURATOR.id, Role.CURATOR, await municipality(stage.core))
    return await meeting_of(stage)


async def after(stage: Stage) -> None:
    await stage.wait_until(stage.clock.now() + timedelta(days=7, hours=5))


async def test_who_says_they_came_sees_it_wait_for_the_curator(stage: Stage, meeting: int) -> None:
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await maria.tap("Записаться")
    await after(stage)
    await maria.tap("Да")
    await maria.send("/my")
    assert "Пока вы никуда не записаны" in maria.screen.text
    await maria.tap("Прошедшие встречи")
    assert maria.screen.text == "Прошедшие встречи"
    await maria.tap("пн 9 мар · Инженеры будущего · ждёт подтверждения куратора")
    assert maria.screen.text.endswith(
        "🕓 Вы ответили, что были. Осталось дождаться подтверждения куратора."
    )
    assert maria.screen.labels == ["Открыть встречу", "‹ Назад"]
    await maria.tap("Открыть встречу")
    assert "🕓 Вы ответили, что были." in maria.screen.text

    await attendance.mark(stage.core, CURATOR, 1, came=True)
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "пн 9 мар · Инженеры будущего")
    assert maria.screen.text.endswith("✅ Вы были на этой встрече.")


async def test_a_past_meeting_without_an_answer_is_there_too(stage: Stage, meeting: int) -> None:
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await maria.tap("Записаться")
    await after(stage)
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "пн 9 мар · Инженеры будущего")
    assert maria.screen.text.endswith("Встреча прошла.")
    assert "Код" not in maria.screen.text
    await maria.tap("Открыть встречу")
    assert maria.screen.text.endswith("Вы были записаны на эту встречу.")
    assert maria.screen.labels == ["Спросить организатора", "‹ К списку"]


@pytest.mark.parametrize("where", ["card", "ticket"])
async def test_an_old_button_of_a_past_meeting_refuses_at_once(
    stage: Stage, meeting: int, where: str
) -> None:
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await maria.tap("Записаться")
    if where == "ticket":
        await maria.send("/my")
        await maria.tap("Инженеры будущего")
    shown = maria.screen
    button = shown.button("Отменить запись")
    assert button is not None
    stage.clock.advance(timedelta(days=8))
    answer = await maria.tap_data(button["callback_data"], shown.message_id)
    assert answer.show_alert
    assert answer.text.startswith("Отменить уже нельзя")
    assert "Отменить запись" not in maria.screen.labels
    assert await lines_of(stage.core, meeting) == [("grade_9", "", 1)]


@pytest.mark.parametrize("called_off", [True, False])
async def test_a_ticket_that_is_no_more_has_no_code(
    stage: Stage, meeting: int, *, called_off: bool
) -> None:
    await sign_up_someone(stage.core, meeting, None, Category.PARENT)
    maria = await known(stage)
    await maria.start(f"m_{TOKEN}")
    await maria.tap("Записаться")
    await maria.send("/my")
    await maria.tap("Инженеры будущего")
    ticket = maria.screen
    if called_off:
        await change_meeting(stage, meeting, MeetingStatus.CANCELLED)
        answer = await maria.tap("Отменить запись")
        assert answer.text.startswith("Эта встреча отменена.")
        assert maria.screen.text.endswith("🚫 Встреча отменена.")
    else:
        await taps(maria, "Отменить запись", "Да, отменить")
        assert "Пока вы никуда не записаны" in maria.screen.text
        button = ticket.button("Открыть встречу")
        assert button is not None
        await maria.tap_data(button["callback_data"], ticket.message_id)
    assert "Код" not in maria.screen.text
    assert "Отменить запись" not in maria.screen.labels
