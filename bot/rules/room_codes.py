"""The code that stands in the room as a QR: what it proves, and what it is good for at which time.

Nothing of it is stored. The code is signed with a key that only the bot has; whoever scans it in
time gets a pass, which is good for their own account and this meeting alone.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import NotFound, Refused
from bot.vocabulary import MeetingStatus

CODE_LIFE = timedelta(minutes=10)

CHECK_IN_OPENS = timedelta(minutes=30)

ANSWERS_BEFORE_END = timedelta(minutes=15)

ANSWERS_AFTER_END = timedelta(hours=2)

# A link to the bot carries at most 64 characters of A-Z, a-z, 0-9, _ and -, the meeting's token of
# up to 24 among them. A code is hexadecimal, so that the last «_» always stands before it.
_STAMP_LENGTH = 8
_SIGNATURE_LENGTH = 28
_PASS_LENGTH = 16  # a button carries 64 bytes


class RoomUse(StrEnum):
    """What the code in the room is good for."""

    CHECK_IN = "check_in"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class RoomPass:
    """What shows that an account scanned the code of a meeting in time."""

    meeting_id: int
    key: str


def answers_begin(ends_at: datetime) -> datetime:
    """Return from when on a meeting can be rated: a few minutes before its end."""
    return ends_at - ANSWERS_BEFORE_END


def room_uses(
    status: MeetingStatus, starts_at: datetime, ends_at: datetime, now: datetime
) -> frozenset[RoomUse]:
    """Return what the code in the room is good for now; nothing, where it is too early or late.

    People check themselves in from half an hour before the start to the end, unless the list is
    closed, and answer from a quarter of an hour before the end until two hours after it.
    """
    uses: set[RoomUse] = set()
    if status is MeetingStatus.PUBLISHED and starts_at - CHECK_IN_OPENS <= now < ends_at:
        uses.add(RoomUse.CHECK_IN)
    going_on = status in {MeetingStatus.PUBLISHED, MeetingStatus.HELD}
    if going_on and answers_begin(ends_at) <= now <= ends_at + ANSWERS_AFTER_END:
        uses.add(RoomUse.ANSWER)
    return frozenset(uses)


def check_room_uses(
    status: MeetingStatus, starts_at: datetime, ends_at: datetime, now: datetime
) -> frozenset[RoomUse]:
    """Return the same, if there is anything.

    Raises:
        NotFound: it is a draft, which nobody knows of.
        Refused: the meeting is cancelled, or it is too early or too late.
    """
    if status is MeetingStatus.DRAFT:
        raise NotFound("meeting-not-found")
    if status is MeetingStatus.CANCELLED:
        raise Refused("refused-cancelled")
    uses = room_uses(status, starts_at, ends_at, now)
    if uses:
        return uses
    if now < starts_at - CHECK_IN_OPENS:
        raise Refused("refused-room-early", opens_at=starts_at - CHECK_IN_OPENS)
    if now < ends_at:
        raise Refused("refused-room-closed", opens_at=answers_begin(ends_at))
    raise Refused("refused-room-late")


def sign_code(secret: bytes, token: str, until: datetime) -> str:
    """Return the code of the meeting with this token that is good until then, to the second."""
    stamp = f"{int(until.timestamp()):0{_STAMP_LENGTH}x}"
    return stamp + _seal(secret, f"room {token} {stamp}")[:_SIGNATURE_LENGTH]


def check_code(secret: bytes, token: str, code: str, now: datetime) -> None:
    """Check that the bot signed this code for the meeting with this token, and not long ago.

    Raises:
        NotFound: nobody signed it, or for another meeting.
        Refused: it was good before.
    """
    stamp, signature = code[:_STAMP_LENGTH], code[_STAMP_LENGTH:]
    genuine = _seal(secret, f"room {token} {stamp}")[:_SIGNATURE_LENGTH]
    if not hmac.compare_digest(signature.encode(), genuine.encode()):
        raise NotFound("room-code-unknown")
    if now.timestamp() >= int(stamp, 16):
        raise Refused("refused-room-code-old")


def room_pass(secret: bytes, meeting_id: int, whose: str) -> RoomPass:
    """Return the pass of an account («telegram:7») that scanned the meeting's code."""
    return RoomPass(meeting_id, _seal(secret, f"pass {meeting_id} {whose}")[:_PASS_LENGTH])


def check_pass(secret: bytes, shown: RoomPass, whose: str) -> None:
    """Check that a pass is this account's own.

    Raises:
        NotFound: it is forged, or somebody else's.
    """
    own = room_pass(secret, shown.meeting_id, whose)
    if not hmac.compare_digest(shown.key.encode(), own.key.encode()):
        raise NotFound("room-code-unknown")


def answer_mark(secret: bytes, meeting_id: int, whose: str) -> str:
    """Return what stands on an answer without a name, so that an account gives only one.

    It cannot be turned back into the account without the key, and says nothing about other
    meetings.
    """
    return _seal(secret, f"answer {meeting_id} {whose}")


def _seal(secret: bytes, words: str) -> str:
    return hmac.digest(secret, words.encode(), "sha256").hex()
