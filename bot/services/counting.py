"""What Appendix 2 sums: a few statements over a year's meetings, never a loop over registrations.

A meeting counts once it is held: its end has passed and its curator confirmed it. It counts in the
year of its start in its municipality's time zone. People count per meeting. Each statement counts
all the municipalities at once, so a region costs as many statements as one of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    and_,
    case,
    distinct,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import (
    AnnualReport,
    Headcount,
    Meeting,
    Municipality,
    Registration,
    RegistrationLine,
)
from bot.rules import Period, whole_year
from bot.services.counted import (
    Attention,
    Counted,
    MeetingName,
    MeetingsCount,
    PeopleCount,
    Proposals,
)
from bot.services.finding_facts import Finding, FindingKind
from bot.services.findings import find_uncounted
from bot.services.organisation_names import read_counted_as, sum_by_name
from bot.vocabulary import OUTSIDE_FORM, Audience, Category, MeetingStatus


def starting_within(places: Sequence[Municipality], period: Period) -> ColumnElement[bool]:
    """Return the condition that a meeting starts in a period, each by the clock of its place."""
    in_zone: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        in_zone[place.timezone].append(place.id)
    within = []
    for timezone, ids in in_zone.items():
        first, after = period.bounds(timezone)
        within.append(
            and_(
                Meeting.municipality_id.in_(ids),
                Meeting.starts_at >= first,
                Meeting.starts_at < after,
            )
        )
    return or_(false(), *within)


def counted_by(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a meeting counts in the form: over, confirmed, none outside it."""
    return and_(
        Meeting.ends_at <= now, Meeting.status == MeetingStatus.HELD, Meeting.counts_in_form
    )


class YearCount:
    """The sums of one year, by the municipality's id.

    Args:
        session: the caller's transaction.
        places: the municipalities counted.
        year: the year.
        now: the current moment; what has not ended by then is not counted.

    Attributes:
        over: the condition on a meeting of the year that has ended.
        in_form: the condition on one that the form counts.
    """

    def __init__(
        self, session: AsyncSession, places: Sequence[Municipality], year: int, now: datetime
    ) -> None:
        self._session = session
        self._year = year
        self._places = {place.id: place for place in places}
        within = starting_within(places, whole_year(year))
        self.over: ColumnElement[bool] = and_(within, Meeting.ends_at <= now)
        self._held = and_(self.over, Meeting.status == MeetingStatus.HELD)
        self.in_form = and_(within, counted_by(now))
        self._of_year = and_(
            AnnualReport.municipality_id.in_(self._places), AnnualReport.year == year
        )

    async def counted(self) -> dict[int, Counted]:
        """Count everything of every municipality."""
        meetings, people = await self.meetings(), await self.people()
        links, attention = await self.photo_links(), await self.attention()
        return {
            place: Counted(meetings[place], people[place], links[place], attention[place])
            for place in self._places
        }

    async def meetings(self) -> dict[int, MeetingsCount]:
        """Count the meetings held (row 1)."""
        rows = await self._session.execute(
            select(Meeting.municipality_id, Meeting.audience, Meeting.counts_in_form, func.count())
            .where(self._held)
            .group_by(Meeting.municipality_id, Meeting.audience, Meeting.counts_in_form)
        )
        by_audience: dict[int, dict[Audience, int]] = {place: {} for place in self._places}
        outside: Counter[int] = Counter()
        for place, audience, counts, number in rows:
            if counts:
                by_audience[place][audience] = number
            else:
                outside[place] += number
        return {place: MeetingsCount(by_audience[place], outside[place]) for place in self._places}

    async def people(self) -> dict[int, PeopleCount]:
        """Sum the headcounts (row 2); organisations are told apart where row 2.11 lists them."""
        # What is not told apart is summed together: the statement's time is that of its groups.
        listed = case((Meeting.counts_in_form, Headcount.category)).label("listed")
        organisation = case(
            (
                and_(Meeting.counts_in_form, Headcount.category == Category.OTHER),
                Headcount.organisation,
            )
        ).label("listed_organisation")
        rows = await self._rows(
            select(Meeting.municipality_id, listed, organisation, func.sum(Headcount.people))
            .join(Meeting, Meeting.id == Headcount.meeting_id)
            .where(self._held)
            .group_by(Meeting.municipality_id, "listed", "listed_organisation")
        )
        by_category: dict[int, Counter[Category]] = {place: Counter() for place in self._places}
        organisations: defaultdict[int, Counter[str]] = defaultdict(Counter)
        elsewhere: Counter[int] = Counter()
        for place, category, name, people in rows:
            if category is None:
                elsewhere[place] = people
                continue
            by_category[place][category] += people
            if name is not None:
                organisations[place][name] = people
        decided = await read_counted_as(self._session, organisations) if organisations else {}
        return {
            place: PeopleCount(
                dict(by_category[place]),
                tuple(
                    (each.name, each.people)
                    for each in sum_by_name(organisations[place], decided.get(place, {}))
                ),
                elsewhere[place],
            )
            for place in self._places
        }

    async def organisations(self) -> dict[str, int]:
        """Sum the people of row 2.11 by their organisation's name as it was written."""
        rows = await self._session.execute(
            select(Headcount.organisation, func.sum(Headcount.people))
            .join(Meeting, Meeting.id == Headcount.meeting_id)
            .where(self.in_form, Headcount.category == Category.OTHER)
            .group_by(Headcount.organisation)
        )
        return {name: int(people) for name, people in rows}

    async def unique_people(self) -> int:
        """Count the different people with a profile behind row 2.

        Who brought a group and stands in no line of it was not there.
        """
        came = exists().where(
            RegistrationLine.registration_id == Registration.id,
            RegistrationLine.is_own,
            RegistrationLine.came > 0,
            RegistrationLine.category.not_in(OUTSIDE_FORM),
        )
        number = await self._session.scalar(
            select(func.count(distinct(Registration.person_id)))
            .join(Meeting, Meeting.id == Registration.meeting_id)
            .where(self.in_form, came)
        )
        return number or 0

    async def attention(self) -> dict[int, Attention]:
        """List what is unconfirmed or without attendance and unanswered, in the order of time."""
        found = await find_uncounted(self._session, self.over, self._places, self._year)
        return {
            place.id: Attention(
                unconfirmed=_named(place, found.get(place.id, ()), FindingKind.UNCONFIRMED),
                without_attendance=_named(place, found.get(place.id, ()), FindingKind.NOBODY),
            )
            for place in self._places.values()
        }

    async def photo_links(self) -> dict[int, tuple[str, ...]]:
        """List the links to photos (row 3), each once: the year's folder, then in order of time."""
        folders = await self._session.execute(
            select(AnnualReport.municipality_id, AnnualReport.photo_folder).where(
                self._of_year, AnnualReport.photo_folder != ""
            )
        )
        rows = await self._rows(
            select(Meeting.municipality_id, Meeting.photo_link)
            .where(self.in_form, Meeting.photo_link != "")
            .order_by(Meeting.starts_at, Meeting.id)
        )
        links: dict[int, dict[str, None]] = {place: {} for place in self._places}
        for place, link in (*folders, *rows):
            links[place][link] = None
        return {place: tuple(each) for place, each in links.items()}

    async def proposals(self) -> dict[int, Proposals]:
        """Return the proposals (row 4) of those who wrote some."""
        rows = await self._session.execute(
            select(
                AnnualReport.municipality_id,
                AnnualReport.proposals,
                AnnualReport.proposals_for_region,
            ).where(self._of_year, has_proposals())
        )
        return {place: Proposals(*texts) for place, *texts in rows}

    async def _rows(self, statement: Executable) -> Iterable[Any]:
        # Past the session, whose care for each of thousands of rows is meant for objects.
        connection = await self._session.connection()
        return await connection.execute(statement)


def _named(
    place: Municipality, found: Iterable[Finding], kind: FindingKind
) -> tuple[MeetingName, ...]:
    return tuple(
        MeetingName(meeting.title, meeting.starts_at, place.timezone, place.name)
        for each in found
        if each.kind is kind
        for meeting in each.meetings
    )


def has_proposals() -> ColumnElement[bool]:
    """Return the condition that a municipality wrote proposals, for itself or for the region."""
    return or_(AnnualReport.proposals != "", AnnualReport.proposals_for_region != "")
