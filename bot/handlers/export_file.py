"""A table from the database to the chat: page by page into a file, then the file as a document."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.types import CallbackQuery, FSInputFile, Message
from aiogram.utils.chat_action import ChatActionSender
from aiogram_dialog import DialogManager, ShowMode
from babel.dates import format_interval, get_timezone_location

from bot.cleaning import cut
from bot.handlers.export_words import Words
from bot.i18n import Speech
from bot.rules import FEWEST_ANSWERS, Period, whole_year
from bot.services import exporting
from bot.services.core import Account, Core
from bot.services.export_scope import Wanted
from bot.services.exporting import Export
from bot.tables import MOST_ROWS, TableFile, Value
from bot.vocabulary import ExportKind
from bot.widgets import speech

LARGEST_FILE = 50 * 1024 * 1024
"""What the messenger takes of a bot, in bytes."""

_NAME_IN_FILE = 60


async def send_export(
    asked: CallbackQuery | Message, manager: DialogManager, wanted: Wanted
) -> None:
    """Make a table and send it; the screen follows the file.

    Raises:
        Forbidden: this account may not have it, or not any more.
        Refused: there is nothing in it, or too much.
    """
    data = manager.middleware_data
    core, account, bot = data["core"], data["account"], data["bot"]
    tr = speech(manager)
    chat_id = asked.chat.id if isinstance(asked, Message) else asked.from_user.id
    export = await exporting.get_export(core, account, wanted, MOST_ROWS)
    if isinstance(asked, CallbackQuery):
        await asked.answer(tr.plain("export-begun"))
    async with ChatActionSender.upload_document(bot=bot, chat_id=chat_id):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "table.xlsx"
            rows, size = await _write(core, account, tr, wanted, export, path)
            if size > LARGEST_FILE:
                await bot.send_message(chat_id, tr("refused-export-large"))
            else:
                await exporting.record_export(core, account, wanted, rows)
                await _send(bot, chat_id, tr, path, wanted, export, rows)
    manager.show_mode = ShowMode.DELETE_AND_SEND


def period_text(tr: Speech, period: Period) -> str:
    """Return «2026», «1 сент. 2025 г. – 31 мая 2026 г.»."""
    year = period.first.year
    if period == whole_year(year):
        return str(year)
    text = format_interval(period.first, period.last, "yMMMd", locale=tr.locale)
    return text.replace("\u202f", "\u00a0")  # few fonts have the narrow space before «г.»


async def _write(
    core: Core, account: Account, tr: Speech, wanted: Wanted, export: Export, path: Path
) -> tuple[int, int]:
    """Write the file; return how many rows and bytes it has."""
    words = Words(tr, wanted.kind, shows_names=export.shows_names)
    title = tr.name_of("export", wanted.kind)
    after = None
    with await asyncio.to_thread(TableFile, path, title, words.columns) as table:
        while True:
            page = await exporting.fetch_page(core, account, wanted, after)
            await asyncio.to_thread(table.add, map(words.row, page.rows))
            after = page.last
            if after is None:
                break
        about = _about(tr, wanted, export, table.rows)
        size = await asyncio.to_thread(table.save, tr.plain("export-about"), about, tr.now)
    return table.rows, size


def _about(tr: Speech, wanted: Wanted, export: Export, rows: int) -> list[tuple[str, Value]]:
    """Return what the sheet «О файле» says."""
    zone = ZoneInfo(export.timezones[0])
    lines: list[tuple[str, Value]] = [
        (tr.plain("export-about-what"), tr.name_of("export", wanted.kind)),
        (tr.plain("export-about-whose"), _whose(tr, export)),
    ]
    if wanted.period is not None:
        lines.append((tr.plain("export-about-period"), period_text(tr, wanted.period)))
    lines += [
        (tr.plain("export-about-rows"), rows),
        (tr.plain("export-about-made"), tr.now.astimezone(zone)),
        (tr.plain("export-about-clock"), _clocks(tr, export)),
        (tr.plain("export-about-holds"), tr.name_of("export-holds", wanted.kind)),
    ]
    if wanted.kind is ExportKind.REGISTRATIONS:
        key = "export-names-shown" if export.shows_names else "export-names-hidden"
        lines.append((tr.plain("export-about-names"), tr.plain(key)))
    elif wanted.kind in {ExportKind.FEEDBACK, ExportKind.MEETINGS} and not export.shows_names:
        lines.append((tr.plain("export-about-few"), tr.plain("export-few", fewest=FEWEST_ANSWERS)))
    return lines


async def _send(
    bot: Bot, chat_id: int, tr: Speech, path: Path, wanted: Wanted, export: Export, rows: int
) -> None:
    facts: dict[str, Any] = {
        "what": tr.name_of("export", wanted.kind),
        "whose": _whose(tr, export),
        "period": period_text(tr, wanted.period) if wanted.period else "none",
    }
    name = tr.plain("export-file", **facts | {"whose": cut(facts["whose"], _NAME_IN_FILE)})
    caption = tr("export-caption", rows=rows, clock=_clocks(tr, export), **facts)
    await bot.send_document(chat_id, FSInputFile(path, name), caption=caption)


def _whose(tr: Speech, export: Export) -> str:
    return export.name or tr.plain("export-own")


def _clocks(tr: Speech, export: Export) -> str:
    """Return the cities whose clocks the times are by: «Красноярск»."""
    return ", ".join(
        get_timezone_location(ZoneInfo(each), locale=tr.locale, return_city=True)
        for each in export.timezones
    )
