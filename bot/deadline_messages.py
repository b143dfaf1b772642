"""The part of a digest that recalls the year's deadlines, and the region's week."""

from typing import Any

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot import rules
from bot.buttons import button
from bot.callbacks import (
    DEADLINES,
    PAST_MEETINGS,
    REPORT,
    DeclineDeadline,
    OpenDeadline,
    OpenScreen,
    SettleDeadline,
)
from bot.cleaning import cut
from bot.deadline_words import deadline_name, due_line, gaps_line, how_long, lacks_meetings
from bot.i18n import Html, Speech
from bot.sender import Outgoing
from bot.services.deadline_facts import DeadlineFacts
from bot.services.deadlines import OwedDeadline, WeeklyDeadline, WeeklyRegion
from bot.services.report_nudging import ReportNudge
from bot.vocabulary import Settled

SHOWN = 3
LONGEST_BUTTON = 25

_SAID = {
    Settled.DONE: "deadline-say-done",
    Settled.BY_LETTER: "deadline-say-sent",
    Settled.NOT_NEEDED: "deadlines-because",
}
_SAID_OF_ONE = {
    Settled.DONE: "deadlines-done",
    Settled.BY_LETTER: "deadlines-sent",
    Settled.NOT_NEEDED: "deadlines-no",
}

Buttons = list[list[InlineKeyboardButton]]


def deadline_part(tr: Speech, owed: list[OwedDeadline]) -> tuple[Html, Buttons]:
    """Return what somebody owes, what is missing for it, and the buttons that lead there.

    Args:
        tr: the reader's language.
        owed: the nearest first; of more than three the others are only counted.
    """
    several = len({each.facts.territory for each in owed}) > 1
    lines = [tr("deadlines-part")]
    for each in owed[:SHOWN]:
        lines.append(
            tr(
                "deadlines-part-line",
                name=_name(tr, each.facts, several=several),
                year=str(each.facts.year),
                due=due_line(tr, each.facts),
            )
        )
        if missing := gaps_line(tr, each.gaps):
            lines.append(tr("deadlines-part-missing", missing=missing))
    if len(owed) > SHOWN:
        lines.append(tr("deadlines-part-more", number=len(owed) - SHOWN))
    return Html("\n".join(lines)), _buttons(tr, owed, several=several)


def weekly_part(tr: Speech, weekly: WeeklyRegion) -> Html:
    """Return how the municipalities stand with each deadline: done, late, still open."""
    lines = [weekly_line(tr, row) for row in weekly.deadlines]
    return Html("\n".join([tr("deadlines-weekly"), *lines]))


def weekly_line(tr: Speech, row: WeeklyDeadline) -> Html:
    """Return how the municipalities stand with one deadline."""
    return tr(
        "deadlines-weekly-line",
        name=deadline_name(tr, row.deadline),
        year=str(row.year),
        due=f"{tr.day(row.due, lasting=True)}, {how_long(tr, row.days_left)}",
        done=row.done,
        late=row.late,
        open=row.open,
        nobody=row.nobody,
    )


def report_nudge_message(tr: Speech, nudge: ReportNudge) -> Outgoing:
    """Tell that the region waits for a report, what it lacks, and what can be done about it."""
    lines = [tr("report-nudge", place=nudge.territory.name, year=str(nudge.year))]
    if nudge.due is not None and nudge.days_left is not None:
        due = f"{tr.day(nudge.due, lasting=True)} · {how_long(tr, nudge.days_left)}"
        lines.append(tr("report-nudge-due", due=due))
    if missing := gaps_line(tr, nudge.gaps):
        lines.append(tr("deadlines-part-missing", missing=missing))
    if nudge.owed is not None:
        rows = _buttons(tr, [OwedDeadline(nudge.owed, nudge.gaps)], several=False)
    else:
        rows = [[_button(tr.plain("home-report"), OpenScreen(name=REPORT))]]
        if lacks_meetings(nudge.gaps):
            rows.append([_to_meetings(tr)])
    return Outgoing(Html("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows))


def _buttons(tr: Speech, owed: list[OwedDeadline], *, several: bool) -> Buttons:
    """Return what can be said of each deadline, and the ways to what is missing.

    Of several, each has one row; they are opened from the list of all.
    """
    rows = []
    for each in owed[:SHOWN]:
        name = _name(tr, each.facts, several=several)
        opening = _button(name, OpenDeadline.model_validate(_which(each.facts)))
        words = _ways(tr, each.facts, name if len(owed) > 1 else "")
        # Where only «Нет» can be said, what there is to do stands on the deadline's screen.
        rows += [[opening], words] if len(owed) == 1 else [[opening, *words][-2:]]
    beside = []
    if any(lacks_meetings(each.gaps) for each in owed[:SHOWN]):
        beside.append(_to_meetings(tr))
    if len(owed) > 1:
        beside.append(_button(tr.plain("deadlines-all"), OpenScreen(name=DEADLINES)))
    return [*rows, beside] if beside else rows


def _ways(tr: Speech, facts: DeadlineFacts, name: str) -> list[InlineKeyboardButton]:
    """Return what can be said of a deadline; with its name, where there are several."""
    return [
        _button(
            tr.plain(_SAID_OF_ONE[way], name=name) if name else tr.plain(_SAID[way]),
            DeclineDeadline.model_validate(_which(facts))
            if way is Settled.NOT_NEEDED
            else SettleDeadline.model_validate(_which(facts) | {"settled": way}),
        )
        for way in rules.ways_to_settle(facts.deadline)
    ]


def _which(facts: DeadlineFacts) -> dict[str, Any]:
    return {
        "code": facts.deadline.code,
        "year": facts.year,
        "municipality_id": facts.territory.municipality_id or 0,
    }


def _to_meetings(tr: Speech) -> InlineKeyboardButton:
    return _button(tr.plain("deadlines-meetings"), OpenScreen(name=PAST_MEETINGS))


def _name(tr: Speech, facts: DeadlineFacts, *, several: bool) -> str:
    name = deadline_name(tr, facts.deadline)
    return f"{facts.territory.name}: {name}" if several else name


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return button(cut(text, LONGEST_BUTTON), data.pack())
