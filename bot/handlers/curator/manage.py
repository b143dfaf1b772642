"""«/manage»: the meetings one runs, and one meeting's screen."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Cancel, Column, Group, Row, Start, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.errors import Forbidden
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.coordinator import exporting
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
    sharing,
    switches,
    team,
    to_group,
    waiting,
)
from bot.handlers.curator.numbers import ON_TOP, meeting_of, overview_text, row_label
from bot.handlers.navigation import open_on_top, started_with
from bot.i18n import Speech, Texts
from bot.menu import refresh_menu
from bot.rules import MeetingAction, report_places, where_may_create_meetings
from bot.services import meeting_lists, meetings, team_places
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab
from bot.services.visitors import Visitor
from bot.states import Manage, MyTeam, NewMeeting, Outside
from bot.vocabulary import MeetingStatus
from bot.widgets import (
    PAGE,
    Label,
    Pager,
    T,
    choice,
    close_button,
    fetch_page,
    first_page,
    speech,
    stub_scroll,
)

LIST = "managed"
PER_PAGE = PAGE - 1
MORE = (
    MeetingAction.SHARE,
    MeetingAction.PAPER,
    MeetingAction.EDIT,
    MeetingAction.PHOTOS,
    MeetingAction.CANCEL,
)
"""What stands behind «Ещё», besides repeating."""

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


async def list_getter(
    dialog_manager: DialogManager,
    core: Core,
    account: Account,
    visitor: Visitor,
    tr: Speech,
    **_: Any,
) -> dict[str, Any]:
    """Return a page of the chosen list."""
    tab = Tab(
        dialog_manager.dialog_data.get("tab") or started_with(dialog_manager, "tab") or Tab.UPCOMING
    )
    found, pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda page: meeting_lists.list_meetings(core, account, tab, page, PER_PAGE),
        lambda found: found.total,
        PER_PAGE,
    )
    return {
        "tab": tab.value,
        "tabs": [
            (("· {} ·" if each is tab else "{}").format(tr.plain(f"manage-tab-{each}")), each.value)
            for each in Tab
        ],
        "meetings": [(row_label(tr, row), row.id) for row in found.rows],
        "none": found.total == 0,
        "total": found.total,
        "may_add": tab is Tab.PAST and bool(where_may_create_meetings(visitor.grants)),
        "may_new": bool(where_may_create_meetings(visitor.grants)),
        # Who makes reports takes them along from there, with everybody's meetings in them.
        "may_take": bool(where_may_create_meetings(visitor.grants))
        and not report_places(visitor.grants),
        **pager,
    }


async def meeting_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return a meeting's numbers, and a field `may_…` for each thing that can be done now."""
    overview = await meeting_lists.get_overview(core, account, meeting_of(dialog_manager))
    may: dict[str, Any] = {f"may_{action}": action in overview.may for action in MeetingAction}
    draft = overview.status is MeetingStatus.DRAFT
    on_top = bool(started_with(dialog_manager, ON_TOP))
    return {
        "overview": overview_text(tr, overview),
        "status": overview.status.value,
        "listed": overview.listed,
        "some_wait": overview.listed > 0,
        **may,
        "may_write": may["may_write"]
        and bool(overview.signed_up or overview.came or overview.listed),
        "may_call_off": may["may_cancel"] and not draft,
        "may_throw_away": may["may_cancel"] and draft,
        "may_repeat": overview.may_repeat,
        "on_top": on_top,
        "from_list": not on_top,
        "some_more": overview.may_repeat or any(may[f"may_{action}"] for action in MORE),
    }


async def _tap_tab(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, tab: str, /
) -> None:
    manager.dialog_data["tab"] = as_one_of(Tab, tab).value
    await first_page(manager, LIST)


async def _open(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, meeting_id: str, /
) -> None:
    """Show a meeting of the list: its screen, to a helper their place on its team."""
    data = manager.middleware_data
    place = await team_places.find_helper_place(data["core"], data["account"], as_id(meeting_id))
    if place is not None:
        await manager.start(MyTeam.place, {"member_id": place})
        return
    manager.dialog_data["meeting_id"] = as_id(meeting_id)
    await manager.switch_to(Manage.meeting)


async def _publish(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    await meetings.publish_meeting(data["core"], data["account"], meeting_of(manager))
    await callback.answer(speech(manager).plain("new-published"))


async def _share(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core, account = data["core"], data["account"]
    tr, meeting_id = speech(manager), meeting_of(manager)
    await sharing.deliver_invitation(callback, data["bot"], core, account, tr, meeting_id)
    manager.show_mode = ShowMode.DELETE_AND_SEND


async def _open_exports(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await exporting.open_own_exports(manager)


async def _edit(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(NewMeeting.fields, {"meeting_id": meeting_of(manager)})


async def _correct(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Outside.look, {"meeting_id": meeting_of(manager)})


dialog = Dialog(
    Window(
        T("manage-list"),
        T("manage-none", when="none"),
        Group(choice("tab", "tabs", _tap_tab), width=2),
        Column(choice("meeting", "meetings", _open)),
        stub_scroll(LIST),
        Pager(LIST),
        Start(Label("outside"), id="outside", state=Outside.title, when="may_add"),
        Row(
            Start(Label("manage-new"), id="new", state=NewMeeting.title, when="may_new"),
            Button(Label("exports"), id="exports", on_click=_open_exports, when="may_take"),
        ),
        close_button(),
        state=Manage.list,
        getter=list_getter,
    ),
    Window(
        Format("{overview}"),
        Button(Label("manage-publish"), id="publish", on_click=_publish, when="may_publish"),
        Button(Label("outside-correct"), id="correct", on_click=_correct, when="may_correct"),
        Button(Label("manage-door"), id="door", on_click=closing.open_door, when="may_door"),
        SwitchTo(Label("manage-close"), id="close", state=Manage.close, when="may_close"),
        SwitchTo(Label("manage-write"), id="write", state=Manage.message_to, when="may_write"),
        SwitchTo(Label("manage-waiting"), id="waiting", state=Manage.waiting, when="some_wait"),
        Row(
            Button(Label("manage-share"), id="share", on_click=_share, when="may_share"),
            Button(Label("manage-edit"), id="edit", on_click=_edit, when="may_edit"),
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
