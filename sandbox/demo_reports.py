"""What has become of the demo's reports: numbers of earlier years, versions sent and decided on."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.i18n import Texts
from bot.models import AnnualReport, Meeting, Municipality, Person, ReportVersion, StaffRole, WalkIn
from bot.report_forms import report_xlsx
from bot.services import version_notices
from bot.services.core import Account, Core
from bot.services.headcounts import recount
from bot.services.outside import LENGTH
from bot.services.report_counting import count_municipality
from bot.services.version_facts import to_stored
from bot.vocabulary import Category, MeetingStatus, Mode, ReportStatus, Role
from sandbox.demo_cast import ADMIN_ID
from sandbox.demo_guests import new_person
from sandbox.demo_told import ANSWERS, SENT, TOLD, Sent, Told

FIRST_ANSWERING = 400_000
_NUMBERS_OF_LAST_YEAR = ("achinsk", "kansk", "lesosibirsk", "minusinsk", "norilsk")


class Reports:
    """Adds what reports are made of and sent as, the same way every time.

    Args:
        session: of the transaction that fills the demo.
        core: with the region loaded.
        texts: the bot's, for the files of what was sent.
        places: the municipalities by code.
        home: the code of the one that the ready people belong to.
    """

    def __init__(
        self,
        session: AsyncSession,
        core: Core,
        texts: Texts,
        places: Mapping[str, Municipality],
        home: str,
    ) -> None:
        self._session, self._core, self._texts = session, core, texts
        self._places, self._home = places, home
        self._now = core.clock.now()
        self.year = rules.report_years(core.today())[0]
        self.people: dict[int, str] = {}
        self._sent: Counter[tuple[str, int]] = Counter()

    async def add(self, coordinator: Person, region: Person) -> None:
        """Add it all.

        Args:
            coordinator: who sends the reports of the home municipality.
            region: who accepts and returns.
        """
        for told in TOLD:
            await self._tell(told)
        senders = {self._home: coordinator} | self._add_answering()
        self._write_words()
        await self._session.flush()
        for code in _NUMBERS_OF_LAST_YEAR:
            await self._send_last_year(code, senders[code], region)
        for sent in SENT:
            await self._send(sent, senders[sent.municipality], region)

    def _add_answering(self) -> dict[str, Person]:
        senders = {}
        for number, one in enumerate(ANSWERS):
            account_id, place = FIRST_ANSWERING + number, self._places[one.municipality]
            self.people[account_id] = one.name
            senders[one.municipality] = person = new_person(
                self._now,
                account_id,
                one.name,
                Category.OTHER,
                place,
                organisation=f"Администрация {place.genitive}",
                staff_name=one.full_name,
                staff_phone=one.phone,
                staff_consent_version=rules.STAFF_CONSENT_VERSION,
                staff_consent_at=self._now,
            )
            role = StaffRole(
                person=person,
                role=Role.COORDINATOR,
                municipality_id=place.id,
                granted_at=self._now,
                granted_by=ADMIN_ID,
            )
            self._session.add_all([person, role])
        return senders

    def _write_words(self) -> None:
        words = {
            self._home: "Чаще звать недавних выпускников: их слушают охотнее всего.",
            "kansk": "Открыть запись для сельских школ района и помочь им с автобусом.",
            "lesosibirsk": "Больше встреч на предприятиях, меньше в актовых залах.",
            "minusinsk": "Встречи для родителей проводить вечером.",
        }
        self._session.add_all(
            AnnualReport(
                municipality_id=self._places[code].id,
                year=self.year,
                proposals=proposals,
                updated_at=self._now,
            )
            for code, proposals in words.items()
        )

    async def _tell(self, told: Told) -> None:
        place = self._places[told.municipality]
        starts_at = datetime.combine(self._day_of(told), time.min, ZoneInfo(place.timezone))
        meeting = Meeting(
            token=secrets.token_urlsafe(12),
            municipality_id=place.id,
            status=MeetingStatus.HELD,
            outside=True,
            title=told.title,
            audience=told.audience,
            format=told.format,
            mode=Mode.IN_PERSON,
            place=told.place,
            photo_link=told.photo_link,
            starts_at=starts_at,
            ends_at=starts_at + LENGTH,
            created_at=starts_at + timedelta(days=1),
            published_at=starts_at + timedelta(days=1),
            held_at=starts_at + timedelta(days=1),
        )
        self._session.add(meeting)
        await self._session.flush()
        self._session.add_all(
            WalkIn(
                meeting_id=meeting.id,
                category=each.category,
                organisation=each.organisation,
                people=each.people,
                created_at=meeting.created_at,
                created_by=ADMIN_ID,
            )
            for each in told.people
        )
        await self._session.flush()
        await recount(self._session, meeting.id)

    def _day_of(self, told: Told) -> date:
        """Return its day: of the year that reports are about, only days that are over."""
        year = self.year - told.years_ago
        first, last = date(year, 1, 1), min(date(year, 12, 31), self._core.today())
        return first + (last - first) * told.part

    async def _send_last_year(self, code: str, sender: Person, region: Person) -> None:
        last_day = datetime(self.year - 1, 12, 22, 9, tzinfo=ZoneInfo(self._core.timezone))
        version = await self._version(code, self.year - 1, last_day, sender)
        self._decide(version, ReportStatus.ACCEPTED, last_day + timedelta(days=5), region)

    async def _send(self, sent: Sent, sender: Person, region: Person) -> None:
        version = await self._version(sent.municipality, self.year, self._now - sent.ago, sender)
        if sent.decided is not None:
            self._decide(version, sent.status, self._now - sent.decided, region, sent.comment)
        else:
            await version_notices.tell_region(
                self._session, self._core, version, Account(sender.account_id)
            )

    async def _version(
        self, code: str, year: int, sent_at: datetime, sender: Person
    ) -> ReportVersion:
        """Freeze the report as it was counted at that moment."""
        place = self._places[code]
        facts = await count_municipality(self._session, place.id, year, sent_at, sender.id)
        self._sent[code, year] += 1
        version = ReportVersion(
            token=secrets.token_urlsafe(12),
            municipality_id=place.id,
            year=year,
            number=self._sent[code, year],
            status=ReportStatus.SENT,
            facts=to_stored(facts),
            file=await asyncio.to_thread(report_xlsx, self._texts, facts),
            sent_at=sent_at,
            sent_by_id=sender.id,
            sent_by=sender.staff_name,
        )
        self._session.add(version)
        await self._session.flush()
        return version

    def _decide(
        self,
        version: ReportVersion,
        status: ReportStatus,
        decided_at: datetime,
        region: Person,
        comment: str = "",
    ) -> None:
        version.status, version.comment, version.decided_at = status, comment, decided_at
        version.decided_by_id, version.decided_by = region.id, region.staff_name
