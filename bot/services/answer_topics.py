"""What an answer is about: a registration of one's own, or a meeting whose code one scanned.

Whoever has a registration at a meeting answers on it. Anybody else in the room answers without a
name: of the account only a keyed hash stands on the answer, so that it counts once. Nobody answers
both ways.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import NotFound, Refused
from bot.models import Feedback, Meeting, Registration, RegistrationLine
from bot.rules import RoomPass
from bot.services.access import find_person, get_person
from bot.services.core import Account, Core
from bot.services.tickets import get_own
from bot.vocabulary import Category, MeetingStatus

About = int | RoomPass
"""Whose answer it is: the id of a registration, or the pass of somebody who gives no name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question after a meeting is about, and how far its answer is.

    Attributes:
        about: see `About`.
        category: as whom the person came; None without a name.
        came: True when checked in, False when the closed list says otherwise, None when nobody
            marked it yet and the person has not said so either.
        confirmed: whether the curator's mark is there, so that the answer counts.
    """

    about: About
    title: str
    starts_at: datetime
    timezone: str
    category: Category | None
    came: bool | None
    confirmed: bool
    rating: int | None
    useful: tuple[str, ...]
    finished: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """The rows behind an answer; without a registration it is one without a name."""

    meeting: Meeting
    registration: Registration | None
    answered_by: str | None
    answer: Feedback | None

    @property
    def category(self) -> Category | None:
        """As whom the person came; None without a name."""
        return self.registration.lines[0].category if self.registration else None

    def new_answer(self, core: Core, rating: int) -> Feedback:
        """Return an answer, not stored yet."""
        return Feedback(
            meeting_id=self.meeting.id,
            registration_id=self.registration.id if self.registration else None,
            answered_by=self.answered_by,
            category=self.category,
            rating=rating,
            useful=[],
            created_at=core.clock.now(),
        )


def whose(account: Account) -> str:
    """Return an account as passes and answers without a name are signed for it."""
    return f"{account.messenger}:{account.id}"


def mark_of(core: Core, account: Account, meeting_id: int) -> str:
    """Return what stands on this account's answer without a name."""
    return rules.answer_mark(core.secret, meeting_id, whose(account))


async def find_topic(session: AsyncSession, core: Core, account: Account, about: About) -> Topic:
    """Return what an answer is about.

    Raises:
        NotFound: no such registration of this account, or not its own pass.
    """
    if isinstance(about, RoomPass):
        rules.check_pass(core.secret, about, whose(account))
        meeting = await session.get(
            Meeting, about.meeting_id, options=[selectinload(Meeting.municipality)]
        )
        if meeting is None:
            raise NotFound("meeting-not-found")
        unnamed = await find_unnamed(session, core, account, meeting.id)
        return Topic(meeting, None, mark_of(core, account, meeting.id), unnamed)
    registration = await get_own(session, account, about)
    answer = await session.scalar(
        select(Feedback).where(Feedback.registration_id == registration.id)
    )
    return Topic(registration.meeting, registration, None, answer)


async def find_unnamed(
    session: AsyncSession, core: Core, account: Account, meeting_id: int
) -> Feedback | None:
    """Return the answer without a name that this account gave at a meeting."""
    return await session.scalar(
        select(Feedback).where(
            Feedback.meeting_id == meeting_id,
            Feedback.answered_by == mark_of(core, account, meeting_id),
        )
    )


async def find_named(session: AsyncSession, account: Account, meeting_id: int) -> Feedback | None:
    """Return the answer that this account gave on a registration at a meeting."""
    person = await find_person(session, account)
    if person is None:
        return None
    return await session.scalar(
        select(Feedback)
        .join(Registration, Registration.id == Feedback.registration_id)
        .where(Feedback.meeting_id == meeting_id, Registration.person_id == person.id)
        .limit(1)
    )


async def is_answered_otherwise(
    session: AsyncSession, core: Core, account: Account, topic: Topic
) -> bool:
    """Whether this account answered without a name what it is asked by name, or the reverse."""
    if topic.registration is None:
        return await find_named(session, account, topic.meeting.id) is not None
    return await find_unnamed(session, core, account, topic.meeting.id) is not None


async def get_topic_to_answer(
    session: AsyncSession, core: Core, account: Account, about: About
) -> Topic:
    """Return what an answer is about, to store it while answers are taken.

    Raises:
        NotFound: no such registration of this account, or not its own pass.
        ConsentRequired: the person agreed to an older text only.
        Refused: it is too early or too late, or the meeting was cancelled.
    """
    topic = await find_topic(session, core, account, about)
    latest = topic.meeting.ends_at
    if topic.registration is None:
        if topic.meeting.status is MeetingStatus.CANCELLED:
            raise Refused("refused-cancelled")
        latest += rules.FEEDBACK_WINDOW
    else:
        await get_person(session, account)
        marks = [line.marked_at for line in topic.registration.lines if line.marked_at]
        # An answer may come a week after the question, and the question a week after the mark.
        latest = max([*marks, latest]) + 2 * rules.FEEDBACK_WINDOW
    if core.clock.now() < rules.answers_begin(topic.meeting.ends_at):
        raise Refused("refused-too-early-to-rate")
    if core.clock.now() > latest:
        raise Refused("refused-too-late-to-rate")
    return topic


async def asked_of(session: AsyncSession, about: About, topic: Topic) -> Asked:
    """Return a topic as screens need it."""
    registration, answer = topic.registration, topic.answer
    came: bool | None = True
    confirmed = True
    if registration is not None:
        confirmed = any(line.came for line in registration.lines)
        came = confirmed or registration.says_came_at is not None or None
        if not came and await _list_is_closed(session, registration):
            came = False
    return Asked(
        about=about,
        title=topic.meeting.title,
        starts_at=topic.meeting.starts_at,
        timezone=topic.meeting.municipality.timezone,
        category=topic.category,
        came=came,
        confirmed=confirmed,
        rating=answer.rating if answer else None,
        useful=tuple(answer.useful) if answer else (),
        finished=answer is not None and answer.finished_at is not None,
    )


async def _list_is_closed(session: AsyncSession, registration: Registration) -> bool:
    """Whether the curator closed a list with marks on it: who has none was not there."""
    if registration.meeting.status is not MeetingStatus.HELD:
        return False
    marked = await session.scalar(
        select(func.count())
        .select_from(RegistrationLine)
        .join(Registration)
        .where(Registration.meeting_id == registration.meeting_id, RegistrationLine.came > 0)
    )
    return bool(marked)
