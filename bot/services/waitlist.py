"""The waiting list as those who wait use it: offers taken, declined and lapsed."""

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, select

from bot import rules
from bot.errors import Refused
from bot.models import DueMessage, Registration
from bot.services.access import lock_meeting
from bot.services.booking import (
    SignedUp,
    check_not_on_team,
    find_own_line,
    get_booker,
    lock_own_registration,
    outcome,
)
from bot.services.core import Account, Core
from bot.services.offers import offer_ends, offer_seats, take_offer, tell_owner
from bot.services.outbox import TimeOrBind
from bot.services.registrations import check_still_cancellable
from bot.services.seats import get_sign_up_terms, give_back, take_up_again
from bot.vocabulary import (
    IN_FORCE,
    MeetingStatus,
    MessageKind,
    MessageStatus,
    RegistrationKind,
    RegistrationStatus,
)


async def accept(
    core: Core, account: Account, registration_id: int, *, number: int | None = None
) -> SignedUp:
    """Take the seats that are offered; the same call twice is one.

    Args:
        core: what every use case is given.
        account: who answers.
        registration_id: what the offer was made to.
        number: which of its offers is meant; None: the one that holds now.

    Raises:
        NotFound: no such registration of this account.
        Refused: this is not offered (any more).
    """
    async with core.db.write() as session:
        meeting, registration = await lock_own_registration(session, account, registration_id)
        if registration.status is RegistrationStatus.ACTIVE:
            return await outcome(session, meeting, registration, already=True)
        if meeting.status is not MeetingStatus.PUBLISHED:
            raise Refused("refused-cancelled")
        meant = number in {None, registration.offers_made}
        if not (meant and await take_offer(session, core, meeting, registration)):
            raise Refused("refused-offer-gone")
        return await outcome(session, meeting, registration, already=False)


async def decline(core: Core, account: Account, registration_id: int, number: int) -> None:
    """Give the seats of an offer to the next in line; harmless when that offer is over already.

    Raises:
        NotFound: no such registration of this account.
        Refused: another offer has been made since, or the seats were taken: then also why they
            cannot be given back any more.
    """
    async with core.db.write() as session:
        meeting, registration = await lock_own_registration(session, account, registration_id)
        if registration.status is RegistrationStatus.ACTIVE:
            check_still_cancellable(core, registration, meeting)
            raise Refused("refused-offer-taken")
        if registration.offers_made != number:
            raise Refused("refused-offer-gone")
        if registration.status is RegistrationStatus.CANCELLED:
            return
        if registration.status is not RegistrationStatus.OFFERED:
            raise Refused("refused-offer-gone")
        give_back(core, registration)
        await offer_seats(session, core, meeting)


async def begin_offer(core: Core, account: Account, registration_id: int, number: int) -> None:
    """Let the time to answer an offer begin now, as it is told; harmless when it is over.

    Raises:
        NotFound: no such registration of this account.
    """
    async with core.db.write() as session:
        meeting, registration = await lock_own_registration(session, account, registration_id)
        offered = registration.status is RegistrationStatus.OFFERED
        now = core.clock.now()
        if offered and registration.offers_made == number and meeting.starts_at > now:
            registration.offered_until = await offer_ends(core, meeting, now)


async def wait_again(core: Core, account: Account, registration_id: int) -> SignedUp:
    """Put a registration that was cancelled back, at the end of the waiting list when there is no
    room; harmless when it is in force.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
        NotFound: no such registration of this account.
        Refused: as `registrations.sign_up`.
    """
    async with core.db.write() as session:
        booker = await get_booker(session, core, account)
        meeting, registration = await lock_own_registration(session, account, registration_id)
        if registration.status in IN_FORCE:
            return await outcome(session, meeting, registration, already=True)
        terms = await get_sign_up_terms(session, meeting)
        rules.check_open(terms, core.clock.now())
        if any(line.is_own for line in registration.lines):
            await check_not_on_team(session, meeting.id, booker.person_id)
            counted = await find_own_line(session, meeting.id, booker.person_id)
            if counted is not None:
                return await outcome(session, meeting, counted.registration, already=True)
        if registration.kind is RegistrationKind.PERSONAL:
            rules.check_ways(booker.usual, [line.category for line in registration.lines])
        await take_up_again(session, core, terms, meeting, registration, wait=True)
        return await outcome(session, meeting, registration, already=False)


async def lapse_offers(core: Core) -> None:
    """Take back the offers whose time is over, and offer the seats to the next.

    The time of one that has not been told yet has not begun.
    """
    async with core.db.read() as session:
        meeting_ids = await session.scalars(
            select(Registration.meeting_id).where(has_lapsed(core.clock.now())).distinct()
        )
        late = meeting_ids.all()
    for meeting_id in late:
        await _lapse_offers_of(core, meeting_id)


async def _lapse_offers_of(core: Core, meeting_id: int) -> None:
    async with core.db.write() as session:
        meeting = await lock_meeting(session, meeting_id)
        lapsed = await session.scalars(
            select(Registration).where(
                Registration.meeting_id == meeting_id, has_lapsed(core.clock.now())
            )
        )
        for registration in lapsed.all():
            give_back(core, registration)
            if meeting.status is MeetingStatus.PUBLISHED:
                await tell_owner(session, core, registration, MessageKind.SEAT_OFFER_LAPSED)
        await offer_seats(session, core, meeting)


def has_lapsed(now: TimeOrBind) -> ColumnElement[bool]:
    """Whether the time of the row's offer is over at a moment."""
    return and_(
        Registration.status == RegistrationStatus.OFFERED,
        Registration.offered_until <= now,
        ~_is_on_its_way(),
    )


def _is_on_its_way() -> ColumnElement[bool]:
    """Whether the message of the row's offer has still to go out."""
    return exists().where(
        DueMessage.kind == MessageKind.SEAT_OFFER,
        DueMessage.subject == literal("registration:") + cast(Registration.id, String),
        DueMessage.occurrence == literal("offer ") + cast(Registration.offers_made, String),
        DueMessage.status.in_((MessageStatus.PLANNED, MessageStatus.ON_WIRE)),
    )
