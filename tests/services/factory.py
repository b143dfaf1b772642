"""Rows for tests, as short as a test can say them."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.models import (
    Admission,
    Headcount,
    Meeting,
    Municipality,
    Occupation,
    Person,
    Region,
    Registration,
    RegistrationLine,
    ReportVersion,
    StaffRole,
)
from bot.rules import CONSENT_VERSION, ticket_code
from bot.services.core import Account, Core
from bot.services.report_counting import FormFacts
from bot.services.version_facts import to_stored
from bot.vocabulary import (
    Audience,
    Category,
    Format,
    MeetingStatus,
    Messenger,
    Mode,
    MunicipalityKind,
    RegistrationStatus,
    ReportStatus,
    Role,
)

KRASNOYARSK = "Asia/Krasnoyarsk"


async def make_region(core: Core) -> dict[str, int]:
    """Store the region with Ачинск, Ачинский район and Канск; return their ids by code."""
    async with core.db.write() as session:
        region = Region(
            code="krai",
            name="Красноярский край",
            name_en="Krasnoyarsk Krai",
            genitive="Красноярского края",
            timezone=KRASNOYARSK,
        )
        session.add(region)
        await session.flush()
        rows = [
            ("achinsk", "Ачинск", "города Ачинска", MunicipalityKind.CITY_OKRUG),
            ("achinsky", "Ачинский район", "Ачинского района", MunicipalityKind.MUNICIPAL_DISTRICT),
            ("kansk", "Канск", "города Канска", MunicipalityKind.CITY_OKRUG),
        ]
        stored = [
            Municipality(
                region_id=region.id,
                code=code,
                name=name,
                genitive=genitive,
                kind=kind,
                timezone=KRASNOYARSK,
            )
            for code, name, genitive, kind in rows
        ]
        session.add_all(stored)
        session.add_all(
            [
                Occupation(
                    code="pupil",
                    position=1,
                    name_ru="Ученик",
                    name_en="Student",
                    category=None,
                    asks=["grade"],
                ),
                Occupation(
                    code="parent",
                    position=2,
                    name_ru="Родитель",
                    name_en="Parent",
                    category=Category.PARENT,
                    asks=[],
                ),
                Occupation(
                    code="teacher",
                    position=3,
                    name_ru="Учитель",
                    name_en="Teacher",
                    category=Category.OTHER,
                    asks=["organisation"],
                ),
                Occupation(
                    code="employer",
                    position=4,
                    name_ru="Работодатель",
                    name_en="Employer",
                    category=None,
                    asks=["position", "organisation"],
                ),
            ]
        )
        await session.flush()
        return {municipality.code: municipality.id for municipality in stored}


async def make_person(
    core: Core,
    account_id: int,
    *,
    name: str = "Мария",
    category: Category | None = Category.GRADE_9,
    municipality_id: int | None = None,
    **fields: Any,
) -> int:
    """Store somebody who agreed and answered all questions; return their id."""
    now = core.clock.now()
    defaults: dict[str, Any] = {
        "locale": "ru",
        "organisation": "",
        "grade": category.grade if category else None,
        "grade_asked_on": now.date() if category and category.grade else None,
        "profile_done_at": now,
        "consent_version": CONSENT_VERSION,
        "consented_at": now,
        "created_at": now,
    }
    async with core.db.write() as session:
        person = Person(
            messenger=Messenger.TELEGRAM,
            account_id=account_id,
            name=name,
            category=category,
            municipality_id=municipality_id,
            **(defaults | fields),
        )
        session.add(person)
        await session.flush()
        return person.id


async def give_role(
    core: Core, account_id: int, role: Role, municipality_id: int | None = None
) -> int:
    """Give a stored person a role; make the person when there is none; return the role's id."""
    async with core.db.read() as session:
        from bot.services.access import find_person

        person = await find_person(session, Account(account_id))
    person_id = (
        person.id if person else await make_person(core, account_id, category=Category.JOB_CENTRE)
    )
    async with core.db.write() as session:
        row = StaffRole(
            person_id=person_id,
            role=role,
            municipality_id=municipality_id,
            granted_at=core.clock.now(),
            granted_by=1,
        )
        session.add(row)
        await session.flush()
        return row.id


async def make_meeting(
    core: Core,
    municipality_id: int,
    *,
    starts_at: datetime | None = None,
    seats: int | None = 40,
    status: MeetingStatus = MeetingStatus.PUBLISHED,
    admits: Iterable[Category] = (),
    created_by_id: int | None = None,
    **fields: Any,
) -> int:
    """Store a meeting, by default published and in a week; return its id."""
    now = core.clock.now()
    starts_at = starts_at or now + timedelta(days=7)
    defaults: dict[str, Any] = {
        "token": secrets.token_urlsafe(12),
        "title": "Инженеры будущего",
        "audience": Audience.STUDENTS,
        "format": Format.NETWORKING,
        "mode": Mode.IN_PERSON,
        "place": "Центральная библиотека, ул. Ленина, 12",
        "ends_at": starts_at + timedelta(minutes=90),
        "created_at": now,
        "published_at": None if status is MeetingStatus.DRAFT else now,
        "held_at": now if status is MeetingStatus.HELD else None,
        "cancelled_at": now if status is MeetingStatus.CANCELLED else None,
    }
    async with core.db.write() as session:
        meeting = Meeting(
            municipality_id=municipality_id,
            starts_at=starts_at,
            seats=seats,
            status=status,
            created_by_id=created_by_id,
            admits=[Admission(category=category) for category in admits],
            **(defaults | fields),
        )
        session.add(meeting)
        await session.flush()
        return meeting.id


async def make_held_meeting(
    core: Core,
    municipality_id: int,
    came: Mapping[Category | str, int],
    *,
    starts_at: datetime | None = None,
    **fields: Any,
) -> int:
    """Store a meeting that was held, by default yesterday, with its headcounts; return its id.

    A name among those who came is an organisation of row 2.11.
    """
    meeting_id = await make_meeting(
        core,
        municipality_id,
        starts_at=starts_at or core.clock.now() - timedelta(days=1),
        status=MeetingStatus.HELD,
        **fields,
    )
    async with core.db.write() as session:
        session.add_all(
            Headcount(
                meeting_id=meeting_id,
                category=who if isinstance(who, Category) else Category.OTHER,
                organisation="" if isinstance(who, Category) else who,
                people=people,
            )
            for who, people in came.items()
        )
    return meeting_id


async def sign_up_someone(
    core: Core,
    meeting_id: int,
    person_id: int | None,
    *categories: Category,
    came: int | None = None,
    organisation: str = "",
) -> int:
    """Store an active registration with a line per category, headcounts aside; return its id."""
    now = core.clock.now()
    async with core.db.write() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.tickets_issued += 1
        registration = Registration(
            token=secrets.token_urlsafe(12),
            meeting_id=meeting_id,
            person_id=person_id,
            code=ticket_code(meeting.tickets_issued),
            status=RegistrationStatus.ACTIVE,
            created_at=now,
            lines=[
                RegistrationLine(
                    is_own=number == 0,
                    category=category,
                    organisation=organisation,
                    came=came,
                    marked_at=None if came is None else now,
                )
                for number, category in enumerate(categories)
            ],
        )
        session.add(registration)
        await session.flush()
        return registration.id


async def make_version(
    core: Core,
    municipality_id: int,
    form: FormFacts,
    *,
    number: int = 1,
    status: ReportStatus = ReportStatus.SENT,
    **fields: Any,
) -> int:
    """Store a version of a report, sent now; return its id."""
    now = core.clock.now()
    defaults: dict[str, Any] = {
        "token": secrets.token_urlsafe(12),
        "file": b"PK",
        "sent_at": now,
        "decided_at": None if status is ReportStatus.SENT else now,
    }
    async with core.db.write() as session:
        version = ReportVersion(
            municipality_id=municipality_id,
            year=form.year,
            number=number,
            status=status,
            facts=to_stored(form),
            **(defaults | fields),
        )
        session.add(version)
        await session.flush()
        return version.id
