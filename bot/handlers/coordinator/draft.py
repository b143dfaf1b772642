"""A year's report as it stands: the numbers in the chat, and the way to all it is made of."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup
from aiogram.utils.chat_action import ChatActionSender
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot import rules
from bot.buttons import button
from bot.callbacks import PAST_MEETINGS, OpenScreen
from bot.handlers.coordinator import draft_behind, draft_findings
from bot.handlers.coordinator.analysis import send_analysis
from bot.handlers.coordinator.consolidated import send_consolidated
from bot.handlers.coordinator.draft_words import findings_text, numbers_text
from bot.handlers.coordinator.report_words import caption, file_name
from bot.handlers.coordinator.report_year import opens, place_and_year
from bot.i18n import Speech, Texts
from bot.report_forms import report_xlsx
from bot.services import finding_answers, reports
from bot.services.core import Account, Core
from bot.services.report_counting import ReportFacts
from bot.services.visitors import Visitor
from bot.states import Board, Draft, Organisations, Outside, Photos, Proposals, Versions
from bot.vocabulary import ReportSource
from bot.widgets import Label, T, close_button, speech


async def numbers_getter(
    core: Core,
    account: Account,
    visitor: Visitor,
    tr: Speech,
    dialog_manager: DialogManager,
    **_: Any,
) -> dict[str, Any]:
    """Return the form's numbers and what stands beside them."""
    place, year = place_and_year(dialog_manager)
    report = await reports.draft_of_year(core, account, year, place)
    writes = rules.may_write_proposals(visitor.grants, place)
    facts = {
        "numbers": numbers_text(tr, report),
        "of_municipality": place is not None,
        "of_region": place is None,
        "writes_municipality": writes and place is not None,
        "writes_region": writes and place is None,
        "some_numbers": report.meetings_in_form > 0,
        "some_findings": False,
        "may_add": place in rules.where_may_create_meetings(visitor.grants),
    }
    if place is not None:
        found = (await finding_answers.get_findings(core, account, place, year)).found
        facts |= {
            "in_way": findings_text(tr, found),
            "findings": len(found.open),
            "some_findings": bool(found.open or found.answered),
        }
    return facts


async def _send_file(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    texts: Texts = data["texts"]
    bot: Bot = data["bot"]
    chat_id = callback.from_user.id
    place, year = place_and_year(manager)
    if place is None:
        await send_consolidated(data, chat_id, year, ReportSource.ACCEPTED)
    else:
        async with ChatActionSender.upload_document(bot=bot, chat_id=chat_id):
            report = await reports.appendix2(data["core"], data["account"], year, place)
            content = await asyncio.to_thread(report_xlsx, texts, report)
        russian = texts.speak("ru", report.made_at, report.timezone)
        await bot.send_document(
            chat_id,
            BufferedInputFile(content, file_name(russian, report)),
            caption=caption(speech(manager), report),
            reply_markup=_to_see_to(speech(manager), data["visitor"], report),
        )
    manager.show_mode = ShowMode.NO_UPDATE  # the file stands below the numbers that it holds


async def _send_analysis(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await send_analysis(callback, manager, *place_and_year(manager))


def _to_see_to(tr: Speech, visitor: Visitor, report: ReportFacts) -> InlineKeyboardMarkup | None:
    """Return the button to the meetings that lack something, for who can do something about it."""
    attention = report.attention
    lacking = attention.unconfirmed or attention.without_attendance
    if not lacking or report.municipality_id not in rules.whole_municipalities(visitor.grants):
        return None
    to_meetings = button(tr.plain("report-open-meetings"), OpenScreen(name=PAST_MEETINGS).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[to_meetings]])


dialog = Dialog(
    Window(
        Format("{numbers}"),
        Format("\n{in_way}", when="of_municipality"),
        T("draft-of-region", when="of_region"),
        SwitchTo(
            Label("draft-findings"), id="findings", state=Draft.findings, when="some_findings"
        ),
        SwitchTo(Label("draft-rows"), id="rows", state=Draft.rows, when="some_numbers"),
        Row(
            Button(Label("draft-file"), id="file", on_click=_send_file),
            Button(Label("analysis-make"), id="analysis", on_click=_send_analysis),
        ),
        Row(
            Button(
                Label("organisations"),
                id="organisations",
                on_click=opens(Organisations.list),
                when="writes_municipality",
            ),
            Button(
                Label("photos"),
                id="photos",
                on_click=opens(Photos.list),
                when="writes_municipality",
            ),
        ),
        Button(
            Label("proposals"),
            id="proposals",
            on_click=opens(Proposals.texts),
            when="writes_municipality",
        ),
        Button(
            Label("proposals"),
            id="region_proposals",
            on_click=opens(Proposals.text),
            when="writes_region",
        ),
        Button(
            Label("report-versions"),
            id="versions",
            on_click=opens(Versions.version),
            when="of_municipality",
        ),
        Button(Label("outside"), id="outside", on_click=opens(Outside.title), when="may_add"),
        Button(Label("board"), id="board", on_click=opens(Board.states), when="of_region"),
        close_button(),
        state=Draft.numbers,
        getter=numbers_getter,
    ),
    *draft_findings.windows,
    *draft_behind.windows,
)
