"""On which days somebody with a role may get a digest: planned ahead, far over any holidays.

What it says, and whether it says anything, is decided when it goes out (`digests`): so nothing
has to be planned anew when a list is closed, a deadline met or a role taken back.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import DueMessage, Municipality, Person, StaffRole
from bot.services import due_messages
from bot.services.core import Account, Core
from bot.services.due_messages import Owed
from bot.vocabulary import MUNICIPAL_ROLES, REGIONAL_ROLES, MessageKind

AHEAD = timedelta(days=15)
KEPT = timedelta(days=60)

_SUBJECT = "digest"


async def plan_ahead(core: Core) -> None:
    """Plan the digests of today and the next two weeks for everybody with a role; nothing is
    written when all are planned already."""
    now = core.clock.now()
    async with core.db.read() as session:
        zones = await _zones_of_staff(session, core)
        planned = await _planned(session, now)
    missing: dict[str, list[Owed]] = {}
    for zone in set(zones.values()):
        days = _days(core, zone, now)
        missing[zone] = [
            Owed(account, MessageKind.DIGEST, _SUBJECT, day, due_at, {"day": day})
            for account, theirs in zones.items()
            if theirs == zone
            for day, due_at in days.items()
            if (account, day) not in planned
        ]
    if not any(missing.values()):
        return
    async with core.db.write() as session:
        for zone, owed in missing.items():
            await due_messages.plan(session, core, owed, timezone=zone)


async def purge(core: Core) -> None:
    """Erase the digests of days long gone, sent or not."""
    async with core.db.write() as session:
        await session.execute(
            delete(DueMessage).where(
                DueMessage.kind == MessageKind.DIGEST,
                DueMessage.due_at < core.clock.now() - KEPT,
            )
        )


async def find_zone(session: AsyncSession, core: Core, account: Account) -> str | None:
    """Return by whose clock somebody gets their digest; None of who has no role for it."""
    zones = await _zones_of_staff(session, core, account)
    return zones.get(account)


async def _zones_of_staff(
    session: AsyncSession, core: Core, account: Account | None = None
) -> dict[Account, str]:
    """Return whose clock counts for everybody with a role: of the first municipality where they
    hold one, the region's for regional roles alone."""
    statement = (
        select(Person.account_id, Person.messenger, Municipality.timezone)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .outerjoin(StaffRole.municipality)
        .where(StaffRole.revoked_at.is_(None), StaffRole.role.in_(MUNICIPAL_ROLES | REGIONAL_ROLES))
        .order_by(StaffRole.municipality_id.is_(None), StaffRole.id)
    )
    if account is not None:
        statement = statement.where(
            Person.messenger == account.messenger, Person.account_id == account.id
        )
    zones: dict[Account, str] = {}
    for account_id, messenger, timezone in await session.execute(statement):
        zones.setdefault(Account(account_id, messenger), timezone or core.timezone)
    return zones


async def _planned(session: AsyncSession, now: datetime) -> set[tuple[Account, str]]:
    rows = await session.execute(
        select(DueMessage.account_id, DueMessage.messenger, DueMessage.occurrence).where(
            DueMessage.kind == MessageKind.DIGEST, DueMessage.due_at > now - timedelta(days=1)
        )
    )
    return {(Account(account_id, messenger), day) for account_id, messenger, day in rows}


def _days(core: Core, timezone: str, now: datetime) -> dict[str, datetime]:
    """Return today and the days to come that may need a digest, each with its moment there."""
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    evening = datetime.combine(today, rules.EVENING, zone)
    # Before the evening whoever has just got a role hears of today as well.
    since = now if now >= evening else datetime.combine(today, time(), zone)
    days: list[date] = [today + timedelta(days=ahead) for ahead in range(AHEAD.days + 1)]
    moments = {
        day.isoformat(): datetime.combine(day, rules.DIGEST_AT, zone)
        for day in days
        if rules.is_digest_day(day, core.deadlines)
    }
    return {day: moment for day, moment in moments.items() if moment > since}
