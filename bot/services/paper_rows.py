"""The rows of a list on paper: each line of a registration, with the code that is printed by it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.models import Registration, RegistrationLine
from bot.vocabulary import RegistrationKind, RegistrationStatus


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a registration with the code of its row, as it is stored."""

    code: str
    registration: Registration
    line: RegistrationLine

    @property
    def is_group(self) -> bool:
        """Whether people are counted on the row."""
        return _is_counted(self.registration, self.line)

    @property
    def signed_up(self) -> bool:
        """Whether the registration is active."""
        return self.registration.status is RegistrationStatus.ACTIVE

    @property
    def name(self) -> str | None:
        """The name of the one who signed up, None once they are erased."""
        person = self.registration.person
        return person.name if person else None


async def load_rows(session: AsyncSession, meeting_id: int) -> list[Row]:
    """Return all rows of a meeting, of cancelled and waiting registrations too, with their codes.

    The first row of a group is the first that people are counted on, whoever brings it comes last.
    """
    registrations = await session.scalars(
        select(Registration)
        .where(Registration.meeting_id == meeting_id)
        .options(selectinload(Registration.lines), selectinload(Registration.person))
        .order_by(Registration.id)
    )
    rows = []
    for registration in registrations:
        lines = sorted(
            registration.lines,
            key=lambda line, of=registration: (  # type: ignore[misc]
                not _is_counted(of, line) and of.kind is RegistrationKind.GROUP
            ),
        )
        # Who joined the team left the first row of «Я и ребёнок»: the child's keeps its code.
        personal = registration.kind is RegistrationKind.PERSONAL
        first = 2 if personal and not any(line.is_own for line in lines) else 1
        for number, line in enumerate(lines, start=first):
            code = registration.code if number == 1 else f"{registration.code}.{number}"
            rows.append(Row(code, registration, line))
    return rows


def _is_counted(registration: Registration, line: RegistrationLine) -> bool:
    return registration.kind is RegistrationKind.GROUP and not line.is_own
