"""Questions about a meeting: from a participant to whoever runs it, and the answers back.

Neither sees who the other is: the words go through the bot.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.cleaning import clean_words
from bot.errors import NotFound, Refused
from bot.models import WORDS_LENGTH, Meeting, Person, Question, Registration
from bot.services import audit, due_messages
from bot.services.access import find_person, get_managed_meeting, get_person
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.services.meeting_notices import who_runs
from bot.vocabulary import IN_FORCE, MeetingStatus, MessageKind

MOST_OPEN = 5
OPEN_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Words:
    """A question or an answer as whoever gets it reads it.

    Attributes:
        token: names it in buttons.
        is_answer: whoever runs the meeting wrote it, else a participant.
        answered: whether somebody has replied to it.
    """

    token: str
    title: str
    meeting_token: str
    starts_at: datetime
    timezone: str
    text: str
    is_answer: bool
    answered: bool


async def check_ask(core: Core, account: Account, meeting_token: str) -> None:
    """Check that somebody may ask about a meeting now, before they type.

    Raises:
        ConsentRequired, NotFound, Refused: as `ask`.
    """
    async with core.db.read() as session:
        await _check_ask(session, core, account, meeting_token)


async def ask(core: Core, account: Account, meeting_token: str, text: str, token: str) -> None:
    """Send a question of somebody signed up to whoever runs the meeting.

    Args:
        core: what every use case is given.
        account: who asks.
        meeting_token: of the meeting's link.
        text: what.
        token: chosen beforehand: the same call again then does nothing.

    Raises:
        ConsentRequired: they have not agreed, or to an older text only.
        NotFound: they are not signed up for such a meeting.
        InvalidInput: nothing readable in the text, or too much.
        Refused: five of their questions of a day wait for an answer, or nobody runs the meeting.
    """
    async with core.db.write() as session:
        if await _is_sent(session, token):
            return
        person, meeting = await _check_ask(session, core, account, meeting_token)
        question = Question(token=token, meeting=meeting, participant_id=person.id, is_answer=False)
        await _send(session, core, question, person, text)


async def reply(core: Core, account: Account, to: str, text: str, token: str) -> None:
    """Answer a question, or ask on after an answer; each is replied to once.

    Args:
        core: what every use case is given.
        account: who replies.
        to: the token of what is replied to.
        text: what.
        token: chosen beforehand: the same call again then does nothing.

    Raises:
        NotFound: it was erased, or was not for this account.
        Forbidden: this account does not run the meeting (any more).
        ConsentRequired, InvalidInput: as `ask`.
        Refused: it is answered already; else as `ask`.
    """
    async with core.db.write() as session:
        if await _is_sent(session, token):
            return
        question = await _find(session, core, account, to)
        person = await get_person(session, account)
        if question.is_answer:
            await _check_number(session, core, person)
        answered = await session.scalar(
            update(Question)
            .where(Question.id == question.id, Question.answered_at.is_(None))
            .values(answered_at=core.clock.now())
            .returning(Question.id)
        )
        if answered is None:
            raise Refused("question-answered")
        following = Question(
            token=token,
            meeting=question.meeting,
            participant_id=question.participant_id,
            is_answer=not question.is_answer,
        )
        await _send(session, core, following, person, text)
        if following.is_answer:
            subject = f"meeting:{question.meeting_id}"
            audit.record(session, core, account, "question.answer", subject)


async def get_words(core: Core, account: Account, token: str) -> Words:
    """Return a question or an answer to whom it was sent to.

    Raises:
        NotFound: it was erased, or was not for this account.
        Forbidden: this account does not run the meeting (any more).
    """
    async with core.db.read() as session:
        question = await _find(session, core, account, token)
        meeting = question.meeting
        return Words(
            token=question.token,
            title=meeting.title,
            meeting_token=meeting.token,
            starts_at=meeting.starts_at,
            timezone=meeting.municipality.timezone,
            text=question.text,
            is_answer=question.is_answer,
            answered=question.answered_at is not None,
        )


async def _check_ask(
    session: AsyncSession, core: Core, account: Account, meeting_token: str
) -> tuple[Person, Meeting]:
    person = await get_person(session, account)
    meeting = await session.scalar(
        select(Meeting)
        .join(Registration, Registration.meeting_id == Meeting.id)
        .where(
            Meeting.token == meeting_token,
            Meeting.status != MeetingStatus.DRAFT,
            Registration.person_id == person.id,
            Registration.status.in_(IN_FORCE),
        )
        .limit(1)
    )
    if meeting is None:
        raise NotFound("registration-not-found")
    await _check_number(session, core, person)
    if not await who_runs(session, meeting):
        raise Refused("refused-nobody-answers")
    return person, meeting


async def _check_number(session: AsyncSession, core: Core, person: Person) -> None:
    waiting = await session.scalar(
        select(func.count())
        .select_from(Question)
        .where(
            Question.author_id == person.id,
            ~Question.is_answer,
            Question.answered_at.is_(None),
            Question.created_at > core.clock.now() - OPEN_FOR,
        )
    )
    if (waiting or 0) >= MOST_OPEN:
        raise Refused("refused-questions")


async def _is_sent(session: AsyncSession, token: str) -> bool:
    return await session.scalar(select(Question.id).where(Question.token == token)) is not None


async def _send(
    session: AsyncSession, core: Core, question: Question, author: Person, text: str
) -> None:
    now = core.clock.now()
    question.author_id, question.created_at = author.id, now
    question.text = clean_words(text, WORDS_LENGTH)
    session.add(question)
    if question.is_answer:
        participant = await session.get_one(Person, question.participant_id)
        readers = [Account(participant.account_id, participant.messenger)]
    else:
        readers = await who_runs(session, question.meeting)
    if not readers:
        raise Refused("refused-nobody-answers")
    # Named by its token: a number that becomes free may be given to the next question.
    subject, facts = f"question:{question.token}", {"token": question.token}
    owed = [Owed(reader, MessageKind.QUESTION, subject, facts=facts) for reader in readers]
    await due_messages.plan(session, core, owed, question.meeting)


async def _find(session: AsyncSession, core: Core, account: Account, token: str) -> Question:
    """Return words that were sent to this account."""
    question = await session.scalar(
        select(Question)
        .where(Question.token == token)
        .options(selectinload(Question.meeting).selectinload(Meeting.municipality))
    )
    if question is None:
        raise NotFound("question-gone")
    if not question.is_answer:
        await get_managed_meeting(session, core, account, question.meeting_id)
        return question
    person = await find_person(session, account)
    if person is None or person.id != question.participant_id:
        raise NotFound("question-gone")
    return question
