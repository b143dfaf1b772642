"""The menu that every Back leads to, help, and the choice of a language."""

from collections.abc import Sequence
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, Row, Start, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.navigation import open_screen
from bot.i18n import Html, Speech, Texts
from bot.menu import EVERYBODY, STAFF, find_commands, refresh_menu
from bot.services import people, profiles
from bot.services.core import Account, Core
from bot.services.visitors import Visitor
from bot.states import (
    Deadlines,
    Home,
    Invite,
    Language,
    Manage,
    Meetings,
    My,
    NewMeeting,
    Privacy,
    Reminders,
    Report,
    Stats,
)
from bot.widgets import Label, T, choice, close_button


async def menu_getter(
    core: Core, account: Account, visitor: Visitor, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the greeting's name, which doors this person's roles open, and what was begun."""
    profile = await profiles.get_profile(core, account)
    commands = await find_commands(core, account, visitor.grants)
    return {
        "name": profile.name if profile else "",
        "greeting": "named" if profile and profile.name else "plain",
        # The menu is the lowest of all, or lies on top of something half typed.
        "begun": len(dialog_manager.current_stack().intents) > 1,
        **{f"may_{name}": name in commands for name in STAFF},
        # Who makes reports has it beside them.
        "may_stats": "stats" in commands and "report" not in commands,
    }


async def help_getter(
    core: Core, account: Account, visitor: Visitor, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return what the command menu of this person holds, a line each."""
    commands = await find_commands(core, account, visitor.grants)
    staff = [name for name in commands if name in STAFF]
    return {
        # What one is reading needs no line of its own.
        "everybody": _help_lines(tr, [name for name in EVERYBODY if name != "help"]),
        "for_staff": _help_lines(tr, staff),
        "staff": bool(staff),
    }


def _help_lines(tr: Speech, names: Sequence[str]) -> Html:
    return Html("\n".join(tr(f"help-command-{name}") for name in names))


async def languages_getter(texts: Texts, **_: Any) -> dict[str, Any]:
    """Return the languages, each called as its speakers call it."""
    return {
        "languages": [(texts.core.get("language-name", locale), locale) for locale in texts.locales]
    }


async def _choose_language(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, locale: str
) -> None:
    data = manager.middleware_data
    core: Core = data["core"]
    account: Account = data["account"]
    texts: Texts = data["texts"]
    tr: Speech = data["tr"]
    if await people.choose_locale(core, account, texts.known(locale)):
        await refresh_menu(data["bot"], core, account, texts)
    else:
        state: FSMContext = data["state"]
        await state.update_data(locale=texts.known(locale))
    data["tr"] = texts.speak(locale, tr.now, tr.zone.key)
    await open_screen(manager, Home.menu)


dialog = Dialog(
    Window(
        T("home"),
        Cancel(Label("home-go-on"), id="go_on", when="begun"),
        Row(
            Start(Label("home-manage"), id="manage", state=Manage.list, when="may_manage"),
            Start(Label("home-new"), id="new", state=NewMeeting.title, when="may_new"),
        ),
        Row(
            Start(Label("home-report"), id="report", state=Report.year, when="may_report"),
            Start(
                Label("home-deadlines"), id="deadlines", state=Deadlines.list, when="may_deadlines"
            ),
        ),
        Start(Label("home-invite"), id="invite", state=Invite.overview, when="may_invite"),
        Start(Label("home-stats"), id="stats", state=Stats.picture, when="may_stats"),
        Start(Label("home-meetings"), id="meetings", state=Meetings.list),
        Row(
            Start(Label("home-my"), id="my", state=My.list),
            Start(Label("home-reminders"), id="reminders", state=Reminders.choose),
        ),
        Row(
            SwitchTo(Label("home-help"), id="help", state=Home.help),
            Start(Label("home-privacy"), id="privacy", state=Privacy.overview),
        ),
        state=Home.menu,
        getter=menu_getter,
    ),
    Window(
        T("help"),
        Format("{everybody}"),
        T("help-staff", when="staff"),
        Format("{for_staff}", when="staff"),
        SwitchTo(Label("back"), id="to_menu", state=Home.menu),
        state=Home.help,
        getter=help_getter,
    ),
)

language = Dialog(
    Window(
        T("language-title"),
        Column(choice("language", "languages", _choose_language)),
        close_button(),
        state=Language.choose,
        getter=languages_getter,
    )
)
