"""The region and a municipality of it: what stored words call them, and their rows.

Rows are read in the caller's transaction.
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


async def read_municipality(session: AsyncSession, municipality_id: int) -> Municipality:
    """Return a municipality.

    Raises:
        NotFound: there is no such one.
    """
    municipality = await session.get(Municipality, municipality_id)
    if municipality is None:
        raise NotFound("municipality-not-found")
    return municipality
