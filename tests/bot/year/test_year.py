"""A year in the life of a region: every message that is due is there exactly once."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.clock import MovableClock
from bot.models import (
    DueMessage,
    Meeting,
    Municipality,
    Registration,
    RegistrationLine,
)
from bot.services import attendance, digest_days, due_messages, feedback, meetings, registrations
from bot.services.core import Account, Core
from bot.services.meeting_draft import MeetingDraft
from bot.vocabulary import Audience, Category, MessageKind, MessageStatus, Mode, Role
from sandbox.client import Person
from tests.bot.conftest import Stage, on_stage
from tests.bot.kill.conftest import COUNTED
from tests.bot.year.almanac import (
    LENGTH,
    YEAR,
    Gathering,
    Guest,
    Said,
    all_digests,
    all_said,
    make_year,
)
from tests.services.factory import give_role, make_person

LONG = bool(os.environ.get("SOAK"))
TOWNS, MEETINGS, PEOPLE = (60, 300, 6000) if LONG else (3, 14, 90)
ELSEWHERE = ("Asia/Irkutsk", "Asia/Novosibirsk")
MINUTE = timedelta(minutes=1)
BEGINS = datetime(YEAR, 1 if LONG else 10, 1, 5, tzinfo=UTC)
ENDS = datetime(YEAR + 1, 1, 20, 12, tzinfo=UTC)

Deed = tuple[datetime, Callable[[], Awaitable[object]]]


class Life:
    """Lets the year happen, moment after moment, each message at its own time."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self.core = stage, stage.core
        self._ids: dict[str, int] = {}
        self._signed: dict[int, int] = {}

    async def live(self, year: list[Gathering]) -> None:
        deeds: list[Deed] = [deed for it in year for deed in self._deeds(it)]
        for moment, deed in sorted(deeds, key=lambda each: each[0]):
            await self._run_to(moment)
            await deed()
            await self._stage.tick()
        await self._run_to(ENDS)

    async def _run_to(self, target: datetime) -> None:
        while (due := await due_messages.next_due_at(self.core)) is not None and due <= target:
            self._stage.clock.move_to(max(due, self._stage.clock.now()))
            await self._stage.tick()
        self._stage.clock.move_to(max(target, self._stage.clock.now()))

    def _deeds(self, it: Gathering) -> list[Deed]:
        staff = Account(it.curator)
        end = it.last_start + LENGTH
        deeds: list[Deed] = [(it.made_at, lambda: self._make(it))]
        for guest in it.guests:
            deeds.append((guest.signed_at, self._sign_up(it, guest)))
            if guest.cancelled_at is not None:
                deeds.append((guest.cancelled_at, self._cancel(guest)))
            elif it.cancelled_at is None:
                deeds.append((end - MINUTE, self._mark(it, guest)))
            if guest.answers_at and it.cancelled_at is None:
                deeds.append((guest.answers_at, self._answer(guest)))
        if it.moved:
            moved_at, start = it.moved
            changes = {"starts_at": start, "ends_at": start + LENGTH}
            deeds.append((moved_at, lambda: self._edit(it, changes)))
        if it.cancelled_at:
            deeds.append((it.cancelled_at, lambda: self._call_off(it)))
        if it.closed_at:
            deeds.append(
                (it.closed_at, lambda: attendance.close_list(self.core, staff, self._ids[it.title]))
            )
        return deeds

    async def _make(self, it: Gathering) -> None:
        draft = MeetingDraft(
            municipality_id=it.town,
            title=it.title,
            starts_at=it.starts_at,
            ends_at=it.starts_at + LENGTH,
            audience=Audience.PARENTS,
            mode=Mode.IN_PERSON,
            place="Библиотека",
            seats=it.seats,
        )
        self._ids[it.title] = await meetings.create_meeting(
            self.core, Account(it.curator), draft, publish=True, token=f"year-{len(self._ids)}"
        )

    async def _edit(self, it: Gathering, changes: dict[str, datetime]) -> None:
        await meetings.edit_meeting(self.core, Account(it.curator), self._ids[it.title], changes)

    async def _call_off(self, it: Gathering) -> None:
        meeting = self._ids[it.title]
        await meetings.cancel_meeting(self.core, Account(it.curator), meeting, "Так вышло")

    def _sign_up(self, it: Gathering, guest: Guest) -> Callable[[], Awaitable[object]]:
        async def sign_up() -> None:
            async with self.core.db.read() as session:
                meeting = await session.get_one(Meeting, self._ids[it.title])
            signed = await registrations.sign_up(self.core, Account(guest.account), meeting.token)
            self._signed[guest.account] = signed.registration_id

        return sign_up

    def _cancel(self, guest: Guest) -> Callable[[], Awaitable[object]]:
        return lambda: registrations.cancel(
            self.core, Account(guest.account), self._signed[guest.account]
        )

    def _mark(self, it: Gathering, guest: Guest) -> Callable[[], Awaitable[object]]:
        async def mark() -> None:
            async with self.core.db.read() as session:
                line = await session.scalar(
                    select(RegistrationLine.id).where(
                        RegistrationLine.registration_id == self._signed[guest.account]
                    )
                )
            assert line is not None
            if guest.comes:
                await attendance.mark(self.core, Account(it.curator), line, came=True)
                return
            async with self.core.db.write() as session:
                await session.execute(
                    update(RegistrationLine)
                    .where(RegistrationLine.id == line)
                    .values(came=0, marked_at=self.core.clock.now())
                )

        return mark

    def _answer(self, guest: Guest) -> Callable[[], Awaitable[object]]:
        return lambda: feedback.rate(
            self.core, Account(guest.account), self._signed[guest.account], 5
        )


async def test_everything_due_is_said_once_to_the_right_person_by_day(
    region_url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_days, "KEPT", ENDS - BEGINS)  # the books of the whole year
    clock = MovableClock(BEGINS, frozen=True)
    async with on_stage(region_url, clock) as stage:
        towns = await _towns(stage.core)
        year = make_year(towns, MEETINGS, PEOPLE, BEGINS.date(), seed=7)
        for it in year:
            it.seats += len(it.guests)  # nobody waits here: the waiting list has its own tests
        people = await _people(stage, year)
        await Life(stage).live(year)
        said = await _said(stage.core)
        expected = all_said(year)
        assert said - expected == Counter(), "said too much"
        assert expected - said == Counter(), "something was not said"
        digests = all_digests(year, BEGINS.date(), ENDS.date())
        assert await _digests(stage.core) == Counter(digests)
        await _check_chats(stage, year, people)
    numbers = f"meetings {len(year):,} · messages {said.total() + len(digests):,} · wrong 0"
    request.node.user_properties.append((COUNTED, numbers))


async def _towns(core: Core) -> dict[int, str]:
    async with core.db.write() as session:
        found = await session.scalars(
            select(Municipality).where(Municipality.valid_until.is_(None)).limit(TOWNS)
        )
        towns = list(found)
        for town, zone in zip(towns, ELSEWHERE, strict=False):
            town.timezone = zone
    return {town.id: town.timezone for town in towns}


async def _people(stage: Stage, year: list[Gathering]) -> dict[int, Person]:
    """Make everybody known to the bot, and the bot to them."""
    staff = {it.curator: it.town for it in year}
    people = {}
    for account in [*staff, *(guest.account for it in year for guest in it.guests)]:
        people[account] = stage.person(user_id=account)
        stage.sandbox.world.users[account].started = True
        await make_person(stage.core, account, category=Category.PARENT)
    for account, town in staff.items():
        await give_role(stage.core, account, Role.CURATOR, town)
    return people


async def _said(core: Core) -> Counter[Said]:
    """Return what was sent, by the bot's own books, but for digests."""
    said: Counter[Said] = Counter()
    async with core.db.read() as session:
        titles = dict((await session.execute(select(Meeting.id, Meeting.title))).all())
        of_registration = dict(
            (await session.execute(select(Registration.id, Registration.meeting_id))).all()
        )
        for row in await session.scalars(
            select(DueMessage).where(
                DueMessage.status == MessageStatus.SENT, DueMessage.kind != MessageKind.DIGEST
            )
        ):
            about, _, number = row.subject.partition(":")
            meeting = int(number) if about == "meeting" else of_registration[int(number)]
            assert row.sent_at is not None
            said[row.account_id, row.kind.value, titles[meeting], row.sent_at] += 1
    return said


async def _digests(core: Core) -> Counter[tuple[int, date]]:
    """Return who got a digest on which day."""
    async with core.db.read() as session:
        return Counter(
            (row.account_id, date.fromisoformat(row.occurrence))
            for row in await session.scalars(
                select(DueMessage).where(
                    DueMessage.status == MessageStatus.SENT, DueMessage.kind == MessageKind.DIGEST
                )
            )
        )


async def _check_chats(stage: Stage, year: list[Gathering], people: dict[int, Person]) -> None:
    """Check the chats themselves: as many messages as the books say, each about one's own."""
    async with stage.core.db.read() as session:
        sent = Counter(
            await session.scalars(
                select(DueMessage.account_id).where(DueMessage.status == MessageStatus.SENT)
            )
        )
    own = defaultdict(list)
    for it in year:
        for account in (it.curator, *(guest.account for guest in it.guests)):
            own[account].append(it)
    awake = {it.curator: it.zone for it in year}
    for account, person in people.items():
        messages = stage.sandbox.world.history(person.chat_id)
        assert len(messages) == sent[account]
        for message in messages:
            text = message.text
            about = [it for it in own[account] if re.search(rf"{it.title}\b", text)]
            assert about or account in awake, f"{account} was told: {text}"
            by_day = 8 <= _local(message.body["date"], own[account][0].zone).hour < 22
            assert by_day or _may_wake(message.body["date"], account, own[account]), text


def _local(date: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(date, UTC).astimezone(zone)


def _may_wake(date: int, account: int, meetings_of: list[Gathering]) -> bool:
    """Whether somebody had just acted themselves, or the news could not wait."""
    at = datetime.fromtimestamp(date, UTC)
    for it in meetings_of:
        for moment in (it.cancelled_at, it.moved and it.moved[0]):
            if moment and timedelta() <= at - moment <= 3 * MINUTE:
                return it.start(moment) - moment <= timedelta(hours=12)
        if any(
            guest.account == account and abs(at - guest.signed_at) < MINUTE for guest in it.guests
        ):
            return True
    return False
