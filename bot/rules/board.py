"""How a municipality stands with its report of a year, and what the region may do about it."""

from collections.abc import Iterable
from enum import StrEnum

from bot.rules.rights import Grant, may_decide_on_reports
from bot.vocabulary import ReportStatus, Settled


class BoardState(StrEnum):
    """How far a municipality has come with its report of a year, the least first."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"  # something is there, nothing was sent
    RETURNED = "returned"
    SENT = "sent"  # by letter, too
    ACCEPTED = "accepted"
    NOT_NEEDED = "not_needed"


OWES_REPORT = (BoardState.NOT_STARTED, BoardState.DRAFT, BoardState.RETURNED)
"""The states in which the region waits for the municipality."""

_OF_VERSION = {
    ReportStatus.SENT: BoardState.SENT,
    ReportStatus.ACCEPTED: BoardState.ACCEPTED,
    ReportStatus.RETURNED: BoardState.RETURNED,
}


def board_state(latest: ReportStatus | None, mark: Settled | None, *, begun: bool) -> BoardState:
    """Return how a municipality stands with its report.

    Args:
        latest: what became of the latest version, None where none was sent.
        mark: what somebody said of the report: «Отправлен письмом», «Нет, потому что…». It
            counts where no version waits or is accepted.
        begun: whether a meeting of the year is held, or words for its report are written.
    """
    if latest in {ReportStatus.SENT, ReportStatus.ACCEPTED}:
        return _OF_VERSION[latest]
    if mark is not None:
        return BoardState.NOT_NEEDED if mark is Settled.NOT_NEEDED else BoardState.SENT
    if latest is not None:
        return _OF_VERSION[latest]
    return BoardState.DRAFT if begun else BoardState.NOT_STARTED


def may_nudge(grants: Iterable[Grant]) -> bool:
    """Whether somebody may remind municipalities of their report: who receives them (7.3, 3.3)."""
    return may_decide_on_reports(grants)
