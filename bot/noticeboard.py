"""Cards of meetings in groups: posted when asked for, kept true until the meeting is over."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.background import Background
from bot.errors import NotFound, Refused
from bot.group_voice import GroupVoice
from bot.i18n import Speech, Texts
from bot.links import meeting_link
from bot.sender import Outgoing
from bot.services import catalogue, group_cards, group_chats
from bot.services.catalogue import Card
from bot.services.core import Account, Core
from bot.services.group_cards import LiveCard, Signs
from bot.vocabulary import MeetingStatus

log = structlog.get_logger(__name__)

LOOK_AGAIN = timedelta(minutes=1)
"""A card whose meeting shows no signs of a change is drawn anew so rarely."""

Draw = Callable[[Speech, Card, str], Outgoing]
_Drawn = tuple[Outgoing, str | None]
"""A card as it should be now, and why nobody can sign up any more, if that is its last word."""


class Noticeboard(Background):
    """Posts cards into groups, and changes them when they are no longer true.

    One noticeboard works per bot token and database.

    Args:
        core: database and clock.
        bot: whose link is on the cards.
        texts: of every language.
        draw: turns a meeting and the link to it into its card.
        voice: speaks in groups.
    """

    def __init__(self, core: Core, bot: Bot, texts: Texts, draw: Draw, voice: GroupVoice) -> None:
        super().__init__(self.refresh, "cards_not_refreshed")
        self._core, self._bot, self._texts = core, bot, texts
        self._draw, self._voice = draw, voice
        self._posting: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()
        self._seen: dict[int, tuple[Signs, datetime]] = {}

    async def post(
        self,
        chat_id: int,
        token: str,
        *,
        thread_id: int | None = None,
        posted_by: Account | None = None,
    ) -> None:
        """Post a meeting's card into a group, once a minute at most.

        Args:
            chat_id: the group's.
            token: of the meeting's link.
            thread_id: the topic of the group in which it was asked for.
            posted_by: who of the staff posts it; the caller has checked the right.

        Raises:
            NotFound: no such meeting.
            Refused: as `GroupVoice.say`; or it is over or cancelled, or its card came a moment ago.
        """
        async with self._posting.setdefault((chat_id, token), asyncio.Lock()):
            group = await group_chats.get_group(self._core, chat_id)
            if group is None:
                raise Refused("group-gone")
            if await group_cards.is_fresh(self._core, chat_id, token):
                raise Refused("group-card-fresh")
            outgoing, over = await self._drawn(token, group.locale)
            if over:
                raise Refused(over)
            message = await self._voice.say(chat_id, outgoing, thread_id)
            await group_cards.add_card(
                self._core,
                message.chat.id,
                token,
                message.message_id,
                _hash(outgoing),
                posted_by=posted_by,
            )

    async def refresh(self) -> None:
        """Change the cards that say what is no longer true, each group's one after the other.

        One that was true is drawn anew when there are signs of a change, or after a minute.
        """
        drawn: dict[tuple[str, str], _Drawn] = {}
        changed: dict[int, list[LiveCard]] = {}
        rested = await group_cards.list_rested(self._core)
        now = self._core.clock.now()
        self._seen = {card.id: self._seen[card.id] for card in rested if card.id in self._seen}
        for card in rested:
            signs, seen_at = self._seen.get(card.id, ((), now))
            if signs == card.signs and now - seen_at < LOOK_AGAIN:
                continue
            key = card.token, card.locale
            try:
                drawn[key] = drawn.get(key) or await self._drawn(*key)
            except NotFound:
                await group_cards.stop(self._core, card.id)
                continue
            outgoing, over = drawn[key]
            if over or _hash(outgoing) != card.shown:
                changed.setdefault(card.chat_id, []).append(card)
            else:
                self._seen[card.id] = card.signs, now
        await asyncio.gather(*(self._change(cards, drawn) for cards in changed.values()))

    async def _change(
        self, cards: Sequence[LiveCard], drawn: dict[tuple[str, str], _Drawn]
    ) -> None:
        for card in cards:
            outgoing, over = drawn[card.token, card.locale]
            try:
                changed = await self._voice.change(card.chat_id, card.message_id, outgoing)
            except Refused as refusal:
                if refusal.key != "group-topic":
                    return
                # The other topics are open: this card alone waits a minute.
                self._seen[card.id] = card.signs, self._core.clock.now()
                continue
            except TelegramAPIError as error:  # the next tick tries again
                log.warning("card_waits", card=card.id, error=type(error).__name__)
                return
            if changed:
                await group_cards.note_shown(
                    self._core, card.id, _hash(outgoing), is_last=over is not None
                )
            else:
                await group_cards.stop(self._core, card.id)

    async def _drawn(self, token: str, locale: str) -> _Drawn:
        card = await catalogue.get_card(self._core, None, token)
        now = self._core.clock.now()
        tr = self._texts.speak(locale, now, self._core.timezone)
        outgoing = self._draw(tr, card, await meeting_link(self._bot, token))
        if card.status is MeetingStatus.CANCELLED:
            return outgoing, "refused-cancelled"
        is_over = card.status is MeetingStatus.HELD or card.ends_at <= now
        return outgoing, "refused-past" if is_over else None


def _hash(outgoing: Outgoing) -> str:
    markup = outgoing.reply_markup.model_dump_json() if outgoing.reply_markup else ""
    return sha256(f"{outgoing.text}\n{markup}".encode()).hexdigest()
