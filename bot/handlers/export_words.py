"""Tables in words: the columns of each kind, and how a row reads in them."""

from collections.abc import Callable
from datetime import datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.deadline_words import deadline_name
from bot.handlers.curator.numbers import state_of
from bot.i18n import Speech
from bot.services.deadline_facts import DeadlineFacts
from bot.services.export_audit import AuditFacts
from bot.services.export_rows import FeedbackFacts, MeetingFacts, RegistrationFacts
from bot.services.exporting import Facts
from bot.tables import Column, Value
from bot.vocabulary import ExportKind

DEEDS = frozenset(
    {
        "attendance.code",
        "attendance.confirm",
        "attendance.confirm_undo",
        "attendance.count",
        "attendance.count_undo",
        "attendance.mark",
        "attendance.paper",
        "attendance.scan",
        "attendance.scan_undo",
        "attendance.self_check_in",
        "attendance.staff",
        "attendance.staff_undo",
        "attendance.unmark",
        "attendance.walk_in",
        "attendance.walk_in_undo",
        "deadline.settle",
        "deadline.unsettle",
        "export.take",
        "finding.answer",
        "finding.reopen",
        "meeting.cancel",
        "meeting.create",
        "meeting.edit",
        "meeting.hold",
        "meeting.outside-add",
        "meeting.outside-correct",
        "meeting.outside-remove",
        "meeting.note",
        "meeting.photos",
        "meeting.publish",
        "meeting.reopen",
        "meeting.repeat",
        "meeting.to_group",
        "meeting.write",
        "meeting.write-again",
        "meeting.write-leave",
        "meeting.write-stop",
        "messages.switch",
        "question.answer",
        "report.accept",
        "report.nudge",
        "report.apart",
        "report.merge",
        "report.photos",
        "report.propose",
        "report.return",
        "report.scan",
        "report.send",
        "report.split",
        "role.accept",
        "role.invite",
        "role.revoke",
        "signature.give",
        "signature.withdraw",
        "team.hours",
        "team.invite",
        "team.join",
        "team.leave",
        "team.mark",
        "team.remove",
        "team.revoke",
        "team.unmark",
        "waitlist.automatic",
        "waitlist.offer",
    }
)
"""The actions of the log that have words; a test compares them with those that are recorded."""


_OF_WHO_RUNS_IT = {
    (ExportKind.REGISTRATIONS, "export-column-name"),
    (ExportKind.FEEDBACK, "export-column-category"),
}
"""The columns that only those see who run the meetings: nobody else is to recognise a person."""


class Words:
    """One table's columns and rows in one language.

    What repeats from row to row is looked up once: Fluent takes its time.
    """

    def __init__(self, tr: Speech, kind: ExportKind, *, shows_names: bool) -> None:
        self._tr = tr
        self.name_of = cache(tr.name_of)
        self.plain = cache(tr.plain)
        self._columns = [
            (key, width, value)
            for key, width, value in _COLUMNS[kind]
            if shows_names or (kind, key) not in _OF_WHO_RUNS_IT
        ]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from left to right."""
        return tuple(Column(self._tr.plain(key), width) for key, width, _ in self._columns)

    def row(self, facts: Facts) -> tuple[Value, ...]:
        """Return a row."""
        return tuple(value(self, facts) for _, _, value in self._columns)

    def state(self, facts: MeetingFacts) -> str:
        """Return «состоялась», «прошла, не подтверждена»."""
        state = state_of(self._tr, facts.status, facts.meeting.starts_at, facts.ends_at)
        return self.plain(f"manage-state-{state}")

    def yes(self, *, true: bool) -> str:
        """Return «да» or «нет»."""
        return self.plain("export-yes" if true else "export-no")

    def who(self, facts: AuditFacts) -> str:
        """Return a name where the reader may know it, else what somebody is."""
        if facts.name:
            return facts.name
        return self.name_of("role", facts.role) if facts.role else self.plain("export-no-staff")

    def deadline(self, facts: DeadlineFacts) -> str:
        """Return what a deadline is called."""
        return deadline_name(self._tr, facts.deadline)

    def settled_by(self, facts: DeadlineFacts) -> str:
        """Return who settled a deadline, or that the bot saw it itself."""
        mark = facts.mark
        if mark is None:
            return ""
        return self.plain("export-seen-by-bot") if mark.by_data else mark.name or "—"

    def deed(self, facts: AuditFacts) -> str:
        """Return «опубликована встреча», «попытка: команда /report»."""
        if facts.refused:
            attempt, _, command = facts.action.partition(" ")
            if attempt == "command" and command:
                return self.plain("export-attempt-command", command=command)
            return self.plain("export-attempt")
        # What a later or an earlier version of the bot recorded has no words here.
        return self.name_of("deed", _as_key(facts.action)) if facts.action in DEEDS else "—"


def _as_key(action: str) -> str:
    return action.replace(".", "-")


def _local(moment: datetime, timezone: str) -> datetime:
    return moment.astimezone(ZoneInfo(timezone))


_Columns = tuple[tuple[str, int, Callable[[Words, Any], Value]], ...]

_MEETING: _Columns = (
    ("export-column-starts", 17, lambda _, f: _local(f.meeting.starts_at, f.meeting.timezone)),
    ("export-column-municipality", 20, lambda _, f: f.meeting.municipality),
    ("export-column-meeting", 40, lambda _, f: f.meeting.title),
)


def _end_of_day(facts: DeadlineFacts) -> datetime:
    """Return the last minute of a deadline: its day is included."""
    return datetime.combine(facts.due, time(23, 59), ZoneInfo(facts.territory.timezone))


def _end(facts: MeetingFacts) -> datetime | None:
    """Return when a meeting ended; of one without the bot nobody said."""
    return None if facts.outside else _local(facts.ends_at, facts.meeting.timezone)


def _category(words: Words, facts: RegistrationFacts | FeedbackFacts) -> str:
    if facts.category is None:
        return words.plain("results-unnamed")
    return words.name_of("category", facts.category)


_COLUMNS: dict[ExportKind, _Columns] = {
    ExportKind.MEETINGS: (
        *_MEETING,
        ("export-column-ends", 17, lambda _, f: _end(f)),
        ("export-column-state", 18, lambda w, f: w.state(f)),
        ("export-column-audience", 18, lambda w, f: w.name_of("audience", f.audience)),
        ("export-column-format", 20, lambda w, f: w.name_of("format", f.format)),
        ("export-column-mode", 14, lambda w, f: w.name_of("mode", f.mode)),
        ("export-column-place", 36, lambda _, f: f.place),
        ("export-column-in-form", 10, lambda w, f: w.yes(true=f.counts_in_form)),
        ("export-column-seats", 8, lambda _, f: f.seats),
        ("export-column-signed-up", 10, lambda _, f: f.signed_up),
        ("export-column-came", 10, lambda _, f: f.came),
        ("export-column-outside", 10, lambda w, f: w.yes(true=f.outside)),
        ("export-column-answers", 10, lambda _, f: f.answers),
        ("export-column-average", 10, lambda _, f: f.average),
        ("export-column-photos", 30, lambda _, f: f.photo_link),
        ("export-column-reason", 40, lambda _, f: f.cancel_reason),
    ),
    ExportKind.REGISTRATIONS: (
        *_MEETING,
        ("export-column-code", 8, lambda _, f: f.code),
        ("export-column-name", 24, lambda _, f: f.name),
        ("export-column-category", 26, _category),
        ("export-column-organisation", 30, lambda _, f: f.organisation),
        ("export-column-kind", 10, lambda w, f: w.name_of("registration-kind", f.kind)),
        ("export-column-status", 16, lambda w, f: w.name_of("registration-status", f.status)),
        ("export-column-people", 10, lambda _, f: f.seats),
        ("export-column-came", 10, lambda _, f: f.came),
        ("export-column-created", 17, lambda _, f: _local(f.created_at, f.meeting.timezone)),
    ),
    ExportKind.FEEDBACK: (
        *_MEETING,
        ("export-column-format", 20, lambda w, f: w.name_of("format", f.format)),
        ("export-column-category", 26, _category),
        ("export-column-rating", 9, lambda _, f: f.rating),
        (
            "export-column-useful",
            40,
            lambda w, f: "; ".join(w.name_of("useful", each) for each in f.useful),
        ),
        ("export-column-comment", 70, lambda _, f: f.comment),
    ),
    ExportKind.DEADLINES: (
        ("export-column-deadline", 50, lambda w, f: w.deadline(f)),
        ("export-column-year", 10, lambda _, f: f.year),
        ("export-column-territory", 24, lambda _, f: f.territory.name),
        ("export-column-due", 17, lambda _, f: _end_of_day(f)),
        ("export-column-state", 18, lambda w, f: w.name_of("deadline-state", f.state)),
        (
            "export-column-settled",
            20,
            lambda w, f: w.name_of("settled", f.mark.settled) if f.mark else "",
        ),
        ("export-column-settled-by", 28, lambda w, f: w.settled_by(f)),
        (
            "export-column-settled-at",
            17,
            lambda _, f: _local(f.mark.at, f.territory.timezone) if f.mark else None,
        ),
        ("export-column-why", 50, lambda _, f: f.mark.reason if f.mark else ""),
    ),
    ExportKind.AUDIT: (
        ("export-column-at", 17, lambda _, f: _local(f.at, f.timezone)),
        ("export-column-who", 30, lambda w, f: w.who(f)),
        ("export-column-deed", 40, lambda w, f: w.deed(f)),
        ("export-column-about", 40, lambda _, f: f.about),
        (
            "export-column-role",
            28,
            lambda w, f: w.name_of("role", f.about_role) if f.about_role else "",
        ),
        ("export-column-refused", 10, lambda w, f: w.yes(true=f.refused)),
        ("export-column-why", 50, lambda _, f: f.reason),
    ),
}
