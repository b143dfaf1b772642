"""What those who run a meeting write to its participants: one text, a due message to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import clean_words
from bot.errors import NotFound, Refused
from bot.models import (
    WORDS_LENGTH,
    Broadcast,
    DueMessage,
    Meeting,
    Person,
    Registration,
    RegistrationLine,
)
from bot.services import audit, due_messages, outbox
from bot.services.access import check_possible, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import (
    ON_WAITING_LIST,
    MessageKind,
    MessageStatus,
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
        last_id: the last message that was sent, None when there is none.
    """

    meeting: Announcement
    people: Mapping[Recipients, int]
    last_id: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message to many has come; what is in none of the three is on its way.

    Attributes:
        missed: those it cannot reach.
        unknown: those of whom a crash hid whether it reached them.
    """

    title: str
    text: str
    total: int
    delivered: int
    missed: int
    unknown: int


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
        return Addressees(await _read(session, meeting, ""), people, last_id)


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
        occurrence = _occurrence(broadcast)
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


async def get_progress(core: Core, account: Account, meeting_id: int, sent_id: int) -> Progress:
    """Return how far a message has come.

    Raises:
        Forbidden: this account does not run the meeting.
        NotFound: no such message about it.
    """
    async with core.db.read() as session:
        meeting = await _get_meeting(session, core, account, meeting_id)
        broadcast = await _get_broadcast(session, meeting_id, sent_id)
        rows = await session.execute(
            select(DueMessage.status, DueMessage.reason == outbox.UNKNOWN, func.count())
            .where(*_messages_of(broadcast))
            .group_by(DueMessage.status, DueMessage.reason == outbox.UNKNOWN)
        )
        total = delivered = missed = unknown = 0
        for status, is_unknown, number in rows:
            total += number
            if status is MessageStatus.SENT:
                delivered += number
            elif status in {MessageStatus.DROPPED, MessageStatus.FAILED}:
                unknown += number if is_unknown else 0
                missed += 0 if is_unknown else number
        return Progress(meeting.title, broadcast.text, total, delivered, missed, unknown)


async def send_unknown_again(core: Core, account: Account, meeting_id: int, sent_id: int) -> None:
    """Send a message once more to those of whom nobody knows whether it reached them.

    Raises:
        Forbidden: this account does not run the meeting.
        NotFound: no such message about it.
    """
    async with core.db.write() as session:
        await _get_meeting(session, core, account, meeting_id, lock=True)
        broadcast = await _get_broadcast(session, meeting_id, sent_id)
        await session.execute(
            update(DueMessage)
            .where(*_messages_of(broadcast), DueMessage.reason == outbox.UNKNOWN)
            .values(status=MessageStatus.PLANNED, **due_messages.AFRESH)
        )
        audit.record(session, core, account, "meeting.write-again", f"meeting:{meeting_id}")


async def get_announcement(core: Core, sent_id: int) -> Announcement:
    """Return what a message to many says.

    Raises:
        NotFound: no such message.
    """
    async with core.db.read() as session:
        broadcast = await session.get(Broadcast, sent_id)
        if broadcast is None:
            raise NotFound
        meeting = await session.get_one(Meeting, broadcast.meeting_id)
        return await _read(session, meeting, broadcast.text)


async def _get_meeting(
    session: AsyncSession, core: Core, account: Account, meeting_id: int, *, lock: bool = False
) -> Meeting:
    _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=lock)
    check_possible(core, rules.MeetingAction.WRITE, meeting)
    return meeting


async def _get_broadcast(session: AsyncSession, meeting_id: int, sent_id: int) -> Broadcast:
    broadcast = await session.get(Broadcast, sent_id)
    if broadcast is None or broadcast.meeting_id != meeting_id:
        raise NotFound
    return broadcast


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


def _occurrence(broadcast: Broadcast) -> str:
    return f"broadcast {broadcast.id}"


def _messages_of(broadcast: Broadcast) -> tuple[ColumnElement[bool], ...]:
    return (
        DueMessage.kind == MessageKind.BROADCAST,
        DueMessage.subject == f"meeting:{broadcast.meeting_id}",
        DueMessage.occurrence == _occurrence(broadcast),
    )
