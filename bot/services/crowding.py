"""More people than seats: the door warns, and lets them in."""

from dataclasses import dataclass

from bot.services.access import get_door_meeting
from bot.services.core import Account, Core
from bot.services.headcounts import count_came, total_of


@dataclass(frozen=True, slots=True)
class Crowding:
    """How many came to a meeting that has fewer seats."""

    came: int
    seats: int


async def find_crowding(core: Core, account: Account, meeting_id: int) -> Crowding | None:
    """Return by how much a meeting is over its seats, None where everybody has one.

    Raises:
        Forbidden: this account has no right to the door.
    """
    async with core.db.read() as session:
        _, meeting = await get_door_meeting(session, core, account, meeting_id)
        came = total_of(await count_came(session, meeting_id))
        if meeting.seats is None or came <= meeting.seats:
            return None
        return Crowding(came, meeting.seats)
