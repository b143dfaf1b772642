"""Asking those who came, and keeping what they answer."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_text
from bot.errors import NotFound, Refused
from bot.models import TEXT_LENGTH, Meeting, Registration
from bot.rules import MeetingTimes
from bot.services import due_messages
from bot.services.answer_topics import (
    About,
    Asked,
    asked_of,
    find_topic,
    get_topic_to_answer,
    is_answered_otherwise,
)
from bot.services.core import Account, Core
from bot.services.due_messages import Owed, find_owner, owed_to_owner
from bot.services.meeting_schedule import times_of
from bot.vocabulary import MeetingStatus, MessageKind, RegistrationStatus


def owed_questions(
    core: Core, times: MeetingTimes, owner: Account, registration_id: int
) -> list[Owed]:
    """Return the question after a meeting and its repeat, and when each is due.

    One question per registration, two hours after the end or at once when that has passed, and one
    repeat the day after.
    """
    now = core.clock.now()
    asked_at = rules.due_at(MessageKind.FEEDBACK_QUESTION, times)
    if asked_at < now:
        asked_at, times = now, replace(times, ends_at=now)
    repeated_at = rules.due_at(MessageKind.FEEDBACK_REPEAT, times)
    return [
        owed_to_owner(owner, registration_id, MessageKind.FEEDBACK_QUESTION, due_at=asked_at),
        owed_to_owner(owner, registration_id, MessageKind.FEEDBACK_REPEAT, due_at=repeated_at),
    ]


async def plan_question(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> None:
    """Make the question after a meeting due to somebody who was marked, in that transaction.

    Who has no account any more is asked nothing.
    """
    owner = await find_owner(registration)
    if owner is None:
        return
    owed = owed_questions(core, await times_of(meeting), owner, registration.id)
    await due_messages.plan(session, core, owed, meeting)
    for one in owed:
        await due_messages.revive(session, one.kind, one.subject, one.due_at)


async def get_asked(core: Core, account: Account, about: About) -> Asked:
    """Return what a question is about.

    Raises:
        NotFound: no such registration of this account, or not its own pass.
    """
    async with core.db.read() as session:
        return await asked_of(session, about, await find_topic(session, core, account, about))


async def say_came(core: Core, account: Account, registration_id: int, *, came: bool) -> Asked:
    """Store a person's own word on whether they came; the curator's mark decides what counts.

    Raises:
        NotFound: no such registration of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: the meeting is not over yet, or the time for answers is.
    """
    async with core.db.write() as session:
        topic = await get_topic_to_answer(session, core, account, registration_id)
        if topic.registration is not None:
            topic.registration.says_came_at = core.clock.now() if came else None
        return await asked_of(session, registration_id, topic)


async def rate(core: Core, account: Account, about: About, rating: int) -> Asked:
    """Store a rating from 1 to 5; a second one replaces the first.

    Raises:
        NotFound: no such registration of this account, or not its own pass.
        ConsentRequired: the person agreed to an older text only.
        Refused: the person did not come, or it is too early or too late, or this account answered
            about the meeting in the other way.
    """
    if not 1 <= rating <= 5:
        raise Refused("refused-rating")
    async with core.db.write() as session:
        topic = await get_topic_to_answer(session, core, account, about)
        if (await asked_of(session, about, topic)).came is not True:
            raise Refused("refused-not-there")
        if topic.answer is not None:
            topic.answer.rating = rating
        elif await is_answered_otherwise(session, core, account, topic):
            raise Refused("refused-answered")
        else:
            topic = replace(topic, answer=topic.new_answer(core, rating))
            session.add(topic.answer)
        await session.flush()
        return await asked_of(session, about, topic)


async def mark_useful(
    core: Core, account: Account, about: About, choice: str, *, useful: bool
) -> Asked:
    """Tick or untick one thing that was useful; the same call twice is one.

    Raises:
        NotFound: no such registration or answer of this account, or not its own pass.
        ConsentRequired: the person agreed to an older text only.
        Refused: no such choice, or it is too late.
    """
    async with core.db.write() as session:
        topic = await get_topic_to_answer(session, core, account, about)
        if topic.answer is None:
            raise NotFound("registration-not-found")
        choices = rules.useful_choices(topic.answer.category)
        if choice not in choices:
            raise Refused
        ticked = {*topic.answer.useful}
        ticked = ticked | {choice} if useful else ticked - {choice}
        topic.answer.useful = [each for each in choices if each in ticked]
        await session.flush()
        return await asked_of(session, about, topic)


async def comment(core: Core, account: Account, about: About, words: str) -> None:
    """Store a few words, or none at all, and close the answer.

    Raises:
        NotFound: no such registration or answer of this account, or not its own pass.
        ConsentRequired: the person agreed to an older text only.
        Refused: it is too late.
        InvalidInput: too long.
    """
    words = clean_text(words, TEXT_LENGTH)
    async with core.db.write() as session:
        topic = await get_topic_to_answer(session, core, account, about)
        if topic.answer is None:
            raise NotFound("registration-not-found")
        if words:
            topic.answer.comment = words
        topic.answer.finished_at = core.clock.now()


async def is_wanted(core: Core, account: Account, registration_id: int) -> Asked | None:
    """Return what to ask at sending time, or None when nothing should be asked any more.

    Not of those who cancelled, whose meeting was called off, whom the closed list has as absent,
    who answered already, be it without a name, or whose mark is older than a week.
    """
    async with core.db.read() as session:
        try:
            topic = await find_topic(session, core, account, registration_id)
        except NotFound:
            return None
        registration, meeting = topic.registration, topic.meeting
        asked = await asked_of(session, registration_id, topic)
        lines = registration.lines if registration else ()
        marks = [line.marked_at for line in lines if line.came and line.marked_at]
        since = max([*marks, meeting.ends_at])
        if (
            registration is None
            or registration.status is not RegistrationStatus.ACTIVE
            or meeting.status not in {MeetingStatus.PUBLISHED, MeetingStatus.HELD}
            or asked.came is False
            or asked.rating is not None
            or await is_answered_otherwise(session, core, account, topic)
            or core.clock.now() > since + rules.FEEDBACK_WINDOW
        ):
            return None
        return asked
