"""What every step of the wizard has in common: what is known so far, Back, keeping an answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Keyboard, Row
from aiogram_dialog.widgets.text import Format

from bot.cleaning import cut
from bot.handlers.curator.form import Form, answered, hub, previous_step, times_of
from bot.handlers.wording import length_text
from bot.i18n import Html, Speech, as_typed
from bot.states import NewMeeting
from bot.widgets import Label, T

SNIPPET = 60


def seats_text(tr: Speech, seats: int | None) -> str:
    """Return «40 мест» or that there is no limit."""
    return tr.plain("seats-no-limit") if seats is None else tr.plain("seats-left", free=seats)


def when_text(tr: Speech, form: Form) -> str:
    """Return as much of «сб, 14 марта, 15:00–16:30» as is known."""
    if "day" not in form:
        return ""
    if "time" not in form:
        return tr.day(date.fromisoformat(form["day"]))
    starts_at, ends_at = times_of({"minutes": 0, **form})
    return tr.when(starts_at, ends_at if "minutes" in form else None, form["timezone"])


_ANSWERS: dict[State, Callable[[Speech, Form], str]] = {
    NewMeeting.municipality: lambda _tr, form: form["municipality"],
    NewMeeting.title: lambda _tr, form: form.get("title", ""),
    NewMeeting.day: when_text,
    NewMeeting.time: lambda _tr, form: form.get("time", ""),
    NewMeeting.length: lambda tr, form: (
        length_text(tr, form["minutes"]) if "minutes" in form else ""
    ),
    NewMeeting.audience: lambda tr, form: (
        tr.name_of("audience", form["audience"]) if "audience" in form else ""
    ),
    NewMeeting.mode: lambda tr, form: tr.name_of("mode", form["mode"]) if "mode" in form else "",
    NewMeeting.place: lambda _tr, form: form.get("place", ""),
    NewMeeting.link: lambda _tr, form: form.get("link", ""),
    NewMeeting.seats: lambda tr, form: seats_text(tr, form["seats"]) if "seats" in form else "",
    NewMeeting.description: lambda _tr, form: form.get("description", ""),
    NewMeeting.format: lambda tr, form: tr.name_of("format", form["format"]),
}


def _so_far(tr: Speech, step: State, form: Form) -> Html:
    """Return what was understood until now, on one line; the question itself is left out."""
    when = "" if step == NewMeeting.day else when_text(tr, form)
    parts = [
        answer
        for asked in (NewMeeting.title, NewMeeting.audience, NewMeeting.place, NewMeeting.seats)
        if asked != step and (answer := cut(_ANSWERS[asked](tr, form), SNIPPET))
    ]
    parts[1:1] = [when] if when else []
    return tr("new-so-far", parts=" · ".join(parts)) if parts else Html("")


async def step_getter(dialog_manager: DialogManager, tr: Speech, **_: Any) -> dict[str, Any]:
    """Return what is known so far, and the answer that this step has already."""
    step = dialog_manager.current_context().state
    form = dialog_manager.dialog_data
    now = _ANSWERS[step](tr, form) if step in _ANSWERS else ""
    if step == NewMeeting.municipality and "title" not in form:
        now = ""
    return {
        "mode": form.get("mode", ""),
        "so_far": _so_far(tr, step or NewMeeting.title, form),
        # Fluent refuses a fact as long as a description can be.
        "now": Html(f"{tr('new-now')} <b>{as_typed(now)}</b>"),
        "known": bool(now),
    }


async def step_back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """Go back one step; what was answered stays."""
    form = manager.dialog_data
    before = previous_step(manager.current_context().state, form)
    if before is None:
        await manager.done()
        return
    if before == hub(form):
        form["single"] = False
    await manager.switch_to(before)


async def _keep(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await answered(manager)


BACK = Button(Label("back"), id="back", on_click=step_back)


def step_window(
    state: State, question: str, *widgets: Keyboard | MessageInput, getter: Any = None
) -> Window:
    """Return the window of one question.

    Args:
        state: the step.
        question: the text's key.
        widgets: what answers it: buttons, inputs.
        getter: of what the widgets need besides.
    """
    return Window(
        Format("{so_far}", when="so_far"),
        T(question),
        Format("{now}", when="known"),
        *widgets,
        Row(BACK, Button(Label("new-keep"), id="keep", on_click=_keep, when="known")),
        state=state,
        getter=[step_getter, getter] if getter else step_getter,
    )
