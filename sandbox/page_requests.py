"""Reading what the page's browser side sends; what is wrong with it is said in Russian."""

from __future__ import annotations

from aiohttp import web

from sandbox.group import Group
from sandbox.page_guard import refusal
from sandbox.records import Json, User
from sandbox.world import World

LARGEST_UPLOAD = 20 * 1024 * 1024
"""Bytes; a bot cannot download more than that (telegram.md 16)."""


def person(request: web.Request, world: World) -> User:
    """The person of the address; 404 when there is none."""
    if user := world.users.get(int(request.match_info["user_id"])):
        return user
    raise refusal(web.HTTPNotFound, "Такого человека здесь нет.")


def group_of(request: web.Request, world: World) -> Group:
    """The group of the address; 404 when there is none."""
    if group := world.groups.get(int(request.match_info["group_id"])):
        return group
    raise refusal(web.HTTPNotFound, "Такой группы здесь нет.")


def writer(request: web.Request, world: World) -> tuple[User, int]:
    """The person of the address and the chat they write into: a group where the address names
    one, else the private chat; 409 for someone who cannot write there."""
    user = person(request, world)
    if "group_id" in request.match_info:
        group = group_of(request, world)
        if user.id not in group.members or group.migrated_to is not None:
            raise refusal(web.HTTPConflict, "Этого человека нет в группе. Сначала добавьте его.")
        return user, group.id
    if user.blocked:
        raise refusal(web.HTTPConflict, "Бот заблокирован. Сначала разблокируйте его.")
    return user, user.id


async def body(request: web.Request) -> Json:
    """The JSON object of the request; 400 for anything else."""
    try:
        asked = await request.json()
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise refusal(web.HTTPBadRequest, "Страница прислала непонятный запрос. Обновите её.")
    return asked


async def field(request: web.Request, name: str) -> str:
    """The text `name` of the JSON object; 400 without it."""
    value = (await body(request)).get(name)
    if not isinstance(value, str):
        raise refusal(web.HTTPBadRequest, f"В запросе страницы не хватает поля «{name}».")
    return value


async def upload(request: web.Request) -> bytes:
    """The body as it is; 400 when empty or larger than `LARGEST_UPLOAD`."""
    data = bytearray()
    async for chunk in request.content.iter_any():
        data += chunk
        if len(data) > LARGEST_UPLOAD:
            raise refusal(web.HTTPBadRequest, "Файл больше 20 МБ: бот не сможет его прочитать.")
    if not data:
        raise refusal(web.HTTPBadRequest, "Файл пустой: выберите другой.")
    return bytes(data)
