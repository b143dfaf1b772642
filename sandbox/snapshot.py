"""A world as JSON, so that chats survive a restart of the demo."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sandbox.group import Group
from sandbox.records import (
    Answer,
    Bot,
    BotCommand,
    CallbackQuery,
    File,
    Json,
    StoredMessage,
    Update,
    User,
)
from sandbox.world import World

VERSION = 2


def dump(world: World) -> Json:
    """Everything a restart has to keep, as JSON values; files in base64.

    Rate windows, open inline queries and who subscribed are not kept.
    """
    return {
        "version": VERSION,
        "bot": asdict(world.bot),
        "users": [asdict(user) for user in world.users.values()],
        "groups": [asdict(group) for group in world.groups.stored.values()],
        "messages": [
            asdict(message) for chat in world.chats.stored.values() for message in chat.values()
        ],
        "files": [
            {**asdict(file), "data": base64.b64encode(file.data).decode()} for file in world.files
        ],
        "menus": [
            {
                "scope": list(scope),
                "language": language,
                "commands": [asdict(command) for command in commands],
            }
            for (scope, language), commands in world.menus.stored.items()
        ],
        "updates": [
            {**asdict(update), "created_at": update.created_at.isoformat()}
            for update in world.updates.pending
        ],
        "queries": [
            {**asdict(query), "asked_at": query.asked_at.isoformat()}
            for query in world.queries.asked.values()
        ],
        "answers": {query: asdict(answer) for query, answer in world.answers.items()},
        "allowed_updates": world.updates.allowed,
        "next_message_id": world.chats.next_id,
        "own_message_ids": [list(pair) for pair in world.chats.own_ids.items()],
        "next_update_id": world.updates.next_id,
        "next_query_id": world.queries.next_id,
    }


def load(snapshot: Json, now: Callable[[], datetime], *, rate_limits: bool = True) -> World:
    """The world of a snapshot, on a clock.

    Raises:
        ValueError: the snapshot is of another version.
    """
    if snapshot.get("version") != VERSION:
        raise ValueError(f"unknown snapshot version {snapshot.get('version')!r}")
    world = World(now, rate_limits=rate_limits)
    world.bot = Bot(**snapshot["bot"])
    world.users.update((user["id"], User(**user)) for user in snapshot["users"])
    for group in snapshot["groups"]:
        world.groups.restore(Group(**group))
    for message in snapshot["messages"]:
        world.chats.restore(StoredMessage(**message))
    for file in snapshot["files"]:
        world.files.restore(File(**{**file, "data": base64.b64decode(file["data"])}))
    for menu in snapshot["menus"]:
        kind, chat_id = menu["scope"]
        commands = [BotCommand(**command) for command in menu["commands"]]
        world.menus.put((kind, chat_id), menu["language"], commands)
    world.updates.pending.extend(
        Update(**{**update, "created_at": datetime.fromisoformat(update["created_at"])})
        for update in snapshot["updates"]
    )
    for query in snapshot["queries"]:
        asked_at = datetime.fromisoformat(query["asked_at"])
        world.queries.asked[query["id"]] = CallbackQuery(**{**query, "asked_at": asked_at})
    world.answers.update((key, Answer(**value)) for key, value in snapshot["answers"].items())
    world.updates.allowed = snapshot["allowed_updates"]
    world.chats.next_id = snapshot["next_message_id"]
    world.chats.own_ids.update(map(tuple, snapshot["own_message_ids"]))
    world.updates.next_id = snapshot["next_update_id"]
    world.queries.next_id = snapshot["next_query_id"]
    return world
