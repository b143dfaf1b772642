"""What a person does on the chat page, done to the world."""

from __future__ import annotations

import re

from aiohttp import web

from sandbox.errors import ApiError
from sandbox.page_guard import refusal
from sandbox.page_requests import field, person, upload, writer
from sandbox.world import World

LONGEST_TEXT = 4096
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Actions:
    """Request handlers that change the world. A blocked bot is a 409: nothing can be sent to it."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def send_text(self, request: web.Request) -> web.Response:
        """Write `text` into the chat."""
        user, chat_id = writer(request, self._world)
        text = (await field(request, "text")).strip()
        if not text:
            raise refusal(web.HTTPBadRequest, "Напишите что-нибудь: сообщение пустое.")
        if len(text) > LONGEST_TEXT:
            raise refusal(
                web.HTTPBadRequest, f"Слишком длинно: в сообщение входит {LONGEST_TEXT} знаков."
            )
        self._world.send_text(user.id, text, chat_id=chat_id)
        return web.json_response({})

    async def start(self, request: web.Request) -> web.Response:
        """Press «Start» or open a link with `payload` (empty for none); lifts a block."""
        payload = await field(request, "payload")
        if not PAYLOAD.fullmatch(payload):
            raise refusal(web.HTTPBadRequest, "Такую ссылку на бота открыть нельзя: в ней ошибка.")
        self._world.start(person(request, self._world).id, payload or None)
        return web.json_response({})

    async def press(self, request: web.Request) -> web.Response:
        """Tap an inline button with `data` under `message_id`; answers with `query_id`."""
        user, chat_id = writer(request, self._world)
        message_id = await field(request, "message_id")
        if not message_id.isdecimal():
            raise refusal(web.HTTPBadRequest, "Непонятно, у какого сообщения эта кнопка.")
        data = await field(request, "data")
        query_id = self._world.press(user.id, int(message_id), data, chat_id=chat_id)
        return web.json_response({"query_id": query_id})

    async def send_contact(self, request: web.Request) -> web.Response:
        """Share one's own contact, with a made-up phone number."""
        user, _ = writer(request, self._world)
        self._world.send_contact(user.id, f"+7900{user.id % 10_000_000:07d}")
        return web.json_response({})

    async def block(self, request: web.Request) -> web.Response:
        """Block the bot (`blocked` = «yes») or let it write again («no»)."""
        change = {"yes": self._world.block, "no": self._world.unblock}
        try:
            change[await field(request, "blocked")](person(request, self._world).id)
        except KeyError:
            raise refusal(web.HTTPBadRequest, "Заблокировать: «yes» или «no».") from None
        return web.json_response({})

    async def send_file(self, request: web.Request) -> web.Response:
        """The body is the file; the query says its `name`, `kind` and `caption`."""
        (user, _), data = writer(request, self._world), await upload(request)
        name, caption = request.query.get("name", "file"), request.query.get("caption")
        try:
            if request.query.get("kind") == "photo":
                self._world.send_photo(user.id, data, caption=caption)
            else:
                self._world.send_document(user.id, data, name, caption=caption)
        except ApiError:
            raise refusal(
                web.HTTPBadRequest,
                "Как фото можно отправить только PNG или JPEG. Отправьте этот файл как документ.",
            ) from None
        return web.json_response({})

    async def new_person(self, request: web.Request) -> web.Response:
        """Create a person called `name`; answers with their `id`."""
        first, _, last = " ".join((await field(request, "name")).split()).partition(" ")
        if not first or len(first) > 64 or len(last) > 64:
            raise refusal(web.HTTPBadRequest, "Напишите имя, например: «Марина» или «Иван Котов».")
        user = self._world.add_user(first, last_name=last or None)
        return web.json_response({"id": user.id})
