"""What invites to a meeting: a poster, or a message to be forwarded."""

from dataclasses import dataclass
from datetime import datetime

from bot import rules
from bot.services.access import check_possible, get_managed_meeting
from bot.services.core import Account, Core
from bot.vocabulary import Category, Mode


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting as it is announced; an empty `admits` means everybody."""

    token: str
    title: str
    description: str
    mode: Mode
    place: str
    municipality: str
    admits: frozenset[Category]
    starts_at: datetime
    ends_at: datetime
    timezone: str


async def get_announced(core: Core, account: Account, meeting_id: int) -> Announced:
    """Return what is said to invite to a meeting.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it is not published, or over: there is nothing to invite to.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        check_possible(core, rules.MeetingAction.SHARE, meeting)
        await session.refresh(meeting, ["admits", "municipality"])
        return Announced(
            token=meeting.token,
            title=meeting.title,
            description=meeting.description,
            mode=meeting.mode,
            place=meeting.place,
            municipality=meeting.municipality.name,
            admits=frozenset(admission.category for admission in meeting.admits),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            timezone=meeting.municipality.timezone,
        )
