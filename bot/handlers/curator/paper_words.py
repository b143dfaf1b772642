"""What the list on paper says, and what it changes, in words."""

from collections.abc import Iterable, Sequence

from bot.cleaning import cut
from bot.door_sheet import DoorSheet, SheetRow, SheetTotal
from bot.handlers.wording import capitalised
from bot.i18n import Html, Speech, as_typed
from bot.rules import most_who_come, walk_in_code
from bot.services.paper_marks import Differences, RowChange
from bot.services.paper_sheet import Sheet, SheetLine
from bot.services.paper_walk_ins import WalkInChange
from bot.vocabulary import Category, Mode

NAMED = 8
LONGEST_PART = 420
"""Of each list of names, so that all of them together fit into one message."""


def sheet_of(tr: Speech, sheet: Sheet) -> DoorSheet:
    """Return the list of a meeting in words; `tr` speaks in the meeting's time zone."""
    when = tr.when(sheet.starts_at, sheet.ends_at, sheet.timezone, lasting=True, spelled=True)
    return DoorSheet(
        lang=tr.locale,
        token=sheet.token,
        name=tr.plain("sheet-name"),
        title=sheet.title,
        when=capitalised(when),
        place=_place(tr, sheet),
        columns=(
            tr.plain("sheet-code"),
            tr.plain("sheet-who"),
            tr.plain("sheet-category"),
            tr.plain("sheet-seats"),
            tr.plain("sheet-came"),
        ),
        rows=tuple(_row(tr, line) for line in sheet.lines),
        empty=tr.plain("sheet-empty"),
        apart=tr.plain("sheet-walk-ins"),
        totals=tuple(
            SheetTotal(
                code=walk_in_code(total.category),
                value=total.category.value,
                category=tr.name_of("category", total.category),
                organisation=total.organisation,
                people=total.people,
                asks_organisation=total.category is Category.OTHER,
            )
            for total in sheet.walk_ins
        ),
        categories=tuple(tr.name_of("category", category) for category in Category),
        hint=tr.plain("sheet-hint"),
        file_hint=tr.plain("sheet-file-hint"),
        page=tr.plain("portfolio-page"),
    )


def differences_text(tr: Speech, differences: Differences) -> Html:
    """Return what a list changes, a line for each kind with the first names."""
    parts = [tr("paper-preview", title=differences.title)]
    if not differences.changes:
        parts.append(tr("paper-nothing", already=differences.already))
    if differences.marked:
        parts.append(tr("paper-marked", rows=len(differences.marked)))
        parts.append(_list(tr, (_named(tr, row) for row in differences.marked)))
    if differences.changes and differences.already:
        parts.append(tr("paper-already", rows=differences.already))
    if differences.cleared:
        parts.append(tr("paper-cleared", rows=len(differences.cleared)))
        parts.append(_list(tr, (_named(tr, row) for row in differences.cleared)))
    if differences.walk_ins:
        parts.append(tr("paper-walk-ins"))
        parts.append(_list(tr, (_total(tr, change) for change in differences.walk_ins)))
        if differences.by_tap:
            parts.append(tr("paper-by-tap", people=differences.by_tap))
    for warning, words in (
        (
            tr("paper-unnumbered", code=differences.unnumbered[0].code)
            if differences.unnumbered
            else Html(""),
            [_named(tr, row) for row in differences.unnumbered],
        ),
        (tr("paper-impossible"), [_named(tr, row) for row in differences.impossible]),
        (tr("paper-off-list"), [_named(tr, row) for row in differences.off_list]),
        (tr("paper-unknown"), differences.unknown),
        (tr("paper-strange"), differences.strange),
    ):
        if words:
            parts.append(Html(f"{warning} {_list(tr, words)}"))
    return Html("\n".join(parts))


def done_text(tr: Speech, done: Differences) -> str:
    """Return what was changed, for a toast."""
    if not done.changes:
        return tr.plain("paper-done-before")
    return tr.plain(
        "paper-done",
        rows=len(done.marked),
        cleared=len(done.cleared),
        walk_ins=sum(change.after for change in done.walk_ins),
    )


def _place(tr: Speech, sheet: Sheet) -> str:
    if sheet.mode is Mode.IN_PERSON:
        return f"{sheet.place}, {sheet.municipality}"
    return f"{capitalised(tr.name_of('mode', sheet.mode))}, {sheet.municipality}"


def _row(tr: Speech, line: SheetLine) -> SheetRow:
    return SheetRow(
        line_id=line.line_id,
        code=line.code,
        who=line.organisation if line.is_group else line.name or tr.plain("door-erased"),
        category=tr.name_of("category", line.category),
        seats=line.seats,
        came=line.came,
        most=most_who_come(line.seats) if line.is_group else None,
    )


def _named(tr: Speech, row: RowChange) -> str:
    """Return «Анна (A7)», «Школа № 3, 9 класс: 24, было 20 (A9)»."""
    if not row.is_group:
        return f"{row.name or tr.plain('door-erased')} ({row.code})"
    who = f"{row.organisation}, {tr.name_of('category', row.category)}"
    if row.after is not None:
        who += ": " + _number(tr, row.after, row.before)
    return f"{who} ({row.code})"


def _total(tr: Speech, change: WalkInChange) -> str:
    who = tr.name_of("category", change.category)
    if change.organisation:
        who += f" ({change.organisation})"
    return f"{who}: {_number(tr, change.after, change.before or None)}"


def _number(tr: Speech, people: int, before: int | None) -> str:
    return str(people) if before is None else tr.plain("paper-was", people=people, before=before)


def _list(tr: Speech, words: Iterable[str]) -> Html:
    """Return the first of many, and how many more there are."""
    every: Sequence[str] = tuple(words)
    shown = cut(", ".join(every[:NAMED]), LONGEST_PART)
    more = len(every) - NAMED
    return as_typed(f"{shown} {tr.plain('door-confirm-more', more=more)}" if more > 0 else shown)
