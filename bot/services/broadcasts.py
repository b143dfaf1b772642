"""What those who run a meeting write to its participants: one text, a due message to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_words
from bot.errors import NotFound, Refused
from bot.models import (
    WORDS_LENGTH,
    Broadcast,
    Meeting,
    Person,
    Registration,
    RegistrationLine,
)
from bot.services import audit, due_messages
from bot.services.access import check_possible, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import (
    ON_WAITING_LIST,
    MessageKind,
    Recipients,
    RegistrationStatus,
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What one of the recipients reads."""

    title: str
    meeting_token: str
    starts_at: datetime
    timezone: str
    text: str


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom one can write to about a meeting.

    Attributes:
        people: how many people each choice reaches.
        waits_until: when a message written now would go out; None: at once, it is day.
        last_id: the last message that was sent, None when there is none.
    """

    meeting: Announcement
    people: Mapping[Recipients, int]
    waits_until: datetime | None
    last_id: int | None


async def get_addressees(core: Core, account: Account, meeting_id: int) -> Addressees:
    """Return whom one can write to about a meeting, with numbers.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is a draft.
    """
    async with core.db.read() as session:
        meeting = await _get_meeting(session, core, account, meeting_id)
        last_id = await session.scalar(
            select(func.max(Broadcast.id)).where(Broadcast.meeting_id == meeting_id)
        )
        people = {
            recipients: len(await _find_people(session, meeting_id, recipients))
            for recipients in Recipients
        }
        announcement = await _read(session, meeting, "")
        now = core.clock.now()
        goes_at = rules.after_night(now, announcement.timezone)
        waits_until = goes_at if goes_at > now else None
        return Addressees(announcement, people, waits_until, last_id)


def check_text(text: str) -> str:
    """Return what is to be sent, cleaned.

    Raises:
        InvalidInput: nothing readable is in it, or it is longer than 1,000 characters.
    """
    return clean_words(text, WORDS_LENGTH)


async def send_broadcast(
    core: Core, account: Account, meeting_id: int, recipients: Recipients, text: str, token: str
) -> int:
    """Send a message to many: from now on each of them is owed it, once.

    Args:
        core: what every use case is given.
        account: who writes.
        meeting_id: the meeting's id.
        recipients: to whom, as it is now.
        text: what.
        token: chosen beforehand: the same call again then finds what it sent.

    Returns:
        The id of what was sent.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is a draft, or there is nobody to read it.
        InvalidInput: nothing readable in the text, or too much.
    """
    async with core.db.write() as session:
        meeting = await _get_meeting(session, core, account, meeting_id, lock=True)
        sent = await session.scalar(select(Broadcast).where(Broadcast.token == token))
        if sent is not None and sent.meeting_id == meeting_id:
            return sent.id
        people = await _find_people(session, meeting_id, recipients)
        if not people:
            raise Refused("refused-nobody-to-write-to")
        broadcast = Broadcast(
            token=token,
            meeting_id=meeting_id,
            recipients=recipients,
            text=check_text(text),
            created_at=core.clock.now(),
        )
        session.add(broadcast)
        await session.flush()
        subject, facts = f"meeting:{meeting.id}", {"broadcast_id": broadcast.id}
        occurrence = f"broadcast {broadcast.id}"
        owed = [
            Owed(person, MessageKind.BROADCAST, subject, occurrence, facts=facts)
            for person in people
        ]
        await due_messages.plan(session, core, owed, meeting)
        audit.record(
            session,
            core,
            account,
            "meeting.write",
            f"meeting:{meeting.id}",
            recipients=recipients.value,
            people=len(people),
        )
        return broadcast.id


async def get_announcement(core: Core, sent_id: int) -> Announcement | None:
    """Return what a message to many says, None once it was stopped.

    Raises:
        NotFound: no such message.
    """
    async with core.db.read() as session:
        broadcast = await session.get(Broadcast, sent_id)
        if broadcast is None:
            raise NotFound
        if broadcast.stopped_at is not None:
            return None
        meeting = await session.get_one(Meeting, broadcast.meeting_id)
        return await _read(session, meeting, broadcast.text)


async def _get_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int, *, lock: bool = False
) -> Meeting:
    _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=lock)
    check_possible(core, rules.MeetingAction.WRITE, meeting)
    return meeting


async def _read(session: AsyncSession, meeting: Meeting, text: str) -> Announcement:
    await session.refresh(meeting, ["municipality"])
    return Announcement(
        meeting.title, meeting.token, meeting.starts_at, meeting.municipality.timezone, text
    )


async def _find_people(
    session: AsyncSession, meeting_id: int, recipients: Recipients
) -> list[Account]:
    """Return the accounts of those meant, each once, however many registrations they have."""
    rows = await session.execute(
        select(Person.account_id, Person.messenger, Person.id)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.meeting_id == meeting_id, _is_meant(recipients))
        .distinct()
        .order_by(Person.id)
    )
    return [Account(account_id, messenger) for account_id, messenger, _ in rows]


def _is_meant(recipients: Recipients) -> ColumnElement[bool]:
    match recipients:
        case Recipients.SIGNED_UP:
            return Registration.status == RegistrationStatus.ACTIVE
        case Recipients.CAME:
            return Registration.lines.any(RegistrationLine.came > 0)
        case Recipients.WAITING:
            return Registration.status.in_(ON_WAITING_LIST)
