"""What Appendix 2 sums: a few statements over a year's meetings, never a loop over registrations.

A meeting counts once it is held: its end has passed and its curator confirmed it. It counts in the
year of its start in its municipality's time zone. People count per meeting.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, distinct, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import fold
from bot.models import (
    AnnualReport,
    Headcount,
    Meeting,
    Municipality,
    Registration,
    RegistrationLine,
)
from bot.rules import Period, whole_year
from bot.vocabulary import OUTSIDE_FORM, Audience, Category, MeetingStatus


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting that the report names, with the time zone in which it starts."""

    title: str
    starts_at: datetime
    timezone: str
    municipality: str


@dataclass(frozen=True, slots=True)
class MeetingsCount:
    """Meetings held: those of the form by audience, and the number of the others."""

    by_audience: dict[Audience, int]
    outside_form: int


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """People who came.

    Attributes:
        by_category: to meetings of the form.
        other_organisations: (name, people) of `Category.OTHER`, the most people first; an empty
            name stands for those whose organisation nobody wrote down.
        at_other_meetings: to meetings outside the form.
    """

    by_category: dict[Category, int]
    other_organisations: tuple[tuple[str, int], ...]
    at_other_meetings: int


@dataclass(frozen=True, slots=True)
class Attention:
    """Meetings of the form that somebody has to see to before the report is right.

    Attributes:
        unconfirmed: over, but nobody confirmed that they were held: not counted.
        without_attendance: held, so in row 1, but with nobody in row 2.
    """

    unconfirmed: tuple[MeetingName, ...]
    without_attendance: tuple[MeetingName, ...]


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


class YearCount:
    """The sums of one year.

    Args:
        session: the caller's transaction.
        places: the municipalities counted.
        year: the year.
        now: the current moment; what has not ended by then is not counted.
    """

    def __init__(
        self, session: AsyncSession, places: Sequence[Municipality], year: int, now: datetime
    ) -> None:
        self._session = session
        self._places = {place.id: place for place in places}
        self._year = year
        within = starting_within(places, whole_year(year))
        self._over: ColumnElement[bool] = and_(within, Meeting.ends_at <= now)
        self._held = and_(self._over, Meeting.status == MeetingStatus.HELD)
        self._in_form = and_(self._held, Meeting.counts_in_form)

    async def meetings(self) -> MeetingsCount:
        """Count the meetings held (row 1)."""
        rows = await self._session.execute(
            select(Meeting.audience, Meeting.counts_in_form, func.count())
            .where(self._held)
            .group_by(Meeting.audience, Meeting.counts_in_form)
        )
        by_audience: dict[Audience, int] = {}
        outside = 0
        for audience, counts, number in rows:
            if counts:
                by_audience[audience] = number
            else:
                outside += number
        return MeetingsCount(by_audience, outside)

    async def people(self) -> PeopleCount:
        """Sum the headcounts (row 2); organisations are told apart where row 2.11 lists them."""
        organisation = case(
            (Headcount.category == Category.OTHER, Headcount.organisation), else_=""
        ).label("listed_organisation")
        rows = await self._session.execute(
            select(
                Headcount.category, Meeting.counts_in_form, organisation, func.sum(Headcount.people)
            )
            .join(Meeting, Meeting.id == Headcount.meeting_id)
            .where(self._held)
            .group_by(Headcount.category, Meeting.counts_in_form, "listed_organisation")
        )
        by_category: Counter[Category] = Counter()
        organisations: Counter[str] = Counter()
        elsewhere = 0
        for category, counts, name, people in rows:
            if not counts:
                elsewhere += people
                continue
            by_category[category] += people
            if category is Category.OTHER:
                organisations[name] += people
        return PeopleCount(dict(by_category), _by_name(organisations), elsewhere)

    async def unique_people(self) -> int:
        """Count the different people with a profile behind row 2."""
        came = exists().where(
            RegistrationLine.registration_id == Registration.id,
            RegistrationLine.came > 0,
            RegistrationLine.category.not_in(OUTSIDE_FORM),
        )
        number = await self._session.scalar(
            select(func.count(distinct(Registration.person_id)))
            .join(Meeting, Meeting.id == Registration.meeting_id)
            .where(self._in_form, came)
        )
        return number or 0

    async def attention(self) -> Attention:
        """List what is unconfirmed or without attendance, in the order of time."""
        nobody = ~exists().where(Headcount.meeting_id == Meeting.id)
        rows = await self._session.execute(
            select(Meeting.status, Meeting.title, Meeting.starts_at, Meeting.municipality_id)
            .where(
                self._over,
                Meeting.counts_in_form,
                or_(
                    Meeting.status == MeetingStatus.PUBLISHED,
                    and_(Meeting.status == MeetingStatus.HELD, nobody),
                ),
            )
            .order_by(Meeting.starts_at, Meeting.id)
        )
        named: dict[MeetingStatus, list[MeetingName]] = defaultdict(list)
        for status, title, starts_at, municipality_id in rows:
            place = self._places[municipality_id]
            named[status].append(MeetingName(title, starts_at, place.timezone, place.name))
        return Attention(
            unconfirmed=tuple(named[MeetingStatus.PUBLISHED]),
            without_attendance=tuple(named[MeetingStatus.HELD]),
        )

    async def photo_links(self) -> tuple[str, ...]:
        """List the links to photos (row 3), each once, in the order of time."""
        links = await self._session.scalars(
            select(Meeting.photo_link)
            .where(self._in_form, Meeting.photo_link != "")
            .order_by(Meeting.starts_at, Meeting.id)
        )
        return tuple(dict.fromkeys(links))

    async def proposals(self) -> tuple[tuple[str, str], ...]:
        """List the proposals (row 4) as (municipality, text), by name."""
        rows = await self._session.execute(
            select(AnnualReport.municipality_id, AnnualReport.proposals).where(
                AnnualReport.municipality_id.in_(self._places),
                AnnualReport.year == self._year,
                AnnualReport.proposals != "",
            )
        )
        texts = {municipality_id: text for municipality_id, text in rows}  # noqa: C416
        return tuple(
            (place.name, texts[id_]) for id_, place in self._places.items() if id_ in texts
        )


def _by_name(organisations: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Sum spellings that differ by case, ё or spaces; the one used most gives the name."""
    together: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for name, people in sorted(organisations.items(), key=lambda item: (-item[1], item[0])):
        key = fold(name)
        together[key] += people
        spelling.setdefault(key, name)
    ranked = sorted(together.items(), key=lambda item: (not item[0], -item[1], item[0]))
    return tuple((spelling[key], people) for key, people in ranked)
