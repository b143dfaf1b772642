"""What each side is told of a municipality's report, in the transaction that makes it so."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Municipality, Person, ReportVersion, StaffRole
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MessageKind, ReportStatus, Role

_DECISIONS = {
    ReportStatus.ACCEPTED: MessageKind.REPORT_ACCEPTED,
    ReportStatus.RETURNED: MessageKind.REPORT_RETURNED,
}


async def tell_region(
    session: AsyncSession, core: Core, version: ReportVersion, sender: Account
) -> None:
    """Tell the regional coordinators that a version was sent; the curators where there is none."""
    told = await _holders(session, {Role.REGIONAL_COORDINATOR}, None) or await _holders(
        session, {Role.REGIONAL_CURATOR}, None
    )
    await _plan(session, core, MessageKind.REPORT_SENT, version, told - {sender}, core.timezone)


async def tell_municipality(
    session: AsyncSession, core: Core, version: ReportVersion, decider: Account
) -> None:
    """Tell those who answer for a municipality's report what became of a version of it."""
    place = await session.get_one(Municipality, version.municipality_id)
    told = await _holders(session, {Role.CURATOR, Role.COORDINATOR}, place.id)
    kind = _DECISIONS[version.status]
    await _plan(session, core, kind, version, told - {decider}, place.timezone)


async def _plan(
    session: AsyncSession,
    core: Core,
    kind: MessageKind,
    version: ReportVersion,
    told: set[Account],
    timezone: str,
) -> None:
    owed = [
        Owed(account, kind, f"report_version:{version.id}", facts={"token": version.token})
        for account in sorted(told, key=lambda each: each.id)
    ]
    await due_messages.plan(session, core, owed, timezone=timezone)


async def _holders(
    session: AsyncSession, roles: Collection[Role], municipality_id: int | None
) -> set[Account]:
    rows = await session.execute(
        select(Person.account_id, Person.messenger)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(
            StaffRole.role.in_(roles),
            StaffRole.municipality_id == municipality_id,
            StaffRole.revoked_at.is_(None),
        )
    )
    return {Account(account_id, messenger) for account_id, messenger in rows}
