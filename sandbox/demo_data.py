"""Filling an empty database of the demo: people, staff, meetings, attendance, answers, reports."""

import random
import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.i18n import Texts
from bot.models import (
    Admission,
    Meeting,
    Municipality,
    Person,
    StaffRole,
    WalkIn,
)
from bot.services import feedback, meeting_schedule, team_notices
from bot.services.core import Account, Core
from bot.services.headcounts import recount
from bot.vocabulary import (
    MUNICIPAL_ROLES,
    Category,
    MeetingStatus,
    Mode,
    Offering,
    Role,
    TeamRole,
)
from sandbox.demo_cast import (
    ADMIN_ID,
    CAST,
    EMPLOYER_ID,
    PUPIL_ID,
    TEACHER_ID,
    VOLUNTEER_ID,
)
from sandbox.demo_guests import NAMES, guests_of, new_person
from sandbox.demo_meetings import MEETINGS, Plan
from sandbox.demo_reports import Reports
from sandbox.demo_sign_ups import SignUps

HOME = "achinsk"
FIRST_STRANGER = 500_000
LENGTH = timedelta(minutes=90)


async def fill(core: Core, texts: Texts) -> dict[int, str]:
    """Fill the database in one transaction, the same way every time.

    Args:
        core: with the region loaded; meetings lie around its clock's today.
        texts: the bot's, for the reports that were sent.

    Returns:
        The strangers: account → name.
    """
    async with core.db.write() as session:
        filling = _Filling(session, core, texts)
        await filling.fill()
    return filling.strangers


class _Filling:
    def __init__(self, session: AsyncSession, core: Core, texts: Texts) -> None:
        self.session, self.core, self.texts = session, core, texts
        self.now = core.clock.now()
        self.dice = random.Random(2026)  # noqa: S311 (a demo, the same every time)
        self.sign_ups = SignUps(session, self.dice)
        self.strangers: dict[int, str] = {}
        self.people: dict[int, Person] = {}
        self.places: dict[str, Municipality] = {}

    async def fill(self) -> None:
        found = await self.session.scalars(select(Municipality))
        self.places = {place.code: place for place in found}
        self._add_cast()
        await self.session.flush()
        self._add_roles()
        for plan in MEETINGS:
            await self._add_meeting(plan)
        reports = Reports(self.session, self.core, self.texts, self.places, HOME)
        await reports.add(
            self.people[self._holder(Role.COORDINATOR)],
            self.people[self._holder(Role.REGIONAL_COORDINATOR)],
        )
        self.strangers |= reports.people

    def _add_cast(self) -> None:
        for member in CAST:
            self.people[member.user_id] = self._person(
                member.user_id,
                member.first_name,
                member.category,
                self.places[HOME],
                occupation=member.occupation,
                organisation=member.organisation,
                staff_name=member.full_name,
                staff_phone=member.phone,
                staff_consent_version=rules.STAFF_CONSENT_VERSION if member.full_name else "",
                staff_consent_at=self.now if member.full_name else None,
            )

    def _holder(self, role: Role) -> int:
        return next(member.user_id for member in CAST if member.role is role)

    def _person(
        self,
        account_id: int,
        name: str,
        category: Category,
        place: Municipality,
        **fields: str | datetime | None,
    ) -> Person:
        person = new_person(self.now, account_id, name, category, place, **fields)
        self.session.add(person)
        return person

    def _add_roles(self) -> None:
        for member in CAST:
            if member.role is not None:
                municipal = member.role in MUNICIPAL_ROLES
                self.session.add(
                    StaffRole(
                        person_id=self.people[member.user_id].id,
                        role=member.role,
                        municipality_id=self.places[HOME].id if municipal else None,
                        granted_at=self.now,
                        granted_by=ADMIN_ID,
                    )
                )

    async def _add_meeting(self, plan: Plan) -> None:
        place = self.places[plan.municipality]
        starts_at = self._start_of(plan, ZoneInfo(place.timezone))
        ends_at = starts_at + LENGTH
        held = plan.confirmed and ends_at < self.now
        status = MeetingStatus.HELD if held else MeetingStatus.PUBLISHED
        if plan.cancelled:
            status = MeetingStatus.CANCELLED
        role = Role.ORGANISER if plan.by_organiser else Role.CURATOR
        creator = self.people[self._holder(role)]
        meeting = Meeting(
            token=secrets.token_urlsafe(12),
            municipality_id=place.id,
            created_by_id=creator.id if plan.municipality == HOME else None,
            status=status,
            title=plan.title,
            description=plan.description,
            audience=plan.audience,
            counts_in_form=plan.counts_in_form,
            format=plan.format,
            mode=plan.mode,
            place=plan.place,
            link="https://example.org/online" if plan.mode is Mode.ONLINE else "",
            photo_link=plan.photo_link,
            note=plan.note,
            starts_at=starts_at,
            ends_at=ends_at,
            seats=plan.seats,
            created_at=min(self.now, starts_at) - timedelta(days=20),
            published_at=min(self.now, starts_at) - timedelta(days=20),
            held_at=ends_at + timedelta(hours=1) if held else None,
            cancelled_at=self.now if plan.cancelled else None,
            cancel_reason=plan.cancelled,
            admits=[Admission(category=category) for category in plan.admits],
        )
        self.session.add(meeting)
        await self.session.flush()
        for index, category in enumerate(guests_of(plan)):
            account_id, name = FIRST_STRANGER + len(self.strangers), self.dice.choice(NAMES)
            self.strangers[account_id] = name
            person = self._person(account_id, name, category, place)
            if index < plan.signed_up - plan.waiting:
                await self.sign_ups.register(meeting, person, category, came=index < plan.came)
            else:
                await self.sign_ups.wait(meeting, person, category)
        if plan.group:
            await self.sign_ups.bring(meeting, self.people[TEACHER_ID], plan.group)
        if plan.speaker:
            self.sign_ups.join(
                meeting, self.people[EMPLOYER_ID], TeamRole.SPEAKER, Offering.TALK, plan.speaker
            )
        if plan.helped:
            self.sign_ups.join(meeting, self.people[VOLUNTEER_ID], TeamRole.HELPER)
        await self._cast_at(plan, meeting)
        self.session.add_all(
            WalkIn(
                meeting_id=meeting.id,
                category=Category.PARENT,
                created_at=starts_at,
                created_by=creator.account_id,
            )
            for _ in range(plan.walk_ins)
        )
        await self.session.flush()
        await recount(self.session, meeting.id)
        if status is MeetingStatus.PUBLISHED and plan.municipality == HOME:
            account = Account(creator.account_id)
            await meeting_schedule.move(self.session, self.core, meeting, [account])
            await team_notices.move_reminders(self.session, self.core, meeting)

    def _start_of(self, plan: Plan, zone: ZoneInfo) -> datetime:
        """Return when a meeting starts; the one under way began at the last full half-hour."""
        now = self.now.astimezone(zone)
        if plan.hour is None:
            return now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
        midnight = datetime.combine(now.date(), datetime.min.time(), zone)
        return midnight + timedelta(days=plan.day, hours=plan.hour)

    async def _cast_at(self, plan: Plan, meeting: Meeting) -> None:
        """The pupil of the cast was at an older meeting and waits to be asked about the last."""
        if plan.with_cast:
            pupil = self.people[PUPIL_ID]
            registration = await self.sign_ups.register(
                meeting, pupil, Category.GRADE_9, came=plan.confirmed
            )
            if not plan.confirmed:
                await feedback.plan_question(self.session, self.core, meeting, registration)
