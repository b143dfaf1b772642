"""Tables that staff take along: how much there is, page after page of it, and who took it.

Each page is a short transaction of its own and asks for the right anew. What changes meanwhile is
in the table as its page found it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import Refused
from bot.services import audit
from bot.services.core import Account, Core
from bot.services.deadline_facts import DeadlineFacts
from bot.services.export_audit import AuditFacts, audit_facts, select_audit
from bot.services.export_deadlines import list_due
from bot.services.export_rows import (
    FeedbackFacts,
    MeetingFacts,
    RegistrationFacts,
    feedback_facts,
    meeting_facts,
    registration_facts,
    select_feedback,
    select_meetings,
    select_registrations,
)
from bot.services.export_scope import Query, Scope, Wanted, get_scope
from bot.services.territories import territory_key
from bot.vocabulary import ExportKind

PER_PAGE = 500
"""So few that reading them holds up nobody's tap."""

Facts = MeetingFacts | RegistrationFacts | FeedbackFacts | AuditFacts | DeadlineFacts
Key = tuple[Any, ...]
"""What the rows are sorted by, of one of them: a moment first."""


@dataclass(frozen=True, slots=True)
class Export:
    """What there is to be taken.

    Attributes:
        name: of the municipality, the region or the meeting; empty for one's own meetings.
        timezones: of the municipalities, so of all times in the table.
        rows: how many.
        shows_names: whether the names of those who signed up are in it.
    """

    name: str
    timezones: tuple[str, ...]
    rows: int
    shows_names: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and what the next ones come after; None behind the last."""

    rows: tuple[Facts, ...]
    last: Key | None


async def get_name(core: Core, account: Account, wanted: Wanted) -> str:
    """Return whose tables they would be: a municipality or the region; empty for one's own.

    Raises:
        Forbidden: this account may not have them.
        NotFound: no such municipality.
    """
    async with core.db.read() as session:
        return (await get_scope(session, core, account, wanted)).name


async def get_export(core: Core, account: Account, wanted: Wanted, most: int) -> Export:
    """Return what there is to be taken.

    Args:
        core: what every use case is given.
        account: who wants it.
        wanted: what.
        most: how many rows a table can hold.

    Raises:
        Forbidden: this account may not have it.
        Refused: there is nothing, or more than `most`.
        NotFound: no such municipality.
    """
    async with core.db.read() as session:
        scope = await get_scope(session, core, account, wanted)
        rows = await _count(session, core, scope, wanted)
    if not rows:
        raise Refused("refused-export-empty")
    if rows > most:
        raise Refused("refused-export-large")
    timezones = {place.timezone for place in scope.places.values()}
    if wanted.kind is ExportKind.AUDIT:
        timezones = {scope.timezone}
    return Export(scope.name, tuple(sorted(timezones)), rows, scope.shows_names)


async def fetch_page(
    core: Core, account: Account, wanted: Wanted, after: Key | None = None
) -> Page:
    """Return the rows that come after a row, the first ones without it.

    Raises:
        Forbidden: this account may not have it, or not any more.
        NotFound: no such municipality.
    """
    async with core.db.read() as session:
        scope = await get_scope(session, core, account, wanted, after[0] if after else None)
        if wanted.kind is ExportKind.DEADLINES:  # a few hundred a year, made of what is stored
            return Page(await _deadlines(session, core, wanted), None)
        statement, keys = _select(scope, wanted)
        if after:
            last = [literal(value, key.type) for key, value in zip(keys, after, strict=True)]
            statement = statement.where(tuple_(*keys) > tuple_(*last))
        found = (await session.execute(statement.order_by(*keys).limit(PER_PAGE))).all()
        match wanted.kind:
            case ExportKind.MEETINGS:
                rows: tuple[Facts, ...] = meeting_facts(scope, found)
            case ExportKind.REGISTRATIONS:
                rows = registration_facts(scope, found)
            case ExportKind.FEEDBACK:
                rows = feedback_facts(scope, found)
            case _:
                rows = await audit_facts(session, core, scope, found)
    return Page(rows, tuple(found[-1][: len(keys)]) if len(found) == PER_PAGE else None)


async def record_export(core: Core, account: Account, wanted: Wanted, rows: int) -> None:
    """Write down who takes what, before it is handed over.

    Raises:
        Forbidden: this account may not have it any more.
    """
    details: dict[str, Any] = {"kind": wanted.kind.value, "rows": rows}
    if wanted.period is not None:
        details["first"] = wanted.period.first.isoformat()
        details["last"] = wanted.period.last.isoformat()
    async with core.db.write() as session:
        await get_scope(session, core, account, wanted)
        audit.record(session, core, account, "export.take", _subject(wanted), **details)


async def _count(session: AsyncSession, core: Core, scope: Scope, wanted: Wanted) -> int:
    if wanted.kind is ExportKind.DEADLINES:
        return len(await _deadlines(session, core, wanted))
    statement, _ = _select(scope, wanted)
    return await session.scalar(select(func.count()).select_from(statement.subquery())) or 0


async def _deadlines(
    session: AsyncSession, core: Core, wanted: Wanted
) -> tuple[DeadlineFacts, ...]:
    if wanted.period is None:
        raise ValueError("deadlines have a period")
    return await list_due(session, core, wanted.municipality_id, wanted.period)


def _select(scope: Scope, wanted: Wanted) -> Query:
    match wanted.kind:
        case ExportKind.MEETINGS:
            return select_meetings(scope)
        case ExportKind.REGISTRATIONS:
            return select_registrations(scope)
        case ExportKind.FEEDBACK:
            return select_feedback(scope)
        case _:
            return select_audit(scope, wanted)


def _subject(wanted: Wanted) -> str:
    if wanted.meeting_id is not None:
        return f"meeting:{wanted.meeting_id}"
    if wanted.own:
        return ""
    return territory_key(wanted.municipality_id)
