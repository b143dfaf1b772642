"""The command menu holds what this person can do, nothing else."""

from collections.abc import Sequence

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

from bot.i18n import Texts
from bot.rules import (
    Grant,
    is_regional,
    may_see_statistics,
    report_places,
    where_may_create_meetings,
)
from bot.services import team_places, visitors
from bot.services.core import Account, Core
from bot.vocabulary import Role

STAFF = ("manage", "new", "report", "stats", "deadlines", "invite")
IN_GROUPS = ("meetings",)
EVERYBODY = ("meetings", "my", "reminders", "help", "privacy", "language", "cancel")

log = structlog.get_logger()


def commands_of(grants: Sequence[Grant], *, at_door: bool = False) -> tuple[str, ...]:
    """Return the commands that somebody can use.

    Args:
        grants: their roles.
        at_door: whether a place on the team of some meeting gives them its door.
    """
    reporting = bool(report_places(grants)) or is_regional(grants)
    may = {
        "manage": at_door or bool(where_may_create_meetings(grants)),
        "new": bool(where_may_create_meetings(grants)),
        "report": reporting,
        "stats": may_see_statistics(grants),
        "deadlines": reporting,
        "invite": reporting or any(grant.role is Role.ADMIN for grant in grants),
    }
    return (*(name for name in STAFF if may[name]), *EVERYBODY)


def _commands(texts: Texts, names: Sequence[str], locale: str) -> list[BotCommand]:
    return [
        BotCommand(command=name, description=texts.core.get(f"command-{name}", locale))
        for name in names
    ]


async def set_default_menu(bot: Bot, texts: Texts) -> None:
    """Tell the messenger the commands of everybody and those in groups, in each language."""
    for locale in texts.locales:
        language_code = None if locale == texts.locales[0] else locale
        await bot.set_my_commands(
            _commands(texts, EVERYBODY, locale),
            scope=BotCommandScopeDefault(),
            language_code=language_code,
        )
        await bot.set_my_commands(
            _commands(texts, IN_GROUPS, locale),
            scope=BotCommandScopeAllGroupChats(),
            language_code=language_code,
        )


async def find_commands(core: Core, account: Account, grants: Sequence[Grant]) -> tuple[str, ...]:
    """Return the commands that an account can use now."""
    at_door = await team_places.stands_at_a_door(core, account)
    return commands_of(grants, at_door=at_door)


async def refresh_menu(bot: Bot, core: Core, account: Account, texts: Texts) -> None:
    """Give one account the menu of its roles and language; a failure is no reason to stop."""
    visitor = await visitors.recognise(core, account)
    scope = BotCommandScopeChat(chat_id=account.id)
    try:
        if visitor.locale is None and not visitor.grants:
            await bot.delete_my_commands(scope=scope)
        else:
            locale = texts.known(visitor.locale)
            names = await find_commands(core, account, visitor.grants)
            await bot.set_my_commands(_commands(texts, names, locale), scope=scope)
    except TelegramAPIError as error:
        log.warning("menu_not_set", account=account.id, error=type(error).__name__)


async def refresh_helpers_menus(bot: Bot, core: Core, meeting_id: int, texts: Texts) -> None:
    """Give the helpers of a meeting their menus anew: its list was closed, or it was called off."""
    for account in await team_places.list_helpers(core, meeting_id):
        await refresh_menu(bot, core, account, texts)
