"""One finding of a year: which meeting it is, the way to mend it, or why it is no gap."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.choices import as_id
from bot.handlers.coordinator.draft_words import finding_text
from bot.handlers.coordinator.report_year import municipality_and_year
from bot.handlers.curator.closing import NAMED, group_choices
from bot.handlers.curator.numbers import ON_TOP
from bot.i18n import Speech
from bot.services import finding_answers, meetings
from bot.services.core import Account, Core
from bot.services.door_groups import UncountedGroup, find_uncounted_groups
from bot.services.finding_answers import ShownFindings
from bot.services.finding_facts import ANSWERABLE, Finding, FindingKind
from bot.states import Door, Draft, Manage
from bot.widgets import Label, T, choice, speech

KIND, FINDING, FROM_ANSWERED = "finding_kind", "finding", "from_answered"

_MENDED_IN = {
    FindingKind.UNCONFIRMED: Manage.close,
    FindingKind.NOBODY: Door.list,
    FindingKind.GROUPS: Door.list,
    FindingKind.FEEDBACK: Door.list,
    FindingKind.PHOTOS: Manage.photos,
}


async def look(core: Core, account: Account, manager: DialogManager) -> ShownFindings:
    """Return the findings of the report that is open."""
    return await finding_answers.get_findings(core, account, *municipality_and_year(manager))


async def finding_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return one finding, the ways to mend it, and whether it may be answered."""
    shown = await look(core, account, dialog_manager)
    finding = _find(shown, dialog_manager.dialog_data[FINDING])
    from_answered = bool(dialog_manager.dialog_data.get(FROM_ANSWERED))
    back = {"from_answered": from_answered, "from_list": not from_answered}
    if finding is None:
        nothing: dict[str, Any] = {"meetings": [], "groups": [], "to_leave_out": []}
        return {"finding": tr("finding-gone"), "kind": "none", **nothing, **back}
    open_, zone = not finding.answer, shown.territory.timezone
    answerable = shown.may_mend and open_ and finding.kind in ANSWERABLE
    duplicate = finding.kind is FindingKind.DUPLICATES
    groups: tuple[UncountedGroup, ...] = ()
    if shown.may_mend and finding.kind is FindingKind.GROUPS:
        groups = await find_uncounted_groups(core, account, finding.meetings[0].id)
    return {
        "finding": finding_text(tr, finding, zone),
        "kind": finding.kind.value,
        "meetings": [
            (tr.plain("finding-open", time=tr.time(each.starts_at, zone)), each.id)
            for each in finding.meetings
            if shown.may_mend
        ],
        "groups": group_choices(tr, groups),
        "to_leave_out": [
            (tr.plain("finding-leave-out", time=tr.time(each.starts_at, zone)), each.id)
            for each in finding.meetings
            if answerable and duplicate
        ],
        "may_mend": shown.may_mend
        and open_
        and finding.kind in _MENDED_IN
        and not 0 < len(groups) <= NAMED,
        "may_tell_apart": answerable and duplicate,
        "may_explain": answerable and not duplicate,
        "may_reopen": shown.may_mend and bool(finding.answer),
        **back,
    }


def _find(shown: ShownFindings, key: str) -> Finding | None:
    found = (*shown.found.open, *shown.found.answered)
    return next((each for each in found if each.meetings and each.key == key), None)


async def _mend(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    shown = await look(data["core"], data["account"], manager)
    finding = _find(shown, manager.dialog_data[FINDING])
    if finding is None or finding.kind not in _MENDED_IN:
        return  # somebody has mended it meanwhile: the screen says so
    about = {"meeting_id": finding.meetings[0].id, ON_TOP: True}
    await manager.start(_MENDED_IN[finding.kind], about)


async def _open_meeting(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, meeting_id: str
) -> None:
    await manager.start(Manage.meeting, {"meeting_id": as_id(meeting_id), ON_TOP: True})


async def _open_group(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, line_id: str
) -> None:
    data = manager.middleware_data
    shown = await look(data["core"], data["account"], manager)
    finding = _find(shown, manager.dialog_data[FINDING])
    if finding is not None:  # else somebody has counted it meanwhile: the screen says so
        about = {"meeting_id": finding.meetings[0].id, "line_id": as_id(line_id)}
        await manager.start(Door.group, about)


async def _leave_out(
    callback: CallbackQuery, _select: Any, manager: DialogManager, meeting_id: str
) -> None:
    data = manager.middleware_data
    await meetings.leave_out_of_form(data["core"], data["account"], as_id(meeting_id))
    await callback.answer(speech(manager).plain("finding-left-out"))


async def _answer(manager: DialogManager, words: str) -> None:
    data = manager.middleware_data
    place, year = municipality_and_year(manager)
    key = manager.dialog_data[FINDING]
    await finding_answers.answer_finding(data["core"], data["account"], place, year, key, words)
    await manager.switch_to(Draft.kind)


async def _tell_apart(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _answer(manager, "")
    await callback.answer(speech(manager).plain("finding-kept"))


async def _type_reason(message: Message, _input: Any, manager: DialogManager) -> None:
    await _answer(manager, message.text or "")


async def _reopen(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    place, year = municipality_and_year(manager)
    key = manager.dialog_data[FINDING]
    await finding_answers.reopen_finding(data["core"], data["account"], place, year, key)
    await callback.answer(speech(manager).plain("finding-reopened"))
    await manager.switch_to(Draft.answered)


windows = (
    Window(
        Format("{finding}"),
        Button(Label("finding-mend"), id="mend", on_click=_mend, when="may_mend"),
        Column(choice("group", "groups", _open_group)),
        Column(choice("open", "meetings", _open_meeting)),
        Column(choice("out", "to_leave_out", _leave_out)),
        Button(Label("finding-apart"), id="apart", on_click=_tell_apart, when="may_tell_apart"),
        SwitchTo(Label("finding-because"), id="because", state=Draft.reason, when="may_explain"),
        Button(Label("finding-reopen"), id="reopen", on_click=_reopen, when="may_reopen"),
        SwitchTo(Label("back"), id="to_list", state=Draft.kind, when="from_list"),
        SwitchTo(Label("back"), id="to_answered", state=Draft.answered, when="from_answered"),
        state=Draft.finding,
        getter=finding_getter,
    ),
    Window(
        T("finding-why"),
        SwitchTo(Label("back"), id="to_finding", state=Draft.finding),
        MessageInput(_type_reason, content_types=ContentType.TEXT),
        state=Draft.reason,
        getter=finding_getter,
    ),
)
