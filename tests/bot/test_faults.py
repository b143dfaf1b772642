"""Over a bad network everything arrives, and only what was cut after it was carried out repeats."""

from collections import Counter
from datetime import timedelta

from bot.models import DueMessage, Person
from bot.sender import Dropped, Outgoing, Sender
from bot.services import due_messages
from bot.services.core import Account
from bot.services.due_messages import Owed
from bot.slots import Slots
from bot.vocabulary import MessageKind, MessageStatus
from sandbox.client import Person as Someone
from sandbox.faults import MESSAGES, Rule
from tests.bot.conftest import Stage
from tests.bot.story import stored
from tests.services.factory import make_person

PEOPLE = 60
NEWS = "Встреча отменена"


class Brisk(Slots):
    """Slots whose pause after a 429 is a hundredth of what was asked."""

    def pause(self, seconds: float) -> None:
        super().pause(seconds / 100)


async def compose(_: DueMessage) -> Outgoing | Dropped:
    return Outgoing(NEWS)


async def test_over_a_bad_network_all_arrives_and_only_what_was_cut_late_repeats(
    stage: Stage,
) -> None:
    core, faults = stage.core, stage.sandbox.faults
    people = [await _who_knows_the_bot(stage) for _ in range(PEOPLE)]
    async with core.db.write() as session:
        for person in people:
            owed = Owed(
                Account(person.id),
                MessageKind.MEETING_CANCELLED,
                "meeting:1",
                due_at=core.clock.now(),
                answers=True,
            )
            await due_messages.plan(session, core, [owed])
    early, late = Rule(MESSAGES, 0.1, drop=True), Rule(MESSAGES, 0.1, drop=True, carried_out=True)
    refusals = [Rule(MESSAGES, 0.1, status=status) for status in (429, 403, 500)]
    for rule in (*refusals, early, late):
        faults.add(rule)
    sender = Sender(core, stage.app.bot, compose, Brisk())
    await _send_all(stage, sender)
    assert all(rule.hits for rule in faults.rules)
    faults.clear()

    blocked = {hit.chat_id for hit in faults.log if hit.rule.status == 403}
    assert {one.account_id for one in await stored(core, Person) if one.blocked_at} == blocked
    cut_late = Counter(hit.chat_id for hit in faults.log if hit.rule is late)
    before = {person.id: _copies(person) for person in people}
    assert before == {
        person.id: cut_late[person.id] + (person.id not in blocked) for person in people
    }

    for person in people:
        if person.id in blocked:
            await person.send("Здравствуйте")
    await _send_all(stage, sender)
    assert [one for one in await stored(core, Person) if one.blocked_at] == []
    assert {person.id: _copies(person) for person in people} == {
        person.id: cut_late[person.id] + 1 for person in people
    }


async def _who_knows_the_bot(stage: Stage) -> Someone:
    someone = stage.person()
    stage.sandbox.world.users[someone.id].started = True
    await make_person(stage.core, someone.id)
    return someone


async def _send_all(stage: Stage, sender: Sender) -> None:
    """Let the clock run until no message waits any more."""
    await sender.drain()
    while any(row.status == MessageStatus.PLANNED for row in await stored(stage.core, DueMessage)):
        stage.clock.move_to(stage.clock.now() + timedelta(hours=1))
        await sender.drain()


def _copies(person: Someone) -> int:
    return sum(screen.by_bot and screen.text == NEWS for screen in person.messages)
