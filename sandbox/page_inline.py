"""Inline mode on the chat page: what typing the bot's name brings, and choosing from it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from sandbox.page_guard import refusal
from sandbox.page_requests import field, writer
from sandbox.world import World

PATIENCE = 5.0
"""Seconds of real time that the bot has for an answer; then the list stays empty."""


class InlinePages:
    """Request handlers of inline mode, in a private chat or a group."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def ask(self, request: web.Request) -> web.Response:
        """Ask the bot for `text` from `offset` on; answers with what it found."""
        user, chat_id = writer(request, self._world)
        text, offset = await field(request, "text"), await field(request, "offset")
        if not self._world.bot.inline:
            raise refusal(web.HTTPConflict, "Поиск через имя бота у него не включён.")
        query = self._world.inline.ask(user.id, chat_id, text, offset)
        try:
            answer = await asyncio.wait_for(self._world.inline.answered(query), PATIENCE)
        except TimeoutError:
            raise refusal(web.HTTPGatewayTimeout, "Бот не ответил. Наберите ещё раз.") from None
        return web.json_response(
            {
                "query_id": query.id,
                "results": [
                    {"id": result.id, "title": result.title, "description": result.description}
                    for result in answer.results
                ],
                "next_offset": answer.next_offset,
                "button": answer.button,
            }
        )

    async def choose(self, request: web.Request) -> web.Response:
        """Send the result `result_id` of the query `query_id` into the chat."""
        user, chat_id = writer(request, self._world)
        query = self._world.inline.asked.get(await field(request, "query_id"))
        try:
            if query is None or (query.user_id, query.chat_id) != (user.id, chat_id):
                raise KeyError
            self._world.inline.choose(query, await field(request, "result_id"))
        except KeyError:
            raise refusal(web.HTTPNotFound, "Этого уже нет в списке. Наберите ещё раз.") from None
        return web.json_response({})
