"""Signing up and cancelling."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.errors import Refused
from bot.models import Meeting, Registration, RegistrationLine
from bot.services.booking import (
    Booker,
    LockedMeeting,
    NewLine,
    SignedUp,
    check_not_on_team,
    get_booker,
    lock_meeting_by_token,
    lock_own_registration,
    outcome,
)
from bot.services.core import Account, Core
from bot.services.new_registrations import book
from bot.services.offers import offer_seats, take_offer
from bot.services.seats import get_sign_up_terms, give_back, take_up_again
from bot.services.tickets import get_own
from bot.vocabulary import (
    IN_FORCE,
    TAKING_SEATS,
    Category,
    MeetingStatus,
    RegistrationKind,
    RegistrationStatus,
)

_REGISTRATIONS = Registration.__table__.c
_OWN = (
    _REGISTRATIONS.meeting_id == bindparam("meeting_id"),
    _REGISTRATIONS.person_id == bindparam("person_id"),
)
_ONE_OWN_ID = select(_REGISTRATIONS.id).where(*_OWN).limit(1)
_ALL_OWN = select(Registration).where(*_OWN).options(selectinload(Registration.lines))


async def sign_up(
    core: Core,
    account: Account,
    token: str,
    categories: Sequence[Category] = (),
    *,
    wait: bool = False,
) -> SignedUp:
    """Sign a person up for a meeting, alone or with a child; all seats or none.

    The same call twice is one registration; a cancelled one is taken up again, at the end of the
    waiting list. Whoever has an offer takes it.

    Args:
        core: what every use case is given.
        account: who signs up.
        token: of the meeting's link.
        categories: one per person that comes, the one who signs up first; empty: as usual.
        wait: join the waiting list when there is no room.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
        NotFound: no such meeting, or a draft.
        Refused: cancelled, over, not open for signing up, full, not open to a category, or a
            category that is not theirs.
    """
    async with core.db.write() as session:
        booker = await get_booker(session, core, account)
        meeting = await lock_meeting_by_token(session, token)
        return await sign_up_booker(session, core, meeting, booker, categories, wait=wait)


async def sign_up_booker(
    session: AsyncSession,
    core: Core,
    meeting: LockedMeeting,
    booker: Booker,
    categories: Sequence[Category] = (),
    *,
    wait: bool = False,
) -> SignedUp:
    """Do the same in the caller's transaction, which has the meeting's row.

    Args:
        session: that transaction.
        core: what every use case is given.
        meeting: which one.
        booker: who signs up.
        categories: as `sign_up`.
        wait: as `sign_up`.

    Raises:
        NotFound, Refused: as `sign_up`.
    """
    terms = await get_sign_up_terms(session, meeting)
    rules.check_open(terms, core.clock.now())
    own = await _find_own(session, meeting.id, booker.person_id)
    registration = next((one for one in own if one.kind is RegistrationKind.PERSONAL), None)
    if registration is not None and registration.status in IN_FORCE:
        taken = False
        if registration.status is RegistrationStatus.OFFERED:
            entity = await session.get_one(Meeting, meeting.id)
            taken = await take_offer(session, core, entity, registration)
        return await outcome(session, meeting, registration, already=not taken)
    await check_not_on_team(session, meeting.id, booker.person_id)
    for one in own:
        if one.status in TAKING_SEATS and any(line.is_own for line in one.lines):
            return await outcome(session, meeting, one, already=True)
    wanted = tuple(categories) or (booker.usual,)
    rules.check_ways(booker.usual, wanted)
    lines = [
        NewLine(
            category=category,
            organisation=booker.organisation if category is booker.usual else "",
            is_own=number == 0,
        )
        for number, category in enumerate(wanted)
    ]
    if registration is None:
        return await book(
            session, core, terms, meeting, booker, RegistrationKind.PERSONAL, lines, wait=wait
        )
    entity = await session.get_one(Meeting, meeting.id)
    registration.lines = [RegistrationLine(**asdict(line)) for line in lines]
    await take_up_again(session, core, terms, entity, registration, wait=wait)
    return await outcome(session, meeting, registration, already=False)


async def _find_own(
    session: AsyncSession, meeting_id: int, person_id: int
) -> Sequence[Registration]:
    asked = {"meeting_id": meeting_id, "person_id": person_id}
    if await session.scalar(_ONE_OWN_ID, asked) is None:  # so of nearly everybody who signs up
        return ()
    return (await session.scalars(_ALL_OWN, asked)).all()


async def check_cancel(core: Core, account: Account, registration_id: int) -> None:
    """Check that one's own registration can be cancelled, before asking whether to do it.

    Raises:
        NotFound, Refused: as `cancel`.
    """
    async with core.db.read() as session:
        registration = await get_own(session, account, registration_id)
        check_still_cancellable(core, registration, registration.meeting)


def check_still_cancellable(core: Core, registration: Registration, meeting: Meeting) -> None:
    """Check that a registration can be cancelled now.

    Raises:
        Refused: the meeting is over or cancelled, or the person was checked in.
    """
    came = any(line.came for line in registration.lines)
    if meeting.status is MeetingStatus.CANCELLED:
        raise Refused("refused-cancelled")
    if not rules.may_cancel(meeting.status, meeting.ends_at, core.clock.now(), came=came):
        raise Refused("refused-too-late-to-cancel")


async def cancel(core: Core, account: Account, registration_id: int) -> None:
    """Cancel one's own registration, leave the waiting list or decline an offer.

    What becomes free is offered to those who wait. Harmless when it is cancelled already.

    Raises:
        NotFound: no such registration of this account.
        Refused: the meeting is over or cancelled, or the person was checked in.
    """
    async with core.db.write() as session:
        meeting, registration = await lock_own_registration(session, account, registration_id)
        if registration.status is RegistrationStatus.CANCELLED:
            return
        check_still_cancellable(core, registration, meeting)
        give_back(core, registration)
        await offer_seats(session, core, meeting)
