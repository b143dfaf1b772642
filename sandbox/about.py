"""Methods about the bot itself, its command menus, chats and files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.access import readable_chat
from sandbox.errors import bad_request
from sandbox.menus import DEFAULT, ScopeKey
from sandbox.params import Params
from sandbox.records import BotCommand, Json
from sandbox.world import World

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_COMMANDS = 100
_COMMAND = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_BROAD_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


def get_me(world: World, params: Params) -> Json:  # noqa: ARG001 - every method has this shape
    """getMe."""
    return {
        **world.bot.as_user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": world.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(world: World, params: Params) -> Json:
    """getFile: up to 20 MB (telegram.md 16)."""
    if not (file_id := params.text("file_id")):
        raise bad_request("file_id not specified")
    file = world.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands (telegram.md 21)."""
    commands = params.json("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    menu = [_command(item) for item in commands]
    if len(menu) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return _put_menu(world, params, menu)


def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands: the next wider scope shows through."""
    return _put_menu(world, params, [])


def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands: exactly what was set for this scope and language."""
    menu = world.menus.get(_scope(world, params), _language(params))
    return [{"command": item.command, "description": item.description} for item in menu]


def _put_menu(world: World, params: Params, menu: list[BotCommand]) -> bool:
    world.menus.put(_scope(world, params), _language(params), menu)
    world.events.emit("commands", None, {})
    return True


def _command(item: Any) -> BotCommand:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(item.get(field), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{field}\"")
    command = _COMMAND.fullmatch(item["command"].strip())
    description = item["description"].strip()
    if command is None:
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return BotCommand(command[1], description)


def _scope(world: World, params: Params) -> ScopeKey:
    scope = params.json("scope", "BotCommandScope")
    if scope is None:
        return DEFAULT
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _BROAD_SCOPES:
        return kind, 0
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = readable_chat(world, str(scope.get("chat_id", "")))
    if kind == "chat_member":
        return f"{kind}:{scope.get('user_id')}", chat.id
    return kind, chat.id


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _setter(
    texts: Callable[[World], dict[str, str]], field: str, longest: int
) -> Callable[[World, Params], bool]:
    def put(world: World, params: Params) -> bool:
        text = params.text(field)
        if len(text) > longest:
            raise bad_request(f"{field} is too long")
        texts(world)[_language(params)] = text
        return True

    return put


def _getter(
    texts: Callable[[World], dict[str, str]], field: str
) -> Callable[[World, Params], Json]:
    def get(world: World, params: Params) -> Json:
        stored = texts(world)
        return {field: stored.get(_language(params)) or stored.get("", "")}

    return get


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "getme": get_me,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmydescription": _setter(lambda world: world.bot.descriptions, "description", 512),
    "getmydescription": _getter(lambda world: world.bot.descriptions, "description"),
    "setmyshortdescription": _setter(
        lambda world: world.bot.short_descriptions, "short_description", 120
    ),
    "getmyshortdescription": _getter(
        lambda world: world.bot.short_descriptions, "short_description"
    ),
    "setmyname": _setter(lambda world: world.bot.names, "name", 64),
    "getmyname": _getter(lambda world: world.bot.names, "name"),
}
