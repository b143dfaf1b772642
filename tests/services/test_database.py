"""What a transaction sees, and what it may do."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.database import Database
from bot.models import Occupation


async def test_a_reading_transaction_sees_one_moment(db: Database) -> None:
    count = select(func.count()).select_from(Occupation)
    async with db.read() as reading:
        before = await reading.scalar(count)
        async with db.write() as writing:
            writing.add(Occupation(code="pupil", position=1, name_ru="Я", name_en="I", asks=[]))
        assert await reading.scalar(count) == before == 0
    async with db.read() as reading:
        assert await reading.scalar(count) == 1


@pytest.mark.postgres
async def test_postgresql_refuses_to_write_where_only_reading_was_asked_for(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    try:
        with pytest.raises(DBAPIError, match="read-only"):
            async with database.read() as session:
                session.add(Occupation(code="x", position=1, name_ru="Я", name_en="I", asks=[]))
        async with database.write() as session:  # the same connection may write again
            session.add(Occupation(code="x", position=1, name_ru="Я", name_en="I", asks=[]))
    finally:
        await database.close()


@pytest.mark.postgres
async def test_postgresql_plans_what_is_read_for_its_own_parameters(postgres_url: str) -> None:
    database = Database(postgres_url)
    planned = text("SHOW plan_cache_mode")
    try:
        async with database.read() as session:
            assert await session.scalar(planned) == "force_custom_plan"
        async with database.write() as session:  # the same connection, where rows are few
            assert await session.scalar(planned) == "auto"
    finally:
        await database.close()


@pytest.mark.postgres
@pytest.mark.parametrize("rest", [0.0, 3600.0])
async def test_a_rested_connection_that_a_server_has_dropped_is_not_used(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, rest: float
) -> None:
    monkeypatch.setattr("bot.database.REST", rest)
    database, other = Database(postgres_url), Database(postgres_url)
    try:
        mine = (await database.ask(text("SELECT pg_backend_pid()")))[0][0]
        await other.ask(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        if rest:  # the control: one that nobody asks is found dead only when it is used
            with pytest.raises(DBAPIError):
                await database.ask(select(1))
        assert (await database.ask(select(1)))[0][0] == 1
    finally:
        await database.close()
        await other.close()
