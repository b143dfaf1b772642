"""The cards of meetings in groups: where they are, and what they said when last looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.errors import NotFound
from bot.models import GroupCard, GroupChat, Meeting, Registration
from bot.services import audit
from bot.services.core import Account, Core
from bot.services.outbox import TimeOrBind
from bot.services.seats import taken_seats
from bot.vocabulary import MeetingStatus, Messenger, RegistrationStatus

REST = timedelta(seconds=10)
"""A card is changed once in so long at most."""

REPEAT = timedelta(minutes=1)
"""Within this time a second card of a meeting in the same group is a repeated tap."""

Signs = tuple[MeetingStatus | datetime | int | bool | None, ...]


@dataclass(frozen=True, slots=True)
class LiveCard:
    """A card whose numbers are kept true.

    Attributes:
        shown: a hash of what it says.
        signs: what tells cheaply that it may have to say something else: its meeting's state,
            times and seats. Other changes show only when the card is drawn anew.
    """

    id: int
    chat_id: int
    locale: str
    message_id: int
    token: str
    shown: str
    signs: Signs


async def is_fresh(core: Core, chat_id: int, token: str) -> bool:
    """Whether a card of this meeting came into this group a moment ago."""
    async with core.db.read() as session:
        found = await session.scalar(
            select(GroupCard.id)
            .join(GroupCard.group_chat)
            .join(GroupCard.meeting)
            .where(
                GroupChat.messenger == Messenger.TELEGRAM,
                GroupChat.chat_id == chat_id,
                Meeting.token == token,
                GroupCard.stopped_at.is_(None),
                GroupCard.posted_at > core.clock.now() - REPEAT,
            )
            .limit(1)
        )
        return found is not None


async def add_card(
    core: Core,
    chat_id: int,
    token: str,
    message_id: int,
    shown: str,
    *,
    posted_by: Account | None = None,
) -> None:
    """Store a card that was posted; harmless when repeated.

    Args:
        core: what every use case is given.
        chat_id: the group's.
        token: of the meeting's link.
        message_id: the card in the group.
        shown: a hash of what it says.
        posted_by: who of the staff posted it, for the log; None where somebody in the group asked.

    Raises:
        NotFound: the meeting or the group is gone.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        group = await session.scalar(
            select(GroupChat).where(
                GroupChat.messenger == Messenger.TELEGRAM, GroupChat.chat_id == chat_id
            )
        )
        meeting_id = await session.scalar(select(Meeting.id).where(Meeting.token == token))
        if group is None or meeting_id is None:
            raise NotFound
        known = await session.scalar(
            select(GroupCard.id).where(
                GroupCard.group_chat_id == group.id, GroupCard.message_id == message_id
            )
        )
        if known is not None:
            return
        session.add(
            GroupCard(
                group_chat_id=group.id,
                meeting_id=meeting_id,
                message_id=message_id,
                shown=shown,
                posted_at=now,
                updated_at=now,
            )
        )
        if posted_by is not None:
            subject = f"meeting:{meeting_id}"
            audit.record(session, core, posted_by, "meeting.to_group", subject, group=group.id)


async def list_rested(core: Core) -> tuple[LiveCard, ...]:
    """Return the cards that may be changed now, the one that waits longest first.

    One statement, however many there are.
    """
    now = core.clock.now()
    async with core.db.read() as session:
        rows = await session.execute(
            select(GroupCard, GroupChat, Meeting, taken_seats(), _waiting())
            .join(GroupCard.group_chat)
            .join(GroupCard.meeting)
            .where(is_rested(now - REST))
            .order_by(GroupCard.updated_at, GroupCard.id)
        )
        return tuple(
            LiveCard(
                id=card.id,
                chat_id=group.chat_id,
                locale=group.locale,
                message_id=card.message_id,
                token=meeting.token,
                shown=card.shown,
                signs=(taken, waiting, *_signs(meeting, now)),
            )
            for card, group, meeting, taken, waiting in rows
        )


def is_rested(since: TimeOrBind) -> ColumnElement[bool]:
    """Whether the row's card may be changed: it was not since a moment, and its group is there."""
    return and_(
        GroupCard.stopped_at.is_(None),
        GroupCard.updated_at <= since,
        GroupCard.group_chat_id == GroupChat.id,
        GroupChat.left_at.is_(None),
    )


def _waiting() -> ColumnElement[int]:
    return (
        select(func.count(Registration.id))
        .where(
            Registration.meeting_id == Meeting.id,
            Registration.status == RegistrationStatus.WAITING,
        )
        .correlate(Meeting)
        .scalar_subquery()
    )


def _signs(meeting: Meeting, now: datetime) -> Signs:
    times = meeting.sign_up_opens_at, meeting.sign_up_closes_at, meeting.starts_at, meeting.ends_at
    passed = (time is not None and time <= now for time in times)
    return (meeting.status, meeting.seats, *times, *passed)


async def note_shown(core: Core, card_id: int, shown: str, *, is_last: bool) -> None:
    """Store what a card says now; one that said its last word is looked at no more."""
    now = core.clock.now()
    async with core.db.write() as session:
        await session.execute(
            update(GroupCard)
            .where(GroupCard.id == card_id, GroupCard.stopped_at.is_(None))
            .values(shown=shown, updated_at=now, stopped_at=now if is_last else None)
        )


async def stop(core: Core, card_id: int) -> None:
    """Stop looking after a card: its message is gone, or cannot be changed."""
    async with core.db.write() as session:
        await session.execute(
            update(GroupCard)
            .where(GroupCard.id == card_id, GroupCard.stopped_at.is_(None))
            .values(stopped_at=core.clock.now())
        )
