"""The wizard's memory: what was answered so far, which step comes next, and the draft it makes.

It lives in the dialog's data, so that Back, an error or a restart loses nothing.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager

from bot.errors import InvalidInput
from bot.services import meetings, series
from bot.services.meeting_draft import MeetingDraft, check_length
from bot.states import NewMeeting
from bot.vocabulary import Audience, Category, Format, Mode

Form = dict[str, Any]

_ORDER = (
    NewMeeting.municipality,
    NewMeeting.title,
    NewMeeting.day,
    NewMeeting.time,
    NewMeeting.length,
    NewMeeting.audience,
    NewMeeting.mode,
    NewMeeting.place,
    NewMeeting.seats,
    NewMeeting.description,
    NewMeeting.preview,
)
# What a meeting that repeats another one is asked.
_ORDER_OF_COPY = (NewMeeting.day, NewMeeting.time, NewMeeting.preview)
# Steps that make sense only together: whoever changes the day is asked the time as well.
_CHAIN = {
    NewMeeting.day: NewMeeting.time,
    NewMeeting.time: NewMeeting.length,
    NewMeeting.mode: NewMeeting.place,
    NewMeeting.limit_who: NewMeeting.limit_seats,
    NewMeeting.opens: NewMeeting.opens_time,
    NewMeeting.closes: NewMeeting.closes_time,
}
# Steps of the screen «Ограничения», which each of them comes back to.
_OF_LIMITS = frozenset(
    {
        *(NewMeeting.limit_who, NewMeeting.limit_seats),
        *(NewMeeting.opens, NewMeeting.opens_time, NewMeeting.closes, NewMeeting.closes_time),
    }
)
_CHANGED_AT = {
    NewMeeting.title: ("title",),
    NewMeeting.length: ("starts_at", "ends_at"),
    NewMeeting.audience: ("audience",),
    NewMeeting.place: ("mode", "place", "link"),
    NewMeeting.link: ("mode", "place", "link"),
    NewMeeting.seats: ("seats",),
    NewMeeting.description: ("description",),
    NewMeeting.admits: ("admits",),
    NewMeeting.format: ("format",),
    NewMeeting.limit_seats: ("limits",),
    NewMeeting.opens_time: ("sign_up_opens_at",),
    NewMeeting.closes_time: ("sign_up_closes_at",),
}


def draft_of(form: Form) -> MeetingDraft:
    """Return the draft that the answers make; all steps must be answered."""
    starts_at, ends_at = times_of(form)
    return MeetingDraft(
        municipality_id=form["municipality_id"],
        title=form["title"],
        starts_at=starts_at,
        ends_at=ends_at,
        audience=Audience(form["audience"]),
        mode=Mode(form["mode"]),
        format=Format(form["format"]),
        place=form.get("place", ""),
        link=form.get("link", ""),
        seats=form["seats"],
        description=form.get("description", ""),
        admits=frozenset(Category(value) for value in form["admits"]),
        counts_in_form=form["counts_in_form"],
        limits={Category(who): most for who, most in form.get("limits", {}).items()},
        sign_up_opens_at=_before(starts_at, form.get("opens_before")),
        sign_up_closes_at=_before(starts_at, form.get("closes_before")),
    )


def _before(starts_at: datetime, minutes: int | None) -> datetime | None:
    """Return a time that is kept as minutes before the start: it moves along with the meeting."""
    return None if minutes is None else starts_at - timedelta(minutes=minutes)


def times_of(form: Form) -> tuple[datetime, datetime]:
    """Return when the meeting begins and ends, in its municipality's time zone."""
    starts_at = datetime.combine(
        date.fromisoformat(form["day"]),
        time.fromisoformat(form["time"]),
        ZoneInfo(form["timezone"]),
    )
    return starts_at, starts_at + timedelta(minutes=form["minutes"])


def check_times(form: Form, now: datetime) -> None:
    """Check what is known of the times, at the step where it can still be corrected.

    Raises:
        InvalidInput: the day or the start has passed, or the length is out of bounds.
    """
    today = now.astimezone(ZoneInfo(form["timezone"])).date()
    if "day" in form and date.fromisoformat(form["day"]) < today:
        raise InvalidInput("input-past")
    if "day" in form and "time" in form:
        starts_at, _ = times_of({"minutes": 0, **form})
        if starts_at <= now:
            raise InvalidInput("input-past")
    if "minutes" in form:
        start = datetime.combine(today, time())
        check_length(start, start + timedelta(minutes=form["minutes"]))


def next_step(step: State, form: Form) -> State | None:
    """Return the step after `step`; None when a single change is complete."""
    if form.get("single"):
        following = _CHAIN.get(step)
    else:
        order = _order(form)
        following = order[order.index(_as_place(step)) + 1]
    return _where(form) if following == NewMeeting.place else following


def previous_step(step: State, form: Form) -> State | None:
    """Return the step before `step`; None when this is the first one."""
    if form.get("single"):
        before = next((one for one, then in _CHAIN.items() if then == _as_place(step)), None)
        return before or _home(step, form)
    if step == NewMeeting.title and not form["several"]:
        return None
    order = _order(form)
    index = order.index(_as_place(step))
    if index == 0:
        return None
    before = order[index - 1]
    return _where(form) if before == NewMeeting.place else before


def hub(form: Form) -> State:
    """Return the window that single changes start from and come back to."""
    return NewMeeting.fields if "meeting_id" in form else NewMeeting.preview


def _home(step: State, form: Form) -> State:
    """Return the window that a change at this step comes back to."""
    return NewMeeting.limits if step in _OF_LIMITS else hub(form)


async def answered(manager: DialogManager, *, at: State | None = None, **values: Any) -> None:
    """Remember an answer and go on to the next step.

    Args:
        manager: of the update with the answer.
        at: the step that is answered with it; the current one by default.
        values: what to remember.
    """
    form = manager.dialog_data
    form.update(values)
    step = at or manager.current_context().state
    following = next_step(step, form)
    if following is None:
        if "meeting_id" in form:
            if await _asks_reach(manager, step):
                form["asked_at"] = step.state
                await manager.switch_to(NewMeeting.reach)
                return
            await save_change(manager, *_CHANGED_AT[step])
        following = _home(step, form)
    if following == hub(form):
        form["single"] = False
    await manager.switch_to(following)


async def _asks_reach(manager: DialogManager, step: State) -> bool:
    """Whether the change may be meant for the meetings that follow in the series, too.

    Another day is this meeting's alone.
    """
    form, data = manager.dialog_data, manager.middleware_data
    if step == NewMeeting.length and form["day"] != form.get("stored_day"):
        return False
    following = await series.count_following(data["core"], data["account"], form["meeting_id"])
    return following > 0


def asked_at(form: Form) -> State:
    """Return the step whose answer waits for «Только эту» or «Эту и следующие»."""
    return next((step for step in _CHANGED_AT if step.state == form.get("asked_at")), hub(form))


async def save_reach(manager: DialogManager, *, following: bool) -> None:
    """Store the answer that waits, of this meeting or of those that follow, too.

    Raises:
        DomainError: as `series.edit_following`.
    """
    form, data = manager.dialog_data, manager.middleware_data
    names = _CHANGED_AT.get(asked_at(form), ())
    if following:
        draft = draft_of(form)
        changes = {name: getattr(draft, name) for name in names}
        await series.edit_following(data["core"], data["account"], form["meeting_id"], changes)
    else:
        await save_change(manager, *names)
    home = _home(asked_at(form), form)
    form["single"] = home != hub(form)
    await manager.switch_to(home)


async def save_change(manager: DialogManager, *names: str) -> None:
    """Store fields of the meeting that is being changed.

    Raises:
        DomainError: as `meetings.edit_meeting`.
    """
    form = manager.dialog_data
    draft = draft_of(form)
    await meetings.edit_meeting(
        manager.middleware_data["core"],
        manager.middleware_data["account"],
        form["meeting_id"],
        {name: getattr(draft, name) for name in names},
    )


def _order(form: Form) -> tuple[State, ...]:
    return _ORDER_OF_COPY if "copy_of" in form else _ORDER


def _as_place(step: State) -> State:
    return NewMeeting.place if step == NewMeeting.link else step


def _where(form: Form) -> State:
    return NewMeeting.link if form.get("mode") == Mode.ONLINE else NewMeeting.place
