"""What a transaction sees, and what it may do."""

import asyncio

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from bot.database import Database
from bot.models import Occupation

COUNT = select(func.count()).select_from(Occupation)


def occupation() -> Occupation:
    return Occupation(code="pupil", position=1, name_ru="Я", name_en="I", asks=[])


async def check_nothing_is_left(db: Database) -> None:
    """Nothing was stored, all connections are back, and the next may write."""
    pool = db.engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedout() == 0
    assert (await db.ask(COUNT))[0][0] == 0
    async with db.write() as session:
        session.add(occupation())
    assert (await db.ask(COUNT))[0][0] == 1


async def test_whoever_is_cancelled_again_and_again_leaves_nothing(db: Database) -> None:
    begun = asyncio.Event()

    async def writing() -> None:
        async with db.write() as session:
            session.add(occupation())
            await session.flush()
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(writing())
    await begun.wait()
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    assert task.cancelled()
    await check_nothing_is_left(db)


async def test_a_commit_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(IntegrityError):
        async with db.write() as session:
            session.add_all([occupation(), occupation()])
    await check_nothing_is_left(db)


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
