"""The log of what staff did and of what was refused; it forgets people before deeds."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import AuditEntry
from bot.services.core import ERASED_ACCOUNT_ID, Account, Core

# Long enough to look into an attempt; it may be of a stranger, who agreed to nothing.
REFUSALS_KEPT = timedelta(days=30)
# The three years of the Civil Code (art. 196) in which a report or a role can be disputed.
DEEDS_KEPT = timedelta(days=3 * 365 + 1)


def record(
    session: AsyncSession,
    core: Core,
    account: Account,
    action: str,
    subject: str = "",
    **details: Any,
) -> None:
    """Write down what an account did, in the transaction that does it.

    Args:
        session: the caller's write transaction.
        core: what every use case is given.
        account: who did it.
        action: a verb of the domain: "meeting.publish", "role.give".
        subject: what it was done to: "meeting:12".
        details: ids, numbers and states, the reason that staff gave for what they did; no names
            and no free text of participants.
    """
    session.add(
        AuditEntry(
            at=core.clock.now(),
            messenger=account.messenger,
            account_id=account.id,
            action=action,
            subject=subject,
            details=details,
        )
    )


async def record_refusal(core: Core, account: Account, action: str) -> None:
    """Write down that somebody tried what they have no right to."""
    async with core.db.write() as session:
        session.add(
            AuditEntry(
                at=core.clock.now(),
                messenger=account.messenger,
                account_id=account.id,
                action=action[:60],
                refused=True,
            )
        )


async def purge(core: Core) -> None:
    """Erase refusals after 30 days, everything after three years."""
    now = core.clock.now()
    async with core.db.write() as session:
        await session.execute(
            delete(AuditEntry).where(
                or_(
                    and_(AuditEntry.refused, AuditEntry.at < now - REFUSALS_KEPT),
                    AuditEntry.at < now - DEEDS_KEPT,
                )
            )
        )


async def forget(session: AsyncSession, account: Account, person_id: int) -> None:
    """Keep what somebody did, but not who it was, within the caller's transaction."""
    await session.execute(
        update(AuditEntry)
        .where(AuditEntry.messenger == account.messenger, AuditEntry.account_id == account.id)
        .values(account_id=ERASED_ACCOUNT_ID)
    )
    # A number that becomes free may be given to the next person.
    await session.execute(
        update(AuditEntry).where(AuditEntry.subject == f"person:{person_id}").values(subject="")
    )
