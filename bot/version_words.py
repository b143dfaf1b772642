"""How versions of a municipality's report read, on screens and in messages."""

from bot.appendix2 import FORM
from bot.i18n import Html, Speech, as_typed
from bot.report_forms import row_name
from bot.services.report_versions import Version
from bot.services.version_facts import ChangedRow, Difference
from bot.services.version_screens import SentReport
from bot.vocabulary import ReportStatus

_SHOWN = 8
_ROWS = {row.number: row for row in FORM}


def state_of(found: SentReport, version: Version) -> str:
    """Return what became of a version, as whoever reads it is told.

    Nobody decides on one that another has replaced.
    """
    if not version.waits:
        return version.status.value
    if version is not found.last:
        return "replaced"
    if found.may_decide:
        return "yours"
    return "awaiting" if found.nobody_decides else "sent"


def version_lines(tr: Speech, version: Version, state: str) -> Html:
    """Return when a version was sent and by whom, what became of it, whether it is signed.

    Args:
        tr: the voice of the reader.
        version: the one.
        state: see `state_of`; "yours" where a decision about it is asked for.
    """
    when = tr.when(version.sent_at, None, version.timezone, lasting=True)
    lines = [
        tr("version-state", number=version.number, state=state),
        tr("version-sent", when=when, name=version.sent_by or "none"),
    ]
    if version.decided_at is not None:
        lines.append(
            tr(
                "version-decided",
                state=version.status.value,
                when=tr.when(version.decided_at, None, version.timezone, lasting=True),
                name=version.decided_by or "none",
            )
        )
    if version.status is ReportStatus.RETURNED:
        lines.append(comment_line(tr, version))
    if version.has_scan:
        lines.append(tr("version-has-scan"))
    return Html("\n".join(lines))


def comment_line(tr: Speech, version: Version) -> Html:
    """Return why a version was returned; beside the sentence, since it may be long."""
    return Html(f"{tr('version-comment')} {as_typed(version.comment)}")


def difference_lines(tr: Speech, found: Difference) -> Html:
    """Return «1.1. со школьниками: 2 → 3», a line each, then the words that are others."""
    lines = [_row_line(tr, row) for row in found.rows[:_SHOWN]]
    if len(found.rows) > _SHOWN:
        lines.append(tr("version-more-rows", number=len(found.rows) - _SHOWN))
    for key, changed in (
        ("version-words-organisations", found.organisations),
        ("version-words-photos", found.photo_links),
        ("version-words-proposals", found.proposals),
    ):
        if changed:
            lines.append(tr(key))
    return Html("\n".join(lines))


def _row_line(tr: Speech, row: ChangedRow) -> Html:
    name = row_name(tr, _ROWS[row.number])
    return tr("version-row", row=row.number, name=name, before=row.before, now=row.now)
