"""«/manage»: the meetings one runs, and one meeting's screen."""

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Group, Row, Start, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.errors import Forbidden
from bot.handlers.curator import (
    broadcast,
    clone,
    closed,
    closing,
    manage_end,
    manage_results,
    note,
    paper,
    poster,
    switches,
    team,
    to_group,
    waiting,
)
from bot.handlers.curator.manage_clicks import (
    correct,
    edit,
    open_exports,
    open_meeting,
    publish,
    share,
    tap_tab,
)
from bot.handlers.curator.manage_getters import LIST, list_getter, meeting_getter
from bot.handlers.navigation import open_on_top
from bot.i18n import Texts
from bot.menu import refresh_menu
from bot.services import meeting_lists
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab
from bot.states import Manage, NewMeeting, Outside
from bot.widgets import Label, Pager, T, choice, close_button, stub_scroll

router = Router(name="manage")


@router.message(Command("manage"))
async def show_list(
    _message: Message,
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    bot: Bot,
    texts: Texts,
) -> None:
    """Show the meetings one runs, or helps at."""
    try:  # refuses a stranger before any screen is drawn
        await meeting_lists.list_meetings(core, account, Tab.UPCOMING, 0, 1)
    except Forbidden:
        await refresh_menu(bot, core, account, texts)  # of who helped until the list was closed
        raise
    await open_on_top(dialog_manager, Manage.list)


dialog = Dialog(
    Window(
        T("manage-list"),
        T("manage-none", when="none"),
        Group(choice("tab", "tabs", tap_tab), width=2),
        Column(choice("meeting", "meetings", open_meeting)),
        stub_scroll(LIST),
        Pager(LIST),
        Start(Label("outside"), id="outside", state=Outside.title, when="may_add"),
        Row(
            Start(Label("manage-new"), id="new", state=NewMeeting.title, when="may_new"),
            Button(Label("exports"), id="exports", on_click=open_exports, when="may_take"),
        ),
        close_button(),
        state=Manage.list,
        getter=list_getter,
    ),
    Window(
        Format("{overview}"),
        Button(Label("manage-publish"), id="publish", on_click=publish, when="may_publish"),
        Button(Label("outside-correct"), id="correct", on_click=correct, when="may_correct"),
        Button(Label("manage-door"), id="door", on_click=closing.open_door, when="may_door"),
        SwitchTo(Label("manage-close"), id="close", state=Manage.close, when="may_close"),
        SwitchTo(Label("manage-write"), id="write", state=Manage.message_to, when="may_write"),
        SwitchTo(Label("manage-waiting"), id="waiting", state=Manage.waiting, when="some_wait"),
        Row(
            Button(Label("manage-share"), id="share", on_click=share, when="may_share"),
            Button(Label("manage-edit"), id="edit", on_click=edit, when="may_edit"),
        ),
        Row(
            SwitchTo(
                Label("manage-results"), id="results", state=Manage.results, when="may_results"
            ),
            SwitchTo(Label("team"), id="team", state=Manage.team, when="may_team"),
        ),
        SwitchTo(Label("manage-reopen"), id="reopen", state=Manage.reopen, when="may_reopen"),
        SwitchTo(Label("manage-more"), id="more", state=Manage.more, when="some_more"),
        SwitchTo(Label("manage-to-list"), id="to_list", state=Manage.list, when="from_list"),
        Cancel(Label("back"), id="to_opener", when="on_top"),
        paper.file_input(),
        state=Manage.meeting,
        getter=meeting_getter,
    ),
    Window(
        Format("{overview}"),
        Row(
            Button(
                Label("manage-poster"), id="poster", on_click=poster.send_poster, when="may_share"
            ),
            Button(
                Label("manage-to-group"), id="to_group", on_click=to_group.look, when="may_share"
            ),
        ),
        Row(
            Button(Label("paper-open"), id="paper", on_click=paper.open_desk, when="may_paper"),
            SwitchTo(Label("manage-repeat"), id="repeat", state=Manage.repeat, when="may_repeat"),
        ),
        SwitchTo(Label("manage-photos"), id="photos", state=Manage.photos, when="may_photos"),
        SwitchTo(Label("switches"), id="switches", state=Manage.switches, when="may_edit"),
        SwitchTo(
            Label("manage-cancel"), id="call_off", state=Manage.cancel_reason, when="may_call_off"
        ),
        SwitchTo(
            Label("manage-throw-away"), id="throw", state=Manage.cancel, when="may_throw_away"
        ),
        SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting),
        paper.file_input(),
        state=Manage.more,
        getter=meeting_getter,
    ),
    *closing.windows,
    *closed.windows,
    *manage_end.windows,
    *manage_results.windows,
    note.window,
    *waiting.windows,
    *broadcast.windows,
    *clone.windows,
    *team.windows,
    *to_group.windows,
    switches.window,
)
