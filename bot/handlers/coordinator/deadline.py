"""One deadline: what is missing, the way there, and saying that it is settled."""

from typing import Any, TypedDict

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo

from bot.deadline_words import deadline_name, deadline_source, due_line, gaps_line, lacks_meetings
from bot.handlers.coordinator.analysis import send_analysis
from bot.handlers.coordinator.invite import invite_into
from bot.i18n import Speech
from bot.services import deadline_marks
from bot.services.core import Account, Core
from bot.services.meeting_lists import Tab
from bot.states import Deadlines, Draft, Invite, Manage, Proposals
from bot.vocabulary import DoneWhen, Settled
from bot.widgets import Label, T, speech

OWN = "own"
OPENED = "opened"


class Opened(TypedDict):
    """Which deadline a screen is about."""

    code: str
    year: int
    municipality_id: int | None


def remember(code: str, year: int, municipality_id: int | None) -> Opened:
    """Return what the dialog keeps of the deadline that is open; None means the region's."""
    return Opened(code=code, year=year, municipality_id=municipality_id)


async def deadline_getter(
    core: Core, account: Account, tr: Speech, dialog_manager: DialogManager, **_: Any
) -> dict[str, Any]:
    """Return how it stands with the deadline, and which buttons make sense."""
    data = dialog_manager.dialog_data
    found = await deadline_marks.get_deadline(core, account, **data[OPENED])
    facts, gaps = found.facts, found.gaps
    done_when = facts.deadline.done_when
    mine = bool(found.may_say) and found.runs_meetings
    source = deadline_source(tr, facts.deadline)
    missing = gaps_line(tr, gaps)
    reason = facts.mark.reason if facts.mark else ""
    from_places = bool(data.get("from_places"))
    return {
        "name": deadline_name(tr, facts.deadline),
        "year": str(facts.year),
        "territory": facts.territory.name,
        "state": facts.state.value,
        "due": due_line(tr, facts),
        "source": source,
        "missing": missing,
        "reason": reason,
        "some_source": bool(source),
        "some_missing": bool(missing),
        "some_reason": bool(reason),
        "to_meetings": found.runs_meetings and lacks_meetings(gaps),
        "to_proposals": mine and (gaps.proposals or done_when is DoneWhen.PROPOSALS),
        "to_analysis": done_when is DoneWhen.ANALYSIS
        and facts.year <= facts.territory.day_of(tr.now).year,
        "to_report": (mine and done_when is DoneWhen.REPORT)
        or (bool(found.may_say) and facts.territory.municipality_id is None),
        "to_region": bool(gaps.reports),
        "may_invite": bool(found.may_invite),
        **{f"may_{way}": way in found.may_say for way in Settled},
        "may_take_back": found.may_take_back,
        "from_places": from_places,
        "from_list": not from_places,
    }


async def _say(manager: DialogManager, settled: Settled, reason: str = "") -> None:
    data = manager.middleware_data
    opened: Opened = manager.dialog_data[OPENED]
    await deadline_marks.settle(
        data["core"], data["account"], **opened, settled=settled, reason=reason
    )


async def _done(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _say(manager, Settled.DONE)
    await callback.answer(speech(manager).plain("deadline-marked"))


async def _by_letter(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _say(manager, Settled.BY_LETTER)
    await callback.answer(speech(manager).plain("deadline-marked"))


async def _type_reason(message: Message, _input: Any, manager: DialogManager) -> None:
    await _say(manager, Settled.NOT_NEEDED, message.text or "")
    await manager.switch_to(Deadlines.one)


async def _take_back(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    opened: Opened = manager.dialog_data[OPENED]
    await deadline_marks.unsettle(data["core"], data["account"], **opened)
    await callback.answer(speech(manager).plain("deadline-taken-back"))


async def _to_meetings(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Manage.list, {"tab": Tab.PAST})


async def _to_proposals(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    opened: Opened = manager.dialog_data[OPENED]
    where = {"municipality_id": opened["municipality_id"], "year": opened["year"]}
    await manager.start(Proposals.texts, where)


async def _make_analysis(callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    opened: Opened = manager.dialog_data[OPENED]
    await send_analysis(callback, manager, opened["municipality_id"], opened["year"])


async def _to_report(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    opened: Opened = manager.dialog_data[OPENED]
    where = {"municipality_id": opened["municipality_id"], "year": opened["year"]}
    await manager.start(Draft.numbers, where)


async def _invite(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    data = manager.middleware_data
    opened: Opened = manager.dialog_data[OPENED]
    found = await deadline_marks.get_deadline(data["core"], data["account"], **opened)
    await manager.start(Invite.role, invite_into(opened["municipality_id"], found.may_invite))


windows = (
    Window(
        T("deadline-title"),
        T("deadline-source", when="some_source"),
        T("deadline-reason", when="some_reason"),
        T("deadline-missing", when="some_missing"),
        Button(
            Label("deadlines-meetings"), id="meetings", on_click=_to_meetings, when="to_meetings"
        ),
        Button(
            Label("deadline-propose"), id="propose", on_click=_to_proposals, when="to_proposals"
        ),
        Button(Label("analysis-make"), id="analysis", on_click=_make_analysis, when="to_analysis"),
        Button(Label("deadline-make"), id="make", on_click=_to_report, when="to_report"),
        SwitchTo(
            Label("deadlines-of-region"), id="region", state=Deadlines.region, when="to_region"
        ),
        Button(Label("deadline-invite"), id="invite", on_click=_invite, when="may_invite"),
        Row(
            Button(Label("deadline-say-done"), id="done", on_click=_done, when="may_done"),
            Button(
                Label("deadline-say-sent"), id="letter", on_click=_by_letter, when="may_by_letter"
            ),
            SwitchTo(
                Label("deadlines-because"),
                id="because",
                state=Deadlines.reason,
                when="may_not_needed",
            ),
        ),
        Button(Label("deadline-take-back"), id="undo", on_click=_take_back, when="may_take_back"),
        SwitchTo(Label("back"), id="to_list", state=Deadlines.list, when="from_list"),
        SwitchTo(Label("back"), id="to_places", state=Deadlines.places, when="from_places"),
        state=Deadlines.one,
        getter=deadline_getter,
    ),
    Window(
        T("deadline-why"),
        SwitchTo(Label("back"), id="to_one", state=Deadlines.one),
        MessageInput(_type_reason, content_types=ContentType.TEXT),
        state=Deadlines.reason,
        getter=deadline_getter,
    ),
)
