"""The part of a digest that recalls the year's deadlines, and the region's week."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.buttons import button
from bot.callbacks import DEADLINES, PAST_MEETINGS, DeclineDeadline, OpenDeadline, OpenScreen
from bot.cleaning import cut
from bot.deadline_words import deadline_name, due_line, gaps_line, how_long, lacks_meetings
from bot.i18n import Html, Speech
from bot.services.deadline_facts import DeadlineFacts
from bot.services.deadlines import OwedDeadline, WeeklyDeadline, WeeklyRegion

SHOWN = 4
LONGEST_BUTTON = 25

Buttons = list[list[InlineKeyboardButton]]


def deadline_part(tr: Speech, owed: list[OwedDeadline]) -> tuple[Html, Buttons]:
    """Return what somebody owes, what is missing for it, and the buttons that lead there.

    Args:
        tr: the reader's language.
        owed: the nearest first; of more than four the others are only counted.
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


def _buttons(tr: Speech, owed: list[OwedDeadline], *, several: bool) -> Buttons:
    rows = []
    for each in owed[:SHOWN]:
        facts = each.facts
        which = {
            "code": facts.deadline.code,
            "year": facts.year,
            "municipality_id": facts.territory.municipality_id or 0,
        }
        name = _name(tr, facts, several=several)
        because = tr.plain("deadlines-because" if len(owed) == 1 else "deadlines-no", name=name)
        rows.append(
            [
                _button(name, OpenDeadline.model_validate(which)),
                _button(because, DeclineDeadline.model_validate(which)),
            ]
        )
    if any(lacks_meetings(each.gaps) for each in owed[:SHOWN]):
        to_meetings = OpenScreen(name=PAST_MEETINGS)
        rows.append([_button(tr.plain("deadlines-meetings"), to_meetings)])
    if len(owed) > SHOWN:
        rows.append([_button(tr.plain("deadlines-all"), OpenScreen(name=DEADLINES))])
    return rows


def _name(tr: Speech, facts: DeadlineFacts, *, several: bool) -> str:
    name = deadline_name(tr, facts.deadline)
    return f"{facts.territory.name}: {name}" if several else name


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return button(cut(text, LONGEST_BUTTON), data.pack())
