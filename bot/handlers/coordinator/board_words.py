"""How a municipality stands with its report, in words."""

from datetime import date, datetime

from bot.deadline_words import how_long
from bot.i18n import Speech
from bot.rules import BoardState
from bot.services.board_rows import BoardRow
from bot.services.report_versions import Version

MARKS = {
    BoardState.NOT_STARTED: "⬜",
    BoardState.DRAFT: "✏️",
    BoardState.RETURNED: "↩️",
    BoardState.SENT: "📨",
    BoardState.ACCEPTED: "✅",
    BoardState.NOT_NEEDED: "➖",
}


def due_words(tr: Speech, due: date | None, days_left: int | None) -> str:
    """Return «пт, 25 декабря · через 34 дня»; empty where there is no deadline."""
    if due is None or days_left is None:
        return ""
    return f"{tr.day(due, lasting=True)} · {how_long(tr, days_left)}"


def row_words(tr: Speech, row: BoardRow) -> str:
    """Return what is known of a report: somebody's word, its latest version, or its meetings."""
    if row.mark is not None and row.by_word:
        return tr.plain(
            "deadline-settled",
            how=row.mark.settled.value.replace("_", "-"),
            day=_day(tr, row, row.mark.at),
            name=row.mark.name or "none",
        )
    if row.latest is not None:
        return _version_words(tr, row, row.latest)
    if row.held or row.unconfirmed:
        return tr.plain("board-held", held=row.held, unconfirmed=row.unconfirmed)
    return tr.plain("board-words" if row.state is BoardState.DRAFT else "board-nothing-yet")


def _version_words(tr: Speech, row: BoardRow, version: Version) -> str:
    decided = version.decided_at is not None
    return tr.plain(
        "board-version",
        number=version.number,
        status=version.status.value,
        day=_day(tr, row, version.decided_at or version.sent_at),
        name=(version.decided_by if decided else version.sent_by) or "none",
    )


def _day(tr: Speech, row: BoardRow, moment: datetime) -> str:
    return tr.day(row.territory.day_of(moment), lasting=True)
