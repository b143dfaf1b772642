"""The few answers about oneself that a sign-up needs."""

from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cleaning import clean_line
from bot.errors import InvalidInput, NotFound, Refused
from bot.models import (
    NAME_LENGTH,
    ORGANISATION_LENGTH,
    Meeting,
    Municipality,
    Occupation,
    Person,
    Registration,
    StaffRole,
    TeamInvitation,
    TeamMember,
)
from bot.rules import LOWEST_GRADE, category_of_grade, check_grade
from bot.services.access import find_person, get_person
from bot.services.core import Account, Core
from bot.services.profiles import Question, next_question
from bot.vocabulary import Category, MeetingStatus

TEAM_LINK = "h:"
"""Stands before the token where somebody came by an invitation to a team; no token has a colon."""


async def say_occupation(core: Core, account: Account, code: str) -> None:
    """Store who a person is in everyday words, and forget the answers that belonged to another.

    Raises:
        ConsentRequired: they have not agreed.
        NotFound: the list has no such occupation.
    """
    async with core.db.write() as session:
        person = await get_person(session, account)
        occupation = await session.scalar(select(Occupation).where(Occupation.code == code))
        if occupation is None:
            raise NotFound
        person.occupation = code
        person.category = occupation.category
        person.grade = person.grade_asked_on = None
        person.organisation = ""
        person.profile_done_at = None


class GradeOutcome(StrEnum):
    """What becomes of a pupil who said their grade."""

    KEPT = "kept"
    NEEDS_PARENT = "needs_parent"
    BELOW_PROGRAMME = "below_programme"


async def say_grade(core: Core, account: Account, grade: int) -> GradeOutcome:
    """Store a pupil's grade, unless it is too low for the programme or for a consent of one's own.

    Below the operator's consent grade a pupil is signed up by a parent (152-ФЗ; the operator
    decides the grade): a newcomer is then forgotten at once. Whoever has registrations or a role
    stays as they were: it may be a slip, and taking back is their choice.

    Raises:
        ConsentRequired: they have not agreed.
        InvalidInput: no such grade.
    """
    check_grade(grade)
    async with core.db.write() as session:
        person = await get_person(session, account)
        if grade < max(core.consent_min_grade, LOWEST_GRADE):
            if await _is_newcomer(session, person):
                await session.delete(person)
            return (
                GradeOutcome.BELOW_PROGRAMME if grade < LOWEST_GRADE else GradeOutcome.NEEDS_PARENT
            )
        person.grade = grade
        person.category = category_of_grade(grade)
        person.grade_asked_on = core.today()
        if person.profile_done_at is not None:
            person.invited_to = ""  # a known pupil goes on to the meeting from here
    return GradeOutcome.KEPT


async def _is_newcomer(session: AsyncSession, person: Person) -> bool:
    known = or_(
        exists().where(Registration.person_id == person.id),
        exists().where(TeamMember.person_id == person.id),
        exists().where(StaffRole.person_id == person.id),
    )
    return person.profile_done_at is None and not await session.scalar(select(known))


async def say_position(core: Core, account: Account, category: Category) -> None:
    """Store whether somebody from a company heads it or works there (rows 2.3.1 and 2.3.2).

    Raises:
        ConsentRequired: they have not agreed.
        InvalidInput: neither of the two.
    """
    if category not in {Category.HEAD, Category.EMPLOYEE}:
        raise InvalidInput
    async with core.db.write() as session:
        person = await get_person(session, account)
        person.category = category


async def say_organisation(core: Core, account: Account, organisation: str) -> None:
    """Store where a person works, as they wrote it.

    Raises:
        ConsentRequired, InvalidInput: not agreed; empty or too long.
    """
    organisation = clean_line(organisation, ORGANISATION_LENGTH)
    async with core.db.write() as session:
        (await get_person(session, account)).organisation = organisation


SHORTEST_NAME = 2  # letters: people are found at the door by it


async def say_name(core: Core, account: Account, name: str) -> None:
    """Store how a person wants to be called; pupils need no surname.

    Raises:
        ConsentRequired, InvalidInput: not agreed; empty, a single letter, or too long.
    """
    name = clean_line(name, NAME_LENGTH)
    if sum(map(str.isalpha, name)) < SHORTEST_NAME:
        raise InvalidInput("input-name")
    async with core.db.write() as session:
        (await get_person(session, account)).name = name


async def choose_municipality(core: Core, account: Account, municipality_id: int) -> None:
    """Store whose meetings a person wants to see first.

    Raises:
        ConsentRequired: they have not agreed.
        NotFound: no such municipality.
    """
    async with core.db.write() as session:
        person = await get_person(session, account)
        if await session.get(Municipality, municipality_id) is None:
            raise NotFound
        person.municipality_id = municipality_id


async def choose_locale(core: Core, account: Account, locale: str) -> bool:
    """Store a person's language; return False for a stranger, about whom nothing is stored."""
    async with core.db.write() as session:
        person = await find_person(session, account)
        if person is None:
            return False
        person.locale = locale
    return True


async def remember_invitation(core: Core, account: Account, token: str) -> None:
    """Remember the link that brought a person; the municipality of its meeting becomes theirs.

    Does nothing for a stranger and for a link that leads nowhere.

    Args:
        core: what every use case is given.
        account: whom it brought.
        token: of a poster's link; of an invitation to a team after `TEAM_LINK`.
    """
    to_team = token.startswith(TEAM_LINK)
    async with core.db.write() as session:
        person = await find_person(session, account)
        statement = select(Meeting).where(Meeting.status != MeetingStatus.DRAFT)
        if to_team:
            statement = statement.join(TeamInvitation).where(
                TeamInvitation.token == token.removeprefix(TEAM_LINK)
            )
        else:
            statement = statement.where(Meeting.token == token)
        meeting = await session.scalar(statement)
        if person is None or meeting is None:
            return
        person.invited_to = token
        if person.municipality_id is None:
            person.municipality_id = meeting.municipality_id


async def finish_profile(core: Core, account: Account) -> str | None:
    """Close the questions; return the token of the link that the person came by, if any.

    Raises:
        ConsentRequired: they have not agreed.
        Refused: an answer is still missing.
    """
    async with core.db.write() as session:
        person = await get_person(session, account)
        # None: closed before, and looked at again.
        if await next_question(session, core, person) not in {Question.CONFIRM, None}:
            raise Refused("refused-profile-unfinished")
        if not person.name:
            raise Refused("refused-no-name")
        if person.municipality_id is None:
            raise Refused("refused-no-municipality")
        person.profile_done_at = core.clock.now()
        token = person.invited_to or None
        person.invited_to = ""
    return token
