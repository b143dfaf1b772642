"""Migrations on a filled database: up, down and up again, and nothing lost on the way."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Enum, func, inspect, select, text

from bot import database
from bot.database import Database, newest_revision
from bot.errors import StartupError
from bot.i18n import Texts
from bot.models import Base, Headcount, RegistrationLine
from bot.services.core import Core
from bot.services.regions import load_region
from bot.settings import PACKAGE
from bot.vocabulary import Role
from sandbox.demo_data import fill
from tests.services.factory import give_role

REMAKES_MEETINGS = '''
"""A change that SQLite can only make by remaking the table that others hang on."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None


def upgrade() -> None:
    with op.batch_alter_table("meetings", recreate="auto") as table:
        table.alter_column("title", type_=sa.String(200), existing_type=sa.String(120))


def downgrade() -> None:
    with op.batch_alter_table("meetings", recreate="auto") as table:
        table.alter_column("title", type_=sa.String(120), existing_type=sa.String(200))
'''


@pytest.fixture
async def filled(core: Core) -> Core:
    """A database with a year of the demo's rows."""
    await load_region(core, PACKAGE / "data" / "krasnoyarsk-krai.toml")
    await fill(core, Texts())
    await give_role(core, 900, Role.REGIONAL_CURATOR)
    return core


@pytest.fixture
async def next_migration(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """One more migration after the newest, for the time of a test."""
    newest = newest_revision()
    folder = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = REMAKES_MEETINGS.format(newest=newest)
    (folder / "versions" / "9999_remakes_meetings.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    yield
    if await revision(db) != newest:  # the tests of a run share a PostgreSQL database
        await db.migrate_to(newest)


async def revision(db: Database) -> str | None:
    """The revision that the database says it is at."""
    async with db.read() as session:
        return await session.scalar(text("SELECT version_num FROM alembic_version"))


async def sizes(db: Database) -> dict[str, int]:
    """How many rows each table has."""
    async with db.read() as session:
        return {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def tables(db: Database) -> set[str]:
    """The tables that exist."""
    async with db.engine.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_the_migrated_tables_are_those_of_the_models(db: Database) -> None:
    async with db.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


def _values_taken(connection: Connection) -> dict[str, set[str]]:
    """What the CHECKs of the database let into each column of a closed list."""
    taken = {}
    for table in Base.metadata.sorted_tables:
        for check in inspect(connection).get_check_constraints(table.name):
            column = re.match(r"\W*(\w+)\W*(?:::[\w ]+)?\W*(?:=|IN\b)", check["sqltext"])
            name = column[1] if column else ""
            if name in table.columns and isinstance(table.columns[name].type, Enum):
                values = set(re.findall(r"'([^']*)'", check["sqltext"]))
                before = taken.get(f"{table.name}.{name}", set())
                taken[f"{table.name}.{name}"] = max(before, values, key=len)
    return taken


async def test_every_value_of_a_closed_list_can_be_stored(db: Database) -> None:
    """The comparison above does not see CHECKs."""
    async with db.engine.connect() as connection:
        taken = await connection.run_sync(_values_taken)
    wanted = {
        f"{table.name}.{column.name}": set(column.type.enums)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum)
    }
    assert len(wanted) > 10
    assert taken == wanted


async def test_a_filled_database_goes_down_and_up_again(filled: Core) -> None:
    db = filled.db
    before = await sizes(db)
    assert min(before[name] for name in ("meetings", "headcounts", "feedback", "staff_roles")) > 0
    await db.migrate_to("base")
    assert await tables(db) <= {"alembic_version"}
    await db.migrate()
    assert await revision(db) == newest_revision()
    assert set(await sizes(db)) == set(before)
    await db.migrate()


async def test_remaking_a_table_keeps_its_children(filled: Core, next_migration: None) -> None:
    db = filled.db
    before = await sizes(db)
    await db.migrate()
    assert await revision(db) == "9999"
    assert await sizes(db) == before
    await db.migrate_to("0001")
    assert await sizes(db) == before


async def test_with_foreign_keys_on_the_children_would_be_gone(
    filled: Core, next_migration: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what happens without switching the pragma off."""
    db = filled.db
    if not db.is_sqlite:
        pytest.skip("a trap of SQLite alone")
    with monkeypatch.context() as patched:
        patched.setattr(db, "is_sqlite", False)
        await db.migrate_to("head")
    async with db.read() as session:
        for child in (Headcount, RegistrationLine):
            assert await session.scalar(select(func.count()).select_from(child)) == 0


async def test_a_newer_database_is_refused(db: Database) -> None:
    async with db.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9000'"))
    try:
        with pytest.raises(StartupError, match="newer than this program's"):
            await db.migrate()
    finally:
        async with db.write() as session:
            await session.execute(
                text("UPDATE alembic_version SET version_num = :newest"),
                {"newest": newest_revision()},
            )


async def opened_and_migrated(url: str) -> None:
    """Open a database as the program does at its start."""
    opened = Database(url)
    try:
        await opened.migrate()
    finally:
        await opened.close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x/y",
        "nonsense",
        "sqlite:///plain.sqlite3",
        "postgresql+asyncpg://nobody@127.0.0.1:1/none",
        "sqlite+aiosqlite:////proc/none/bot.sqlite3",
    ],
)
async def test_an_unusable_address_is_one_clear_line(url: str) -> None:
    with pytest.raises(StartupError) as told:
        await opened_and_migrated(url)
    assert str(told.value).startswith("DATABASE_URL: ")
    assert "\n" not in str(told.value)
