"""A meeting takes place in a municipality that exists on its day, or no report would count it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import InvalidInput
from bot.models import Municipality
from bot.rules import existed
from bot.services.core import Core


async def check_day(core: Core, municipality_id: int, day: date) -> None:
    """Check that a municipality exists on a day, as soon as the day is known.

    Raises:
        InvalidInput: it does not; the sentence names the one that it was merged into.
    """
    async with core.db.read() as session:
        municipality = await session.get_one(Municipality, municipality_id)
        await _check(session, municipality, day)


async def check_place(session: AsyncSession, municipality_id: int, starts_at: datetime) -> None:
    """Check that a municipality exists on the day, in its own time zone, on which a meeting begins.

    Raises:
        InvalidInput: as `check_day`.
    """
    municipality = await session.get_one(Municipality, municipality_id)
    day = starts_at.astimezone(ZoneInfo(municipality.timezone)).date()
    await _check(session, municipality, day)


async def _check(session: AsyncSession, municipality: Municipality, day: date) -> None:
    if existed(municipality.valid_from, municipality.valid_until, day):
        return
    if municipality.valid_from is not None and day < municipality.valid_from:
        raise InvalidInput("input-place-not-yet", name=municipality.name)
    if municipality.merged_into_id is None:
        raise InvalidInput("input-place-gone", name=municipality.name)
    successor = await session.get_one(Municipality, municipality.merged_into_id)
    raise InvalidInput("input-place-merged", name=municipality.name, successor=successor.name)
