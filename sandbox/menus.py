"""Command menus per scope and language, as setMyCommands keeps them (telegram.md 21)."""

from __future__ import annotations

from sandbox.records import BotCommand

ScopeKey = tuple[str, int]
DEFAULT: ScopeKey = ("default", 0)


class Menus:
    """The bot's menus. A scope is its type and, for type «chat», the chat's id (0 otherwise)."""

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
        scopes: tuple[ScopeKey, ...] = (("chat", user_id), ("all_private_chats", 0), DEFAULT)
        for scope in scopes:
            for code in (language or "", ""):
                if commands := self.get(scope, code):
                    return commands
        return []
