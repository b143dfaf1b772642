"""Groups on the chat page: what stands in one, seen by one of its people, and who is in it."""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from sandbox.group import Group
from sandbox.page_guard import refusal
from sandbox.page_requests import body, field, group_of, person
from sandbox.records import Json
from sandbox.world import World

LONGEST_TITLE = 128
COUNTED_UNREAD = 99


class GroupPages:
    """Request handlers about groups; what is written and tapped there goes through `Actions`."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def show(self, request: web.Request) -> web.Response:
        """The chat as this person sees it."""
        user, group = person(request, self._world), group_of(request, self._world)
        return web.json_response(
            {
                "seq": self._world.events.seq,
                "messages": [message.as_seen() for message in self._world.history(group.id)],
                "commands": [asdict(one) for one in self._world.commands(user.id, group)],
                "keyboard": None,
                "blocked": False,
            }
        )

    async def create(self, request: web.Request) -> web.Response:
        """Create a group called `title` with the people `members`; answers with its `id`."""
        title = " ".join((await field(request, "title")).split())
        if not title or len(title) > LONGEST_TITLE:
            raise refusal(web.HTTPBadRequest, "Назовите группу, например: «9 «Б», родители».")
        members = (await body(request)).get("members")
        if not isinstance(members, list) or not members:
            raise refusal(web.HTTPBadRequest, "Выберите, кто будет в группе: хотя бы одного.")
        if not all(isinstance(one, int) and one in self._world.users for one in members):
            raise refusal(web.HTTPNotFound, "Такого человека здесь нет.")
        return web.json_response({"id": self._world.add_group(title, members).id})

    async def set_bot(self, request: web.Request) -> web.Response:
        """Let the bot into the group (`there` = «yes») or put it out («no»)."""
        groups = self._world.groups
        change = {"yes": groups.add_bot, "no": groups.remove_bot}.get(await field(request, "there"))
        if change is None:
            raise refusal(web.HTTPBadRequest, "Бот в группе: «yes» или «no».")
        change(group_of(request, self._world), person(request, self._world).id)
        return web.json_response({})

    async def join(self, request: web.Request) -> web.Response:
        """Let this person into the group."""
        group, user = group_of(request, self._world), person(request, self._world)
        self._world.groups.join(group, user.id)
        return web.json_response({})


def listed(world: World, group: Group) -> Json:
    """A group for the list on the left, in the shape that people have there."""
    history = world.history(group.id)
    return {
        "id": group.id,
        "name": group.title,
        "members": group.members,
        "has_bot": group.has_bot,
        "last": history[-1].as_seen() if history else None,
        "incoming": [message.message_id for message in history if message.by_bot][-COUNTED_UNREAD:],
    }
