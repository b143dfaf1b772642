"""Groups: a class or a delegation that one adult brings. Numbers only, no names of children."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bot import rules
from bot.cleaning import clean_line
from bot.errors import Refused
from bot.models import ORGANISATION_LENGTH, Registration
from bot.services.booking import (
    NewLine,
    SignedUp,
    get_booker,
    is_counted,
    lock_meeting_by_token,
    lock_own_registration,
    outcome,
)
from bot.services.core import Account, Core
from bot.services.new_registrations import book
from bot.services.offers import offer_seats
from bot.services.seats import get_sign_up_terms, pass_over, people_of
from bot.vocabulary import Category, RegistrationKind, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Group:
    """A group as the one who brings it describes it.

    Attributes:
        organisation: the school or organisation it comes from.
        people: how many of which category; the adult who brings it is not among them.
        with_me: whether the one who signs it up comes along and is counted.
    """

    organisation: str
    people: Mapping[Category, int]
    with_me: bool


def new_group_token() -> str:
    """Return what names a group that is about to be signed up, so that it is signed up once."""
    return secrets.token_urlsafe(12)


async def sign_up_group(
    core: Core,
    account: Account,
    meeting_token: str,
    group: Group,
    *,
    group_token: str,
    wait: bool = False,
) -> SignedUp:
    """Sign a group up: all its seats or none.

    Args:
        core: what every use case is given.
        account: who brings it.
        meeting_token: of the meeting's link.
        group: who comes.
        group_token: from `new_group_token`; the same call again finds its own registration.
        wait: join the waiting list when there is no room for all.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
        InvalidInput: the organisation is missing or too long.
        NotFound: no such meeting, or a draft.
        Refused: a pupil brings no groups; nobody in it or too many; as `registrations.sign_up`.
    """
    organisation = clean_line(group.organisation, ORGANISATION_LENGTH)
    async with core.db.write() as session:
        booker = await get_booker(session, core, account)
        rules.check_group(booker.usual, group.people)
        meeting = await lock_meeting_by_token(session, meeting_token)
        registration = await session.scalar(
            select(Registration)
            .where(Registration.token == group_token, Registration.person_id == booker.person_id)
            .options(selectinload(Registration.lines))
        )
        if registration is not None:
            return await outcome(session, meeting, registration, already=True)
        terms = await get_sign_up_terms(session, meeting)
        rules.check_open(terms, core.clock.now())
        lines = [NewLine(category, seats, organisation) for category, seats in group.people.items()]
        if group.with_me and not await is_counted(session, meeting.id, booker.person_id):
            lines.insert(0, NewLine(booker.usual, 1, booker.organisation, is_own=True))
        return await book(
            session,
            core,
            terms,
            meeting,
            booker,
            RegistrationKind.GROUP,
            lines,
            token=group_token,
            wait=wait,
        )


async def resize_group(
    core: Core, account: Account, registration_id: int, people: Mapping[Category, int]
) -> SignedUp:
    """Change how many come with a group; the one who brings it stays.

    Fewer gives seats back to those who wait; more takes seats by the rules of signing up, all or
    none. A group on the waiting list keeps its place when it becomes smaller.

    Args:
        core: what every use case is given.
        account: who brings it.
        registration_id: the group's.
        people: how many of which category, of the categories that the group has; with 0 a line
            goes.

    Raises:
        NotFound: no such registration of this account.
        Refused: it is no group in force, the meeting is over, somebody was checked in, nobody or
            too many would come, or there are too few seats.
    """
    async with core.db.write() as session:
        meeting, registration = await lock_own_registration(session, account, registration_id)
        terms = await get_sign_up_terms(session, meeting)
        rules.check_going_on(terms, core.clock.now())
        lines = [line for line in registration.lines if not line.is_own]
        cancelled = registration.status is RegistrationStatus.CANCELLED
        if cancelled or registration.kind is not RegistrationKind.GROUP:
            raise Refused("refused-no-group")
        if any(line.came is not None for line in registration.lines):
            raise Refused("refused-group-marked")
        before = people_of(lines)
        after = before | {
            category: number for category, number in people.items() if category in before
        }
        rules.check_group_size(after)
        rules.check_admitted(terms, after)
        if registration.status is RegistrationStatus.ACTIVE:
            await pass_over(session, rules.check_resize(terms, before, after))
        elif sum(after.values()) > sum(before.values()):
            raise Refused("refused-waiting-grows")
        for line in lines:
            if after[line.category]:
                line.seats = after[line.category]
            else:
                registration.lines.remove(line)
        await session.flush()
        await offer_seats(session, core, meeting)
        return await outcome(session, meeting, registration, already=False)
