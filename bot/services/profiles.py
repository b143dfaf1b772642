"""What is stored about a person, as they may see it, and what is still to be asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import rules
from bot.models import (
    Feedback,
    Municipality,
    Occupation,
    Person,
    Registration,
    StaffRole,
    TeamMember,
)
from bot.services.access import find_person
from bot.services.core import Account, Core
from bot.vocabulary import Category, Role


class Question(StrEnum):
    """What is still to be asked before somebody can sign up."""

    CONSENT = "consent"
    OCCUPATION = "occupation"
    GRADE = "grade"
    POSITION = "position"
    ORGANISATION = "organisation"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in force, with the name of its municipality where it has one."""

    role: Role
    municipality: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is stored about a person; `comments` are the answers that have words."""

    person_id: int
    name: str
    locale: str
    occupation: str
    occupation_ru: str
    occupation_en: str
    category: Category | None
    organisation: str
    municipality_id: int | None
    municipality: str
    consented_at: datetime
    consent_version: str
    staff_name: str
    staff_phone: str
    roles: tuple[HeldRole, ...]
    next_question: Question | None
    invited_to: str | None
    registrations: int
    on_teams: int
    answers: int
    comments: int


async def get_profile(core: Core, account: Account) -> Profile | None:
    """Return what is stored about a person, None for a stranger."""
    async with core.db.read() as session:
        person = await find_person(session, account)
        if person is None:
            return None
        occupation = await session.scalar(
            select(Occupation).where(Occupation.code == person.occupation)
        )
        municipality = await session.scalar(
            select(Municipality.name).where(Municipality.id == person.municipality_id)
        )
        registrations = await session.scalar(
            select(func.count()).where(Registration.person_id == person.id)
        )
        on_teams = await session.scalar(
            select(func.count()).where(TeamMember.person_id == person.id)
        )
        answers = (
            await session.execute(
                select(func.count(), func.count(func.nullif(Feedback.comment, "")))
                .select_from(Feedback)
                .join(Registration, Registration.id == Feedback.registration_id)
                .where(Registration.person_id == person.id)
            )
        ).one()
        roles = await session.execute(
            select(StaffRole.role, Municipality.name)
            .outerjoin(StaffRole.municipality)
            .where(StaffRole.person_id == person.id, StaffRole.revoked_at.is_(None))
            .order_by(StaffRole.id)
        )
        return Profile(
            person_id=person.id,
            name=person.name,
            locale=person.locale,
            occupation=person.occupation,
            occupation_ru=occupation.name_ru if occupation else "",
            occupation_en=occupation.name_en if occupation else "",
            category=person.category,
            organisation=person.organisation,
            municipality_id=person.municipality_id,
            municipality=municipality or "",
            consented_at=person.consented_at,
            consent_version=person.consent_version,
            staff_name=person.staff_name,
            staff_phone=person.staff_phone,
            roles=tuple(HeldRole(role, place) for role, place in roles),
            next_question=await next_question(session, core, person),
            invited_to=person.invited_to or None,
            registrations=registrations or 0,
            on_teams=on_teams or 0,
            answers=answers[0],
            comments=answers[1],
        )


async def next_question(session: AsyncSession, core: Core, person: Person) -> Question | None:
    """Return what a person is asked next, None once everything is answered."""
    if rules.consent_is_outdated(person.consent_version):
        return Question.CONSENT
    stale = person.grade is not None and rules.grade_is_stale(person.grade_asked_on, core.today())
    if person.profile_done_at is not None:
        return Question.GRADE if stale else None
    return await _next_answer(session, person, grade_is_stale=stale)


async def _next_answer(session: AsyncSession, person: Person, *, grade_is_stale: bool) -> Question:
    occupation = await session.scalar(
        select(Occupation).where(Occupation.code == person.occupation)
    )
    if occupation is None:
        return Question.OCCUPATION
    if "grade" in occupation.asks and (person.grade is None or grade_is_stale):
        return Question.GRADE
    if "position" in occupation.asks and person.category is None:
        return Question.POSITION
    if "organisation" in occupation.asks and not person.organisation:
        return Question.ORGANISATION
    return Question.CONFIRM
