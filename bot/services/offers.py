"""Seats that become free are offered to those who wait, in their order.

Every function expects the meeting's row to be taken, as those of `seats`.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Registration
from bot.services import due_messages
from bot.services.core import Core
from bot.services.seats import get_sign_up_terms, let_in, pass_over
from bot.vocabulary import MeetingStatus, MessageKind, RegistrationStatus


async def take_offer(
    session: AsyncSession, core: Core, meeting: Meeting, registration: Registration
) -> bool:
    """Turn an offer into a registration, and return whether there was one that still holds."""
    until = registration.offered_until
    if until is None or until <= core.clock.now():
        return False
    registration.offered_until = None
    await let_in(session, core, meeting, registration)
    return True


async def offer_seats(session: AsyncSession, core: Core, meeting: Meeting) -> None:
    """Offer what is free to those who wait, in their order; harmless when nothing is free.

    To be called in every transaction that frees seats. Nothing is offered that could be told only
    after the start, once the night is over.
    """
    if meeting.status is not MeetingStatus.PUBLISHED or not meeting.offers_automatic:
        return
    if await _told_at(core, meeting) >= meeting.starts_at:
        return
    await session.flush()
    while True:
        terms = await get_sign_up_terms(session, meeting)
        entry, passed = rules.next_in_line(terms, terms.waiting)
        if entry is None:
            return
        await pass_over(session, passed)
        await offer(session, core, meeting, entry.registration_id)


async def offer(session: AsyncSession, core: Core, meeting: Meeting, registration_id: int) -> None:
    """Offer somebody on the waiting list their seats for a while, and tell them."""
    registration = await session.get_one(Registration, registration_id)
    told_at = await _told_at(core, meeting)
    registration.offered_until = await offer_ends(core, meeting, told_at)
    registration.status = RegistrationStatus.OFFERED
    registration.offers_made += 1
    await tell_owner(session, core, registration, MessageKind.SEAT_OFFER)
    await session.flush()


async def offer_ends(core: Core, meeting: Meeting, told_at: datetime) -> datetime:
    """Return until when the seats are kept for somebody who is told of them at `told_at`."""
    zone = await due_messages.zone_of(meeting)
    return told_at + rules.offer_life(meeting.starts_at, told_at, zone, core.offer_lives)


async def tell_owner(
    session: AsyncSession, core: Core, registration: Registration, kind: MessageKind
) -> None:
    """Make a message about the latest offer due to the one it was made to."""
    await due_messages.plan_for_owner(
        session,
        core,
        registration,
        kind,
        occurrence=f"offer {registration.offers_made}",
        offer=registration.offers_made,
    )


async def _told_at(core: Core, meeting: Meeting) -> datetime:
    return rules.after_night(core.clock.now(), await due_messages.zone_of(meeting))
