"""Who stands at the other end: the one read that every update starts with."""

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, func, select

from bot.models import Municipality, Person, Region, StaffRole
from bot.rules import Grant, grade_is_stale
from bot.services.access import grants_of
from bot.services.core import Account, Core

_REGIONS_TIMEZONE = select(Region.timezone).limit(1)
_VISITOR = (  # a row for each role, one without roles
    select(
        Person.id,
        Person.locale,
        func.coalesce(Municipality.timezone, _REGIONS_TIMEZONE.scalar_subquery()).label("timezone"),
        Person.municipality_id,
        Person.profile_done_at,
        Person.grade,
        Person.grade_asked_on,
        Person.blocked_at,
        StaffRole.role,
        StaffRole.municipality_id.label("role_in"),
    )
    .outerjoin(Municipality, Municipality.id == Person.municipality_id)
    .outerjoin(StaffRole, and_(StaffRole.person_id == Person.id, StaffRole.revoked_at.is_(None)))
    .where(Person.messenger == bindparam("messenger"), Person.account_id == bindparam("account_id"))
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """An account as screens need it.

    Attributes:
        account: the account itself.
        person_id: None before consent.
        locale: the language chosen, None before consent.
        timezone: of the person's municipality, else of the region.
        profile_done: whether the sign-up questions are all answered.
        grade_is_stale: a pupil whose grade must be asked again.
        grants: the roles in force.
    """

    account: Account
    person_id: int | None
    locale: str | None
    timezone: str | None
    municipality_id: int | None
    profile_done: bool
    grade_is_stale: bool
    grants: tuple[Grant, ...]
    blocked: bool


async def recognise(core: Core, account: Account) -> Visitor:
    """Return what is known about an account; nothing is stored about a stranger."""
    rows = await core.db.ask(_VISITOR, {"messenger": account.messenger, "account_id": account.id})
    if not rows:
        regions = await core.db.ask(_REGIONS_TIMEZONE)
        return _stranger(core, account, regions[0].timezone if regions else None)
    person = rows[0]
    held = [(row.role, row.role_in) for row in rows if row.role is not None]
    return Visitor(
        account=account,
        person_id=person.id,
        locale=person.locale,
        timezone=person.timezone,
        municipality_id=person.municipality_id,
        profile_done=person.profile_done_at is not None,
        grade_is_stale=person.grade is not None
        and grade_is_stale(person.grade_asked_on, core.today()),
        grants=grants_of(core, account, held),
        blocked=person.blocked_at is not None,
    )


def _stranger(core: Core, account: Account, timezone: str | None) -> Visitor:
    return Visitor(
        account=account,
        person_id=None,
        locale=None,
        timezone=timezone,
        municipality_id=None,
        profile_done=False,
        grade_is_stale=False,
        grants=grants_of(core, account, ()),
        blocked=False,
    )
