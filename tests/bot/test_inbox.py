"""Every update is worked, in order per chat, whatever happens on the way."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiogram.types import Message

from bot.clock import MovableClock
from bot.inbox import MOST_BEGUN
from bot.services import updates
from bot.services.core import Core
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.running import MODES, Told, bot_of, inbox_of, rows, running, said

BOT_ID = 42
GROUP = {"id": -100500, "type": "supergroup", "title": "9Б"}


@pytest.fixture
async def sandbox(clock: MovableClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock.now, rate_limits=False) as server:
        yield server


@pytest.fixture
def maria(sandbox: Sandbox) -> Person:
    return Person(sandbox.world, sandbox.world.add_user("Мария"))


@pytest.fixture
def oleg(sandbox: Sandbox) -> Person:
    return Person(sandbox.world, sandbox.world.add_user("Олег"))


class Heard:
    """A handler that keeps what it hears; a word in `fails` makes it fail so many times."""

    def __init__(self, **fails: int) -> None:
        self.words: list[str] = []
        self.tries: list[str] = []
        self.fails = fails

    async def __call__(self, message: Message) -> None:
        word = message.text or ""
        self.tries.append(word)
        if self.fails.get(word, 0) > 0:
            self.fails[word] -= 1
            raise RuntimeError("no\nparameters: Иван")
        self.words.append(word)


@pytest.mark.parametrize("mode", MODES)
async def test_a_message_is_worked_and_only_its_number_stays(
    mode: str, sandbox: Sandbox, core: Core, maria: Person
) -> None:
    heard = Heard()
    async with running(mode, sandbox, core, heard):
        await maria.send("привет")
        assert heard.words == ["привет"]
        [row] = await rows(core)
        assert (row.payload, row.done_at, row.attempts) == (None, core.clock.now(), 0)


@pytest.mark.parametrize("mode", MODES)
async def test_order_within_a_chat_parallel_across_chats(
    mode: str, sandbox: Sandbox, core: Core, maria: Person, oleg: Person
) -> None:
    heard: list[str] = []
    oleg_was_here = asyncio.Event()

    async def work(message: Message) -> None:
        if message.text == "первое":
            await oleg_was_here.wait()
        if message.text == "от Олега":
            oleg_was_here.set()
        heard.append(message.text or "")

    for word in ("первое", "второе", "третье"):
        sandbox.world.send_text(maria.id, word)
    sandbox.world.send_text(oleg.id, "от Олега")
    async with running(mode, sandbox, core, work):
        await maria.settle()
        await oleg.settle()
    assert heard == ["от Олега", "первое", "второе", "третье"]


async def test_no_more_chats_at_once_than_allowed(core: Core, sandbox: Sandbox) -> None:
    now, most, everybody = 0, 0, asyncio.Event()

    async def work(message: Message) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        if now == 3:
            everybody.set()
        await everybody.wait()
        now -= 1

    async with bot_of(sandbox) as bot, inbox_of(core, bot, work, parallel=3) as inbox:
        await inbox.feed([said(number, 500 + number, "я") for number in range(9)])
        await inbox.idle()
    assert most == 3


async def test_an_answer_lost_on_the_way_repeats_the_updates_and_changes_nothing(
    sandbox: Sandbox, core: Core, maria: Person
) -> None:
    heard = Heard()
    sandbox.faults.plan("getUpdates", carried_out=True, times=1)
    async with running("polling", sandbox, core, heard) as inbox:
        await maria.send("раз")
        await inbox.feed([said(sandbox.world.updates.next_id - 1, maria.id, "раз")])
        await maria.send("два")
    assert heard.words == ["раз", "два"]


@pytest.mark.parametrize("mode", MODES)
async def test_what_cannot_be_parsed_is_set_aside_and_the_rest_goes_on(
    mode: str, sandbox: Sandbox, core: Core, maria: Person
) -> None:
    heard, told = Heard(), Told()
    broken = {"chat": {"id": maria.id, "type": "private"}, "date": "когда-то", "text": "тайна"}
    async with running(mode, sandbox, core, heard, told):
        sandbox.world.updates.put(maria.id, "message", broken)
        await maria.send("дальше")
    assert heard.words == ["дальше"]
    [aside] = await updates.list_set_aside(core)
    assert "message.message_id: missing" in aside.error
    assert "тайна" not in aside.error
    assert [update["message"]["text"] for update in told.updates] == ["тайна"]


async def test_one_lone_surrogate_does_not_cost_the_message(core: Core, sandbox: Sandbox) -> None:
    heard = Heard()
    async with bot_of(sandbox) as bot, inbox_of(core, bot, heard) as inbox:
        await inbox.feed([said(1, 500, "Мария \ud83d \x00 🙂")])
        await inbox.idle()
    assert heard.words == ["Мария \ufffd \x00 🙂"]


async def test_four_failures_are_tried_again_and_the_chat_waits_its_turn(
    sandbox: Sandbox, core: Core, maria: Person
) -> None:
    heard, told = Heard(раз=4), Told()
    sandbox.world.send_text(maria.id, "раз")
    async with running("polling", sandbox, core, heard, told):
        await maria.send("два")
    assert heard.words == ["раз", "два"]
    assert heard.tries == ["раз"] * 5 + ["два"]
    assert told.updates == []
    assert [row.attempts for row in await rows(core)] == [5, 0]


@pytest.mark.parametrize("mode", MODES)
async def test_five_failures_set_it_aside_and_the_person_is_told_once(
    mode: str, sandbox: Sandbox, core: Core, maria: Person
) -> None:
    heard, told = Heard(раз=5), Told()
    async with running(mode, sandbox, core, heard, told):
        await maria.send("раз")
        await maria.send("два")
    assert heard.words == ["два"]
    [aside] = await updates.list_set_aside(core)
    assert aside.attempts == 5
    where = r"RuntimeError at tests\.bot\.\w+:\d+, from bot\.inbox:\d+"  # and nothing of its text
    assert re.fullmatch(where, aside.error)
    assert [update["message"]["text"] for update in told.updates] == ["раз"]
    async with running(mode, sandbox, core, heard, told):
        await maria.send("три")
    assert heard.words == ["два", "три"]
    assert len(told.updates) == 1


async def test_telling_may_fail(sandbox: Sandbox, core: Core, maria: Person) -> None:
    async def told(update: dict[str, Any]) -> None:
        raise RuntimeError

    heard = Heard(раз=5)
    async with running("polling", sandbox, core, heard, told):  # type: ignore[arg-type]
        await maria.send("раз")
        await maria.send("два")
    assert heard.words == ["два"]


async def test_a_stop_finishes_what_is_in_hand_and_the_next_start_takes_the_rest(
    sandbox: Sandbox, core: Core, maria: Person
) -> None:
    heard, entered, leave = Heard(), asyncio.Event(), asyncio.Event()

    async def work(message: Message) -> None:
        entered.set()
        await leave.wait()
        await heard(message)

    async with bot_of(sandbox) as bot:
        async with inbox_of(core, bot, work) as inbox:
            await inbox.feed([said(1, maria.id, "раз"), said(2, maria.id, "два")])
            await entered.wait()
            stopping = asyncio.create_task(inbox.stop())
            await asyncio.sleep(0)
            await inbox.feed([said(3, maria.id, "три")])
            leave.set()
            await stopping
        assert heard.words == ["раз"]
        assert [row.payload is None for row in await rows(core)] == [True, False, False]
        async with inbox_of(core, bot, heard) as inbox:
            await inbox.idle()
    assert heard.words == ["раз", "два", "три"]


async def test_work_that_does_not_end_is_cut_off_and_worked_again(
    sandbox: Sandbox, core: Core, maria: Person
) -> None:
    async def work(message: Message) -> None:
        await asyncio.Event().wait()

    heard = Heard()
    async with bot_of(sandbox) as bot:
        async with inbox_of(core, bot, work) as inbox:
            await inbox.feed([said(1, maria.id, "раз")])
            await inbox.stop(patience=0.01)
        async with inbox_of(core, bot, heard) as inbox:
            await inbox.idle()
    assert heard.words == ["раз"]


async def test_an_update_that_ends_the_program_again_and_again_is_set_aside(
    sandbox: Sandbox, core: Core
) -> None:
    started: list[str] = []
    begun = asyncio.Event()

    async def work(message: Message) -> None:
        started.append(message.text or "")
        begun.set()
        await asyncio.Event().wait()

    told = Told()
    async with bot_of(sandbox) as bot:
        for _ in range(MOST_BEGUN + 2):
            begun.clear()
            async with inbox_of(core, bot, work, told) as inbox:
                await inbox.feed([said(1, 500, "падаем")])
                await asyncio.wait(
                    [asyncio.create_task(begun.wait()), asyncio.create_task(inbox.idle())],
                    return_when=asyncio.FIRST_COMPLETED,
                )
                await inbox.stop(patience=0)
    assert len(started) == MOST_BEGUN + 1  # the first is not counted before it failed
    [aside] = await updates.list_set_aside(core)
    assert aside.error.startswith("Interrupted")
    assert len(told.updates) == 1


async def test_who_waits_for_a_turn_is_not_blamed_for_the_end(sandbox: Sandbox, core: Core) -> None:
    begun = asyncio.Event()

    async def work(message: Message) -> None:
        begun.set()
        await asyncio.Event().wait()

    told = Told()
    async with bot_of(sandbox) as bot:
        async with inbox_of(core, bot, work) as inbox:
            await inbox.feed([said(1, 500, "падаем"), said(2, 501, "ждём")])
            await inbox.stop(patience=0)
        for _ in range(MOST_BEGUN):
            begun.clear()
            async with inbox_of(core, bot, work, told, parallel=1) as inbox:
                await begun.wait()
                await inbox.stop(patience=0)
    assert told.updates == []
    assert [item.attempts for item in await updates.unfinished(core, bot.id)] == [MOST_BEGUN, 0]


TALK = said(1, 500, "кто идёт?", chat=GROUP)
COMMAND = said(2, 500, "/report@sandbox_bot", chat=GROUP)
REPLY = said(3, 500, "27", chat=GROUP, reply_to_message={"from": {"id": BOT_ID}})
REPLY_TO_ANOTHER = said(4, 500, "да", chat=GROUP, reply_to_message={"from": {"id": 7}})
MOVED = {"update_id": 5, "message": {"chat": GROUP, "migrate_to_chat_id": -100600}}


async def test_ordinary_talk_in_a_group_is_not_stored(core: Core, sandbox: Sandbox) -> None:
    async def work(message: Message) -> None:
        """Hear."""

    async with bot_of(sandbox) as bot, inbox_of(core, bot, work) as inbox:
        await inbox.feed([TALK, COMMAND, REPLY, REPLY_TO_ANOTHER, MOVED])
        await inbox.idle()
    assert [row.update_id for row in await rows(core)] == [2, 5]


async def test_numbers_are_forgotten_after_a_day_and_what_was_set_aside_after_a_week(
    core: Core, clock: MovableClock, sandbox: Sandbox
) -> None:
    async with (
        bot_of(sandbox) as bot,
        inbox_of(core, bot, Heard(плохо=5)) as inbox,
    ):
        await inbox.feed([said(1, 500, "хорошо"), said(2, 500, "плохо")])
        await inbox.idle()
    start = clock.now()
    for days, left in ((1, [1, 2]), (1.1, [2]), (7, [2]), (7.1, [])):
        clock.move_to(start + timedelta(days=days))
        await updates.purge(core)
        assert [row.update_id for row in await rows(core)] == left, days
