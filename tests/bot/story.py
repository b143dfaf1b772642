"""Short words for what people do and what is stored, for the tests of conversations."""

from typing import Any, TypeVar

from sqlalchemy import func, select

from bot.models import Base, Feedback, Municipality, Person, Registration, RegistrationLine
from bot.services.core import Core
from bot.vocabulary import RegistrationStatus
from sandbox import client
from sandbox.records import Answer
from tests.bot.conftest import Stage

Row = TypeVar("Row", bound=Base)


async def municipality(core: Core, name: str = "Ачинск") -> int:
    """The id of a municipality of the region file."""
    async with core.db.read() as session:
        found = await session.scalar(select(Municipality.id).where(Municipality.name == name))
    assert found is not None
    return found


async def stored(core: Core, table: type[Row]) -> list[Row]:
    """All rows of a table, oldest first."""
    async with core.db.read() as session:
        return list(await session.scalars(select(table).order_by(*table.__table__.primary_key)))


async def person_of(core: Core, account_id: int) -> Person | None:
    """What is stored about an account."""
    async with core.db.read() as session:
        return await session.scalar(select(Person).where(Person.account_id == account_id))


async def lines_of(core: Core, meeting_id: int) -> list[tuple[str, str, int]]:
    """Category, organisation and seats of everybody who is signed up, in order."""
    async with core.db.read() as session:
        rows = await session.execute(
            select(RegistrationLine.category, RegistrationLine.organisation, RegistrationLine.seats)
            .join(Registration)
            .where(
                Registration.meeting_id == meeting_id,
                Registration.status == RegistrationStatus.ACTIVE,
            )
            .order_by(RegistrationLine.id)
        )
        return [(category.value, organisation, seats) for category, organisation, seats in rows]


async def the_answer(core: Core) -> Feedback:
    """The only answer that is stored."""
    (answer,) = await stored(core, Feedback)
    return answer


async def everything(core: Core, *but: type[Base]) -> dict[str, list[dict[str, Any]]]:
    """The whole database, without conversations, updates and what else is named."""
    skipped = {"dialog_states", "incoming_updates", *(table.__tablename__ for table in but)}
    tables = {}
    async with core.db.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in skipped:
                rows = await session.execute(select(table).order_by(*table.primary_key))
                tables[table.name] = [dict(row) for row in rows.mappings()]
    return tables


async def size_of(core: Core, table: type[Base]) -> int:
    """How many rows a table has."""
    async with core.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def taps(person: client.Person, *labels: str) -> Answer:
    """Tap one button after another; return the last answer."""
    answer = Answer()
    for label in labels:
        answer = await person.tap(label)
    return answer


def texts(person: client.Person) -> str:
    """Everything the bot has said in a chat."""
    return "\n".join(screen.text for screen in person.messages if screen.by_bot)


async def dump(core: Core) -> str:
    """Every value of every table in one text."""
    lines = []
    async with core.db.read() as session:
        for table in Base.metadata.sorted_tables:
            rows = (await session.execute(select(table))).all()
            values = [[str(value) for value in row] for row in rows]
            lines.append(f"{table.name}: {values}")
    return "\n".join(lines)


async def from_poster(person: client.Person) -> None:
    """Open the bot by the link of the poster."""
    await person.start("m_Poster_1-2026")


async def agreed(stage: Stage, name: str = "Мария") -> client.Person:
    """Somebody new who came by the poster and agreed."""
    person = stage.person(name)
    await from_poster(person)
    await person.tap("Даю согласие")
    return person
