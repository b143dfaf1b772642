"""The photos of a year (row 3): which meetings have a link, and one folder for the whole year."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.cleaning import cut
from bot.handlers.choices import as_id
from bot.handlers.coordinator.report_year import municipality_and_year
from bot.handlers.curator.manage_end import PHOTOS_ONLY
from bot.i18n import Html, Speech
from bot.rules import is_known_host
from bot.services import photos
from bot.services.core import Account, Core
from bot.services.photos import PhotoMeeting
from bot.states import Manage, Photos
from bot.widgets import PAGE, Label, Pager, T, choice, close_button, fetch_page, stub_scroll

LIST = "photo_meetings"
PER_PAGE = PAGE - 2
LONGEST_REASON = 200
"""Of a reason in the list; it stands in full at the finding that it answers."""


async def list_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the folder of the year and a page of its meetings, those without a link first."""
    where = municipality_and_year(dialog_manager)
    found, pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda page: photos.get_year_photos(core, account, *where, page, PER_PAGE),
        lambda found: found.total,
        PER_PAGE,
    )
    reasons = [_reason(tr, found.timezone, each) for each in found.meetings if each.reason]
    return {
        "place": found.place,
        "year": str(where[1]),
        "total": found.total,
        "with_link": found.with_link,
        "without_link": found.total - found.with_link - found.explained,
        "explained": found.explained,
        "reasons": Html("\n".join(reasons)),
        "some_reasons": bool(reasons),
        **_about_folder(found.folder),
        "meetings": [(_label(tr, found.timezone, each), each.id) for each in found.meetings],
        "some": found.total > 0,
        "none": found.total == 0,
        **pager,
    }


def _about_folder(folder: str) -> dict[str, Any]:
    return {
        "folder": folder,
        "has_folder": bool(folder),
        "no_folder": not folder,
        "unknown_host": bool(folder) and not is_known_host(folder),
    }


def _label(tr: Speech, timezone: str, meeting: PhotoMeeting) -> str:
    return tr.plain(
        "photos-row",
        day=tr.short_day(meeting.starts_at, timezone),
        title=meeting.title,
        link="yes" if meeting.link else "explained" if meeting.reason else "no",
    )


def _reason(tr: Speech, timezone: str, meeting: PhotoMeeting) -> Html:
    return tr(
        "photos-reason",
        day=tr.short_day(meeting.starts_at, timezone),
        title=meeting.title,
        reason=cut(" ".join(meeting.reason.split()), LONGEST_REASON),
    )


async def _open_meeting(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, meeting_id: str
) -> None:
    await manager.start(Manage.photos, {"meeting_id": as_id(meeting_id), PHOTOS_ONLY: True})


async def folder_getter(
    dialog_manager: DialogManager, core: Core, account: Account, **_: Any
) -> dict[str, Any]:
    """Return the folder of the year."""
    where = municipality_and_year(dialog_manager)
    folder = await photos.get_photo_folder(core, account, *where)
    return {"year": str(where[1]), **_about_folder(folder)}


async def _type_folder(message: Message, _input: Any, manager: DialogManager) -> None:
    await _set_folder(manager, message.text or "")


async def _remove_folder(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _set_folder(manager, "")


async def _set_folder(manager: DialogManager, link: str) -> None:
    data = manager.middleware_data
    await photos.set_photo_folder(
        data["core"], data["account"], *municipality_and_year(manager), link
    )
    await manager.switch_to(Photos.list)


dialog = Dialog(
    Window(
        T("photos-title"),
        T("photos-folder-now", when="has_folder"),
        T("photos-unknown-host", when="unknown_host"),
        T("photos-no-folder", when="no_folder"),
        T("photos-none", when="none"),
        T("photos-meetings", when="some"),
        Format("{reasons}", when="some_reasons"),
        T("photos-choose", when="some"),
        SwitchTo(Label("photos-folder"), id="folder", state=Photos.folder),
        Column(choice("meeting", "meetings", _open_meeting)),
        stub_scroll(LIST),
        Pager(LIST),
        close_button(),
        state=Photos.list,
        getter=list_getter,
    ),
    Window(
        T("photos-folder-ask"),
        T("photos-folder-now", when="has_folder"),
        Button(
            Label("manage-photos-remove"), id="remove", on_click=_remove_folder, when="has_folder"
        ),
        SwitchTo(Label("back"), id="to_list", state=Photos.list),
        MessageInput(_type_folder, content_types=ContentType.TEXT),
        state=Photos.folder,
        getter=folder_getter,
    ),
)
