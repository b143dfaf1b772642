"""The analysis of a year as a document, with the button that says it is handed in."""

import asyncio

from aiogram import Bot
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup
from aiogram.utils.chat_action import ChatActionSender
from aiogram_dialog import DialogManager, ShowMode

from bot.buttons import button
from bot.callbacks import SettleDeadline
from bot.handlers.coordinator.analysis_words import make_analysis, state_of_data
from bot.i18n import Html, Speech, Texts
from bot.services.analysis import find_owed_analysis, get_analysis
from bot.services.core import Account, Core
from bot.services.report_counting import ReportFacts
from bot.vocabulary import Settled
from bot.widgets import speech


async def send_analysis(
    callback: CallbackQuery, manager: DialogManager, municipality_id: int | None, year: int
) -> None:
    """Make the document and send it below the screen; where it is owed, with a button to say so.

    Args:
        callback: the tap that asks for it.
        manager: of the open screen.
        municipality_id: whose year, None for the region.
        year: the year.

    Raises:
        Forbidden: this account may not have this report.
        Refused: the year lies ahead, or the municipality did not exist in it.
        NotFound: there is no such municipality.
    """
    data, tr = manager.middleware_data, speech(manager)
    core: Core = data["core"]
    account: Account = data["account"]
    texts: Texts = data["texts"]
    bot: Bot = data["bot"]
    chat_id = callback.from_user.id
    async with ChatActionSender.upload_document(bot=bot, chat_id=chat_id):
        found = await get_analysis(core, account, year, municipality_id)
        report = found.report
        russian = texts.speak("ru", report.made_at, report.timezone)
        content = await asyncio.to_thread(make_analysis, russian, found)
        owed = await find_owed_analysis(core, account, year, municipality_id)
    name = tr.plain("analysis-file", name=report.name, year=str(year))
    await bot.send_document(
        chat_id,
        BufferedInputFile(content, f"{name}.pdf"),
        caption=_caption(tr, report),
        reply_markup=_hand_in(tr, owed, year, municipality_id) if owed else None,
    )
    manager.show_mode = ShowMode.NO_UPDATE  # the document stands below the screen


def _caption(tr: Speech, report: ReportFacts) -> Html:
    draft, state = state_of_data(tr, report)
    said = tr(
        "analysis-caption",
        name=report.name,
        year=str(report.year),
        draft="yes" if draft else "no",
        state=state,
    )
    return Html(f"{said}\n\n{tr('analysis-caption-how')}") if draft else said


def _hand_in(tr: Speech, code: str, year: int, municipality_id: int | None) -> InlineKeyboardMarkup:
    place = municipality_id or 0
    data = SettleDeadline(code=code, year=year, municipality_id=place, settled=Settled.DONE)
    hand_in = button(tr.plain("analysis-hand-in"), data.pack())
    return InlineKeyboardMarkup(inline_keyboard=[[hand_in]])
