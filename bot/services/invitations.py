"""Giving roles by one-time links."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Forbidden, NotFound, Refused
from bot.models import Invitation, Municipality, Person, StaffRole
from bot.rules import INVITATION_LIFE, MAY_GIVE, Grant, existed, roles_one_may_give
from bot.services import audit, due_messages, meeting_notices
from bot.services.access import get_actor, get_person
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.services.regions import Places, facts_of, search_municipalities
from bot.vocabulary import MessageKind, Role


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """What a link gives; regional roles have no municipality."""

    role: Role
    municipality: str | None


async def list_roles_to_give(core: Core, account: Account) -> tuple[Role, ...]:
    """Return the roles that this account may give somewhere.

    Raises:
        Forbidden: it may give none.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
    may_give = frozenset[Role]().union(*(MAY_GIVE[grant.role] for grant in actor.grants))
    if not may_give:
        raise Forbidden("forbidden-invite")
    return tuple(role for role in Role if role in may_give)


async def find_places_to_staff(core: Core, account: Account, role: Role, letters: str) -> Places:
    """Return the municipalities in which this account may give a municipal role.

    Args:
        core: what every use case is given.
        account: who asks.
        role: the role to give.
        letters: what was typed so far, for those who may give it everywhere; the others get all
            of theirs.

    Raises:
        Forbidden: it may give this role nowhere.
    """
    today = core.today()
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        giving = [grant for grant in actor.grants if role in MAY_GIVE[grant.role]]
        if not giving:
            raise Forbidden("forbidden-invite")
        if all(grant.municipality_id is not None for grant in giving):
            own = await session.scalars(
                select(Municipality)
                .where(Municipality.id.in_({grant.municipality_id for grant in giving}))
                .order_by(Municipality.name)
            )
            return Places(by_letters=False, found=tuple(map(facts_of, own)))
    return Places(by_letters=True, found=await search_municipalities(core, letters, today))


async def invite(core: Core, account: Account, role: Role, municipality_id: int | None) -> str:
    """Make a link that gives a role once, within 7 days.

    Returns:
        The token of the link.

    Raises:
        Forbidden: this account may not give this role there.
        NotFound: there is no such municipality any more.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        actor = await get_actor(session, core, account)
        if role not in roles_one_may_give(actor.grants, municipality_id):
            raise Forbidden("forbidden-invite")
        if municipality_id is not None:
            place = await session.get(Municipality, municipality_id)
            if place is None or not existed(place.valid_from, place.valid_until, core.today()):
                raise NotFound("municipality-not-found")
        invitation = Invitation(
            token=secrets.token_urlsafe(18),
            role=role,
            municipality_id=municipality_id,
            created_by=account.id,
            created_at=now,
            expires_at=now + INVITATION_LIFE,
        )
        session.add(invitation)
        await session.flush()
        audit.record(
            session,
            core,
            account,
            "role.invite",
            f"invitation:{invitation.id}",
            role=role.value,
            municipality=municipality_id,
        )
        return invitation.token


async def peek_invitation(core: Core, account: Account, token: str) -> InvitationFacts:
    """Return what a link gives, before it is accepted.

    Raises:
        NotFound, Refused: as `accept_invitation`.
    """
    async with core.db.read() as session:
        invitation = await _find_invitation(session, token)
        await _check_usable(session, core, account, invitation)
        return await _facts(session, invitation)


async def accept_invitation(core: Core, account: Account, token: str) -> InvitationFacts:
    """Take the role that a link gives, and use the link up.

    The invitation's row is taken first, so of many who accept one link at once the first gets the
    role and the others are told that it is used.

    Raises:
        ConsentRequired: the person has to agree to the processing of their data first.
        NotFound: no such link.
        Refused: the person holds the role already (the link stays good); the link is used or
            expired; whoever made it may not give this role any more.
    """
    now = core.clock.now()
    async with core.db.write() as session:
        invitation = await _find_invitation(session, token, lock=True)
        person = await get_person(session, account)
        # Two links to the same role, accepted by one person at once: the second waits here.
        await session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        await _check_usable(session, core, account, invitation)
        invitation.used_at, invitation.used_by = now, account.id
        role = StaffRole(
            person_id=person.id,
            role=invitation.role,
            municipality_id=invitation.municipality_id,
            granted_at=now,
            granted_by=invitation.created_by,
        )
        session.add(role)
        await session.flush()
        owed = Owed(
            Account(invitation.created_by),
            MessageKind.ROLE_ACCEPTED,
            f"role:{role.id}",
            facts={"role_id": role.id},
        )
        await due_messages.plan(session, core, [owed])
        await meeting_notices.hand_over(session, core)
        audit.record(
            session,
            core,
            account,
            "role.accept",
            f"invitation:{invitation.id}",
            role=invitation.role.value,
            municipality=invitation.municipality_id,
        )
        return await _facts(session, invitation)


async def _find_invitation(session: AsyncSession, token: str, *, lock: bool = False) -> Invitation:
    statement = select(Invitation).where(Invitation.token == token)
    invitation = await session.scalar(statement.with_for_update() if lock else statement)
    if invitation is None:
        raise NotFound("invitation-not-found")
    return invitation


async def _check_usable(
    session: AsyncSession, core: Core, account: Account, invitation: Invitation
) -> None:
    role, place = invitation.role, invitation.municipality_id
    if Grant(role, place) in (await get_actor(session, core, account)).grants:
        raise Refused("invitation-held-already")
    if invitation.used_at is not None:
        raise Refused("invitation-used")
    if invitation.expires_at <= core.clock.now():
        raise Refused("invitation-expired")
    inviter = await get_actor(session, core, Account(invitation.created_by, account.messenger))
    if role not in roles_one_may_give(inviter.grants, place):
        raise Refused("invitation-void")


async def _facts(session: AsyncSession, invitation: Invitation) -> InvitationFacts:
    if invitation.municipality_id is None:
        return InvitationFacts(invitation.role, None)
    place = await session.get_one(Municipality, invitation.municipality_id)
    return InvitationFacts(invitation.role, place.name)
