"""Who holds a role, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Forbidden, NotFound, Refused
from bot.models import Municipality, Person, StaffRole
from bot.rules import MAY_GIVE, Grant
from bot.services import audit, due_messages, meeting_notices
from bot.services.access import account_of, get_actor
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.services.signatures import forget_unneeded_signature
from bot.vocabulary import MessageKind, Role

_MEMBERS = (
    select(StaffRole, Person, Municipality.name)
    .join(StaffRole.person)
    .outerjoin(StaffRole.municipality)
)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A role that somebody holds, or held until it was taken back."""

    role_id: int
    account: Account
    name: str
    role: Role
    municipality: str | None
    revoked: bool


@dataclass(frozen=True, slots=True)
class StaffCount:
    """How many roles are held within reach, and by how many people: one may hold several."""

    people: int
    roles: int


async def count_staff(core: Core, account: Account) -> StaffCount:
    """Count the roles that this account may take back, and who holds them.

    Raises:
        Forbidden: it may take back none.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        counted = await session.execute(
            select(func.count(StaffRole.person_id.distinct()), func.count(StaffRole.id)).where(
                _in_reach(actor.grants), StaffRole.revoked_at.is_(None)
            )
        )
        return StaffCount(*counted.one())


async def list_staff(
    core: Core, account: Account, limit: int, offset: int = 0
) -> tuple[StaffMember, ...]:
    """Return the roles that this account may take back, regional ones first, then by place.

    Raises:
        Forbidden: it may take back none.
    """
    async with core.db.read() as session:
        actor = await get_actor(session, core, account)
        rows = await session.execute(
            _MEMBERS.where(_in_reach(actor.grants), StaffRole.revoked_at.is_(None))
            .order_by(Municipality.name.nulls_first(), StaffRole.role, StaffRole.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple(_member(*row) for row in rows)


async def get_staff_member(core: Core, account: Account, role_id: int) -> StaffMember:
    """Return one role that this account may take back, or that was taken back.

    Raises:
        Forbidden: it may not.
    """
    async with core.db.read() as session:
        _, member = await _get_role(session, core, account, role_id)
    return member


async def revoke(core: Core, account: Account, role_id: int) -> StaffMember:
    """Take a role back and tell who held it.

    With the last signing role the name and phone for the report go too.

    Raises:
        Forbidden: this account may not.
        Refused: it was taken back already; an administrator of the settings would stay one.
    """
    async with core.db.write() as session:
        # Of two who take one role back at once the second waits here.
        await session.execute(select(StaffRole.id).where(StaffRole.id == role_id).with_for_update())
        role, member = await _get_role(session, core, account, role_id)
        if role.revoked_at is not None:
            raise Refused("staff-role-gone")
        if member.role is Role.ADMIN and core.names_admin(member.account):
            raise Refused("staff-admin-by-settings")
        role.revoked_at = core.clock.now()
        await session.flush()
        owed = Owed(
            member.account,
            MessageKind.ROLE_REVOKED,
            f"role:{role_id}",
            facts={"role_id": role_id},
        )
        await due_messages.plan(session, core, [owed])
        await forget_unneeded_signature(session, role.person_id)
        await meeting_notices.hand_over(session, core)
        audit.record(
            session,
            core,
            account,
            "role.revoke",
            f"role:{role_id}",
            role=role.role.value,
            municipality=role.municipality_id,
        )
        return member


async def get_revoked_role(core: Core, account: Account, role_id: int) -> StaffMember | None:
    """Return a role that was taken back from this account; None when it holds the same one again.

    Raises:
        NotFound: no role of this account was taken back under this id.
    """
    async with core.db.read() as session:
        row = (await session.execute(_MEMBERS.where(StaffRole.id == role_id))).one_or_none()
        if row is None or row[0].revoked_at is None:
            raise NotFound
        member = _member(*row)
        if member.account != account:
            raise NotFound
        actor = await get_actor(session, core, account)
        again = Grant(member.role, row[0].municipality_id) in actor.grants
    return None if again else member


def _in_reach(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """The roles that somebody with these grants may take back.

    Raises:
        Forbidden: none.
    """
    conditions = [
        and_(
            StaffRole.role.in_(MAY_GIVE[grant.role]),
            true()
            if grant.municipality_id is None
            else StaffRole.municipality_id == grant.municipality_id,
        )
        for grant in grants
        if MAY_GIVE[grant.role]
    ]
    if not conditions:
        raise Forbidden("forbidden-invite")
    return or_(*conditions)


async def _get_role(
    session: AsyncSession, core: Core, account: Account, role_id: int
) -> tuple[StaffRole, StaffMember]:
    actor = await get_actor(session, core, account)
    found = await session.execute(_MEMBERS.where(_in_reach(actor.grants), StaffRole.id == role_id))
    row = found.one_or_none()
    if row is None:
        raise Forbidden("forbidden-invite")
    return row[0], _member(*row)


def _member(role: StaffRole, person: Person, municipality: str | None) -> StaffMember:
    return StaffMember(
        role.id,
        account_of(person),
        person.staff_name or person.name,
        role.role,
        municipality,
        role.revoked_at is not None,
    )
