"""How the municipalities stand with their reports of a year, read in the caller's transaction.

A handful of statements for all of them, none of which touches a registration; rights are the
caller's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import AnnualReport, DeadlineMark, Meeting, Municipality, Person
from bot.rules import BoardState, Deadline, whole_year
from bot.services.counting import starting_within
from bot.services.deadline_facts import DeadlineFacts, Mark, Territory
from bot.services.deadline_ledger import read_ledger
from bot.services.regions import municipalities_between
from bot.services.report_versions import Version, latest_versions
from bot.vocabulary import MeetingStatus, ReportStatus

_SENT = (BoardState.SENT, BoardState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """How one municipality stands with its report of a year.

    Attributes:
        due: the last day of the report, None where the roadmap knows none.
        days_left: until that day, 0 on it; negative once it is over.
        held: meetings of the form that are confirmed.
        unconfirmed: those that are over and wait for «Состоялась».
        latest: the latest version, None where none was sent.
        accepted: the latest one that was accepted: the consolidated report takes it.
        mark: what somebody said of the report, None where nothing was.
    """

    territory: Territory
    state: BoardState
    due: date | None
    days_left: int | None
    held: int
    unconfirmed: int
    latest: Version | None
    accepted: Version | None
    mark: Mark | None

    @property
    def owes(self) -> bool:
        """Whether the region waits for it."""
        return self.state in rules.OWES_REPORT

    @property
    def is_late(self) -> bool:
        """Whether the region still waits for it though its day is over."""
        return self.owes and self.days_left is not None and self.days_left < 0

    @property
    def by_word(self) -> bool:
        """Whether somebody's word says how it stands, not a version."""
        returned = self.latest is not None and self.latest.status is ReportStatus.RETURNED
        return self.mark is not None and (self.latest is None or returned)


async def read_addenda(
    session: AsyncSession,
    roadmap: Sequence[Deadline],
    year: int,
    now: datetime,
    rows: list[BoardRow],
) -> dict[int, DeadlineFacts]:
    """Return how it stands with addenda to reports, by the municipality's id, where one is owed.

    Only to what was sent: a report that is still awaited will hold those meetings too.
    """
    report = rules.report_deadline(roadmap)
    addendum = next((each for each in roadmap if report and each.after == report.code), None)
    places = [row.territory for row in rows if row.state in _SENT]
    if addendum is None or not places:
        return {}
    ledger = await read_ledger(session, roadmap, places, now, range(year, year + 1))
    return {
        place.municipality_id: facts
        for place in places
        if place.municipality_id is not None
        for facts in ledger.of_years(addendum, [year], place)
    }


async def read_board(
    session: AsyncSession,
    roadmap: Sequence[Deadline],
    year: int,
    now: datetime,
    only: Collection[int] | None = None,
) -> list[BoardRow]:
    """Return how the municipalities that existed in a year stand, by name.

    Args:
        session: the caller's transaction.
        roadmap: the region's deadlines.
        year: of the reports.
        now: the current moment.
        only: their ids, where not all are wanted.
    """
    found = await municipalities_between(session, date(year, 1, 1), date(year, 12, 31))
    places = [place for place in found if only is None or place.id in only]
    deadline = rules.report_deadline(roadmap)
    occurrence = rules.occurrence_of(deadline, year) if deadline else None
    due = occurrence.due if occurrence else None
    meetings = await _meetings(session, places, year, now)
    written = await _written(session, places, year)
    latest = await latest_versions(session, year)
    accepted = await latest_versions(session, year, status=ReportStatus.ACCEPTED)
    marks = await _marks(session, deadline, year)
    rows = []
    for place in places:
        territory = Territory(
            place.id, place.name, place.timezone, place.valid_from, place.valid_until
        )
        held = meetings.get((place.id, MeetingStatus.HELD), 0)
        version = latest.get(place.id)
        mark = marks.get(territory.key)
        rows.append(
            BoardRow(
                territory=territory,
                state=rules.board_state(
                    version.status if version else None,
                    mark.settled if mark else None,
                    begun=bool(held) or place.id in written,
                ),
                due=due,
                days_left=(due - territory.day_of(now)).days if due else None,
                held=held,
                unconfirmed=meetings.get((place.id, MeetingStatus.PUBLISHED), 0),
                latest=version,
                accepted=accepted.get(place.id),
                mark=mark,
            )
        )
    return rows


async def _meetings(
    session: AsyncSession, places: Sequence[Municipality], year: int, now: datetime
) -> dict[tuple[int, MeetingStatus], int]:
    rows = await session.execute(
        select(Meeting.municipality_id, Meeting.status, func.count())
        .where(
            starting_within(places, whole_year(year)),
            Meeting.ends_at <= now,
            Meeting.counts_in_form,
            Meeting.status.in_((MeetingStatus.HELD, MeetingStatus.PUBLISHED)),
        )
        .group_by(Meeting.municipality_id, Meeting.status)
    )
    return {(place, status): number for place, status, number in rows}


async def _written(session: AsyncSession, places: Sequence[Municipality], year: int) -> set[int]:
    """Return where words or a link for the report of the year were written."""
    rows = await session.scalars(
        select(AnnualReport.municipality_id).where(
            AnnualReport.municipality_id.in_([place.id for place in places]),
            AnnualReport.year == year,
            or_(
                AnnualReport.proposals != "",
                AnnualReport.proposals_for_region != "",
                AnnualReport.photo_folder != "",
            ),
        )
    )
    return set(rows)


async def _marks(session: AsyncSession, deadline: Deadline | None, year: int) -> dict[str, Mark]:
    if deadline is None:
        return {}
    rows = await session.execute(
        select(DeadlineMark, Person.name)
        .outerjoin(Person, Person.id == DeadlineMark.marked_by_id)
        .where(DeadlineMark.deadline == deadline.code, DeadlineMark.year == year)
    )
    return {
        mark.territory: Mark(
            mark.settled, mark.marked_at, name or "", mark.reason, person_id=mark.marked_by_id
        )
        for mark, name in rows
    }
