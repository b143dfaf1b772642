"""Cards in groups are kept true: edited when they are not, at Telegram's pace, until it is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest import mock

import pytest

from bot import group_pace
from bot.models import GroupCard, GroupChat
from bot.services import group_cards, meetings, registrations
from bot.services.core import Account
from bot.vocabulary import Category, Role
from sandbox.group_client import InGroup
from sandbox.limits import RateLimits
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored
from tests.bot.test_group_chats import card_in, group_of, said
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import give_role, make_meeting, make_person

SOON = timedelta(seconds=15)  # a tick later
CURATOR = Account(10)


@pytest.fixture
async def here(stage: Stage) -> InGroup:
    """A group with the card of a meeting in a week."""
    await meeting_of(stage, seats=40)
    here = await group_of(stage, await known(stage))
    await here.send("/meetings")
    return here


class Time:
    """The monotonic time of the group's pace and of Telegram's limits, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Iterator[Time]:
    """The time of all pace and limits."""
    time = Time()
    with mock.patch.object(group_pace, "_now", time):
        yield time


async def somebody_signs_up(stage: Stage, number: int, token: str = TOKEN) -> None:
    account = Account(500 + number)
    await make_person(stage.core, account.id, category=Category.PARENT)
    await registrations.sign_up(stage.core, account, token)


async def later(stage: Stage, pause: timedelta = SOON) -> None:
    await stage.wait_until(stage.clock.now() + pause)


def edits(stage: Stage) -> list[mock.Mock]:
    """Count the edits from now on."""
    counted: list[mock.Mock] = []
    change = stage.app.group_voice.change

    async def counting(*args: object) -> bool:
        counted.append(mock.Mock())
        return await change(*args)  # type: ignore[arg-type]

    stage.app.group_voice.change = counting  # type: ignore[method-assign,assignment]
    return counted


async def test_the_number_of_seats_is_kept_true(stage: Stage, here: InGroup) -> None:
    counted = edits(stage)
    await later(stage)
    assert counted == []  # nothing has changed
    await somebody_signs_up(stage, 1)
    await somebody_signs_up(stage, 2)
    assert "осталось 40 мест" in card_in(here).text
    await later(stage)
    assert "осталось 38 мест из 40" in card_in(here).text
    assert card_in(here).buttons == [["Записаться", "Подробнее"]]
    await later(stage)
    assert len(counted) == 1


async def test_a_card_is_changed_once_in_ten_seconds_at_most(stage: Stage, here: InGroup) -> None:
    await later(stage)
    await somebody_signs_up(stage, 1)
    await stage.tick()
    await somebody_signs_up(stage, 2)
    await later(stage, timedelta(seconds=9))
    assert "осталось 39 мест" in card_in(here).text
    await later(stage, timedelta(seconds=1))
    assert "осталось 38 мест" in card_in(here).text


async def test_it_stays_true_after_a_restart(stage: Stage, here: InGroup) -> None:
    await somebody_signs_up(stage, 1)
    await stage.restart()
    await later(stage)
    assert "осталось 39 мест" in card_in(here).text


async def test_the_last_word_when_it_is_over(stage: Stage, here: InGroup) -> None:
    meeting_id = 1
    await stage.wait_until(stage.clock.now() + timedelta(days=7, minutes=89))
    assert card_in(here).labels == ["Записаться", "Подробнее"]  # who is late may still sign up
    await stage.wait_until(stage.clock.now() + timedelta(minutes=1))
    assert "✔️ Встреча уже прошла" in card_in(here).text
    assert card_in(here).labels == []
    (card,) = await stored(stage.core, GroupCard)
    assert card.stopped_at == stage.clock.now()
    await give_role(stage.core, CURATOR.id, Role.CURATOR, await municipality(stage.core))
    await meetings.cancel_meeting(stage.core, CURATOR, meeting_id, "Не было")
    await later(stage)
    assert "Встреча уже прошла" in card_in(here).text  # nobody looks at it any more


async def test_the_last_word_when_it_is_cancelled(stage: Stage, here: InGroup) -> None:
    await give_role(stage.core, CURATOR.id, Role.CURATOR, await municipality(stage.core))
    button = card_in(here).button("Записаться")
    assert button is not None
    await meetings.cancel_meeting(stage.core, CURATOR, 1, "Заболел ведущий")
    answer = await here.tap("Записаться")  # before the card could be changed
    assert answer.show_alert
    assert answer.text == "Эта встреча отменена. Посмотрите другие: /meetings"
    await later(stage)
    assert "🚫 Встреча отменена. Заболел ведущий" in card_in(here).text
    assert card_in(here).labels == []
    assert (await stored(stage.core, GroupCard))[0].stopped_at == stage.clock.now()


async def test_a_card_says_when_signing_up_opens(stage: Stage) -> None:
    opens_at = stage.clock.now() + timedelta(hours=3)
    await meeting_of(stage, sign_up_opens_at=opens_at)
    here = await group_of(stage, await known(stage))
    await here.send("/meetings")
    assert card_in(here).text.endswith("🕒 Запись откроется пн, 2 марта, 15:00.")
    assert card_in(here).text.count("Запись откроется") == 1
    assert "сегодня" not in card_in(here).text  # it is still read tomorrow
    assert card_in(here).labels == ["Подробнее"]
    await stage.wait_until(opens_at)
    assert "Запись откроется" not in card_in(here).text
    assert card_in(here).labels == ["Записаться", "Подробнее"]


async def test_a_deleted_card_is_let_go(stage: Stage, here: InGroup) -> None:
    await stage.app.bot.delete_message(here.chat_id, card_in(here).message_id)
    await somebody_signs_up(stage, 1)
    await later(stage)
    (card,) = await stored(stage.core, GroupCard)
    assert card.stopped_at == stage.clock.now()


async def test_a_bot_that_was_removed_unseen_notices(stage: Stage, here: InGroup) -> None:
    stage.sandbox.world.updates.put = lambda *_: None  # type: ignore[method-assign,assignment]
    await here.remove_bot()
    await somebody_signs_up(stage, 1)
    await later(stage)
    (group,) = await stored(stage.core, GroupChat)
    assert group.left_at == stage.clock.now()
    assert await group_cards.list_rested(stage.core) == ()


async def test_a_group_that_moved_unseen_is_followed(stage: Stage, here: InGroup) -> None:
    stage.sandbox.world.updates.put = lambda *_: None  # type: ignore[method-assign,assignment]
    await here.upgrade()
    await somebody_signs_up(stage, 1)
    await later(stage)
    assert await group_cards.list_rested(stage.core) == ()
    await stage.app.noticeboard.post((await stored(stage.core, GroupChat))[0].chat_id, TOKEN)
    assert "осталось 39 мест" in card_in(here).text


async def test_edits_keep_to_the_pace_of_a_group_and_leave_room_for_answers(
    stage: Stage, time: Time
) -> None:
    """Thirty cards of one group change at once: what Telegram takes, and never a refusal."""
    here = await group_of(stage, await known(stage))
    core, achinsk = stage.core, await municipality(stage.core)
    for number in range(30):
        token = f"m{number}"
        await make_meeting(core, achinsk, token=token, title=f"Встреча {number}")
        await stage.app.noticeboard.post(here.chat_id, token)
        await make_person(core, 600 + number)
        await registrations.sign_up(core, Account(600 + number), token)
    stage.sandbox.world.limits = RateLimits(enabled=True, clock=time)
    time.seconds += 60
    true: list[int] = []
    with mock.patch.object(group_pace.GroupPace, "pause") as paused:
        for minute in range(4):
            time.seconds += 61 if minute else 0
            for _ in range(8):  # bursts of five pass, then one a second
                time.seconds += 5
                await later(stage)
            true.append(sum("осталось 39" in text for text in said(here)))
            if minute == 0:
                time.seconds += 5
                await here.send("/my@kras_networking_bot")
                assert "в личном чате" in here.screen.text
    assert true[0] <= group_pace.IN_A_WINDOW - group_pace.LEFT_TO_ANSWERS
    assert true == sorted(true)
    assert true[-1] == 30
    assert all(call.args[1] < 10 for call in paused.call_args_list), "a minute's limit was met"


async def test_a_group_that_asks_to_wait_is_left_in_peace(
    stage: Stage, here: InGroup, time: Time
) -> None:
    limits = stage.sandbox.world.limits = RateLimits(enabled=True, clock=time)
    for _ in range(20):
        limits.take(here.chat_id)
        time.seconds += 1
    await somebody_signs_up(stage, 1)
    counted: list[datetime] = []
    with mock.patch.object(limits, "take", side_effect=limits.take) as taken:
        await later(stage)
        assert taken.call_count == 1  # refused
        await later(stage)
        await later(stage)
        assert taken.call_count == 1, counted  # nobody asks again
        time.seconds += 60
        await later(stage)
    assert "осталось 39 мест" in card_in(here).text
