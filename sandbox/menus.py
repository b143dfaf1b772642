"""Command menus per scope and language, as setMyCommands keeps them (telegram.md 21)."""

from __future__ import annotations

from sandbox.group import Group
from sandbox.records import BotCommand

ScopeKey = tuple[str, int]
DEFAULT: ScopeKey = ("default", 0)


class Menus:
    """The bot's menus. A scope is its type and, where it is about one chat, the chat's id (0
    otherwise); the type «chat_member» has the person's id behind a colon."""

    def __init__(self) -> None:
        self.stored: dict[tuple[ScopeKey, str], list[BotCommand]] = {}

    def put(self, scope: ScopeKey, language: str, commands: list[BotCommand]) -> None:
        """Replace the menu of a scope and a language («» for all); an empty one is removed."""
        if commands:
            self.stored[scope, language] = commands
        else:
            self.stored.pop((scope, language), None)

    def get(self, scope: ScopeKey, language: str) -> list[BotCommand]:
        """Exactly the menu set for this scope and language."""
        return self.stored.get((scope, language), [])

    def seen_by(self, user_id: int, language: str | None) -> list[BotCommand]:
        """The menu in the private chat of a user: the narrowest scope wins, and within a scope
        the user's language before the menu for all languages."""
        return self._first([("chat", user_id), ("all_private_chats", 0), DEFAULT], language)

    def seen_in(self, group: Group, user_id: int, language: str | None) -> list[BotCommand]:
        """The menu in a group; its creator is the administrator. Without the bot there is none."""
        if not group.has_bot:
            return []
        admin = group.status_of(user_id) == "creator"
        scopes: list[ScopeKey] = [(f"chat_member:{user_id}", group.id)]
        scopes += [("chat_administrators", group.id)] if admin else []
        scopes += [("chat", group.id)]
        scopes += [("all_chat_administrators", 0)] if admin else []
        return self._first([*scopes, ("all_group_chats", 0), DEFAULT], language)

    def _first(self, scopes: list[ScopeKey], language: str | None) -> list[BotCommand]:
        for scope in scopes:
            for code in (language or "", ""):
                if commands := self.get(scope, code):
                    return commands
        return []
