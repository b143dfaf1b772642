"""How a meeting reads in a group: everybody sees the same card, and nobody's name is on it."""

from dataclasses import replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import SignUpHere
from bot.cleaning import cut
from bot.handlers.cards import card_text
from bot.i18n import Html, Speech
from bot.sender import Outgoing
from bot.services.catalogue import Card
from bot.vocabulary import MeetingStatus

LONGEST_DESCRIPTION = 300  # a group's chat belongs to its people; the rest is behind «Подробнее»


def draw_card(tr: Speech, card: Card, link: str) -> Outgoing:
    """Return the card of a meeting for a group; one that is over or cancelled has no buttons.

    Args:
        tr: the group's voice.
        card: the meeting, as nobody in particular sees it.
        link: to the meeting in the private chat.
    """
    text = card_text(
        tr, replace(card, description=cut(card.description, LONGEST_DESCRIPTION)), lasting=True
    )
    if card.status is not MeetingStatus.PUBLISHED or card.ends_at <= tr.now:
        return Outgoing(text)
    opens_later = card.opens_at is not None and tr.now < card.opens_at
    closed = card.closes_at is not None and tr.now >= card.closes_at
    if closed:
        text = Html(f"{text}\n\n{tr('group-card-closed')}")
    more = InlineKeyboardButton(text=tr.plain("group-card-more"), url=link)
    row = [more]
    if not opens_later and not closed:
        sign_up = SignUpHere(token=card.token).pack()
        first = InlineKeyboardButton(text=tr.plain("group-card-sign-up"), callback_data=sign_up)
        if card.free == 0:
            first = InlineKeyboardButton(text=tr.plain("group-card-wait"), url=link)
        row = [first, more]
    return Outgoing(text, InlineKeyboardMarkup(inline_keyboard=[row]))
