"""The chat page: talk to the bot as any person of the world, and move its clock.

`chat_page` makes a web application of its own, to be served as it is or mounted with
`add_subapp`. The browser side stands in `static/`; it asks for state as JSON, listens to the
stream of `page_stream`, acts through `page_actions`, `page_clock` and `page_faults`, and is guarded
by `page_guard`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from sandbox.page_actions import Actions
from sandbox.page_clock import ClockFace, PageClock
from sandbox.page_faults import FaultPanel
from sandbox.page_groups import COUNTED_UNREAD, GroupPages, listed
from sandbox.page_guard import add_security_headers, only_from_this_page, refusal
from sandbox.page_inline import InlinePages
from sandbox.page_requests import person
from sandbox.page_stream import Stream
from sandbox.records import File, Json, User
from sandbox.world import World

__all__ = ["CastMember", "PageClock", "chat_page"]

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class CastMember:
    """A ready person of the demo: who they are («Ученица 9 класса») and a word about them.

    The name is the one of the world's user `user_id`.
    """

    user_id: int
    title: str
    about: str = ""


def chat_page(
    world: World, *, clock: PageClock, cast: Sequence[CastMember] = ()
) -> web.Application:
    """The page over `world`, with the `cast` on top of its list of people.

    Needs a bot in the world. The page's address ends with a slash wherever it is mounted.
    """
    face = ClockFace(clock)
    views, actions, faults = _Views(world, cast), Actions(world), FaultPanel(world.faults)
    stream = Stream(world, {"clock": face.seen, "faults": faults.seen})
    groups, inline = GroupPages(world), InlinePages(world)
    chat = r"/api/chats/{user_id:\d+}"
    group = r"/api/groups/{group_id:-\d+}/{user_id:\d+}"
    app = web.Application(middlewares=[only_from_this_page])
    app.on_response_prepare.append(add_security_headers)
    app.on_shutdown.append(stream.close)
    app.add_routes(
        [
            web.get("/", views.index),
            web.static("/static", STATIC),
            web.get("/files/{file_id}", views.file),
            web.get("/api/state", views.state),
            web.get("/api/events", stream.serve),
            web.get(chat, views.chat),
            web.post(chat + "/text", actions.send_text),
            web.post(chat + "/start", actions.start),
            web.post(chat + "/press", actions.press),
            web.post(chat + "/contact", actions.send_contact),
            web.post(chat + "/block", actions.block),
            web.post(chat + "/files", actions.send_file),
            web.post(chat + "/inline", inline.ask),
            web.post(chat + "/choose", inline.choose),
            web.post("/api/groups", groups.create),
            web.get(group, groups.show),
            web.post(group + "/text", actions.send_text),
            web.post(group + "/press", actions.press),
            web.post(group + "/inline", inline.ask),
            web.post(group + "/choose", inline.choose),
            web.post(group + "/bot", groups.set_bot),
            web.post(group + "/join", groups.join),
            web.post("/api/people", actions.new_person),
            web.post("/api/clock", face.move),
            web.post("/api/faults", faults.add),
            web.post(r"/api/faults/{rule_id:\d+}/off", faults.remove),
        ]
    )
    return app


class _Views:
    """Request handlers that only show."""

    def __init__(self, world: World, cast: Sequence[CastMember]) -> None:
        self._world = world
        self._cast = {member.user_id: member for member in cast}

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})

    async def state(self, _: web.Request) -> web.Response:
        ready = [self._world.users[user_id] for user_id in self._cast]
        others = [
            user
            for user in self._world.users.values()
            if user.id not in self._cast and not user.extra
        ]
        return web.json_response(
            {
                "seq": self._world.events.seq,
                "bot": {
                    "name": self._world.bot.name,
                    "username": self._world.bot.username,
                    "inline": self._world.bot.inline,
                },
                "people": [self._person(user) for user in [*ready, *others]],
                "groups": [
                    listed(self._world, group)
                    for group in self._world.groups.stored.values()
                    if group.migrated_to is None
                ],
            }
        )

    async def chat(self, request: web.Request) -> web.Response:
        user = person(request, self._world)
        return web.json_response(
            {
                "seq": self._world.events.seq,
                "messages": [message.as_seen() for message in self._world.history(user.id)],
                "commands": [asdict(command) for command in self._world.commands(user.id)],
                "keyboard": self._world.reply_keyboard(user.id),
                "blocked": user.blocked,
            }
        )

    async def file(self, request: web.Request) -> web.Response:
        try:
            file = self._world.file(request.match_info["file_id"])
        except KeyError:
            raise refusal(web.HTTPNotFound, "Такого файла здесь нет.") from None
        return web.Response(body=file.data, headers=_file_headers(file))

    def _person(self, user: User) -> Json:
        member = self._cast.get(user.id) or CastMember(user.id, "Новый человек")
        history = self._world.history(user.id)
        return {
            "id": user.id,
            "name": user.full_name,
            "title": member.title,
            "about": member.about,
            "last": history[-1].as_seen() if history else None,
            "incoming": [m.message_id for m in history if m.by_bot][-COUNTED_UNREAD:],
        }


def _file_headers(file: File) -> dict[str, str]:
    """Photos are shown; anything else is only ever saved, so that it cannot run on the page."""
    if file.path.startswith("photos/"):
        is_png = file.data.startswith(b"\x89PNG")
        return {"Content-Type": "image/png" if is_png else "image/jpeg"}
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
    }
