"""The ticket with its QR code, the entry for a calendar, and that a meeting changed or is off."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button, to_meeting
from bot.calendar_files import CalendarEntry, calendar_file
from bot.callbacks import CannotCome, LeaveTeam, OpenScreen
from bot.i18n import Html, Speech, as_typed
from bot.links import map_link, meeting_link, ticket_link
from bot.people_words import people_text
from bot.qr_codes import qr_png
from bot.sender import Attachment, Outgoing
from bot.services.catalogue import Card
from bot.services.ticket_notices import Keepsake, Occasion
from bot.vocabulary import Mode, RegistrationStatus

CAPTION_LENGTH = 1024


async def ticket_message(tr: Speech, bot: Bot, ticket: Keepsake) -> Outgoing | None:
    """Return the ticket: with a QR code for the door; what is online or by letter has no door."""
    if not ticket.wanted:
        return None
    picture = None
    if ticket.mode is Mode.IN_PERSON:
        content = await asyncio.to_thread(qr_png, await ticket_link(bot, ticket.token))
        picture = Attachment("ticket.png", content, is_picture=True)
    text = tr(
        "ticket-message",
        title=ticket.title,
        when=tr.when(ticket.starts_at, ticket.ends_at, ticket.timezone, lasting=True),
        where=where_text(tr, ticket),
        who=people_text(tr, ticket.people, ticket.called),
        code=ticket.code,
        door="yes" if picture else "no",
    )
    return Outgoing(text, _open_card(tr, ticket.meeting_token), picture)


async def calendar_message(tr: Speech, bot: Bot, ticket: Occasion) -> Outgoing | None:
    """Return the entry for a calendar, or what takes it out again."""
    if ticket.ends_at <= tr.now or not (ticket.wanted or ticket.cancelled):
        return None
    me = await bot.me()
    entry = CalendarEntry(
        uid=f"meeting-{ticket.meeting_token}@{me.username}",
        changes=ticket.changes,
        cancelled=ticket.cancelled,
        title=ticket.title,
        description=ticket.description,
        address=ticket.link
        if ticket.mode is Mode.ONLINE
        else f"{ticket.place}, {ticket.municipality}",
        link=await meeting_link(bot, ticket.meeting_token),
        starts_at=ticket.starts_at,
        ends_at=ticket.ends_at,
        timezone=ticket.timezone,
        written_at=tr.now,
    )
    content = await asyncio.to_thread(calendar_file, entry)
    key = "calendar-removal" if ticket.cancelled else "calendar-entry"
    name = f"{tr.plain('calendar-name')}.ics"
    return Outgoing(tr(key, title=ticket.title), None, Attachment(name, content))


def called_off_message(tr: Speech, card: Card) -> Outgoing:
    """Say that a meeting is cancelled and why, with the way to others."""
    text = tr(
        "meeting-cancelled",
        title=card.title,
        when=tr.when(card.starts_at, None, card.timezone, lasting=True),
        reason=card.cancel_reason,
        whose="team" if card.team_role else "registration",
    )
    others = button(tr.plain("other-meetings"), OpenScreen(name="meetings").pack())
    return Outgoing(text, InlineKeyboardMarkup(inline_keyboard=[[others]]))


def changed_message(tr: Speech, card: Card, before: Mapping[str, Any]) -> Outgoing | None:
    """Return what changed about a meeting, old → new, with «Не смогу прийти»."""
    starts_at, ends_at = (datetime.fromisoformat(before[name]) for name in ("starts_at", "ends_at"))
    lines = []
    if (starts_at, ends_at) != (card.starts_at, card.ends_at):
        lines.append(
            tr(
                "changed-when",
                before=tr.when(starts_at, ends_at, card.timezone, lasting=True),
                now=tr.when(card.starts_at, card.ends_at, card.timezone, lasting=True),
            )
        )
    if before["place"] != card.place:
        lines.append(tr("changed-place", before=before["place"] or "—", now=card.place or "—"))
    is_in = card.own_status is RegistrationStatus.ACTIVE  # who waits has no link yet
    if before["link"] != card.link and (is_in or card.member_id is not None):
        lines.append(tr("changed-link", now=card.link or "—"))
    if not lines:
        return None
    text = tr("changed", title=card.title, changes=Html("\n".join(lines)))
    rows = [[to_meeting(tr, card.token)]]
    if card.member_id is not None:
        rows.append([button(tr.plain("cannot-come"), LeaveTeam(member_id=card.member_id).pack())])
    elif card.registration_id is not None and is_in:
        cannot = CannotCome(registration_id=card.registration_id).pack()
        rows.append([button(tr.plain("cannot-come"), cannot)])
    return Outgoing(text, InlineKeyboardMarkup(inline_keyboard=rows))


def where_text(tr: Speech, ticket: Occasion) -> Html:
    """Return where a meeting is, an address with its map."""
    if ticket.mode is Mode.ONLINE:
        return tr("card-link", link=ticket.link)
    if ticket.mode is Mode.BY_CORRESPONDENCE:
        return tr("card-by-correspondence", place=ticket.place)
    address = f"{ticket.place}, {ticket.municipality}"
    return Html(f'📍 <a href="{as_typed(map_link(address))}">{as_typed(address)}</a>')


def _open_card(tr: Speech, token: str) -> InlineKeyboardMarkup:
    row = [to_meeting(tr, token)]
    return InlineKeyboardMarkup(inline_keyboard=[row])
