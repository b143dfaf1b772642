"""Asking those who came, and keeping what they answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_text
from bot.errors import NotFound, Refused
from bot.models import TEXT_LENGTH, Feedback, Meeting, Registration, RegistrationLine
from bot.services import due_messages
from bot.services.access import get_person
from bot.services.core import Account, Core
from bot.services.tickets import get_own
from bot.vocabulary import Category, MeetingStatus, MessageKind, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question after a meeting is about, and how far its answer is.

    Attributes:
        came: True when checked in, False when the closed list says otherwise, None when nobody
            marked it yet and the person has not said so either.
        confirmed: whether the curator's mark is there, so that the answer counts.
    """

    registration_id: int
    title: str
    starts_at: datetime
    timezone: str
    category: Category
    came: bool | None
    confirmed: bool
    rating: int | None
    useful: tuple[str, ...]
    finished: bool


async def plan_question(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> None:
    """Make the question after a meeting due, in the transaction that gives the reason for it.

    Called at the sign-up and at every mark: one question per registration, two hours after the
    end or at once when the mark came later. Who has no account any more is asked nothing.
    """
    await due_messages.plan_for_owner(
        session,
        core,
        registration,
        MessageKind.FEEDBACK_QUESTION,
        due_at=max(meeting.ends_at + rules.FEEDBACK_AFTER, core.clock.now()),
    )
    if any(line.came for line in await registration.awaitable_attrs.lines):
        await due_messages.revive(
            session, MessageKind.FEEDBACK_QUESTION, f"registration:{registration.id}"
        )


async def get_asked(core: Core, account: Account, registration_id: int) -> Asked:
    """Return what a question is about.

    Raises:
        NotFound: no such registration of this account.
    """
    async with core.db.read() as session:
        return await _asked(session, await get_own(session, account, registration_id))


async def say_came(core: Core, account: Account, registration_id: int, *, came: bool) -> Asked:
    """Store a person's own word on whether they came; the curator's mark decides what counts.

    Raises:
        NotFound: no such registration of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: the meeting is not over yet, or the time for answers is.
    """
    async with core.db.write() as session:
        registration = await _get_to_answer(session, core, account, registration_id)
        registration.says_came_at = core.clock.now() if came else None
        await session.flush()
        return await _asked(session, registration)


async def rate(core: Core, account: Account, registration_id: int, rating: int) -> Asked:
    """Store a rating from 1 to 5; a second one replaces the first.

    Raises:
        NotFound: no such registration of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: the person did not come, or it is too early or too late.
    """
    if not 1 <= rating <= 5:
        raise Refused("refused-rating")
    async with core.db.write() as session:
        registration = await _get_to_answer(session, core, account, registration_id)
        if (await _asked(session, registration)).came is not True:
            raise Refused("refused-not-there")
        answer = await _answer_of(session, registration)
        if answer is None:
            answer = Feedback(
                meeting_id=registration.meeting_id,
                registration_id=registration.id,
                category=registration.lines[0].category,
                created_at=core.clock.now(),
            )
            session.add(answer)
        answer.rating = rating
        await session.flush()
        return await _asked(session, registration)


async def mark_useful(
    core: Core, account: Account, registration_id: int, choice: str, *, useful: bool
) -> Asked:
    """Tick or untick one thing that was useful; the same call twice is one.

    Raises:
        NotFound: no such registration or answer of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: no such choice, or it is too late.
    """
    async with core.db.write() as session:
        registration = await _get_to_answer(session, core, account, registration_id)
        answer = await _answer_of(session, registration)
        if answer is None:
            raise NotFound("registration-not-found")
        if choice not in rules.useful_choices(answer.category):
            raise Refused
        chosen = {*answer.useful, choice} if useful else {*answer.useful} - {choice}
        answer.useful = [each for each in rules.useful_choices(answer.category) if each in chosen]
        await session.flush()
        return await _asked(session, registration)


async def comment(core: Core, account: Account, registration_id: int, words: str) -> None:
    """Store a few words, or none at all, and close the answer.

    Raises:
        NotFound: no such registration or answer of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: it is too late.
        InvalidInput: too long.
    """
    words = clean_text(words, TEXT_LENGTH)
    async with core.db.write() as session:
        registration = await _get_to_answer(session, core, account, registration_id)
        answer = await _answer_of(session, registration)
        if answer is None:
            raise NotFound("registration-not-found")
        if words:
            answer.comment = words
        answer.finished_at = core.clock.now()


async def is_wanted(core: Core, account: Account, registration_id: int) -> Asked | None:
    """Return what to ask at sending time, or None when nothing should be asked any more.

    Not of those who cancelled, whose meeting was called off, whom the closed list has as absent,
    who answered already, or whose mark is older than a week.
    """
    async with core.db.read() as session:
        try:
            registration = await get_own(session, account, registration_id)
        except NotFound:
            return None
        asked = await _asked(session, registration)
        marks = [line.marked_at for line in registration.lines if line.came and line.marked_at]
        since = max([*marks, registration.meeting.ends_at])
        if (
            registration.status is not RegistrationStatus.ACTIVE
            or registration.meeting.status not in {MeetingStatus.PUBLISHED, MeetingStatus.HELD}
            or asked.came is False
            or asked.rating is not None
            or core.clock.now() > since + rules.FEEDBACK_WINDOW
        ):
            return None
        return asked


async def _asked(session: AsyncSession, registration: Registration) -> Asked:
    answer = await _answer_of(session, registration)
    confirmed = any(line.came for line in registration.lines)
    came: bool | None = confirmed or None
    if not confirmed and registration.says_came_at is not None:
        came = True
    elif not confirmed and await _list_is_closed(session, registration):
        came = False
    return Asked(
        registration_id=registration.id,
        title=registration.meeting.title,
        starts_at=registration.meeting.starts_at,
        timezone=registration.meeting.municipality.timezone,
        category=registration.lines[0].category,
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


async def _get_to_answer(
    session: AsyncSession, core: Core, account: Account, registration_id: int
) -> Registration:
    """Return one's own registration, to store an answer while answers are taken.

    Raises:
        NotFound: no such registration of this account.
        ConsentRequired: the person agreed to an older text only.
        Refused: the meeting is not over yet, or the time for answers is.
    """
    registration = await get_own(session, account, registration_id)
    await get_person(session, account)
    ended = registration.meeting.ends_at
    if core.clock.now() < ended:
        raise Refused("refused-too-early-to-rate")
    marks = [line.marked_at for line in registration.lines if line.marked_at]
    # An answer may come a week after the question, and the question a week after the mark.
    if core.clock.now() > max([*marks, ended]) + 2 * rules.FEEDBACK_WINDOW:
        raise Refused("refused-too-late-to-rate")
    return registration


async def _answer_of(session: AsyncSession, registration: Registration) -> Feedback | None:
    return await session.scalar(select(Feedback).where(Feedback.registration_id == registration.id))
