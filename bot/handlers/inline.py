"""The bot's name typed in any chat: finds meetings, and sends their card with the sign-up link.

Nothing is stored about whoever asks, nor what they typed.
"""

from aiogram import Bot, Router
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultUnion,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.errors import NotFound
from bot.handlers.cards import invitation_text
from bot.i18n import Speech
from bot.links import meeting_link
from bot.services import catalogue, meeting_search
from bot.services.catalogue import Card
from bot.services.core import Account, Core

PER_PAGE = 10
KEPT = 10  # seconds that Telegram keeps an answer for the same words
LARGEST_OFFSET = 10_000
ALL_MEETINGS = "meetings"  # the parameter of a link to the bot that leads to its menu

router = Router(name="inline")


@router.inline_query()
async def find(query: InlineQuery, bot: Bot, core: Core, account: Account, tr: Speech) -> None:
    """Answer with a page of meetings that have the words; no words find the nearest."""
    start = _read_offset(query.offset)
    found = await meeting_search.find_meetings(core, account, query.query, start, PER_PAGE)
    results: list[InlineQueryResultUnion] = []
    for token in found.tokens:
        try:
            card = await catalogue.get_card(core, None, token)
        except NotFound:  # withdrawn since
            continue
        results.append(_result(tr, card, await meeting_link(bot, token)))
    nothing = None
    if not results and start == 0:
        nothing = InlineQueryResultsButton(
            text=tr.plain("inline-nothing"), start_parameter=ALL_MEETINGS
        )
    await query.answer(
        results,
        cache_time=KEPT,
        is_personal=True,
        next_offset=str(start + PER_PAGE) if found.has_more else "",
        button=nothing,
    )


def _read_offset(offset: str) -> int:
    """Return where to go on; a client can forge it."""
    if not (offset.isascii() and offset.isdigit() and len(offset) <= len(str(LARGEST_OFFSET))):
        return 0
    return min(int(offset), LARGEST_OFFSET)


def _result(tr: Speech, card: Card, link: str) -> InlineQueryResultArticle:
    when = tr.when(card.starts_at, None, card.timezone)
    sign_up = InlineKeyboardButton(text=tr.plain("group-card-sign-up"), url=link)
    return InlineQueryResultArticle(
        id=card.token,
        title=card.title,
        description=f"{when} · {card.municipality}",
        input_message_content=InputTextMessageContent(
            message_text=invitation_text(tr, card),
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[sign_up]]),
    )
