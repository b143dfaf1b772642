"""The analysis of a year over a real chat: from the draft, from the deadline, handed in."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from bot.models import AuditEntry, DeadlineMark, Headcount, StaffRole
from bot.services import people
from bot.services.core import Account
from bot.vocabulary import Category, MeetingStatus, Role, Settled
from sandbox.client import Person
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps
from tests.services.factory import give_role, make_meeting, make_person

ANNA, PETR, BOSS = 10, 11, 12
DECEMBER = datetime(2026, 12, 1, 5, tzinfo=UTC)
Hire = Callable[[str, int, Role, int | None], Awaitable[Person]]


@pytest.fixture
def hire(stage: Stage) -> Hire:
    """Somebody of the staff."""

    async def hired(name: str, user_id: int, role: Role, where: int | None) -> Person:
        person = stage.person(name, user_id)
        await make_person(stage.core, user_id, name=name, category=Category.JOB_CENTRE)
        await give_role(stage.core, user_id, role, where)
        return person

    return hired


@pytest.fixture
async def achinsk(stage: Stage) -> int:
    """Ачинск in December; 30 pupils came to a meeting, and one is not confirmed."""
    stage.clock.move_to(DECEMBER)
    place = await municipality(stage.core)
    day = datetime(2026, 3, 14, 8, tzinfo=UTC)
    meeting = await make_meeting(stage.core, place, starts_at=day, status=MeetingStatus.HELD)
    await make_meeting(stage.core, place, starts_at=day)
    async with stage.core.db.write() as session:
        session.add(
            Headcount(meeting_id=meeting, category=Category.GRADE_9, organisation="", people=30)
        )
    return place


async def test_a_curator_makes_it_from_the_draft_and_hands_it_in(
    stage: Stage, achinsk: int, hire: Hire
) -> None:
    anna = await hire("Анна", ANNA, Role.CURATOR, achinsk)
    petr = await hire("Пётр", PETR, Role.COORDINATOR, achinsk)
    for person in (anna, petr):
        await person.send("/report")
        await taps(person, "Отчёт за 2026", "Анализ (PDF)")
        assert person.screen.document is not None
        assert person.screen.document.name == "Анализ — Ачинск — 2026.pdf"
        assert person.screen.document.data.startswith(b"%PDF-")
        assert person.screen.text.splitlines() == [
            "Анализ реализации Проекта · Ачинск · 2026",
            (
                "⚠️ Черновик. Год ещё идёт: посчитаны встречи, которые прошли к "
                "1 декабря 2026\u00a0г. 1 встреча не подтверждена и не посчитана."
            ),
            "",
            "Чтобы числа изменились, поправьте встречи и возьмите файл ещё раз.",
        ]
        assert person.screen.labels == ["Отметить: сдан"]

    assert (await anna.tap("Отметить")).text == "Отмечено"
    assert "✅ сделано · вт, 1 декабря, Анна" in anna.screen.text  # where it can be taken back
    assert "Вернуть" in anna.screen.labels
    (mark,) = await stored(stage.core, DeadlineMark)
    assert (mark.deadline, mark.year, mark.settled) == ("analysis", 2026, Settled.DONE)
    deeds = [each.action for each in await stored(stage.core, AuditEntry)]
    assert deeds == ["deadline.settle"]

    answer = await petr.tap("Отметить")  # one of the two doing a thing does it for both
    assert answer.show_alert
    assert answer.text.startswith("Это уже отмечено (Анна).")
    await petr.send("/report")
    await taps(petr, "Отчёт за 2026", "Анализ (PDF)")
    assert petr.screen.document is not None
    assert petr.screen.labels == []


async def test_the_deadline_leads_to_it(stage: Stage, achinsk: int, hire: Hire) -> None:
    anna = await hire("Анна", ANNA, Role.COORDINATOR, achinsk)
    await anna.send("/deadlines")
    await anna.tap("Анализ года")
    assert anna.screen.labels == ["Анализ (PDF)", "Сделано", "Нет, потому что…", "‹ Назад"]
    await taps(anna, "Анализ (PDF)", "Отметить: сдан")
    assert "✅ сделано · вт, 1 декабря, Анна" in anna.screen.text


async def test_a_year_that_is_over(stage: Stage, achinsk: int, hire: Hire) -> None:
    anna = await hire("Анна", ANNA, Role.COORDINATOR, achinsk)
    stage.clock.move_to(datetime(2027, 2, 1, 5, tzinfo=UTC))
    await anna.send("/report")
    await taps(anna, "Отчёт за 2026", "Анализ (PDF)")
    assert "Год закончился, посчитаны все его встречи." in anna.screen.text


async def test_the_file_is_named_in_the_readers_language(
    stage: Stage, achinsk: int, hire: Hire
) -> None:
    anna = await hire("Anna", ANNA, Role.CURATOR, achinsk)
    await people.choose_locale(stage.core, Account(ANNA), "en")
    await anna.send("/report")
    await taps(anna, "Report for 2026", "Analysis (PDF)")
    assert anna.screen.document is not None
    assert anna.screen.document.name == "Analysis — Ачинск — 2026.pdf"


async def test_the_region_has_one_without_a_deadline(
    stage: Stage, achinsk: int, hire: Hire
) -> None:
    boss = await hire("Ольга", BOSS, Role.REGIONAL_CURATOR, None)
    await boss.send("/report")
    await taps(boss, "Весь край", "Отчёт за 2026", "Анализ (PDF)")
    assert boss.screen.document is not None
    assert boss.screen.document.name == "Анализ — Красноярский край — 2026.pdf"
    assert boss.screen.labels == []


async def test_a_year_without_meetings(stage: Stage, achinsk: int, hire: Hire) -> None:
    kansk = await municipality(stage.core, "Канск")
    petr = await hire("Пётр", PETR, Role.CURATOR, kansk)
    await petr.send("/report")
    await taps(petr, "Отчёт за 2025", "Анализ (PDF)")
    assert petr.screen.document is not None
    assert "В боте нет ни одной встречи этого года" in petr.screen.text
    assert petr.screen.labels == []  # 2025 was over before anybody answered for it


async def test_a_role_that_was_taken_back_hands_nothing_in(
    stage: Stage, achinsk: int, hire: Hire
) -> None:
    anna = await hire("Анна", ANNA, Role.CURATOR, achinsk)
    await anna.send("/report")
    await taps(anna, "Отчёт за 2026", "Анализ (PDF)")
    (role,) = await stored(stage.core, StaffRole)
    async with stage.core.db.write() as session:
        (await session.get_one(StaffRole, role.id)).revoked_at = stage.clock.now()
    assert (await anna.tap("Отметить")).show_alert
    assert await stored(stage.core, DeadlineMark) == []
