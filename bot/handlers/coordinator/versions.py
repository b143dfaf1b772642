"""A municipality's report on its way: sent to the regional coordinator, accepted or returned."""

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Cancel, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.callbacks import OpenVersion
from bot.handlers.coordinator import versions_past
from bot.handlers.coordinator.report_year import PLACE, YEAR
from bot.handlers.coordinator.versions_clicks import (
    accept,
    ask_accept,
    ask_return,
    begin,
    give_back,
    open_findings,
    send,
    type_comment,
)
from bot.handlers.coordinator.versions_getters import decide_getter, send_getter, version_getter
from bot.handlers.coordinator.versions_past import TO_VERSION
from bot.handlers.navigation import open_on_top
from bot.handlers.pushed import give_back_buttons
from bot.services import version_screens
from bot.services.core import Account, Core
from bot.states import Draft, Versions
from bot.widgets import Label, T

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
            Button(Label("version-accept"), id="accept", on_click=ask_accept, when="may_decide"),
            Button(Label("version-return"), id="return", on_click=ask_return, when="may_decide"),
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
        Button(Label("version-send-yes"), id="yes", on_click=send),
        Button(Label("draft-findings"), id="findings", on_click=open_findings, when="is_lacking"),
        TO_VERSION,
        state=Versions.send,
        getter=send_getter,
    ),
    Window(
        T("version-title"),
        Format("{lines}"),
        T("version-accept-ask"),
        Button(Label("version-accept"), id="yes", on_click=accept),
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
        Button(Label("version-return-yes"), id="yes", on_click=give_back, when="typed"),
        TO_VERSION,
        MessageInput(type_comment, content_types=ContentType.TEXT),
        state=Versions.comment,
        getter=decide_getter,
    ),
    *versions_past.windows,
    on_start=begin,
)
