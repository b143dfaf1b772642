"""`kill -9` again and again while messages to many people go out: nobody is missed.

A cancellation is better said twice than never: it comes at most once more for each call that was
in flight at a kill. A message that somebody of the staff wrote never comes twice: those of whom a
kill hid whether it reached them are listed, and whoever wrote it decides.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.clock import MovableClock
from bot.database import Database
from bot.models import DueMessage, Meeting, Person, Registration, RegistrationLine
from bot.rules import CONSENT_VERSION, ticket_code
from bot.services import broadcast_counters, broadcast_progress, broadcasts, meetings
from bot.services.broadcast_progress import Progress
from bot.services.core import Account, Core
from bot.vocabulary import (
    Category,
    MessageKind,
    MessageStatus,
    Messenger,
    Recipients,
    RegistrationStatus,
    Role,
)
from sandbox.server import Sandbox
from tests.bot.kill import life_sender
from tests.bot.kill.conftest import Report
from tests.bot.kill.processes import SOAK
from tests.bot.kill.watching import signs_of_life
from tests.conftest import NOON, emptied
from tests.services.factory import give_role, make_meeting, make_region

PEOPLE, KILLS = (3000, 25) if SOAK else (150, 2)  # in each of the tests: 100 over all
LONGEST_LIFE = 30.0  # seconds until the kill, should the machine be slow
CURATOR = Account(5)
FIRST = 1000
"""The first of those who are told."""
KINDS = (MessageKind.MEETING_CANCELLED, MessageKind.BROADCAST)


@dataclass
class Post:
    """Messages on their way, and the processes that send them."""

    core: Core
    sandbox: Sandbox
    settings: life_sender.Settings
    caught: set[tuple[int, datetime]] = field(default_factory=set)
    """What the kills caught in flight: the message and, as one may be caught again, its lease."""
    killed: set[str] = field(default_factory=set)

    async def kill(self, signs: int) -> None:
        """Begin a life, and kill it once people have seen so many signs of it."""
        process, worker = await life_sender.begin(self.settings)
        await self._note_caught()  # PostgreSQL may have heard the last words of the one before late
        try:
            await signs_of_life(self.sandbox, signs, LONGEST_LIFE)
        finally:
            process.kill()
            await asyncio.to_thread(process.join)
        self.killed.add(worker)
        await self._note_caught()

    async def _note_caught(self) -> None:
        async with self.core.db.read() as session:
            rows = await session.execute(
                select(DueMessage.id, DueMessage.leased_until).where(
                    DueMessage.status == MessageStatus.ON_WIRE,
                    DueMessage.claimed_by.in_(self.killed),
                )
            )
            self.caught |= {(id_, until) for id_, until in rows if until is not None}

    @asynccontextmanager
    async def colleague(self) -> AsyncIterator[None]:
        """Have a second process that nobody kills; it ends as on SIGTERM.

        It is slow, so that the others have something left to be killed at.
        """
        process, _ = await life_sender.begin(replace(self.settings, slots=2, rest=1.0))
        try:
            yield
            process.terminate()
            await asyncio.to_thread(process.join, 30)
            assert process.exitcode == 0
        finally:
            process.kill()

    async def finish(self) -> None:
        """Send the rest, after the leases of everybody who was killed."""
        ahead = self.settings.ahead + 2 * life_sender.LEASE
        process, _ = await life_sender.begin(replace(self.settings, ahead=ahead, last=True))
        await asyncio.to_thread(process.join, 600)
        process.kill()
        assert process.exitcode == 0

    def heard(self) -> Counter[int]:
        """Return who heard it how often."""
        history = self.sandbox.world.history
        return Counter({user: len(history(user)) for user in range(FIRST, FIRST + PEOPLE)})

    async def planned(self) -> int:
        """Return how many messages wait."""
        async with self.core.db.read() as session:
            waiting = select(func.count()).where(DueMessage.status == MessageStatus.PLANNED)
            return await session.scalar(waiting) or 0


async def _crowd(core: Core, status: RegistrationStatus) -> int:
    """Store a meeting with everybody on its list, and who runs it; return its id."""
    town = (await make_region(core))["achinsk"]
    await give_role(core, CURATOR.id, Role.CURATOR, town)
    meeting_id = await make_meeting(core, town, seats=PEOPLE)
    now = core.clock.now()
    async with core.db.write() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.tickets_issued = PEOPLE
        for number in range(PEOPLE):
            person = Person(
                messenger=Messenger.TELEGRAM,
                account_id=FIRST + number,
                name=f"П{number}",
                category=Category.PARENT,
                locale="ru",
                organisation="",
                profile_done_at=now,
                consent_version=CONSENT_VERSION,
                consented_at=now,
                created_at=now,
            )
            session.add(
                Registration(
                    token=f"token-{number}",
                    meeting_id=meeting_id,
                    person=person,
                    code=ticket_code(number + 1),
                    status=status,
                    waiting_number=number + 1 if status is RegistrationStatus.WAITING else None,
                    created_at=now,
                    lines=[RegistrationLine(is_own=True, category=Category.PARENT)],
                )
            )
    return meeting_id


async def _owe(core: Core, kind: MessageKind) -> int:
    """Let the staff do what makes everybody owed a message; return the meeting's id."""
    if kind is MessageKind.BROADCAST:
        meeting_id = await _crowd(core, RegistrationStatus.ACTIVE)
        await broadcasts.send_broadcast(
            core, CURATOR, meeting_id, Recipients.SIGNED_UP, "Вход со двора", "sent"
        )
    else:  # who waits for a seat has nothing else coming: no entry in a calendar to take out
        meeting_id = await _crowd(core, RegistrationStatus.WAITING)
        await meetings.cancel_meeting(core, CURATOR, meeting_id, "Заболел ведущий")
    return meeting_id


@asynccontextmanager
async def _post(db: Database, kind: MessageKind) -> AsyncIterator[Post]:
    clock = MovableClock(NOON)
    core = Core(db=db, clock=clock)
    await _owe(core, kind)
    async with Sandbox(clock.now, rate_limits=False) as sandbox:
        for user in range(FIRST, FIRST + PEOPLE):
            sandbox.world.add_user(f"П{user}", user_id=user).started = True
        database = db.url.render_as_string(hide_password=False)
        yield Post(core, sandbox, life_sender.Settings(sandbox.url, database, clock.offset))


async def _check(post: Post, kind: MessageKind, report: Report) -> None:
    heard, caught = post.heard(), len(post.caught)
    if kind is MessageKind.BROADCAST:
        progress = await _progress(post)
        assert max(heard.values()) == 1
        assert progress.delivered + progress.undecided == progress.total == PEOPLE
        assert progress.undecided <= caught
        assert sum(heard.values()) >= progress.delivered
        await broadcast_progress.send_unknown_again(post.core, CURATOR, 1)
        await post.finish()
        assert (await _progress(post)).delivered == PEOPLE
    again = post.heard()
    repeats = again.total() - PEOPLE
    assert min(again.values()) == 1
    assert repeats <= caught
    report(
        people=PEOPLE,
        kills=KILLS,
        in_flight=caught,
        missing=sum(not times for times in again.values()),
        **(
            {"repeats": heard.total() - len(+heard), "listed": caught}
            if kind is MessageKind.BROADCAST
            else {"repeats": repeats}
        ),
    )


async def _progress(post: Post) -> Progress:
    return await broadcast_counters.get_progress(post.core, CURATOR, 1)


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_is_missed(db: Database, kind: MessageKind, report: Report) -> None:
    dice = random.Random(kind)  # noqa: S311 (moments of death, not secrets)
    async with _post(db, kind) as post:
        for _ in range(KILLS):
            await post.kill(dice.randint(1, PEOPLE // KILLS))
        assert await post.planned()  # or some of the kills hit nobody
        await post.finish()
        await _check(post, kind, report)


@pytest.mark.postgres
@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_is_missed_by_two_processes_one_of_which_dies(
    postgres_url: str, kind: MessageKind, report: Report
) -> None:
    dice = random.Random(kind)  # noqa: S311 (moments of death, not secrets)
    db = await emptied(postgres_url)
    async with _post(db, kind) as post:
        async with post.colleague():
            for _ in range(KILLS):
                await post.kill(dice.randint(1, PEOPLE // KILLS))
            assert await post.planned()
        await post.finish()
        await _check(post, kind, report)
    await db.close()
