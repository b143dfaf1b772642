"""Five years of a whole region, put in by many rows at once."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, text

from benchmarks.databases import postgres_urls, sqlite_urls
from bot.clock import MovableClock
from bot.database import Database
from bot.deadlines_file import read_deadlines_file
from bot.models import (
    Base,
    Headcount,
    Meeting,
    Municipality,
    Person,
    Registration,
    RegistrationLine,
)
from bot.rules import CONSENT_VERSION, ticket_code
from bot.services.core import Core
from bot.services.regions import load_region_once
from bot.settings import Settings
from bot.vocabulary import (
    Audience,
    Category,
    Format,
    MeetingStatus,
    Messenger,
    Mode,
    RegistrationStatus,
)

YEARS = range(2022, 2027)
AT_A_MEETING = 25
_PERSONS_MEETINGS = 10  # in five years
_AT_ONCE = 500  # meetings
_OTHER_ORGANISATIONS = [f"Школа № {number}" for number in range(1, 40)]
_BEGINNING = datetime(2022, 1, 1, tzinfo=UTC)


async def filled_regions(registrations: int, now: datetime) -> AsyncIterator[tuple[str, Core]]:
    """Give a region with so many registrations on SQLite, and on PostgreSQL where one is."""
    settings = Settings.model_fields
    roadmap = tuple(read_deadlines_file(settings["deadlines_file"].default))
    for name, urls in (("SQLite", sqlite_urls), ("PostgreSQL", postgres_urls)):
        async with urls(1) as found:
            for url in found:
                core = Core(Database(url), MovableClock(now, frozen=True), deadlines=roadmap)
                try:
                    await core.db.migrate()
                    await load_region_once(core, settings["region_file"].default)
                    await fill(core, registrations)
                    yield name, core
                finally:
                    await core.db.close()


async def fill(core: Core, registrations: int) -> None:
    """Store so many registrations, marks and headcounts included, on an empty region."""
    chance = random.Random(7)
    people = max(AT_A_MEETING, registrations // _PERSONS_MEETINGS)
    async with core.db.read() as session:
        places = list(await session.scalars(select(Municipality.id)))
    for first in range(0, people, 20_000):
        numbers = range(first, min(first + 20_000, people))
        await _put(core, {Person: [_person(number) for number in numbers]})
    meetings = registrations // AT_A_MEETING
    for first in range(1, meetings + 1, _AT_ONCE):
        rows: dict[type[Base], list[dict[str, Any]]] = {
            Meeting: [],
            Registration: [],
            RegistrationLine: [],
            Headcount: [],
        }
        for number in range(first, min(first + _AT_ONCE, meetings + 1)):
            year = YEARS[(number - 1) * len(YEARS) // meetings]  # stored as the years go by
            _hold(rows, number, chance, year, places[number % len(places)], people)
        await _put(core, rows)
    if not core.db.is_sqlite:  # PostgreSQL does so by itself in the five years that were skipped
        async with core.db.engine.execution_options(
            isolation_level="AUTOCOMMIT"
        ).connect() as server:
            await server.execute(text("VACUUM ANALYZE"))


def _hold(
    rows: dict[type[Base], list[dict[str, Any]]],
    number: int,
    chance: random.Random,
    year: int,
    place: int,
    people: int,
) -> None:
    starts_at = datetime(year, 1, 1, 4, tzinfo=UTC) + timedelta(hours=chance.randrange(8640))
    rows[Meeting].append(
        {
            "id": number,
            "token": f"meeting-{number}",
            "municipality_id": place,
            "status": MeetingStatus.HELD,
            "title": "Инженеры будущего",
            "audience": chance.choice(list(Audience)),
            "counts_in_form": chance.random() < 0.95,
            "format": Format.NETWORKING,
            "mode": Mode.IN_PERSON,
            "photo_link": f"https://disk.yandex.ru/d/{number}" if number % 3 == 0 else "",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=90),
            "created_at": _BEGINNING,
            "held_at": starts_at,
        }
    )
    came: Counter[tuple[Category, str]] = Counter()
    # A meeting is with a few kinds of people: a class, its parents, some employers.
    kinds = chance.sample(list(Category), 5)
    for seat, person in enumerate(chance.sample(range(1, people + 1), AT_A_MEETING), start=1):
        registration = (number - 1) * AT_A_MEETING + seat
        category = chance.choice(kinds)
        organisation = chance.choice(_OTHER_ORGANISATIONS) if category is Category.OTHER else ""
        here = chance.random() < 0.8
        rows[Registration].append(
            {
                "id": registration,
                "token": f"registration-{registration}",
                "meeting_id": number,
                "person_id": person,
                "code": ticket_code(seat),
                "status": RegistrationStatus.ACTIVE,
                "created_at": _BEGINNING,
            }
        )
        rows[RegistrationLine].append(
            {
                "registration_id": registration,
                "category": category,
                "organisation": organisation,
                "is_own": True,
                "came": int(here),
                "marked_at": starts_at,
            }
        )
        came[category, organisation] += here
    rows[Headcount] += [
        {"meeting_id": number, "category": kind, "organisation": whose, "people": number_of_people}
        for (kind, whose), number_of_people in came.items()
        if number_of_people
    ]


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number + 1,
        "messenger": Messenger.TELEGRAM,
        "account_id": 1_000_000 + number,
        "consent_version": CONSENT_VERSION,
        "consented_at": _BEGINNING,
        "created_at": _BEGINNING,
    }


async def _put(core: Core, rows: dict[type[Base], list[dict[str, Any]]]) -> None:
    async with core.db.write() as session:
        for table, values in rows.items():
            await session.execute(insert(table), values)
