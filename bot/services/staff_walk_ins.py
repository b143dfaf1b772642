"""The walk-in by which somebody who runs a meeting counted themselves: it gives way to a mark."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person, WalkIn
from bot.services.core import Account

OF_STAFF = "staff:"
"""Begins the `tap` of a walk-in by which somebody who runs the meeting counted themselves."""


def staff_tap(account: Account, meeting_id: int) -> str:
    """Return what names the walk-in of an account that runs a meeting: there is one at most."""
    return f"{OF_STAFF}{meeting_id}:{account.messenger}:{account.id}"


async def give_way(
    session: AsyncSession, meeting_id: int, person_ids: Collection[int]
) -> datetime | None:
    """Remove the walk-ins of people who are counted on a line or the team from now on.

    The headcounts are the caller's to make anew, in the same transaction.

    Args:
        session: the caller's write transaction, which has the meeting's row.
        meeting_id: the meeting's id.
        person_ids: whose.

    Returns:
        When the first of them was counted; None when none was.
    """
    if not person_ids:
        return None
    found = await session.execute(
        select(Person.account_id, Person.messenger).where(Person.id.in_(person_ids))
    )
    taps = [staff_tap(Account(*row), meeting_id) for row in found]
    removed = await session.scalars(
        delete(WalkIn).where(WalkIn.tap.in_(taps)).returning(WalkIn.created_at)
    )
    return min(removed.all(), default=None)
