"""Seats of the waiting list in pushed messages: the offer, and what became of it."""

from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button, to_meeting
from bot.callbacks import SeatAnswer, WaitAgain
from bot.i18n import Html, Speech
from bot.sender import Outgoing
from bot.services.tickets import Ticket
from bot.vocabulary import MeetingStatus, Mode, RegistrationStatus


def offer_message(tr: Speech, ticket: Ticket, number: int) -> Outgoing | None:
    """Return the offer with its two answers; one that is answered, over or replaced is dropped."""
    until = ticket.offered_until
    if ticket.status is not RegistrationStatus.OFFERED or ticket.offers_made != number:
        return None
    if until is None or until <= tr.now or ticket.meeting_status is not MeetingStatus.PUBLISHED:
        return None
    text = tr(
        "seat-offer",
        title=ticket.title,
        when=_when(tr, ticket),
        people=ticket.people,
        until=tr.when(until, None, ticket.timezone, lasting=True),
    )
    answers = [
        button(
            tr.plain("seat-offer-yes" if takes else "seat-offer-no"),
            SeatAnswer(registration_id=ticket.registration_id, number=number, takes=takes).pack(),
        )
        for takes in (True, False)
    ]
    return Outgoing(text, InlineKeyboardMarkup(inline_keyboard=[answers]))


def lapsed_message(tr: Speech, ticket: Ticket, number: int) -> Outgoing | None:
    """Return that the time to answer is over, and how to wait again; dropped when they do."""
    if ticket.status is not RegistrationStatus.CANCELLED or ticket.offers_made != number:
        return None
    if ticket.meeting_status is not MeetingStatus.PUBLISHED or ticket.starts_at <= tr.now:
        return None
    again = WaitAgain(registration_id=ticket.registration_id).pack()
    return Outgoing(
        tr("seat-offer-lapsed", title=ticket.title, when=_when(tr, ticket)),
        InlineKeyboardMarkup(
            inline_keyboard=[
                [button(tr.plain("wait-again"), again)],
                [to_meeting(tr, ticket.token)],
            ]
        ),
    )


def standing_message(tr: Speech, ticket: Ticket) -> Outgoing:
    """Return how things stand after an answer: in, on the list again, or the offer is over."""
    if ticket.status is RegistrationStatus.ACTIVE:
        lines = [tr("seat-taken", title=ticket.title, when=_when(tr, ticket))]
        if ticket.mode is Mode.IN_PERSON:
            lines.append(tr("code-at-door", code=Html(f"<b>{ticket.code}</b>")))
        elif ticket.mode is Mode.ONLINE and ticket.link:
            lines.append(tr("card-link", link=ticket.link))
        return Outgoing(Html("\n".join(lines)))
    if ticket.waiting_place is not None:
        return Outgoing(
            tr(
                "wait-again-done",
                title=ticket.title,
                when=_when(tr, ticket),
                place=ticket.waiting_place,
            )
        )
    return Outgoing(
        tr("seat-offer-over", title=ticket.title),
        InlineKeyboardMarkup(inline_keyboard=[[to_meeting(tr, ticket.token)]]),
    )


def _when(tr: Speech, ticket: Ticket) -> str:
    return tr.when(ticket.starts_at, None, ticket.timezone, lasting=True)
