"""A report on its way: sent and frozen, accepted or returned, one of several at once wins."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import MovableClock
from bot.deadlines_file import read_deadlines_file
from bot.errors import Forbidden, InvalidInput, NotFound, Refused
from bot.models import (
    AuditEntry,
    DueMessage,
    Headcount,
    Meeting,
    Municipality,
    OrganisationName,
    ReportVersion,
)
from bot.rules import BoardState, DeadlineState
from bot.services import (
    board,
    consent,
    deadline_marks,
    proposals,
    report_scans,
    version_screens,
    version_steps,
)
from bot.services.core import Account, Core
from bot.services.deadline_ledger import Gaps
from bot.services.report_counting import ReportFacts
from bot.services.report_versions import Version
from bot.services.version_facts import ChangedRow
from bot.services.version_steps import Seen
from bot.settings import Settings
from bot.vocabulary import Category, MeetingStatus, ReportStatus, Role, Settled
from tests.services.factory import KRASNOYARSK, give_role, make_meeting, make_region
from tests.services.unguarded import unguarded

COORDINATOR, CURATOR, REGIONAL, SECOND, ADVISER, OTHER = (Account(each) for each in range(2, 8))
LOCAL = ZoneInfo(KRASNOYARSK)
ROADMAP = read_deadlines_file(Settings.model_fields["deadlines_file"].default)
JPEG = b"\xff\xd8\xff\xe0 a picture"
SENT, RETURNED, ACCEPTED = ReportStatus.SENT, ReportStatus.RETURNED, ReportStatus.ACCEPTED


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=LOCAL).astimezone(UTC)


@pytest.fixture
async def place(core: Core, clock: MovableClock) -> int:
    """Ачинск with its staff since March, and the region's; it is 20 December 2026."""
    places = await make_region(core)
    achinsk = places["achinsk"]
    await give_role(core, COORDINATOR.id, Role.COORDINATOR, achinsk)
    await give_role(core, CURATOR.id, Role.CURATOR, achinsk)
    await give_role(core, REGIONAL.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, SECOND.id, Role.REGIONAL_COORDINATOR)
    await give_role(core, ADVISER.id, Role.REGIONAL_CURATOR)
    await give_role(core, OTHER.id, Role.CURATOR, places["kansk"])
    clock.move_to(at(12, 20))
    await _meeting(core, achinsk, at(3, 14), 25)
    return achinsk


@pytest.fixture
def core(core: Core) -> Core:
    """With the roadmap of Krasnoyarsk Krai."""
    return replace(core, deadlines=ROADMAP)


async def _meeting(core: Core, place: int, starts_at: datetime, people: int) -> int:
    meeting_id = await make_meeting(core, place, starts_at=starts_at, status=MeetingStatus.HELD)
    async with core.db.write() as session:
        for category, organisation in ((Category.GRADE_9, ""), (Category.OTHER, "Школа № 3")):
            session.add(
                Headcount(
                    meeting_id=meeting_id,
                    category=category,
                    organisation=organisation,
                    people=people,
                )
            )
    return meeting_id


def _file(facts: ReportFacts) -> bytes:
    return f"{facts.people_in_form} people".encode()


async def send(core: Core, place: int, seen: Seen, account: Account = CURATOR) -> int:
    return await version_steps.send(core, account, place, 2026, seen, _file)


async def last(core: Core, place: int, account: Account = CURATOR) -> Version:
    found = await version_screens.get_sent_report(core, account, place, 2026)
    assert found.last is not None
    return found.last


async def told(core: Core) -> Counter[tuple[str, int]]:
    async with core.db.read() as session:
        rows = await session.execute(select(DueMessage.kind, DueMessage.account_id))
        return Counter((kind.value, account_id) for kind, account_id in rows)


async def test_a_version_is_frozen_and_the_region_hears_of_it(core: Core, place: int) -> None:
    assert await send(core, place, Seen()) == 1
    assert await send(core, place, Seen()) == 1  # the tap that came twice
    version = await last(core, place)
    assert (version.number, version.status, version.sent_by) == (1, SENT, "Мария")
    assert version.form.people_in_form == 50
    assert await version_screens.get_file(core, REGIONAL, version.token) == b"50 people"
    assert await told(core) == {("report_sent", REGIONAL.id): 1, ("report_sent", SECOND.id): 1}
    async with core.db.read() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.action, entry.subject) == ("report.send", f"municipality:{place}")
    assert entry.details == {"year": 2026, "number": 1}


async def test_without_a_coordinator_of_the_region_its_curator_hears(
    core: Core, place: int
) -> None:
    for account in (REGIONAL, SECOND):
        await consent.withdraw_consent(core, account)
    await send(core, place, Seen())
    assert await told(core) == {("report_sent", ADVISER.id): 1}


async def test_nothing_later_changes_a_version(core: Core, place: int) -> None:
    meeting_id = (await _meetings(core))[0]
    await send(core, place, Seen())
    before = await last(core, place)
    async with core.db.write() as session:
        await session.execute(update(Headcount).values(people=1))
        (await session.get_one(Meeting, meeting_id)).photo_link = "https://example.org/1"
        (await session.get_one(Municipality, place)).genitive = "Ачинского округа"
        session.add(
            OrganisationName(
                municipality_id=place,
                name="Школа № 3",
                counted_as="Лицей",
                decided_at=core.clock.now(),
            )
        )
    await proposals.set_proposals(core, COORDINATOR, place, 2026, "Больше экскурсий")
    await consent.withdraw_consent(core, CURATOR)
    found = await version_screens.get_sent_report(core, COORDINATOR, place, 2026)
    assert found.last == before
    assert await version_screens.get_file(core, REGIONAL, before.token) == b"50 people"
    assert found.changed is not None
    assert found.changed.rows[0] == ChangedRow("2.", 50, 2)
    assert found.changed.photo_links
    assert found.changed.proposals
    assert found.changed.organisations


async def _meetings(core: Core) -> list[int]:
    async with core.db.read() as session:
        return list(await session.scalars(select(Meeting.id).order_by(Meeting.id)))


async def test_returned_with_words_sent_again_accepted(core: Core, place: int) -> None:
    await send(core, place, Seen())
    first = await last(core, place)
    with pytest.raises(InvalidInput):
        await version_steps.give_back(core, REGIONAL, first.token, " … ")
    for _ in range(2):  # the second tap changes nothing
        await version_steps.give_back(core, REGIONAL, first.token, "Нет  фото")
    returned = await last(core, place)
    assert (returned.status, returned.comment, returned.decided_by) == (
        *(RETURNED, "Нет фото", "Мария"),
    )
    messages = await told(core)
    assert messages["report_returned", COORDINATOR.id] == 1
    assert messages["report_returned", CURATOR.id] == 1
    await _meeting(core, place, at(5, 1), 5)
    assert await send(core, place, Seen(1, RETURNED), COORDINATOR) == 2
    second = await version_screens.get_version(core, REGIONAL, (await last(core, place)).token)
    assert second.changed is not None
    assert second.changed.rows[:2] == (ChangedRow("1.", 1, 2), ChangedRow("1.1.", 1, 2))
    await version_steps.accept(core, REGIONAL, second.version.token)
    messages = await told(core)
    assert messages["report_accepted", CURATOR.id] == 1
    assert messages["report_accepted", OTHER.id] == 0
    assert (await last(core, place)).status is ACCEPTED
    found = await version_screens.get_sent_report(core, REGIONAL, place, 2026, first.token)
    assert found.opened == replace(returned)  # the first one stays as it was
    assert not found.may_send
    assert not found.may_decide


async def test_who_was_not_first_is_told(core: Core, place: int) -> None:
    await send(core, place, Seen())
    with pytest.raises(Refused) as refused:
        await send(core, place, Seen(), COORDINATOR)
    assert (refused.value.key, refused.value.facts) == (
        "report-sent-meanwhile",
        {"number": 1, "name": "Мария"},
    )
    token = (await last(core, place)).token
    await version_steps.give_back(core, REGIONAL, token, "Нет фото")
    with pytest.raises(Refused, match="report-decided-meanwhile"):
        await send(core, place, Seen(1, SENT))
    with pytest.raises(Refused, match="report-decided-meanwhile"):
        await version_steps.accept(core, SECOND, token)
    with pytest.raises(Refused, match="report-decided-meanwhile"):
        await version_steps.give_back(core, REGIONAL, token, "Другое")
    await send(core, place, Seen(1, RETURNED))
    with pytest.raises(Refused, match="report-sent-meanwhile"):
        await version_steps.accept(core, SECOND, token)


async def test_rights(core: Core, place: int) -> None:
    for stranger in (OTHER, REGIONAL, ADVISER, Account(99)):
        with pytest.raises(Forbidden):
            await send(core, place, Seen(), stranger)
    await send(core, place, Seen())
    token = (await last(core, place)).token
    for stranger in (CURATOR, ADVISER, OTHER):
        with pytest.raises(Forbidden):
            await version_steps.accept(core, stranger, token)
    with pytest.raises(NotFound):
        await version_steps.accept(core, REGIONAL, "nothing")
    for stranger in (OTHER, Account(99)):
        with pytest.raises(Forbidden):
            await version_screens.get_sent_report(core, stranger, place, 2026)
        with pytest.raises(Forbidden):
            await version_screens.get_version(core, stranger, token)
        with pytest.raises(Forbidden):
            await version_screens.get_file(core, stranger, token)
        with pytest.raises(Forbidden):
            await report_scans.get_scan(core, stranger, token)
        with pytest.raises(Forbidden):
            await report_scans.attach_scan(core, stranger, token, JPEG, "Скан")


async def test_the_signed_paper_belongs_to_its_version(core: Core, place: int) -> None:
    await send(core, place, Seen())
    first = await last(core, place)
    with pytest.raises(NotFound):
        await report_scans.get_scan(core, CURATOR, first.token)
    for content, key in (
        (b"MZ a program", "input-scan-strange"),
        (JPEG + bytes(report_scans.LARGEST_SCAN), "input-scan-large"),
    ):
        with pytest.raises(InvalidInput, match=key):
            await report_scans.attach_scan(core, CURATOR, first.token, content, "Скан")
    await report_scans.attach_scan(core, CURATOR, first.token, JPEG, "Скан")
    await report_scans.attach_scan(core, ADVISER, first.token, b"%PDF-1.7", "Скан")
    scan = await report_scans.get_scan(core, COORDINATOR, first.token)
    assert (scan.name, scan.content) == ("Скан.pdf", b"%PDF-1.7")
    await send(core, place, Seen(1, SENT), COORDINATOR)
    found = await version_screens.get_sent_report(core, CURATOR, place, 2026)
    assert [each.has_scan for each in found.versions] == [False, True]


async def state_of(core: Core, place: int, code: str) -> tuple[DeadlineState, bool]:
    found = await deadline_marks.get_deadline(core, COORDINATOR, code, 2026, place)
    return found.facts.state, found.gaps.returned


async def test_a_sent_report_meets_its_deadline_until_it_is_returned(
    core: Core, place: int, clock: MovableClock
) -> None:
    opened, done = (DeadlineState.OPEN, False), (DeadlineState.DONE, False)
    assert await state_of(core, place, "appendix2") == opened
    await send(core, place, Seen())
    assert await state_of(core, place, "appendix2") == done
    found = await deadline_marks.get_deadline(core, COORDINATOR, "appendix2", 2026, place)
    assert not found.may_take_back  # the bot saw it itself
    token = (await last(core, place)).token
    await version_steps.give_back(core, REGIONAL, token, "Нет фото")
    assert await state_of(core, place, "appendix2") == (DeadlineState.OPEN, True)
    clock.move_to(at(12, 28))
    assert await state_of(core, place, "appendix2") == (DeadlineState.LATE, True)
    await deadline_marks.settle(
        core, CURATOR, "appendix2", 2026, place, Settled.BY_LETTER
    )  # on paper after all
    assert await state_of(core, place, "appendix2") == done


async def test_a_word_from_before_does_not_outlive_a_returned_report(
    core: Core, place: int
) -> None:
    await deadline_marks.settle(core, CURATOR, "appendix2", 2026, place, Settled.BY_LETTER)
    await send(core, place, Seen())
    token = (await last(core, place)).token
    await version_steps.give_back(core, REGIONAL, token, "Нет фото")
    assert await state_of(core, place, "appendix2") == (DeadlineState.OPEN, True)
    found = await board.get_board_place(core, REGIONAL, 2026, place)
    assert (found.row.state, found.may_nudge) == (BoardState.RETURNED, True)
    await deadline_marks.settle(core, CURATOR, "appendix2", 2026, place, Settled.BY_LETTER)
    assert await state_of(core, place, "appendix2") == (DeadlineState.DONE, False)
    await version_steps.give_back(core, REGIONAL, token, "Нет фото")  # the same tap once more
    assert await state_of(core, place, "appendix2") == (DeadlineState.DONE, False)


ADDENDUM = next(each.code for each in ROADMAP if each.after == "appendix2")


async def test_the_addendum_asks_for_a_version_after_all_that_was_held(
    core: Core, place: int, clock: MovableClock
) -> None:
    clock.move_to(at(12, 25))
    await send(core, place, Seen())
    await _meeting(core, place, at(12, 27), 3)
    clock.move_to(at(12, 28))
    assert await state_of(core, place, "appendix2") == (DeadlineState.DONE, False)
    assert await state_of(core, place, ADDENDUM) == (DeadlineState.OPEN, False)
    await send(core, place, Seen(1, SENT))
    assert await state_of(core, place, ADDENDUM) == (DeadlineState.DONE, False)
    clock.move_to(at(12, 30))
    await _meeting(core, place, at(12, 29), 100)
    assert await state_of(core, place, ADDENDUM) == (DeadlineState.OPEN, False)
    assert place in (await board.get_board(core, REGIONAL, 2026)).awaited_addenda
    await send(core, place, Seen(2, SENT))
    assert await state_of(core, place, ADDENDUM) == (DeadlineState.DONE, False)
    assert not (await board.get_board(core, REGIONAL, 2026)).awaited_addenda
    token = (await last(core, place)).token
    await version_steps.give_back(core, REGIONAL, token, "Нет фото")
    assert await state_of(core, place, ADDENDUM) == (DeadlineState.OPEN, True)


async def test_what_was_held_after_an_early_report_needs_an_addendum(
    core: Core, place: int, clock: MovableClock
) -> None:
    await make_meeting(core, place, starts_at=at(12, 22))
    await send(core, place, Seen())
    token = (await last(core, place)).token
    await version_steps.accept(core, REGIONAL, token)
    with pytest.raises(NotFound):
        await state_of(core, place, ADDENDUM)
    clock.move_to(at(12, 23))  # the day of the report is still to come
    found = await deadline_marks.get_deadline(core, COORDINATOR, ADDENDUM, 2026, place)
    assert (found.facts.state, found.gaps) == (DeadlineState.OPEN, Gaps(unconfirmed=1))
    assert await state_of(core, place, "appendix2") == (DeadlineState.DONE, False)
    assert (await board.get_board(core, REGIONAL, 2026)).awaited_addenda == {place}
    await send(core, place, Seen(1, ACCEPTED))
    with pytest.raises(NotFound):
        await state_of(core, place, ADDENDUM)
    # What is confirmed after it is in none of its numbers.
    clock.move_to(at(12, 24))
    async with core.db.write() as session:
        confirmed = {"status": MeetingStatus.HELD, "held_at": at(12, 24)}
        unconfirmed = Meeting.status == MeetingStatus.PUBLISHED
        await session.execute(update(Meeting).where(unconfirmed).values(confirmed))
    assert await state_of(core, place, ADDENDUM) == (DeadlineState.OPEN, False)


async def test_a_late_report_is_no_addendum_to_itself(
    core: Core, place: int, clock: MovableClock
) -> None:
    clock.move_to(at(12, 28))
    await send(core, place, Seen())
    with pytest.raises(NotFound):
        await state_of(core, place, ADDENDUM)


async def _rush(core: Core, place: int, token: str) -> tuple[list[str], list[Any]]:
    """Return what came of sending twice and deciding three times, all at once."""
    outcomes = await asyncio.gather(
        send(core, place, Seen(1, SENT), COORDINATOR),
        version_steps.accept(core, REGIONAL, token),
        send(core, place, Seen(1, SENT), CURATOR),
        version_steps.give_back(core, SECOND, token, "Нет фото"),
        version_steps.give_back(core, REGIONAL, token, "Нет предложений"),
        return_exceptions=True,
    )
    async with core.db.read() as session:
        rows = await session.execute(
            select(ReportVersion.number, ReportVersion.status).order_by(ReportVersion.number)
        )
        stored = [f"{number} {status.value}" for number, status in rows]
    return stored, [each for each in outcomes if isinstance(each, BaseException)]


@pytest.fixture
async def token(core: Core, place: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """A version that was sent; from now on a network lies between looking and writing."""
    await send(core, place, Seen())
    token = (await last(core, place)).token
    find = version_steps._find_last

    async def find_slowly(session: AsyncSession, *which: int) -> ReportVersion | None:
        found = await find(session, *which)
        await asyncio.sleep(0.05)
        return found

    monkeypatch.setattr(version_steps, "_find_last", find_slowly)
    return token


async def test_of_all_at_once_one_wins_and_the_others_are_told(
    core: Core, place: int, token: str
) -> None:
    stored, failures = await _rush(core, place, token)
    assert stored in (["1 accepted"], ["1 returned"], ["1 sent", "2 sent"])
    assert [type(each) for each in failures] == [Refused] * 4


async def test_without_the_lock_two_win(
    core: Core, place: int, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_lock(_session: AsyncSession, _municipality_id: int) -> None:
        pass

    monkeypatch.setattr(version_steps, "lock_reports", no_lock)
    async with unguarded(core, monkeypatch) as free:
        _, failures = await _rush(free, place, token)
    refused = [each for each in failures if isinstance(each, Refused)]
    assert len(refused) < 4
