"""A note that whoever runs a meeting keeps about it, for the proposals of the year (row 4)."""

from dataclasses import dataclass

from bot import rules
from bot.cleaning import clean_text
from bot.models import WORDS_LENGTH
from bot.services import audit
from bot.services.access import check_possible, get_managed_meeting
from bot.services.core import Account, Core
from bot.services.meeting_steps import subject_of


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """What is noted about a meeting, empty where nothing is."""

    title: str
    note: str


async def get_note(core: Core, account: Account, meeting_id: int) -> MeetingNote:
    """Return the note about a meeting.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it has not begun, or was cancelled.
    """
    async with core.db.read() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id)
        check_possible(core, rules.MeetingAction.RESULTS, meeting)
        return MeetingNote(meeting.title, meeting.note)


async def set_note(core: Core, account: Account, meeting_id: int, note: str) -> None:
    """Keep a note about a meeting; it replaces what was there, an empty one takes it away.

    Raises:
        Forbidden: this account does not run the meeting.
        Refused: it has not begun, or was cancelled.
        InvalidInput: the note is too long.
    """
    note = clean_text(note, WORDS_LENGTH)
    async with core.db.write() as session:
        _, meeting = await get_managed_meeting(session, core, account, meeting_id, lock=True)
        check_possible(core, rules.MeetingAction.RESULTS, meeting)
        meeting.note = note
        audit.record(session, core, account, "meeting.note", subject_of(meeting))
