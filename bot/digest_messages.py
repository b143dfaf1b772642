"""The one message a day that tells somebody with a role what they owe."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import button
from bot.callbacks import (
    NEW_MEETING,
    OPEN_LISTS,
    REGION_DEADLINES,
    ManagedScreen,
    OpenManaged,
    OpenScreen,
)
from bot.cleaning import cut
from bot.deadline_messages import deadline_part, weekly_part
from bot.i18n import Html, Speech
from bot.sender import Outgoing
from bot.services.digests import Digest, OpenList

_LONGEST_LABEL = 60  # of a list's row; phones cut what is longer
_MOST_ROWS = 8  # of buttons; more is no message, but a menu


def digest_message(tr: Speech, digest: Digest) -> Outgoing | None:
    """Say what is owed today, each part with its buttons; nothing when nothing is.

    The open lists have a button each where there is room beside the other parts, otherwise one.
    """
    parts: list[Html] = []
    rows: list[list[InlineKeyboardButton]] = []
    if digest.lists:
        parts.append(tr("digest-lists", number=digest.lists_total))
    if digest.owed:
        words, buttons = deadline_part(tr, list(digest.owed))
        parts.append(words)
        rows += buttons
    if digest.idle:
        parts.append(tr("digest-idle", places=", ".join(digest.idle)))
        rows.append([button(tr.plain("manage-new"), OpenScreen(name=NEW_MEETING).pack())])
    if digest.weekly:
        parts.append(weekly_part(tr, digest.weekly))
        to_region = OpenScreen(name=REGION_DEADLINES).pack()
        rows.append([button(tr.plain("deadlines-of-region"), to_region)])
    if not parts:
        return None
    rows = [*_list_buttons(tr, digest, room=_MOST_ROWS - len(rows)), *rows]
    return Outgoing(Html("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows))


def _list_buttons(tr: Speech, digest: Digest, *, room: int) -> list[list[InlineKeyboardButton]]:
    """Return a button for each open list, or one for all where some of them would have none."""
    if digest.lists_total <= min(len(digest.lists), room):
        return [[_list_button(tr, each)] for each in digest.lists]
    label = tr.plain("digest-lists-all", number=digest.lists_total)
    return [[button(label, OpenScreen(name=OPEN_LISTS).pack())]]


def _list_button(tr: Speech, meeting: OpenList) -> InlineKeyboardButton:
    label = f"{tr.short_day(meeting.starts_at, meeting.timezone)} · {meeting.title}"
    to_close = OpenManaged(meeting_id=meeting.meeting_id, screen=ManagedScreen.CLOSE)
    return button(cut(label, _LONGEST_LABEL), to_close.pack())
