"""«QR у входа»: the code that those who run a meeting show in the room."""

from dataclasses import dataclass
from datetime import datetime

from bot import rules
from bot.rules import RoomUse
from bot.services import audit
from bot.services.attendance import get_meeting_with_door
from bot.services.core import Account, Core


@dataclass(frozen=True, slots=True)
class RoomCode:
    """A code to be shown for a few minutes.

    Attributes:
        uses: what it is good for now.
        until: when it ends.
    """

    meeting_id: int
    token: str
    code: str
    title: str
    timezone: str
    uses: frozenset[RoomUse]
    until: datetime


async def show_code(core: Core, account: Account, meeting_id: int) -> RoomCode:
    """Return a fresh code for a meeting's room; the ones before stay good until their time.

    Raises:
        Forbidden: this account does not run the meeting's door.
        Refused: it is too early or too late for a code.
    """
    async with core.db.write() as session:
        meeting = await get_meeting_with_door(session, core, account, meeting_id)
        now = core.clock.now()
        uses = rules.check_room_uses(meeting.status, meeting.starts_at, meeting.ends_at, now)
        await session.refresh(meeting, ["municipality"])
        until = (now + rules.CODE_LIFE).replace(microsecond=0)
        audit.record(session, core, account, "attendance.code", f"meeting:{meeting_id}")
        return RoomCode(
            meeting_id=meeting_id,
            token=meeting.token,
            code=rules.sign_code(core.secret, meeting.token, until),
            title=meeting.title,
            timezone=meeting.municipality.timezone,
            uses=uses,
            until=until,
        )
