"""A person for tests: writes, taps and looks at what the bot shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from sandbox.inline import InlineAnswer, InlineQuery
from sandbox.records import Answer, Event, Json, StoredMessage, User
from sandbox.screen import ButtonTest, Screen, find_button, look, picture
from sandbox.world import World

T = TypeVar("T")

PHONE = "+79990000000"
"""What a person shares at a button that asks for the contact."""

PATIENCE = 10.0
"""Seconds of real time to wait for the bot; on success nothing waits that long."""


@dataclass(frozen=True)
class Found:
    """What typing the bot's name brought: an inline query and its answer."""

    query: InlineQuery
    answer: InlineAnswer


class Person:
    """Someone with the private chat open. Waiting wakes on events, it never polls.

    With `world.idle` set every action returns after the bot has worked it (`settle`).

    Raises:
        AssertionError: from every method, when the bot does not do its part within `patience`
            seconds or the button is not there; it draws the chat.
    """

    def __init__(self, world: World, user: User, *, patience: float = PATIENCE) -> None:
        self.world = world
        self.user = user
        self._patience = patience
        self._events = world.subscribe(chat_id=self.chat_id)
        self._seen: list[Event] = []

    @property
    def id(self) -> int:
        """The account id, which is the private chat's id too."""
        return self.user.id

    @property
    def chat_id(self) -> int:
        """The chat that is open."""
        return self.user.id

    # Acting

    async def send(self, text: str, *, reply_to: int | None = None) -> None:
        """Write into the chat."""
        self._forget()
        self.world.send_text(self.id, text, reply_to=reply_to, chat_id=self.chat_id)
        await self._settle_if_idle()

    async def start(self, payload: str | None = None) -> None:
        """Press «Start», or open the bot by a link with a payload."""
        self._forget()
        self.world.start(self.id, payload)
        await self._settle_if_idle()

    async def send_document(self, data: bytes, name: str, caption: str | None = None) -> None:
        """Send a file."""
        self._forget()
        self.world.send_document(self.id, data, name, caption=caption)
        await self._settle_if_idle()

    async def send_contact(self, phone_number: str, contact_user_id: int | None = None) -> None:
        """Share one's own contact, or somebody else's."""
        self._forget()
        self.world.send_contact(self.id, phone_number, contact_user_id=contact_user_id)
        await self._settle_if_idle()

    async def tap(self, button: str | ButtonTest, *, message: int | None = None) -> Answer:
        """Tap a button and return the bot's answer (its toast or alert).

        `button` is a part of its label, or a function of the button's dictionary. Looked for from
        the newest message up, or on the one given by its id; else on the reply keyboard. A reply
        keyboard's button sends its label or the asked contact, a link to the bot starts it; these
        have an empty answer.
        """
        for screen in reversed(self.messages):
            if message is not None and screen.message_id != message:
                continue
            found = screen.button(button)
            if found is not None and "callback_data" in found:
                return await self.tap_data(found["callback_data"], screen.message_id)
            if found is not None and "url" in found:
                return await self._open(found["url"])
        if message is None and (found := self._on_reply_keyboard(button)) is not None:
            if found.get("request_contact"):
                await self.send_contact(PHONE)
            else:
                await self.send(found["text"])
            return Answer()
        raise AssertionError(f"no button {button!r} to tap.\n{self.picture()}")

    async def tap_data(self, data: str, message_id: int) -> Answer:
        """Send a callback query with any data on any message, as a forged client can."""
        query_id = self.press(data, message_id)
        answer = await self._patiently(self.world.answered(query_id), "answer the tap")
        await self._settle_if_idle()
        return answer

    def press(self, data: str, message_id: int) -> str:
        """Send a callback query without waiting for anything; returns its id."""
        self._forget()
        return self.world.press(self.id, message_id, data, chat_id=self.chat_id)

    async def follow(self, link: Answer | Found) -> None:
        """Go where the answer to a tap leads, or the button above inline results: both open the
        private chat with the bot."""
        if isinstance(link, Answer):
            await self._open(f"https://{(link.url or '').removeprefix('https://')}")
        else:
            await self.start((link.answer.button or {})["start_parameter"])

    async def inline(self, text: str = "", *, offset: str = "") -> Found:
        """Type `@bot text` in the chat and wait for the list; `offset` asks for its next page."""
        self._forget()
        query = self.world.inline.ask(self.id, self.chat_id, text, offset)
        answer = self.world.inline.answered(query)
        found = Found(query, await self._patiently(answer, "answer the inline query"))
        await self._settle_if_idle()
        return found

    async def choose(self, found: Found, number: int = 0) -> StoredMessage:
        """Send one of the results into the chat."""
        self._forget()
        message = self.world.inline.choose(found.query, found.answer.results[number].id)
        await self._settle_if_idle()
        return message

    # Looking

    @property
    def messages(self) -> list[Screen]:
        """All messages of the chat, oldest first."""
        return [look(self.world, message) for message in self.world.history(self.chat_id)]

    @property
    def screen(self) -> Screen:
        """The newest message of the bot."""
        for screen in reversed(self.messages):
            if screen.by_bot:
                return screen
        raise AssertionError(f"the bot has said nothing.\n{self.picture()}")

    @property
    def menu(self) -> list[str]:
        """Names of the commands in the menu."""
        return [command.command for command in self.world.commands(self.id)]

    def picture(self) -> str:
        """The end of the chat in plain text."""
        return picture(self.world, self.chat_id, self.id)

    # Waiting

    async def settle(self) -> None:
        """Wait until the bot took this person's updates and, with `world.idle`, worked them."""
        await self._patiently(self.world.settle(self.id), "take and work the updates")

    async def wait(self, contains: str = "", *, patience: float | None = None) -> Screen:
        """The first message of the bot, new or edited since this person's last action, whose text
        contains `contains`; waits for it if need be. Each is returned once."""
        return await self._patiently(
            self._match(contains), f"show a message with {contains!r}", patience
        )

    async def _match(self, contains: str) -> Screen:
        while True:
            for event in self._seen:
                screen = self._shown(event)
                if screen is not None and contains in screen.text:
                    self._seen.remove(event)
                    return screen
            self._seen.append(await self._events.get())

    def _shown(self, event: Event) -> Screen | None:
        """The message of the bot that an event tells of, if it is still there."""
        if event.kind not in {"message", "edited"} or not event.payload["by_bot"]:
            return None
        message = self.world.message(self.chat_id, event.payload["message_id"])
        return None if message is None else look(self.world, message)

    def _forget(self) -> None:
        """Start a new «since the last action»."""
        self._seen.clear()
        self._events.drain()

    async def _open(self, url: str) -> Answer:
        link, _, payload = url.partition("?start=")
        if link != f"https://t.me/{self.world.bot.username}":
            raise AssertionError(f"the button leads out of the chat, to {url}\n{self.picture()}")
        await self.start(payload or None)
        return Answer()

    def _on_reply_keyboard(self, wanted: str | ButtonTest) -> Json | None:
        markup = self.world.reply_keyboard(self.chat_id) or {}
        return find_button(markup.get("keyboard", []), wanted)

    async def _settle_if_idle(self) -> None:
        if self.world.idle is not None:
            await self.settle()

    async def _patiently(self, waited: Awaitable[T], what: str, patience: float | None = None) -> T:
        try:
            async with asyncio.timeout(self._patience if patience is None else patience):
                return await waited
        except TimeoutError:
            raise AssertionError(f"the bot did not {what} in time.\n{self.picture()}") from None
