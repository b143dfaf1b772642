"""One's own place on a waiting list, on the card and on the ticket: words, and what can be done."""

from datetime import datetime

from bot.i18n import Html, Speech
from bot.services.catalogue import Card
from bot.services.tickets import Ticket
from bot.vocabulary import RegistrationStatus


def until_text(tr: Speech, until: datetime, timezone: str) -> str:
    """Return «15:00» today, «завтра, 15:00» or «сб, 14 марта, 15:00»."""
    text = tr.when(until, None, timezone)
    return text.removeprefix(f"{tr.plain('day-today')}, ")


def place_text(tr: Speech, own: Card | Ticket) -> Html:
    """Return where one who waits stands, or until when the seats are kept that they were offered.

    Args:
        tr: the reader's voice.
        own: a card or a ticket whose registration waits or has an offer.
    """
    if own.offered_until is None:
        return tr("wait-place", place=own.waiting_place or 0, people=own.people)
    if own.offered_until <= tr.now:
        return tr("offer-is-over")
    until = until_text(tr, own.offered_until, own.timezone)
    return tr("offer-holds", people=own.people, until=until)


def own_choices(
    status: RegistrationStatus | None,
    offered_until: datetime | None,
    now: datetime,
    *,
    may_cancel: bool,
) -> dict[str, bool]:
    """Return which of the buttons of one's own registration are there.

    Args:
        status: of the registration; None without one.
        offered_until: until when an offered seat is kept.
        now: the moment.
        may_cancel: whether it may be cancelled at all.
    """
    return {
        "can_cancel": may_cancel and status is RegistrationStatus.ACTIVE,
        "can_leave": may_cancel and status is RegistrationStatus.WAITING,
        "can_answer": may_cancel and offered_until is not None and offered_until > now,
    }
