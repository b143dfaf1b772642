"""The groups of people that the bot is in: added, moved, silenced, removed, added again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import clean_text, cut
from bot.errors import Forbidden, NotFound
from bot.models import TEXT_LENGTH, TITLE_LENGTH, GroupCard, GroupChat
from bot.services.access import find_person, get_managed_meeting
from bot.services.core import Account, Core
from bot.vocabulary import Messenger

MOST_OFFERED = 100
"""Among so many groups at most, the newest, those are looked for that somebody may post into."""

MOVE = timedelta(minutes=5)
"""A supergroup with the name of a group that the bot joined so lately is that group."""

LAST_SUPERGROUP = -1_000_000_000_000
"""Ids of supergroups are below this, those of basic groups above (Bot API dialog IDs)."""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group that the bot is in.

    Attributes:
        title: what its people call it; may be empty.
        locale: the language the bot speaks there.
        may_post: whether the bot could write there when it last tried or was told.
        added_by_me: whether whoever asks added the bot.
    """

    id: int
    chat_id: int
    title: str
    locale: str
    may_post: bool
    added_by_me: bool = False


async def enter(
    core: Core,
    chat_id: int,
    title: str,
    locale: str,
    *,
    added_by: Account | None = None,
    may_post: bool = True,
) -> bool:
    """Store that the bot is in a group, and return whether it is new to the people there.

    It is not where it was before, nor in the supergroup that one of its groups becomes: that is
    guessed (see `_is_moving`), since the messenger says only afterwards that a group has moved.

    Args:
        core: what every use case is given.
        chat_id: of the group.
        title: of the group as it is now.
        locale: to speak there; kept for as long as the bot stays.
        added_by: who let the bot in, if this is about that; remembered only of people who agreed
            to the processing of their data.
        may_post: whether the bot may write there.
    """
    now = core.clock.now()
    name = cut(clean_text(title, TEXT_LENGTH), TITLE_LENGTH)
    async with core.db.write() as session:
        adder = None
        if added_by is not None and await find_person(session, added_by) is not None:
            adder = added_by.id
        group = await _find(session, chat_id)
        is_back = group is None or group.left_at is not None
        is_new = is_back and not await _is_moving(session, chat_id, name, now - MOVE, adder)
        if group is None:
            group = GroupChat(messenger=Messenger.TELEGRAM, chat_id=chat_id)
            session.add(group)
        if is_back:
            group.joined_at, group.left_at = now, None
            group.locale, group.added_by = locale, adder
        group.title, group.may_post = name, may_post
    return is_new


async def _is_moving(
    session: AsyncSession, chat_id: int, title: str, since: datetime, adder: int | None
) -> bool:
    """Whether a supergroup seems to be what a group with the bot in it becomes just now.

    Many groups are called the same: it counts only what this adder let the bot into as well, or
    where it is since a moment ago, as a group often moves when the bot gets its rights there.
    """
    if chat_id > LAST_SUPERGROUP or not title:
        return False
    the_same = GroupChat.joined_at > since
    if adder is not None:
        the_same = or_(the_same, GroupChat.added_by == adder)
    namesake = select(GroupChat.id).where(
        GroupChat.messenger == Messenger.TELEGRAM,
        GroupChat.chat_id > LAST_SUPERGROUP,
        GroupChat.title == title,
        GroupChat.left_at.is_(None),
        the_same,
    )
    return await session.scalar(namesake.limit(1)) is not None


async def note_rights(core: Core, chat_id: int, *, may_post: bool) -> None:
    """Store whether the bot may write in a group; harmless where it is in none."""
    async with core.db.write() as session:
        await session.execute(
            update(GroupChat)
            .where(*_is(chat_id), GroupChat.may_post != may_post)
            .values(may_post=may_post)
        )


async def leave(core: Core, chat_id: int) -> None:
    """Store that the bot is in a group no more: its cards stop, its name and who added are gone.

    Harmless when repeated, and where it never was.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        group = await _find(session, chat_id)
        if group is None or group.left_at is not None:
            return
        group.left_at, group.title, group.added_by = now, "", None
        await session.execute(
            update(GroupCard)
            .where(GroupCard.group_chat_id == group.id, GroupCard.stopped_at.is_(None))
            .values(stopped_at=now)
        )


async def migrate(core: Core, old_chat_id: int, new_chat_id: int) -> None:
    """Store that a group became a supergroup, which is another chat for the messenger.

    Its cards are forgotten: their messages cannot be changed any more, and the supergroup counts
    its messages anew. Harmless when repeated; the bot may have been seen in the new chat before.
    """
    async with core.db.write() as session:
        old = await _find(session, old_chat_id)
        if old is None:
            return
        await session.execute(delete(GroupCard).where(GroupCard.group_chat_id == old.id))
        new = await _find(session, new_chat_id)
        if new is None:
            old.chat_id = new_chat_id
            return
        new.locale = old.locale
        new.added_by = new.added_by or old.added_by
        await session.delete(old)


async def get_group(core: Core, chat_id: int) -> GroupFacts | None:
    """Return the group with this chat, None where the bot is not in it."""
    async with core.db.read() as session:
        group = await _find(session, chat_id)
        return None if group is None or group.left_at is not None else _facts(group, None)


async def list_groups(core: Core, account: Account, meeting_id: int) -> tuple[GroupFacts, ...]:
    """Return the groups that a meeting's card could go to, those that this account added first.

    Whether somebody is in a group only the messenger knows: the caller asks it before it shows
    one (see `check_may_post`).

    Raises:
        Forbidden: this account does not run the meeting.
    """
    async with core.db.read() as session:
        await get_managed_meeting(session, core, account, meeting_id)
        mine = GroupChat.added_by == account.id
        found = await session.scalars(
            select(GroupChat)
            .where(GroupChat.messenger == account.messenger, GroupChat.left_at.is_(None))
            .order_by(mine.is_(True).desc(), GroupChat.joined_at.desc(), GroupChat.id)
            .limit(MOST_OFFERED)
        )
        return tuple(_facts(group, account) for group in found)


async def get_destination(
    core: Core, account: Account, meeting_id: int, group_id: int
) -> tuple[GroupFacts, str]:
    """Return a group that a meeting's card is to go to, and the token of the meeting.

    Raises:
        Forbidden: as `list_groups`.
        NotFound: the bot is not in this group.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        group = await session.get(GroupChat, group_id)
        if group is None or group.left_at is not None or group.messenger != account.messenger:
            raise NotFound("group-gone")
        return _facts(group, account), meeting.token


def may_post(group: GroupFacts, *, is_member: bool | None) -> bool:
    """Whether somebody may post into a group: they are in it.

    Args:
        group: as they see it.
        is_member: what the messenger says; None where it does not tell the bot. Then whoever
            added the bot counts as a member.
    """
    return group.added_by_me if is_member is None else is_member


def check_may_post(group: GroupFacts, *, is_member: bool | None) -> None:
    """Check the same before a card goes there.

    Raises:
        Forbidden: they may not.
    """
    if not may_post(group, is_member=is_member):
        raise Forbidden("forbidden-group")


async def _find(session: AsyncSession, chat_id: int) -> GroupChat | None:
    return await session.scalar(select(GroupChat).where(*_is(chat_id)))


def _is(chat_id: int) -> tuple[ColumnElement[bool], ...]:
    return GroupChat.messenger == Messenger.TELEGRAM, GroupChat.chat_id == chat_id


def _facts(group: GroupChat, account: Account | None) -> GroupFacts:
    return GroupFacts(
        id=group.id,
        chat_id=group.chat_id,
        title=group.title,
        locale=group.locale,
        may_post=group.may_post,
        added_by_me=account is not None and group.added_by == account.id,
    )
