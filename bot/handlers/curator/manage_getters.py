"""What the list of one's meetings and one meeting's screen show."""

from typing import Any

from aiogram_dialog import DialogManager

from bot.handlers.curator.numbers import ON_TOP, meeting_of, overview_text, row_label
from bot.handlers.navigation import started_with
from bot.i18n import Speech
from bot.rules import MeetingAction, report_places, where_may_create_meetings
from bot.services import meeting_lists
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab
from bot.services.visitors import Visitor
from bot.vocabulary import MeetingStatus
from bot.widgets import PAGE, fetch_page

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
