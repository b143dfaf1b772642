"""The region's report as a workbook: from accepted reports, on request from drafts."""

import asyncio
from typing import Any

from aiogram import Bot, Router
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup
from aiogram.utils.chat_action import ChatActionSender

from bot.buttons import button
from bot.callbacks import MakeFromDrafts
from bot.handlers.coordinator.report_words import file_name, region_caption
from bot.i18n import Speech, Texts
from bot.report_forms import report_xlsx
from bot.services import reports
from bot.vocabulary import ReportSource

router = Router(name="consolidated")


async def send_consolidated(
    data: dict[str, Any], chat_id: int, year: int, source: ReportSource
) -> None:
    """Send the region's workbook of a year; under the accepted one a button makes the other.

    Args:
        data: what the middlewares gave the update.
        chat_id: where to.
        year: of the report.
        source: what is summed.

    Raises:
        Forbidden: this account may not have the report.
        Refused: the year lies ahead, or the region had no municipality in it.
    """
    texts: Texts = data["texts"]
    tr: Speech = data["tr"]
    bot: Bot = data["bot"]
    async with ChatActionSender.upload_document(bot=bot, chat_id=chat_id):
        report = await reports.consolidated_report(data["core"], data["account"], year, source)
        content = await asyncio.to_thread(report_xlsx, texts, report)
    russian = texts.speak("ru", report.region.made_at, report.region.timezone)
    buttons = None
    if source is ReportSource.ACCEPTED:
        from_drafts = button(tr.plain("region-from-drafts"), MakeFromDrafts(year=year).pack())
        buttons = InlineKeyboardMarkup(inline_keyboard=[[from_drafts]])
    await bot.send_document(
        chat_id,
        BufferedInputFile(content, file_name(russian, report.region, source)),
        caption=region_caption(tr, report),
        reply_markup=buttons,
    )


@router.callback_query(MakeFromDrafts.filter())
async def make_from_drafts(
    callback: CallbackQuery, callback_data: MakeFromDrafts, **data: Any
) -> None:
    """Send the workbook of drafts below that of the accepted reports."""
    # A tap is answered once: by the refusal, where there is one.
    await reports.get_report_place(data["core"], data["account"], None)
    await callback.answer()
    await send_consolidated(data, callback.from_user.id, callback_data.year, ReportSource.DRAFTS)
