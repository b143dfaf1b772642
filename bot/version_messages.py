"""What each side is told of a municipality's report: sent, accepted, returned."""

from aiogram.types import InlineKeyboardMarkup

from bot.buttons import button
from bot.callbacks import OpenVersion
from bot.i18n import Html, Speech
from bot.sender import Attachment, Outgoing
from bot.services.report_versions import Version
from bot.services.version_screens import OneVersion
from bot.version_words import comment_line, difference_lines
from bot.vocabulary import ReportStatus


def sent_message(tr: Speech, found: OneVersion, file: bytes) -> Outgoing | None:
    """Return a version with its file and what it says otherwise than the one before, for those
    who receive it; nothing once it waits for them no more."""
    version = found.version
    if not (version.waits and found.is_last):
        return None
    text = tr(
        "report-sent",
        **_about(version, version.sent_by),
        meetings=version.form.meetings_in_form,
        people=version.form.people_in_form,
    )
    parts = [text]
    if found.changed:
        changed = tr("version-changed-before", number=version.number - 1)
        parts.append(Html(f"{changed}\n{difference_lines(tr, found.changed)}"))
    return Outgoing(
        Html("\n\n".join(parts)),
        _to_version(tr, version),
        Attachment(version_file(tr, version), file),
    )


def decided_message(tr: Speech, found: OneVersion) -> Outgoing | None:
    """Return what became of a version, for those who sent it; nothing once they sent another."""
    version = found.version
    if not found.is_last:
        return None
    about = _about(version, version.decided_by)
    if version.status is ReportStatus.ACCEPTED:
        text = tr("report-accepted", **about)
    else:
        parts = (
            tr("report-returned", **about),
            comment_line(tr, version),
            tr("report-returned-then"),
        )
        text = Html("\n\n".join(parts))
    return Outgoing(text, _to_version(tr, version))


def version_file(tr: Speech, version: Version) -> str:
    """Return «Приложение 2 — Ачинск — 2026 — версия 2.xlsx»."""
    return tr.plain(
        "version-file", name=version.form.name, year=str(version.year), number=version.number
    )


def _about(version: Version, by: str) -> dict[str, str | int]:
    return {
        "name": version.name,
        "year": str(version.year),
        "number": version.number,
        "by": by or "none",
    }


def _to_version(tr: Speech, version: Version) -> InlineKeyboardMarkup:
    row = [button(tr.plain("version-open"), OpenVersion(token=version.token).pack())]
    return InlineKeyboardMarkup(inline_keyboard=[row])
