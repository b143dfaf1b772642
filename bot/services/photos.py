"""Where a year's photos are (row 3): a link with each meeting, or one folder for the whole year."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import AnnualReport, Meeting
from bot.services import audit
from bot.services.core import Account, Core
from bot.services.counting import YearCount
from bot.services.finding_facts import FindingKind
from bot.services.findings import read_reasons
from bot.services.inserting import insert_into
from bot.services.meeting_draft import clean_link
from bot.services.report_place import get_written_place
from bot.services.territories import territory_key


@dataclass(frozen=True, slots=True)
class PhotoMeeting:
    """A meeting of the form.

    Attributes:
        link: to its photos, empty where there is none.
        reason: why there are none, empty where nobody said so or there is a link.
    """

    id: int
    title: str
    starts_at: datetime
    link: str
    reason: str


@dataclass(frozen=True, slots=True)
class YearPhotos:
    """The photos of a year.

    Attributes:
        place: the municipality's name.
        timezone: of the municipality.
        folder: a link to the photos of the whole year, empty where there is none.
        total: meetings that count in the form.
        with_link: how many of them have a link of their own.
        explained: of how many without one it was said why there are no photos.
        meetings: one page of them, those that lack a link first, those explained next.
    """

    place: str
    timezone: str
    folder: str
    total: int
    with_link: int
    explained: int
    meetings: tuple[PhotoMeeting, ...]


async def get_year_photos(
    core: Core, account: Account, municipality_id: int, year: int, page: int, per_page: int
) -> YearPhotos:
    """Return what row 3 of a year is gathered from.

    Args:
        core: what every use case is given.
        account: who asks.
        municipality_id: whose report it is.
        year: the year.
        page: of the meetings, from 0.
        per_page: meetings on a page.

    Raises:
        Forbidden: this account does not write this report.
        Refused: the year lies ahead.
        NotFound: there is no such municipality.
    """
    async with core.db.read() as session:
        _, place = await get_written_place(session, core, account, municipality_id, year)
        in_form = YearCount(session, [place], year, core.clock.now()).in_form
        reasons = await read_reasons(session, municipality_id, year, FindingKind.PHOTOS)
        has_link, is_explained = Meeting.photo_link != "", Meeting.id.in_(reasons)
        numbers = await session.execute(
            select(
                func.count(),
                func.count().filter(has_link),
                func.count().filter(~has_link, is_explained),
            ).where(in_form)
        )
        total, with_link, explained = numbers.one()
        rows = await session.execute(
            select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.photo_link)
            .where(in_form)
            .order_by(has_link, is_explained, Meeting.starts_at, Meeting.id)
            .limit(per_page)
            .offset(page * per_page)
        )
        return YearPhotos(
            place=place.name,
            timezone=place.timezone,
            folder=await _read_folder(session, municipality_id, year),
            total=total,
            with_link=with_link,
            explained=explained,
            meetings=tuple(
                PhotoMeeting(id_, title, starts_at, link, "" if link else reasons.get(id_, ""))
                for id_, title, starts_at, link in rows
            ),
        )


async def get_photo_folder(core: Core, account: Account, municipality_id: int, year: int) -> str:
    """Return the link to the photos of a whole year, empty where there is none.

    Raises:
        Forbidden, Refused, NotFound: as of `get_year_photos`.
    """
    async with core.db.read() as session:
        await get_written_place(session, core, account, municipality_id, year)
        return await _read_folder(session, municipality_id, year)


async def set_photo_folder(
    core: Core, account: Account, municipality_id: int, year: int, link: str
) -> str:
    """Keep where the photos of a whole year are; an empty link takes it away.

    Returns:
        The link as it was stored.

    Raises:
        Forbidden, Refused, NotFound: as of `get_year_photos`.
        InvalidInput: it is no web address.
    """
    link = clean_link(link, otherwise="input-photos") if link else ""
    async with core.db.write() as session:
        await get_written_place(session, core, account, municipality_id, year)
        row = {"municipality_id": municipality_id, "year": year}
        await session.execute(
            insert_into(session, AnnualReport)
            .values(**row, photo_folder=link, updated_at=core.clock.now())
            # `updated_at` says when the proposals were written: a link changes nothing about that.
            .on_conflict_do_update(index_elements=list(row), set_={"photo_folder": link})
        )
        audit.record(
            session, core, account, "report.photos", territory_key(municipality_id), year=year
        )
    return link


async def _read_folder(session: AsyncSession, municipality_id: int, year: int) -> str:
    folder = await session.scalar(
        select(AnnualReport.photo_folder).where(
            AnnualReport.municipality_id == municipality_id, AnnualReport.year == year
        )
    )
    return folder or ""
