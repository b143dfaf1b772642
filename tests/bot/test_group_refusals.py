"""What a group refuses for a while is said again later, and quiet cards cost next to nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage

from bot.errors import Refused
from bot.group_pace import IN_A_WINDOW, WINDOW, GroupPace
from bot.models import GroupCard, GroupChat, Meeting
from bot.sender import Outgoing
from bot.services import catalogue
from sandbox.group_client import InGroup
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored
from tests.bot.test_group_cards import Time, here, later, somebody_signs_up, time
from tests.bot.test_group_chats import card_in
from tests.services.factory import make_meeting

__all__ = ["here", "time"]  # fixtures

MUTE = "Bad Request: not enough rights to send text messages to the chat"
CLOSED = "Bad Request: TOPIC_CLOSED"


@contextmanager
def refusing(stage: Stage, words: str, only: int | None = None) -> Iterator[mock.AsyncMock]:
    """Let Telegram refuse edits with these words, of one message alone if it is named."""
    edit = stage.app.bot.edit_message_text

    async def refused(text: str, *, chat_id: int, message_id: int, **others: object) -> object:
        if only in {None, message_id}:
            method = EditMessageText(chat_id=chat_id, message_id=message_id, text=text)
            raise TelegramBadRequest(method, words)
        return await edit(text, chat_id=chat_id, message_id=message_id, **others)  # type: ignore[arg-type]

    with mock.patch.object(stage.app.bot, "edit_message_text", side_effect=refused) as asked:
        yield asked


async def test_a_card_waits_until_the_bot_may_write_again(
    stage: Stage, here: InGroup, time: Time
) -> None:
    await somebody_signs_up(stage, 1)
    with refusing(stage, MUTE) as asked:
        for _ in range(3):
            await later(stage)
        assert asked.call_count == 1  # nobody asks at every tick
    assert not (await stored(stage.core, GroupChat))[0].may_post
    assert (await stored(stage.core, GroupCard))[0].stopped_at is None
    time.seconds += 61
    await later(stage)
    assert "осталось 39 мест" in card_in(here).text


async def test_a_closed_topic_silences_its_own_card_alone(stage: Stage, here: InGroup) -> None:
    await make_meeting(stage.core, await municipality(stage.core), token="b", title="Вторая")
    stage.clock.advance(timedelta(seconds=1))
    await stage.app.noticeboard.post(here.chat_id, "b")
    await somebody_signs_up(stage, 1)
    await somebody_signs_up(stage, 2, "b")
    with refusing(stage, CLOSED, only=card_in(here).message_id) as asked:
        for _ in range(3):
            await later(stage)
        assert asked.call_count == 2  # one of each card
    assert "осталось 40 мест" in card_in(here).text
    assert "осталось 39 мест" in card_in(here, "Вторая").text
    assert (await stored(stage.core, GroupChat))[0].may_post
    await later(stage, timedelta(minutes=1))
    assert "осталось 39 мест" in card_in(here).text


@pytest.mark.parametrize("words", [CLOSED, "Bad Request: message thread not found"])
async def test_a_topic_that_takes_nothing_says_nothing_of_the_group(
    stage: Stage, here: InGroup, words: str
) -> None:
    error = TelegramBadRequest(SendMessage(chat_id=here.chat_id, text=""), words)
    with (
        mock.patch.object(stage.app.bot, "send_message", side_effect=error),
        pytest.raises(Refused) as refused,
    ):
        await stage.app.group_voice.say(here.chat_id, Outgoing(card_in(here).text), 7)  # type: ignore[arg-type]
    assert refused.value.key == "group-topic"
    assert (await stored(stage.core, GroupChat))[0].may_post


async def test_a_card_without_signs_of_a_change_is_drawn_once_a_minute(
    stage: Stage, here: InGroup
) -> None:
    await later(stage)
    with mock.patch.object(catalogue, "get_card", side_effect=catalogue.get_card) as drawn:
        for _ in range(3):
            await later(stage)
        assert drawn.call_count == 0
        await somebody_signs_up(stage, 1)
        await later(stage)
        assert drawn.call_count == 1  # at once: seats are a sign
        async with stage.core.db.write() as session:
            (await session.get_one(Meeting, 1)).title = "Инженеры будущего и мосты"
        drawn.reset_mock()
        for _ in range(5):  # a title is none
            await later(stage)
        assert drawn.call_count <= 2
    assert card_in(here).text.startswith("Инженеры будущего и мосты")


async def test_a_group_is_remembered_by_its_last_messages_alone(time: Time) -> None:
    pace = GroupPace()
    request = mock.AsyncMock()
    for _ in range(10 * IN_A_WINDOW):
        await pace(request, mock.Mock(), SendMessage(chat_id=-5, text="Привет"))
    assert len(pace._sent[-5]) == IN_A_WINDOW
    assert not pace.may_edit(-5)
    time.seconds += WINDOW
    assert pace.may_edit(-5)
