"""«/new»: the wizard of a new meeting; the same windows change one that is there."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Group, Row, SwitchTo
from aiogram_dialog.widgets.text import Format

from bot import rules
from bot.errors import NotFound, Refused
from bot.handlers.cards import card_text
from bot.handlers.curator import clone_reach, new_limits, new_sign_up, new_what, new_when
from bot.handlers.curator.form import (
    Form,
    draft_of,
    hub,
    save_change,
)
from bot.handlers.curator.form_filling import begin, reload
from bot.handlers.curator.new_limits import limits_of
from bot.handlers.curator.step import step_back
from bot.handlers.navigation import open_on_top, open_screen
from bot.i18n import Speech
from bot.services import meeting_lists, meetings
from bot.services.catalogue import Card
from bot.services.core import Account, Core
from bot.states import Manage, NewMeeting
from bot.vocabulary import Audience, MeetingStatus
from bot.widgets import Label, T, choice, speech

router = Router(name="new")

# What can be changed alone: the button's key and the step that asks for it.
FIELDS: dict[str, State] = {
    "title": NewMeeting.title,
    "when": NewMeeting.day,
    "audience": NewMeeting.audience,
    "mode": NewMeeting.mode,
    "seats": NewMeeting.seats,
    "description": NewMeeting.description,
    "admits": NewMeeting.admits,
    "format": NewMeeting.format,
    "limits": NewMeeting.limits,
}


@router.message(Command("new"))
async def show_wizard(
    _message: Message, dialog_manager: DialogManager, core: Core, account: Account
) -> None:
    """Begin a new meeting."""
    await meeting_lists.list_grounds(core, account)  # refuses whoever makes no meetings
    await open_on_top(dialog_manager, NewMeeting.title)


def _preview(form: Form) -> Card:
    """Return the meeting as somebody who is not signed up will see it."""
    draft = draft_of(form)
    return Card(
        meeting_id=0,
        token="",
        status=MeetingStatus.PUBLISHED,
        title=draft.title,
        description=draft.description,
        audience=draft.audience,
        format=draft.format,
        mode=draft.mode,
        place=draft.place,
        link="",
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        timezone=form["timezone"],
        municipality=form["municipality"],
        seats=draft.seats,
        free=None if draft.seats is None else max(0, draft.seats - form.get("taken", 0)),
        admits=draft.admits,
        cancel_reason="",
        registration_id=None,
        code="",
        came=False,
        limits=limits_of(form),
        opens_at=draft.sign_up_opens_at,
        closes_at=draft.sign_up_closes_at,
    )


async def preview_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return the card as participants will see it, and what only those who run it see."""
    form = dialog_manager.dialog_data
    if "meeting_id" in form and not form.get("single"):
        await reload(dialog_manager)
    return {
        "card": card_text(tr, _preview(form)),
        "audience": tr.name_of("audience", form["audience"]),
        "format": tr.name_of("format", form["format"]),
        "counts": "yes" if form["counts_in_form"] else "no",
        "counted": form["counts_in_form"],
        "left_out": not form["counts_in_form"],
        "audience_left_out": not rules.admits_audience(
            Audience(form["audience"]), draft_of(form).admits
        ),
        "times_fixed": form["times_fixed"],
        "fields": [
            (tr.plain(f"new-field-{name}"), name)
            for name in FIELDS
            if not (name == "when" and form["times_fixed"])
        ],
        "creating": "meeting_id" not in form,
    }


async def _tap_field(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, name: str, /
) -> None:
    form = manager.dialog_data
    if name not in FIELDS:
        raise NotFound
    if name == "when" and "meeting_id" in form:
        await reload(manager)  # it may have ended since the screen was drawn
        if form["times_fixed"]:
            raise Refused("refused-move")
    form["single"] = True
    await manager.switch_to(FIELDS[name])


async def _count(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _set_counts(manager, counts=True)


async def _leave_out(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _set_counts(manager, counts=False)


async def _set_counts(manager: DialogManager, *, counts: bool) -> None:
    form = manager.dialog_data
    form["counts_in_form"] = counts
    if "meeting_id" in form:
        await save_change(manager, "counts_in_form")


async def _store(callback: CallbackQuery, manager: DialogManager, *, publish: bool) -> None:
    form = manager.dialog_data
    meeting_id = await meetings.create_meeting(
        manager.middleware_data["core"],
        manager.middleware_data["account"],
        draft_of(form),
        publish=publish,
        token=form["token"],
        copy_of=form.get("copy_of"),
    )
    await callback.answer(speech(manager).plain("new-published" if publish else "new-stored"))
    await open_screen(manager, Manage.meeting, {"meeting_id": meeting_id})


async def _publish(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _store(callback, manager, publish=True)


async def _keep_draft(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _store(callback, manager, publish=False)


async def _leave_fields(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    if hub(manager.dialog_data) == NewMeeting.fields:
        await manager.done()
    else:
        await manager.switch_to(NewMeeting.preview)


# Each button says what it leads to: a tap worked off again after a crash changes nothing.
COUNTS = (
    Button(Label("new-counts"), id="count", on_click=_count, when="left_out"),
    Button(Label("new-counts"), id="leave_out", on_click=_leave_out, when="counted"),
)

dialog = Dialog(
    *new_what.windows,
    *new_when.windows,
    *new_limits.windows,
    *new_sign_up.windows,
    *clone_reach.windows,
    Window(
        Format("{card}"),
        T("new-preview"),
        T("new-audience-left-out", when="audience_left_out"),
        Button(Label("new-publish"), id="publish", on_click=_publish),
        Button(Label("new-keep-draft"), id="draft", on_click=_keep_draft),
        SwitchTo(Label("new-change"), id="change", state=NewMeeting.fields),
        *COUNTS,
        Button(Label("back"), id="back", on_click=step_back),
        state=NewMeeting.preview,
        getter=preview_getter,
    ),
    Window(
        Format("{card}"),
        T("new-fields"),
        T("new-audience-left-out", when="audience_left_out"),
        T("new-times-fixed", when="times_fixed"),
        Group(
            choice("field", "fields", _tap_field),
            width=2,
        ),
        *COUNTS,
        Row(Button(Label("back"), id="leave", on_click=_leave_fields)),
        state=NewMeeting.fields,
        getter=preview_getter,
    ),
    on_start=begin,
)
