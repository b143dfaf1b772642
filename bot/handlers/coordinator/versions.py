"""A municipality's report on its way: sent to the regional coordinator, accepted or returned."""

from functools import partial
from typing import Any

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram.utils.chat_action import ChatActionSender
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.callbacks import OpenVersion
from bot.cleaning import clean_words
from bot.deadline_words import gaps_line
from bot.errors import NotFound
from bot.handlers.coordinator import versions_past
from bot.handlers.coordinator.report_year import PLACE, YEAR, municipality_and_year
from bot.handlers.coordinator.versions_past import OPENED, TO_VERSION, read_report
from bot.handlers.curator.numbers import ON_TOP
from bot.handlers.navigation import open_on_top
from bot.handlers.pushed import give_back_buttons
from bot.i18n import Html, Speech, as_typed
from bot.models import WORDS_LENGTH
from bot.report_forms import report_xlsx
from bot.services import finding_answers, version_screens, version_steps
from bot.services.core import Account, Core
from bot.services.deadline_ledger import gaps_of
from bot.services.version_facts import Difference
from bot.services.version_screens import SentReport
from bot.services.version_steps import Seen
from bot.states import Draft, Versions
from bot.version_words import difference_lines, version_lines
from bot.vocabulary import ReportStatus
from bot.widgets import Label, T, speech

SEEN = "seen"
"""The number and state of the last version that is on the screen."""
DECIDED = "decided"
"""The token of the version that a decision is asked about."""
COMMENT = "comment"

router = Router(name="versions")


@router.callback_query(OpenVersion.filter())
async def open_version(
    callback: CallbackQuery,
    callback_data: OpenVersion,
    core: Core,
    account: Account,
    dialog_manager: DialogManager,
) -> None:
    """Show how it stands with a report below the message that tells of a version of it.

    Its Back leads to the year's draft, where what was returned is mended.
    """
    version = (await version_screens.get_version(core, account, callback_data.token)).version
    await callback.answer()
    where = {PLACE: version.municipality_id, YEAR: version.year}
    dialog_manager.show_mode = ShowMode.NO_UPDATE
    await open_on_top(dialog_manager, Draft.numbers, where)
    await dialog_manager.start(Versions.version, where, show_mode=ShowMode.SEND)
    await give_back_buttons(callback)


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
        "lines": version_lines(tr, opened, last) if opened else "",
        "changed": _changed(tr, found),
        "none": opened is None,
        "some": opened is not None,
        "is_changed": found.changed is not None,
        "may_send_first": found.may_send and last is None,
        "may_send_again": found.may_send and is_last and last is not None,
        "may_decide": found.may_decide and is_last,
        "has_scan": opened is not None and opened.has_scan,
        "several": len(found.versions) > 1 and is_last,
        "nobody_decides": found.nobody_decides and is_last,
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
        "lines": version_lines(tr, found.last, found.last) if found.last else "",
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
        "lines": version_lines(tr, version, version),
        "comment": as_typed(comment),
        "typed": bool(comment),
        "untyped": not comment,
    }


def _remember(manager: DialogManager, found: SentReport) -> None:
    """Keep what is shown, so that nobody decides about what they have not seen."""
    last = found.last
    manager.dialog_data[SEEN] = [last.number, last.status.value] if last else [0, None]


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


async def _send(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    number, status = manager.dialog_data[SEEN]
    seen = Seen(number, ReportStatus(status) if status else None)
    make = partial(report_xlsx, data["texts"])
    async with ChatActionSender.typing(bot=data["bot"], chat_id=callback.from_user.id):
        sent = await version_steps.send(
            data["core"], data["account"], *municipality_and_year(manager), seen, make
        )
    await callback.answer(speech(manager).plain("version-is-sent", number=sent))
    await manager.switch_to(Versions.version)


async def _open_findings(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    place, year = municipality_and_year(manager)
    await manager.start(Draft.findings, {PLACE: place, YEAR: year, ON_TOP: True})


async def _ask(manager: DialogManager, state: Any) -> None:
    data = manager.middleware_data
    found = await read_report(data["core"], data["account"], manager)
    if found.last is None:
        raise NotFound
    manager.dialog_data[DECIDED] = found.last.token
    await manager.switch_to(state)


async def _ask_accept(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _ask(manager, Versions.accept)


async def _ask_return(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _ask(manager, Versions.comment)


async def _accept(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await version_steps.accept(data["core"], data["account"], manager.dialog_data[DECIDED])
    await callback.answer(speech(manager).plain("version-is-accepted"))
    await manager.switch_to(Versions.version)


async def _type_comment(message: Message, _input: Any, manager: DialogManager) -> None:
    manager.dialog_data[COMMENT] = clean_words(message.text or "", WORDS_LENGTH)


async def _return(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    comment = manager.dialog_data.get(COMMENT, "")
    await version_steps.give_back(
        data["core"], data["account"], manager.dialog_data[DECIDED], comment
    )
    manager.dialog_data.pop(COMMENT, None)
    await callback.answer(speech(manager).plain("version-is-returned"))
    await manager.switch_to(Versions.version)


async def _begin(_start_data: Any, manager: DialogManager) -> None:
    manager.dialog_data[OPENED] = ""


dialog = Dialog(
    Window(
        T("version-title"),
        T("version-none", when="none"),
        Format("{lines}", when="some"),
        T("version-nobody", when="nobody_decides"),
        Format("\n{changed}", when="is_changed"),
        SwitchTo(Label("version-send"), id="send", state=Versions.send, when="may_send_first"),
        SwitchTo(
            Label("version-send-again"), id="again", state=Versions.send, when="may_send_again"
        ),
        Row(
            Button(Label("version-accept"), id="accept", on_click=_ask_accept, when="may_decide"),
            Button(Label("version-return"), id="return", on_click=_ask_return, when="may_decide"),
        ),
        *versions_past.of_version,
        SwitchTo(Label("version-history"), id="history", state=Versions.history, when="several"),
        Cancel(Label("back"), id="close", when="is_last"),
        SwitchTo(Label("back"), id="to_history", state=Versions.history, when="is_past"),
        state=Versions.version,
        getter=version_getter,
    ),
    Window(
        T("version-send-ask"),
        T("version-send-lacking", when="is_lacking"),
        Format("\n{lines}", when="some"),
        Format("\n{changed}", when="some"),
        T("version-send-then"),
        Button(Label("version-send-yes"), id="yes", on_click=_send),
        Button(Label("draft-findings"), id="findings", on_click=_open_findings, when="is_lacking"),
        TO_VERSION,
        state=Versions.send,
        getter=send_getter,
    ),
    Window(
        T("version-title"),
        Format("{lines}"),
        T("version-accept-ask"),
        Button(Label("version-accept"), id="yes", on_click=_accept),
        TO_VERSION,
        state=Versions.accept,
        getter=decide_getter,
    ),
    Window(
        T("version-title"),
        Format("{lines}"),
        T("version-comment-ask", when="untyped"),
        Format("\n💬 {comment}", when="typed"),
        T("version-comment-again", when="typed"),
        Button(Label("version-return-yes"), id="yes", on_click=_return, when="typed"),
        TO_VERSION,
        MessageInput(_type_comment, content_types=ContentType.TEXT),
        state=Versions.comment,
        getter=decide_getter,
    ),
    *versions_past.windows,
    on_start=_begin,
)
