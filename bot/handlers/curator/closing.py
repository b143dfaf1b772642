"""Closing the list: what is missing and who may be counted twice first, then «Состоялась»."""

from collections.abc import Sequence
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.handlers.choices import as_id
from bot.handlers.curator import note
from bot.handlers.curator.numbers import meeting_of, turnout_facts
from bot.handlers.wording import capitalised
from bot.i18n import Html, Speech
from bot.menu import refresh_helpers_menus
from bot.services import attendance, closing, staff_count
from bot.services.closing import Closing
from bot.services.core import Account, Core
from bot.services.door_groups import UncountedGroup
from bot.states import Door, Manage
from bot.widgets import Label, T, choice, speech

NAMED = 3
"""So many groups get a button, and so many people a name."""

FROM_CLOSING = "photos_for_closing"
"""Whether the link to photos is asked in the middle of closing the list, and leads back there."""


async def closing_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers, what to look at before the list is closed, and where it is mended."""
    about = await closing.get_closing(core, account, meeting_of(dialog_manager))
    checks = _checks(tr, about)
    doubles = about.doubles
    nobody = not about.came
    in_list = bool(doubles.alone_and_in_class or doubles.walked_in or doubles.twice)
    return {
        "title": about.title,
        **turnout_facts(tr, about),
        "going_on": about.ends_at > tr.now,
        "until": tr.time(about.ends_at, about.timezone),
        "checks": Html("\n".join(checks)),
        "some_checks": bool(checks),
        "groups": group_choices(tr, about.groups),
        "to_door": nobody or in_list or len(about.groups) > NAMED,
        "unconfirmed": about.unconfirmed,
        "some_say": about.unconfirmed > 0,
        "some_walked_in": bool(doubles.walked_in),
        "no_photos": not about.has_photos,
    }


def _checks(tr: Speech, about: Closing) -> list[Html]:
    checks = []
    if about.groups:
        checks.append(tr("closing-groups", groups=len(about.groups)))
    if about.unconfirmed:
        checks.append(tr("closing-said", people=about.unconfirmed))
    checks += [
        tr(
            "closing-in-class",
            category=capitalised(tr.name_of("category", each.category)),
            alone=each.alone,
            in_class=each.in_class,
            organisation=", ".join(each.organisations[:NAMED]),
            named="yes" if each.organisations else "no",
        )
        for each in about.doubles.alone_and_in_class
    ]
    checks += [
        tr(
            "closing-walked-in",
            category=capitalised(tr.name_of("category", each.category)),
            walk_ins=each.walk_ins,
            unmarked=each.unmarked,
        )
        for each in about.doubles.walked_in
    ]
    if about.twice:
        more = len(about.twice) - NAMED
        names = ", ".join(name or tr.plain("door-erased") for name in about.twice[:NAMED])
        if more > 0:
            names = f"{names} {tr.plain('door-confirm-more', more=more)}"
        checks.append(tr("closing-twice", names=names))
    if not about.has_photos:
        checks.append(tr("closing-photos"))
    return checks


def group_choices(tr: Speech, groups: Sequence[UncountedGroup]) -> list[tuple[str, int]]:
    """Return a label and the line of the first few groups: the others are on the list."""
    return [(_group_label(tr, group), group.line_id) for group in groups[:NAMED]]


def _group_label(tr: Speech, group: UncountedGroup) -> str:
    who = tr.name_of("category", group.category)
    return " · ".join(filter(None, (group.organisation, who, str(group.seats))))


async def _open_group(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, line_id: str, /
) -> None:
    about = {"meeting_id": meeting_of(manager), "line_id": as_id(line_id)}
    await manager.start(Door.group, about)


async def open_door(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Open the list at the door; its Back leads here."""
    await manager.start(Door.list, {"meeting_id": meeting_of(manager)})


async def _open_words(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Door.confirm, {"meeting_id": meeting_of(manager)})


async def _open_walk_ins(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Door.walk_in, {"meeting_id": meeting_of(manager)})


async def _open_photos(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    manager.dialog_data[FROM_CLOSING] = True
    await manager.switch_to(Manage.photos)


async def refresh_helpers(manager: DialogManager) -> None:
    """Put «/manage» into the menus of those who have this meeting's door, or take it out."""
    data = manager.middleware_data
    await refresh_helpers_menus(data["bot"], data["core"], meeting_of(manager), data["texts"])


async def _close(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    core, account, meeting_id = data["core"], data["account"], meeting_of(manager)
    await attendance.close_list(core, account, meeting_id)
    await refresh_helpers(manager)
    await callback.answer(speech(manager).plain("manage-closed"))
    own = await staff_count.get_own_count(core, account, meeting_id)
    await manager.switch_to(Manage.count_me if own.is_open else Manage.meeting)


windows = (
    Window(
        T("closing-title"),
        T("closing-going-on", when="going_on"),
        T("closing-nobody", when="nobody"),
        T("closing-numbers", when="somebody"),
        T("closing-checks", when="some_checks"),
        Format("{checks}", when="some_checks"),
        T("closing-question"),
        Button(Label("manage-door"), id="door", on_click=open_door, when="to_door"),
        Column(choice("group", "groups", _open_group)),
        Button(Label("door-confirm"), id="words", on_click=_open_words, when="some_say"),
        Button(
            Label("closing-walk-ins"), id="walk_ins", on_click=_open_walk_ins, when="some_walked_in"
        ),
        Button(Label("manage-photos"), id="photos", on_click=_open_photos, when="no_photos"),
        Button(Label("manage-close-yes"), id="close", on_click=_close),
        Button(Label("note-open"), id="note", on_click=note.open_from_closing),
        SwitchTo(Label("back"), id="to_meeting", state=Manage.meeting),
        state=Manage.close,
        getter=closing_getter,
    ),
)
