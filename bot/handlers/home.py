"""The menu that every Back leads to, help, and the choice of a language."""

from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Cancel, Column, Row, Start, SwitchTo

from bot.handlers.navigation import open_screen
from bot.i18n import Speech, Texts
from bot.menu import STAFF, commands_of, refresh_menu
from bot.services import people, profiles, team_places
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
)
from bot.widgets import Label, T, choice, close_button


async def menu_getter(
    core: Core, account: Account, visitor: Visitor, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return the greeting's name, which doors this person's roles open, and what was begun."""
    profile = await profiles.get_profile(core, account)
    at_door = await team_places.stands_at_a_door(core, account)
    commands = commands_of(visitor.grants, at_door=at_door)
    return {
        "name": profile.name if profile else "",
        "greeting": "named" if profile and profile.name else "plain",
        # The menu is the lowest of all, or lies on top of something half typed.
        "begun": len(dialog_manager.current_stack().intents) > 1,
        **{f"may_{name}": name in commands for name in STAFF},
    }


async def help_getter(visitor: Visitor, **_: Any) -> dict[str, Any]:
    """Return for whom the help is: everybody, or staff as well."""
    commands = commands_of(visitor.grants)
    return {"staff": "manage" in commands or "report" in commands or "invite" in commands}


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
        T("help-staff", when="staff"),
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
