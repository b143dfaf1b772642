"""The region and a municipality of it: what stored words call them, and their rows.

Rows are read, and waited at, in the caller's transaction.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NotFound
from bot.models import Municipality, Region


def territory_key(municipality_id: int | None) -> str:
    """Return what marks and the log call a municipality, or the region (None)."""
    return "region" if municipality_id is None else f"municipality:{municipality_id}"


async def read_region(session: AsyncSession) -> Region:
    """Return the region.

    Raises:
        NotFound: there is none yet.
    """
    region: Region | None = await session.scalar(select(Region))
    if region is None:
        raise NotFound("municipality-not-found")
    return region


async def lock_reports(session: AsyncSession, municipality_id: int | None) -> None:
    """Wait until nobody else decides about the reports of a municipality, or of any (None).

    Not for those who only refer to its row, as every meeting does.
    """
    rows = select(Municipality.id).order_by(Municipality.id).with_for_update(key_share=True)
    if municipality_id is not None:
        rows = rows.where(Municipality.id == municipality_id)
    await session.execute(rows)


async def read_municipality(session: AsyncSession, municipality_id: int) -> Municipality:
    """Return a municipality.

    Raises:
        NotFound: there is no such one.
    """
    municipality = await session.get(Municipality, municipality_id)
    if municipality is None:
        raise NotFound("municipality-not-found")
    return municipality
