"""«Афиша»: a meeting's poster as a picture for chats and a file for the printer."""

import asyncio

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot import papers
from bot.handlers.cards import admits_text
from bot.handlers.curator.numbers import meeting_of
from bot.handlers.wording import capitalised
from bot.i18n import Speech, Texts
from bot.links import meeting_link
from bot.services import posters
from bot.services.core import Account, Core
from bot.services.posters import Announced
from bot.vocabulary import Mode
from bot.widgets import speech


async def send_poster(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Send the poster both ways; the screen follows it."""
    data = manager.middleware_data
    core, account = data["core"], data["account"]
    await deliver_poster(
        callback, data["bot"], core, account, speech(manager), data["texts"], meeting_of(manager)
    )
    manager.show_mode = ShowMode.DELETE_AND_SEND


async def deliver_poster(
    callback: CallbackQuery,
    bot: Bot,
    core: Core,
    account: Account,
    tr: Speech,
    texts: Texts,
    meeting_id: int,
) -> None:
    """Answer a tap with the poster both ways.

    Raises:
        Forbidden, Refused: as `posters.get_announced`.
    """
    chat_id = callback.from_user.id
    meeting = await posters.get_announced(core, account, meeting_id)
    await callback.answer()
    await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
    # Where the poster hangs, nobody asks which time zone the curator lives in.
    on_paper = texts.speak(tr.locale, tr.now, meeting.timezone)
    poster = poster_of(on_paper, meeting, await meeting_link(bot, meeting.token))
    picture = await asyncio.to_thread(papers.poster_png, poster)
    file = await asyncio.to_thread(papers.poster_pdf, poster)
    name = tr.plain("poster-name")
    await bot.send_photo(
        chat_id,
        BufferedInputFile(picture, f"{name}.png"),
        caption=tr("poster-for-chats", link=poster.link),
    )
    await bot.send_document(
        chat_id, BufferedInputFile(file, f"{name}.pdf"), caption=tr("poster-for-print")
    )


def poster_of(tr: Speech, meeting: Announced, link: str) -> papers.Poster:
    """Return what the poster of a meeting says, in words."""
    when = tr.when(meeting.starts_at, meeting.ends_at, meeting.timezone, lasting=True, spelled=True)
    return papers.Poster(
        lang=tr.locale,
        project=tr.plain("paper-project"),
        title=meeting.title,
        facts=(
            (tr.plain("poster-when"), capitalised(when)),
            (tr.plain("poster-where"), _where(tr, meeting)),
            (tr.plain("poster-for"), admits_text(tr, meeting.admits)),
        ),
        description=meeting.description,
        call=tr.plain("poster-call"),
        note=tr.plain("poster-free"),
        link=link,
    )


def _where(tr: Speech, meeting: Announced) -> str:
    if meeting.mode is Mode.ONLINE:
        return tr.plain("poster-online")
    if meeting.mode is Mode.BY_CORRESPONDENCE:
        return tr.plain("poster-by-correspondence", place=meeting.place)
    return f"{meeting.place}, {meeting.municipality}"
