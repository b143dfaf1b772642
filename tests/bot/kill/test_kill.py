"""`kill -9` again and again while people tap: no tap is lost, and none has its effect twice."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from sqlalchemy import select

from bot.clock import Clock
from bot.database import Database
from bot.models import DueMessage, IncomingUpdate
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MessageKind, MessageStatus
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.kill import life
from tests.bot.kill.conftest import Report
from tests.bot.kill.processes import KILLS, SOAK, free_port
from tests.bot.running import MODES

PEOPLE = 50 if SOAK else 20
OWED = 3  # messages the bot owes to each person from the start
MOST_TAPS = 200  # of one person
MOST_ANSWERS_OF_A_LIFE = 80
LONGEST_LIFE = 1.0  # seconds from ready to kill, should the machine be slow


@pytest.fixture
async def core(sqlite_url: str) -> AsyncIterator[Core]:
    database = Database(sqlite_url)
    yield Core(db=database, clock=Clock())
    await database.close()


class Tapping:
    """Everybody taps again and again, each time after the answer to the tap before."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        self.taps: list[str] = []
        self.answered = 0
        self.enough = False
        self._progress = asyncio.Event()

    async def run(self) -> None:
        await asyncio.gather(*(self._tap(person) for person in self.people))

    async def more_answers(self, answers: int) -> None:
        """Return when so many more taps were answered, or after a while."""
        goal = self.answered + answers
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_LIFE):
                while self.answered < goal:
                    self._progress.clear()
                    await self._progress.wait()

    async def _tap(self, person: Person) -> None:
        message_id = (await person.wait()).message_id
        for _ in range(MOST_TAPS):
            if self.enough:
                return
            query = person.press("tap", message_id)
            self.taps.append(query)
            async with asyncio.timeout(30):
                answer = await person.world.answered(query)
            assert answer.text == "готово"
            self.answered += 1
            self._progress.set()


async def _owe(core: Core, people: list[Person]) -> None:
    async with core.db.write() as session:
        for person in people:
            for number in range(OWED):
                owed = Owed(
                    Account(person.id),
                    MessageKind.MEETING_CANCELLED,
                    f"meeting:{number}",
                    due_at=core.clock.now(),
                    answers=True,
                )
                await due_messages.plan(session, core, [owed])


@pytest.mark.parametrize("mode", MODES)
async def test_no_tap_is_lost_and_none_works_twice(
    mode: str, core: Core, sqlite_url: str, report: Report
) -> None:
    dice = random.Random(mode)  # noqa: S311 (moments of death, not secrets)
    async with Sandbox(core.clock.now, rate_limits=False, webhook_pause=lambda _: 0.05) as sandbox:
        people = []
        for number in range(PEOPLE):
            user = sandbox.world.add_user(f"П{number}")
            user.started = True
            people.append(Person(sandbox.world, user, patience=30))
        await _owe(core, people)
        port = free_port() if mode == "webhook" else None
        settings = life.Settings(sandbox.url, sqlite_url, port)
        tapping = Tapping(people)
        running = asyncio.create_task(tapping.run())
        for _ in range(KILLS):
            process = await life.begin(settings)
            await tapping.more_answers(dice.randint(0, MOST_ANSWERS_OF_A_LIFE))
            process.kill()
            await asyncio.to_thread(process.join)
        process = await life.begin(settings)
        try:
            for person in people:
                for number in range(OWED):
                    await _has_come(person, f"meeting:{number}")
            tapping.enough = True
            await running
        finally:
            process.terminate()
            await asyncio.to_thread(process.join, 20)
            process.kill()
    assert process.exitcode == 0

    async with core.db.read() as session:
        taken = list(await session.scalars(select(IncomingUpdate)))
        messages = list(await session.scalars(select(DueMessage)))
    assert len(tapping.taps) > PEOPLE
    effects = [message.occurrence for message in messages if message.subject == life.EFFECT]
    assert sorted(effects) == sorted(tapping.taps)
    assert len(taken) == len(tapping.taps)
    assert [(row.update_id, row.error) for row in taken if row.done_at is None] == []
    owed = Counter(message.status for message in messages if message.subject != life.EFFECT)
    assert owed == {MessageStatus.SENT: PEOPLE * OWED}
    report(people=PEOPLE, taps=len(tapping.taps), kills=KILLS, lost=0, twice=0)


async def _has_come(person: Person, text: str) -> None:
    if not any(text in screen.text for screen in person.messages):
        await person.wait(text)
