"""What stands in the way of a municipality's report of a year: found in its meetings, never kept.

The report's screens, those of the deadlines and what staff are reminded of all read it here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.cleaning import fold
from bot.models import (
    AnnualReport,
    DeadlineMark,
    Feedback,
    FindingAnswer,
    Headcount,
    Meeting,
    Registration,
    RegistrationLine,
)
from bot.rules import Deadline
from bot.services.deadline_facts import Territory
from bot.services.door_groups import OF_GROUP
from bot.services.finding_facts import Finding, FindingKind, FoundMeeting, YearFindings
from bot.services.headcounts import people_at
from bot.vocabulary import DoneWhen, MeetingStatus, RegistrationStatus


async def find_year(
    session: AsyncSession,
    roadmap: Sequence[Deadline],
    territory: Territory,
    year: int,
    now: datetime,
    since: date | None = None,
) -> YearFindings:
    """Find what stands in the way of a year's report, in the caller's transaction.

    Args:
        session: the caller's transaction.
        roadmap: the region's deadlines: «нет» said to the proposals there is an answer here.
        territory: a municipality.
        year: the year.
        now: the current moment; what has not ended by then is in nobody's way.
        since: only meetings from this day on.
    """
    row = await session.scalar(
        select(AnnualReport).where(
            AnnualReport.municipality_id == territory.municipality_id, AnnualReport.year == year
        )
    )
    meetings = await _meetings(session, territory, year, now, since)
    found = list(_of_meetings(meetings, row.photo_folder if row else "", territory))
    written = row is not None and bool(row.proposals or row.proposals_for_region)
    if not written and not await _says_no_proposals(session, roadmap, territory, year):
        found.append(Finding(FindingKind.PROPOSALS))
    answers = (await _answers(session, [territory.municipality_id], year)).get(
        territory.municipality_id, {}
    )
    answered = tuple(
        Finding(each.kind, each.meetings, answers[each.key])
        for each in found
        if each.key in answers
    )
    return YearFindings(
        open=tuple(each for each in found if each.key not in answers),
        answered=answered,
        has_photos=any(each.photo_link for each in meetings if each.status is MeetingStatus.HELD)
        or any(each.kind is FindingKind.PHOTOS for each in answered),
    )


async def find_uncounted(
    session: AsyncSession, over: ColumnElement[bool], places: Collection[int], year: int
) -> dict[int, list[Finding]]:
    """Find what keeps meetings or their people out of the numbers, and nobody has answered.

    The same as `find_year` finds of these kinds, for any number of municipalities by one statement
    that touches no registration.

    Args:
        session: the caller's transaction.
        over: the condition on a meeting that is over, and of the year.
        places: the municipalities.
        year: the year.

    Returns:
        By the municipality's id, in the order of time; only where there is something.
    """
    rows = await session.execute(
        select(
            Meeting.municipality_id,
            Meeting.id,
            Meeting.title,
            Meeting.place,
            Meeting.starts_at,
            Meeting.status,
            Meeting.photo_link,
            literal(0).label("people"),
            literal(0).label("answers"),
            literal(0).label("groups"),
        )
        .where(
            over,
            Meeting.counts_in_form,
            or_(
                Meeting.status == MeetingStatus.PUBLISHED,
                and_(
                    Meeting.status == MeetingStatus.HELD,
                    ~exists().where(Headcount.meeting_id == Meeting.id),
                ),
            ),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    found: Sequence[Any] = rows.all()
    lacking = [(place, FoundMeeting(*said)) for place, *said in found]
    answers = await _answers(session, places, year) if lacking else {}
    uncounted: defaultdict[int, list[Finding]] = defaultdict(list)
    for place, meeting in lacking:
        finding = _uncounted(meeting)
        if finding is not None and finding.key not in answers.get(place, {}):
            uncounted[place].append(finding)
    return dict(uncounted)


async def read_reasons(
    session: AsyncSession, municipality_id: int, year: int, kind: FindingKind
) -> dict[int, str]:
    """Return why findings of a kind that is about one meeting are none, by the meeting's id."""
    answers = (await _answers(session, [municipality_id], year)).get(municipality_id, {})
    named = ((key.partition(":"), answer) for key, answer in answers.items())
    return {int(meeting): answer for (name, _, meeting), answer in named if name == kind}


def is_over(
    municipalities: Iterable[int], timezone: str, since: date | None, year: int, now: datetime
) -> ColumnElement[bool]:
    """Return the condition on a meeting of the form: over, and of a year from `since` on."""
    first, after = rules.whole_year(year).bounds(timezone)
    if since is not None:
        first = datetime.combine(since, time.min, ZoneInfo(timezone))
    return and_(
        Meeting.municipality_id.in_(municipalities),
        Meeting.status.in_((MeetingStatus.PUBLISHED, MeetingStatus.HELD)),
        Meeting.counts_in_form,
        Meeting.starts_at >= first,
        Meeting.starts_at < after,
        Meeting.ends_at <= now,
    )


async def _meetings(
    session: AsyncSession, territory: Territory, year: int, now: datetime, since: date | None
) -> list[FoundMeeting]:
    answers = (
        select(func.count())
        .where(Feedback.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    groups = (
        select(func.count(RegistrationLine.id))
        .join(Registration, Registration.id == RegistrationLine.registration_id)
        .where(
            Registration.meeting_id == Meeting.id,
            OF_GROUP,
            Registration.status == RegistrationStatus.ACTIVE,
            RegistrationLine.came.is_(None),
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    ids = [territory.municipality_id] if territory.municipality_id is not None else []
    rows = await session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.place,
            Meeting.starts_at,
            Meeting.status,
            Meeting.photo_link,
            people_at(),
            answers,
            groups,
        )
        .where(is_over(ids, territory.timezone, since, year, now))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return [FoundMeeting(*row) for row in rows]


def _of_meetings(
    meetings: Sequence[FoundMeeting], folder: str, territory: Territory
) -> Iterator[Finding]:
    held = [each for each in meetings if each.status is MeetingStatus.HELD]
    for each in meetings:
        if uncounted := _uncounted(each):
            yield uncounted
        if each.groups:
            yield Finding(FindingKind.GROUPS, (each,))
        # Of a meeting with nobody marked that is said already.
        if each.answers > each.people > 0:
            yield Finding(FindingKind.FEEDBACK, (each,))
    yield from _duplicates(meetings, territory)
    if not folder:
        yield from (Finding(FindingKind.PHOTOS, (each,)) for each in held if not each.photo_link)


def _uncounted(meeting: FoundMeeting) -> Finding | None:
    if meeting.status is MeetingStatus.PUBLISHED:
        return Finding(FindingKind.UNCONFIRMED, (meeting,))
    return None if meeting.people else Finding(FindingKind.NOBODY, (meeting,))


def _duplicates(meetings: Sequence[FoundMeeting], territory: Territory) -> Iterator[Finding]:
    """Find neighbours in time with the same title, place and day: of three there are two pairs."""
    alike: defaultdict[tuple[str, str, date], list[FoundMeeting]] = defaultdict(list)
    for each in meetings:
        alike[fold(each.title), fold(each.place), territory.day_of(each.starts_at)].append(each)
    for those in alike.values():
        yield from (Finding(FindingKind.DUPLICATES, pair) for pair in pairwise(those))


async def _answers(
    session: AsyncSession, places: Collection[int | None], year: int
) -> dict[int | None, dict[str, str]]:
    """Return why findings are none, by the municipality's id and the finding's key."""
    rows = await session.execute(
        select(FindingAnswer.municipality_id, FindingAnswer.finding, FindingAnswer.answer).where(
            FindingAnswer.municipality_id.in_(places), FindingAnswer.year == year
        )
    )
    answers: defaultdict[int | None, dict[str, str]] = defaultdict(dict)
    for place, finding, answer in rows:
        answers[place][finding] = answer
    return dict(answers)


async def _says_no_proposals(
    session: AsyncSession, roadmap: Sequence[Deadline], territory: Territory, year: int
) -> bool:
    codes = [each.code for each in roadmap if each.done_when is DoneWhen.PROPOSALS]
    said = exists().where(
        DeadlineMark.deadline.in_(codes),
        DeadlineMark.year == year,
        DeadlineMark.territory == territory.key,
    )
    return bool(await session.scalar(select(said)))
