"""`kill -9` again and again while people sign up with the whole bot.

What «no tap lost, no effect twice» means here: every update the bot was given is worked in the end,
none is set aside; every tap on «Записаться» is answered as a sign-up, the first time or as already
done, though the card may have been drawn by a life that is over; only the second of two taps at
once may come too late for its card; and in the database each person is in each meeting once, with
one line, one ticket and one question owed.

A kill may show a card again, or cost the toast of a tap that grew too old meanwhile. It costs no
sign-up, and nobody has to start anew: after each tap people see «Вы записаны» on the card.
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bot.clock import Clock
from bot.database import Database
from bot.models import DueMessage, IncomingUpdate, Meeting, Registration
from bot.rules import ticket_code
from bot.services import catalogue
from bot.services.core import Account, Core
from bot.services.regions import load_region_once
from bot.settings import Settings
from bot.vocabulary import MessageKind, MessageStatus, RegistrationStatus
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.bot.kill import life_app
from tests.bot.kill.conftest import Report
from tests.bot.kill.processes import KILLS, SOAK, free_port
from tests.bot.kill.watching import signs_of_life
from tests.bot.running import MODES, SECRET
from tests.bot.story import municipality, stored
from tests.services.factory import make_meeting, make_person

PEOPLE = 300 if SOAK else 20  # who still sign up when the last kill comes
MEETINGS = 4
MOST_SIGNS_OF_A_LIFE = 80  # messages, redrawn cards and toasts until the kill
LONGEST_LIFE = 3.0  # seconds, the start included
PATIENCE = 60.0 + 7.5 * KILLS  # seconds, of a person: all the lives, on a busy machine too
DOUBLE_TAPS = 0.3  # how often somebody taps twice at once
TOO_LATE = ""  # Telegram shows no toast of a tap so old
SIGNED_UP = {"Вы записаны. Код для входа", "Вы уже записаны. Код для входа", TOO_LATE}
# Telegram sends taps and words by separate queues: the second of two taps may come after the person
# has gone on to the next meeting.
OVERTAKEN = "Эта кнопка устарела. Вот где вы остановились."


@pytest.fixture
async def core(sqlite_url: str) -> AsyncIterator[Core]:
    database = Database(sqlite_url)
    yield Core(db=database, clock=Clock())
    await database.close()


@dataclass(frozen=True)
class Poster:
    """A meeting as people know it: by its link."""

    meeting_id: int
    token: str
    title: str


class Crowd:
    """Everybody opens the link of one meeting after the other and taps «Записаться» on the card."""

    def __init__(self, people: list[Person], posters: list[Poster], dice: random.Random) -> None:
        self.people, self.posters = people, posters
        self.taps: dict[tuple[int, str], list[str]] = {}
        self.updates = 0
        self._twice = {
            (person.id, poster.token): dice.random() < DOUBLE_TAPS
            for person in people
            for poster in posters
        }

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for person in self.people:
                group.create_task(self._sign_up_everywhere(person))

    async def _sign_up_everywhere(self, person: Person) -> None:
        for poster in self.posters:
            await person.start(f"m_{poster.token}")
            card = await person.wait(poster.title)
            button = card.button("Записаться")
            assert button is not None, person.picture()
            taps = 2 if self._twice[person.id, poster.token] else 1
            self.taps[person.id, poster.token] = [
                person.press(button["callback_data"], card.message_id) for _ in range(taps)
            ]
            self.updates += 1 + taps
            while poster.title not in (await person.wait("Вы записаны")).text:
                pass
        await person.send("/my")  # worked last, as a chat's updates keep their order
        self.updates += 1
        tickets = await person.wait("Мои записи")
        for poster in self.posters:
            assert tickets.button(poster.title) is not None, person.picture()


async def _prepare(core: Core, sandbox: Sandbox) -> tuple[list[Person], list[Poster]]:
    await load_region_once(core, Settings.model_fields["region_file"].default)
    achinsk = await municipality(core)
    people = []
    for number in range(PEOPLE):
        user = sandbox.world.add_user(f"П{number}")
        await make_person(core, user.id, name=user.first_name, municipality_id=achinsk)
        people.append(Person(sandbox.world, user, patience=PATIENCE))
    posters = []
    for number in range(MEETINGS):
        poster = Poster(
            await make_meeting(
                core,
                achinsk,
                token=f"Poster-{number}",
                title=f"Встреча {number}",
                starts_at=core.clock.now() + timedelta(days=7 + number),
                seats=PEOPLE,
            ),
            f"Poster-{number}",
            f"Встреча {number}",
        )
        posters.append(poster)
    return people, posters


def _environment(sandbox: Sandbox, database: str, mode: str) -> dict[str, str]:
    port = free_port()
    return {
        "BOT_TOKEN": sandbox.world.bot.token,
        "BOT_API_URL": sandbox.url,
        "DATABASE_URL": database,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/webhook" if mode == "webhook" else "",
        "WEBHOOK_SECRET": SECRET,
        "WEBHOOK_PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }


@asynccontextmanager
async def _life(environment: Mapping[str, str]) -> AsyncIterator[BaseProcess]:
    """Run the bot; on leaving it is killed, whatever happened."""
    process = life_app.begin(environment)
    try:
        yield process
    finally:
        process.kill()
        await asyncio.to_thread(process.join)


@pytest.mark.parametrize("mode", MODES)
async def test_no_sign_up_is_lost_and_none_works_twice(
    mode: str, core: Core, sqlite_url: str, report: Report
) -> None:
    dice = random.Random(mode)  # noqa: S311 (moments of death, not secrets)
    async with Sandbox(core.clock.now, rate_limits=False, webhook_pause=lambda _: 0.05) as sandbox:
        people, posters = await _prepare(core, sandbox)
        crowd = Crowd(people, posters, dice)
        environment = _environment(sandbox, sqlite_url, mode)
        async with asyncio.TaskGroup() as group:
            tapping = group.create_task(crowd.run())
            for _ in range(KILLS):
                async with _life(environment):
                    signs = dice.randint(1, MOST_SIGNS_OF_A_LIFE)
                    await signs_of_life(sandbox, signs, LONGEST_LIFE)
            assert not tapping.done()  # or some of the kills hit nobody
            async with _life(environment) as last:
                await tapping
                last.terminate()
                await asyncio.to_thread(last.join, 20)
        assert last.exitcode == 0
        answers = [[_toast(sandbox, tap) for tap in taps] for taps in crowd.taps.values()]

    assert all(set(words) & SIGNED_UP for words in answers), answers
    assert {word for words in answers for word in words} <= {*SIGNED_UP, OVERTAKEN}, answers
    updates = await stored(core, IncomingUpdate)
    assert len(updates) == crowd.updates
    assert [(row.update_id, row.error) for row in updates if row.done_at is None] == []
    for poster in posters:
        await _everybody_is_in_once(core, people, poster)
    report(people=PEOPLE, updates=len(updates), kills=KILLS, lost=0, twice=0)


def _toast(sandbox: Sandbox, tap: str) -> str:
    answer = sandbox.world.answers.get(tap)
    return re.sub(r":.*", "", answer.text) if answer else TOO_LATE


async def _everybody_is_in_once(core: Core, people: list[Person], poster: Poster) -> None:
    async with core.db.read() as session:
        meeting = await session.get_one(Meeting, poster.meeting_id)
        registrations = list(
            await session.scalars(
                select(Registration)
                .where(Registration.meeting_id == poster.meeting_id)
                .options(selectinload(Registration.lines), selectinload(Registration.person))
            )
        )
        questions = Counter(
            (message.account_id, message.subject, message.status)
            for message in await session.scalars(
                select(DueMessage).where(DueMessage.kind == MessageKind.FEEDBACK_QUESTION)
            )
        )
    owners = {row.id: row.person.account_id for row in registrations if row.person}
    assert sorted(owners.values()) == [person.id for person in people]
    assert {row.status for row in registrations} == {RegistrationStatus.ACTIVE}
    assert [[line.seats for line in row.lines] for row in registrations] == [[1]] * PEOPLE
    assert meeting.tickets_issued == PEOPLE
    assert sorted(row.code for row in registrations) == sorted(
        map(ticket_code, range(1, PEOPLE + 1))
    )
    card = await catalogue.get_card(core, Account(people[0].id), poster.token)
    assert card.free == 0
    for registration, account_id in owners.items():
        assert questions[account_id, f"registration:{registration}", MessageStatus.PLANNED] == 1
    assert questions.total() == PEOPLE * MEETINGS
