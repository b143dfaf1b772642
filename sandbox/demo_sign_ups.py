"""How people come to stand on the lists of the demo: alone, with a class, waiting, in a team."""

import random
import secrets

from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import Meeting, Person, Registration, RegistrationLine, TeamMember
from bot.vocabulary import (
    Category,
    MeetingStatus,
    Offering,
    RegistrationKind,
    RegistrationStatus,
    TeamRole,
)
from sandbox.demo_guests import ORGANISATIONS, answer_of

CLASS_OF = "Школа № 5"


class SignUps:
    """Signs the people of the demo up, the same way every time."""

    def __init__(self, session: AsyncSession, dice: random.Random) -> None:
        self._session, self._dice = session, dice

    async def register(
        self, meeting: Meeting, person: Person, category: Category, *, came: bool
    ) -> Registration:
        """Sign somebody up; some of those who came say how it was."""
        registration = await self._store(
            meeting, person, RegistrationStatus.ACTIVE, [self._own(meeting, category, came=came)]
        )
        if came and meeting.status is MeetingStatus.HELD and self._dice.random() < 0.6:
            self._session.add(answer_of(self._dice, meeting, registration, category))
        return registration

    async def wait(self, meeting: Meeting, person: Person, category: Category) -> None:
        """Put somebody at the end of the waiting list."""
        meeting.waiting_numbers_issued += 1
        await self._store(
            meeting,
            person,
            RegistrationStatus.WAITING,
            [self._own(meeting, category, came=False)],
            waiting_number=meeting.waiting_numbers_issued,
        )

    async def bring(
        self, meeting: Meeting, adult: Person, pupils: tuple[tuple[Category, int], ...]
    ) -> None:
        """Sign a class up, and the teacher who brings it."""
        lines = [self._own(meeting, Category.OTHER, came=False, organisation=CLASS_OF)]
        lines += [
            RegistrationLine(category=grade, organisation=CLASS_OF, seats=seats)
            for grade, seats in pupils
        ]
        await self._store(
            meeting, adult, RegistrationStatus.ACTIVE, lines, kind=RegistrationKind.GROUP
        )

    def join(
        self,
        meeting: Meeting,
        person: Person,
        role: TeamRole,
        offering: Offering | None = None,
        offer: str = "",
    ) -> None:
        """Put somebody on the team, with what they bring."""
        self._session.add(
            TeamMember(
                meeting=meeting,
                person=person,
                role=role,
                offering=offering,
                offer=offer,
                category=person.category,
                organisation=person.organisation,
                joined_at=meeting.created_at,
            )
        )

    def _own(
        self, meeting: Meeting, category: Category, *, came: bool, organisation: str = ""
    ) -> RegistrationLine:
        if category is Category.OTHER and not organisation:
            organisation = self._dice.choice(ORGANISATIONS)
        return RegistrationLine(
            is_own=True,
            category=category,
            organisation=organisation,
            came=1 if came else None,
            marked_at=meeting.starts_at if came else None,
        )

    async def _store(
        self,
        meeting: Meeting,
        person: Person,
        status: RegistrationStatus,
        lines: list[RegistrationLine],
        *,
        kind: RegistrationKind = RegistrationKind.PERSONAL,
        waiting_number: int | None = None,
    ) -> Registration:
        meeting.tickets_issued += 1
        registration = Registration(
            token=secrets.token_urlsafe(12),
            meeting=meeting,
            person=person,
            code=rules.ticket_code(meeting.tickets_issued),
            kind=kind,
            status=status,
            waiting_number=waiting_number,
            created_at=meeting.created_at,
            lines=lines,
        )
        self._session.add(registration)
        await self._session.flush()
        return registration
