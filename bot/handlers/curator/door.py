"""At the door: one tap a line, its undo, and finding somebody by letters or code."""

from enum import StrEnum
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot.cleaning import clean_line
from bot.handlers.choices import as_id, as_one_of
from bot.handlers.curator import door_confirm, door_group, door_walk_in, paper, room_code
from bot.handlers.curator.numbers import meeting_of, toast_with_crowding, turnout_facts
from bot.i18n import Speech
from bot.models import NAME_LENGTH
from bot.services import attendance, team_door
from bot.services.core import Account, Core
from bot.services.door_list import DoorLine, list_lines
from bot.services.team_door import TeamLine
from bot.states import Door
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

LIST = "lines"


class Wanted(StrEnum):
    """What a tap on a line asks for."""

    CAME = "came"
    UNDO = "undo"
    COUNT = "count"
    TEAM_CAME = "team"
    TEAM_UNDO = "unteam"


async def list_getter(
    dialog_manager: DialogManager, core: Core, account: Account, tr: Speech, **_: Any
) -> dict[str, Any]:
    """Return the numbers and a page of the list, or of what was looked for."""
    query = dialog_manager.dialog_data.get("query", "")
    meeting_id = meeting_of(dialog_manager)
    door, pager = await fetch_page(
        dialog_manager,
        LIST,
        lambda page: list_lines(core, account, meeting_id, page, PAGE, query),
        lambda door: door.total,
    )
    return {
        "title": door.title,
        **turnout_facts(tr, door),
        "lines": [
            *((_label(tr, line), _mark(line)) for line in door.lines),
            *((_team_label(tr, line), _team_mark(line)) for line in door.team),
        ],
        "query": query,
        "found": door.total,
        "searching": bool(query),
        "resting": not query,
        "empty": not query and door.total == 0,
        "unconfirmed": door.unconfirmed,
        "some_say": door.unconfirmed > 0,
        "some_confirmed": door_confirm.CONFIRMED in dialog_manager.dialog_data,
        "groups": door.uncounted,
        "some_uncounted": door.uncounted > 0,
        "spoken_for": door.spoken_for,
        "some_spoken_for": door.spoken_for > 0,
        **pager,
    }


def _label(tr: Speech, line: DoorLine) -> str:
    if line.is_group:
        return _group_label(tr, line)
    tick = "✅" if line.came else "❔" if line.says_came else "⬜️"
    parts = [line.name or tr.plain("door-erased"), tr.name_of("category", line.category), line.code]
    if line.says_came:
        parts.append(tr.plain("door-says-came"))
    elif line.confirmed and line.came is None:
        parts.append(tr.plain("door-will-come"))
    return f"{tick} " + " · ".join(parts)


def _group_label(tr: Speech, line: DoorLine) -> str:
    """Return «⬜️ Школа № 3 · 9 класс · 25 · A7», once counted «✅ … · 24 из 25 · A7»."""
    number = str(line.seats)
    if line.came is not None:
        number = tr.plain("door-group-came", came=line.came, seats=line.seats)
    tick = "⬜️" if line.came is None else "✅" if line.came else "🚫"
    parts = [line.organisation, tr.name_of("category", line.category), number, line.code]
    if line.confirmed and line.came is None:
        parts.append(tr.plain("door-will-come"))
    return f"{tick} " + " · ".join(parts)


def _mark(line: DoorLine) -> str:
    """Return what a tap on the line means: the mark itself, so that a second tap undoes nothing."""
    if line.is_group:
        return f"{line.line_id}-{Wanted.COUNT}"
    return f"{line.line_id}-{Wanted.UNDO if line.came else Wanted.CAME}"


def _team_label(tr: Speech, line: TeamLine) -> str:
    """Return «⬜️ Пётр · спикер»."""
    role = tr.name_of("team-role", line.role)
    return f"{'✅' if line.came else '⬜️'} {line.name or tr.plain('door-erased')} · {role}"


def _team_mark(line: TeamLine) -> str:
    return f"{line.member_id}-{Wanted.TEAM_UNDO if line.came else Wanted.TEAM_CAME}"


async def _tap_line(
    callback: CallbackQuery, _select: Any, manager: DialogManager, tapped: str, /
) -> None:
    data = manager.middleware_data
    line_id, _, carried = tapped.partition("-")
    wanted = as_one_of(Wanted, carried)
    if wanted is Wanted.COUNT:
        await door_group.open_group(manager, as_id(line_id))
        return
    came = wanted in {Wanted.CAME, Wanted.TEAM_CAME}
    on_team = wanted in {Wanted.TEAM_CAME, Wanted.TEAM_UNDO}
    mark = team_door.mark_member if on_team else attendance.mark
    name = await mark(data["core"], data["account"], as_id(line_id), came=came)
    tr = speech(manager)
    key = "door-marked" if came else "door-unmarked"
    done = tr.plain(key, name=name or tr.plain("door-erased"))
    await callback.answer(await toast_with_crowding(manager, done) if came else done)


async def _type_query(message: Message, _input: Any, manager: DialogManager) -> None:
    await _search(manager, clean_line(message.text or "", NAME_LENGTH))


async def _show_everybody(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await _search(manager, "")


async def _search(manager: DialogManager, query: str) -> None:
    manager.dialog_data["query"] = query
    await first_page(manager, LIST)


dialog = Dialog(
    Window(
        T("door-numbers"),
        T("door-crowded", when="crowded"),
        Format("{by_category}", when="somebody"),
        T("door-empty", when="empty"),
        T("door-found", when="searching"),
        T("door-groups-uncounted", when="some_uncounted"),
        T("door-spoken-for", when="some_spoken_for"),
        T("door-hint", when="resting"),
        Column(choice("line", "lines", _tap_line)),
        stub_scroll(LIST),
        Pager(LIST),
        paper.file_input(),
        MessageInput(_type_query),
        Button(Label("door-everybody"), id="everybody", on_click=_show_everybody, when="searching"),
        SwitchTo(Label("door-confirm"), id="confirm", state=Door.confirm, when="some_say"),
        Button(
            Label("door-confirm-undo"),
            id="unconfirm",
            on_click=door_confirm.undo,
            when="some_confirmed",
        ),
        Row(
            SwitchTo(Label("door-walk-in"), id="walk_in", state=Door.walk_in),
            Button(Label("door-code"), id="code", on_click=room_code.send_code),
        ),
        Button(Label("paper-open"), id="paper", on_click=paper.open_desk),
        close_button(),
        state=Door.list,
        getter=list_getter,
    ),
    door_confirm.window,
    door_group.window,
    *door_walk_in.windows,
)
