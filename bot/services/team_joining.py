"""Joining the team of a meeting by the link of an invitation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import rules
from bot.cleaning import clean_line
from bot.errors import NotFound, Refused
from bot.models import PLACE_LENGTH, Meeting, Registration, TeamInvitation, TeamMember
from bot.services import audit, headcounts, team_notices
from bot.services.access import find_person, get_actor, leads, lock_meeting, manages
from bot.services.booking import get_booker
from bot.services.core import Account, Core
from bot.services.offers import offer_seats
from bot.services.seats import give_back
from bot.services.staff_walk_ins import give_way
from bot.vocabulary import IN_FORCE, Category, Offering, TeamRole


@dataclass(frozen=True, slots=True)
class TeamOffer:
    """What the link of an invitation leads to.

    Attributes:
        meeting_token: of the meeting, for its card.
        signed_up: whether whoever reads it has a seat or waits for one, which they will not need.
    """

    role: TeamRole
    meeting_token: str
    signed_up: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """What somebody who joins says of themselves.

    Attributes:
        offering: what a speaker or host brings; None of everybody else.
        offer: a few words about it.
        category: as whom they are counted; None: their usual one.
    """

    offering: Offering | None = None
    offer: str = ""
    category: Category | None = None


async def find_own_place(core: Core, account: Account, token: str) -> int | None:
    """Return the place on the team of whoever used this link themselves, None of others."""
    async with core.db.read() as session:
        invitation = await _find(session, token)
        person = await find_person(session, account)
        if person is None or invitation.used_by != account.id:
            return None
        member = await _find_member(session, invitation.meeting_id, person.id)
        return member.id if member is not None and member.left_at is None else None


async def peek(core: Core, account: Account, token: str) -> TeamOffer:
    """Return what a link leads to, before it is accepted.

    Raises:
        NotFound, Refused: as `join`.
    """
    async with core.db.read() as session:
        invitation = await _find(session, token)
        meeting = await session.get_one(Meeting, invitation.meeting_id)
        person = await find_person(session, account)
        member = await _find_member(session, meeting.id, person.id) if person else None
        await _check_usable(session, core, account, invitation, meeting, member)
        own = await _own_registrations(session, meeting, person.id) if person else []
        return TeamOffer(invitation.role, meeting.token, signed_up=bool(own))


async def join(
    core: Core, account: Account, token: str, contribution: Contribution | None = None
) -> int:
    """Put whoever has the link on the team, and use the link up; the same call twice is one.

    They take no seat: one of their own that they had or waited for goes to the next in line, and
    a mark that they came stays with them. Whom they bring keeps theirs.

    Args:
        core: what every use case is given.
        account: who joins.
        token: of the link.
        contribution: what they bring, and as whom they are counted.

    Returns:
        The id of their place on the team.

    Raises:
        ConsentRequired: no consent to the text as it is now, or the profile is not finished.
        InvalidInput: the words are unreadable, too long or missing.
        NotFound: no such link.
        Refused: they are on the team already (the link stays good); the link is used or expired;
            the meeting is cancelled or over; whoever made the link may not invite any more; a
            category or an offering that is not theirs to choose.
    """
    said = contribution or Contribution()
    words = clean_line(said.offer, PLACE_LENGTH) if said.offer else ""
    async with core.db.write() as session:
        meeting = await lock_meeting(session, (await _find(session, token)).meeting_id)
        # Read under the meeting's lock: of many who open one link the first gets the place.
        invitation = await _find(session, token, refresh=True)
        booker = await get_booker(session, core, account)
        member = await _find_member(session, meeting.id, booker.person_id)
        if member is not None and member.left_at is None and invitation.used_by == account.id:
            return member.id
        await _check_usable(session, core, account, invitation, meeting, member)
        category = said.category or booker.usual
        rules.check_ways(booker.usual, (category,))
        rules.check_offer(invitation.role, said.offering, words)
        invitation.used_at, invitation.used_by = core.clock.now(), account.id
        if member is None:
            member = TeamMember(meeting_id=meeting.id, person_id=booker.person_id)
            session.add(member)
        member.role, member.category = invitation.role, category
        member.offering, member.offer = said.offering, words
        member.organisation = booker.organisation if category is booker.usual else ""
        member.joined_at, member.left_at = core.clock.now(), None
        marked = await _free_seats(session, core, meeting, booker.person_id)
        counted = await give_way(session, meeting.id, [booker.person_id])
        member.came_at = marked or counted
        await session.flush()
        if member.came_at is not None:
            await headcounts.recount(session, meeting.id)
        await team_notices.plan_arrival(
            session, core, meeting, member, Account(invitation.created_by, account.messenger)
        )
        await offer_seats(session, core, meeting)
        audit.record(
            session,
            core,
            account,
            "team.join",
            f"meeting:{meeting.id}",
            member=member.id,
            role=member.role.value,
        )
        return member.id


async def _find(session: AsyncSession, token: str, *, refresh: bool = False) -> TeamInvitation:
    invitation = await session.scalar(
        select(TeamInvitation)
        .where(TeamInvitation.token == token)
        .execution_options(populate_existing=refresh)
    )
    if invitation is None:
        raise NotFound("team-link-gone")
    return invitation


async def _find_member(session: AsyncSession, meeting_id: int, person_id: int) -> TeamMember | None:
    return await session.scalar(
        select(TeamMember).where(
            TeamMember.meeting_id == meeting_id, TeamMember.person_id == person_id
        )
    )


async def _check_usable(
    session: AsyncSession,
    core: Core,
    account: Account,
    invitation: TeamInvitation,
    meeting: Meeting,
    member: TeamMember | None,
) -> None:
    now = core.clock.now()
    rules.check_team_wanted(meeting.status, meeting.ends_at, now)
    if member is not None and member.left_at is None:
        raise Refused("team-held-already")
    if invitation.used_at is not None:
        raise Refused("invitation-used")
    if invitation.expires_at <= now:
        raise Refused("invitation-expired")
    inviter = await get_actor(session, core, Account(invitation.created_by, account.messenger))
    still_may = (
        leads(inviter, meeting)
        if invitation.role is TeamRole.CO_CURATOR
        else await manages(session, inviter, meeting)
    )
    if not still_may:
        raise Refused("team-link-void")


async def _own_registrations(
    session: AsyncSession, meeting: Meeting, person_id: int
) -> list[Registration]:
    """Return the registrations that count somebody at a meeting, or would."""
    found = await session.scalars(
        select(Registration)
        .where(
            Registration.meeting_id == meeting.id,
            Registration.person_id == person_id,
        )
        .options(selectinload(Registration.lines))
    )
    return [
        registration
        for registration in found
        for line in registration.lines
        if line.is_own and (registration.status in IN_FORCE or line.came)
    ]


async def _free_seats(
    session: AsyncSession, core: Core, meeting: Meeting, person_id: int
) -> datetime | None:
    """Give back somebody's own seats, and return when it was marked that they came, if it was."""
    came_at = None
    for registration in await _own_registrations(session, meeting, person_id):
        own = next(line for line in registration.lines if line.is_own)
        if own.came:
            came_at = own.marked_at
        own.came = own.marked_at = None  # counted on the team from now on
        if len(registration.lines) > 1:
            registration.lines.remove(own)
        elif registration.status in IN_FORCE:
            give_back(core, registration)
    return came_at
