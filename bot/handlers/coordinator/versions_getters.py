"""What the windows of a report on its way show."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.deadline_words import gaps_line
from bot.errors import NotFound
from bot.handlers.coordinator.report_year import municipality_and_year
from bot.handlers.coordinator.versions_past import read_report
from bot.i18n import Html, Speech, as_typed
from bot.services import finding_answers, version_screens
from bot.services.core import Account, Core
from bot.services.deadline_ledger import gaps_of
from bot.services.report_versions import Version
from bot.services.version_facts import Difference
from bot.services.version_screens import SentReport
from bot.version_words import difference_lines, state_of, version_lines

SEEN = "seen"
"""The number and state of the last version that is on the screen."""
DECIDED = "decided"
"""The token of the version that a decision is asked about."""
COMMENT = "comment"


async def version_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the version that is open, the last one at first, and what one may do about it."""
    found = await read_report(core, account, dialog_manager)
    opened, last = found.opened, found.last
    is_last = opened is last
    _remember(dialog_manager, found)
    return {
        "name": found.name,
        "year": str(municipality_and_year(dialog_manager)[1]),
        "lines": _lines(tr, found, opened),
        "changed": _changed(tr, found),
        "none": opened is None,
        "some": opened is not None,
        "is_changed": found.changed is not None,
        "may_send_first": found.may_send and last is None,
        "may_send_again": found.may_send and is_last and last is not None,
        "may_decide": found.may_decide and is_last,
        "has_scan": opened is not None and opened.has_scan,
        "several": len(found.versions) > 1 and is_last,
        "nobody_decides": found.nobody_decides and found.may_send and is_last,
        "is_last": is_last,
        "is_past": not is_last,
    }


async def send_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return what would be sent, what had better be seen to before, and what was sent last."""
    found = await read_report(core, account, dialog_manager)
    if found.draft is None:
        raise NotFound
    _remember(dialog_manager, found)
    where = municipality_and_year(dialog_manager)
    findings = (await finding_answers.get_findings(core, account, *where)).found
    lacking = gaps_line(tr, gaps_of(findings))
    return {
        "name": found.name,
        "year": str(found.draft.year),
        "meetings": found.draft.meetings_in_form,
        "people": found.draft.people_in_form,
        "lacking": lacking,
        "findings": len(findings.open),
        "lines": _lines(tr, found, found.last),
        "changed": _changed(tr, found),
        "some": found.last is not None,
        "is_lacking": bool(lacking),
    }


async def decide_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the version that is to be accepted or returned, and the words for that so far."""
    token = dialog_manager.dialog_data[DECIDED]
    version = (await version_screens.get_version(core, account, token)).version
    comment = dialog_manager.dialog_data.get(COMMENT, "")
    return {
        "name": version.name,
        "year": str(version.year),
        "lines": version_lines(tr, version, "yours"),
        "comment": as_typed(comment),
        "typed": bool(comment),
        "untyped": not comment,
    }


def _remember(manager: DialogManager, found: SentReport) -> None:
    """Keep what is shown, so that nobody decides about what they have not seen."""
    last = found.last
    manager.dialog_data[SEEN] = [last.number, last.status.value] if last else [0, None]


def _lines(tr: Speech, found: SentReport, version: Version | None) -> Html:
    """Return how it stands with a version of the report, empty without one."""
    if version is None:
        return Html("")
    return version_lines(tr, version, state_of(found, version))


def _changed(tr: Speech, found: SentReport) -> Html:
    """Return what changed, of the draft since the last version or of a version since another."""
    changed: Difference | None = found.changed
    if changed is None or found.opened is None:
        return Html("")
    of_draft = found.draft is not None and found.opened is found.last
    if not changed:
        return tr("version-unchanged" if of_draft else "version-unchanged-before")
    head = (
        tr("version-changed")
        if of_draft
        else tr("version-changed-before", number=found.opened.number - 1)
    )
    return Html(f"{head}\n{difference_lines(tr, changed)}")
