"""The whole story over real HTTP: from the administrator's first link to Appendix 2."""

import socket
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.clock import MovableClock
from sandbox import client
from tests.bot.conftest import ADMIN, Stage, on_stage
from tests.bot.story import taps

ZONE = ZoneInfo("Asia/Krasnoyarsk")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in Krasnoyarsk."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


async def join(stage: Stage, person: client.Person, link: str, *answers: str) -> None:
    """Come by a poster's link, agree, answer the questions and sign up."""
    await person.start(link)
    await taps(person, "Даю согласие")
    for answer in answers:
        await person.tap(answer)
    await taps(person, "Да, всё верно", "Записаться")
    assert "Вы записаны" in person.screen.text, person.picture()


async def appoint(admin: client.Person, person: client.Person, role: str) -> None:
    """Give a role by a link, from the administrator's screen to the other's acceptance."""
    await admin.send("/invite")
    await taps(admin, "Пригласить", role)
    await admin.send("ачин")
    await admin.tap("Ачинск")
    invitation = next(
        screen.text for screen in reversed(admin.messages) if "start=i_" in screen.text
    )
    token = invitation.split("start=")[1].split()[0]
    await person.start(token)
    await taps(person, "Принять", "Даю согласие")


def report_of(person: client.Person) -> dict[str, object]:
    """The numbers of the newest xlsx in a chat, by row of the form."""
    document = next(screen for screen in reversed(person.messages) if screen.document).document
    assert document is not None
    content = document.data
    sheet = load_workbook(BytesIO(content), data_only=True).active
    assert sheet is not None
    return {
        str(row[0]): row[3]
        for row in sheet.iter_rows(values_only=True)
        if row[0] and str(row[0])[0].isdigit()
    }


async def live_through(stage: Stage) -> None:
    """Staff is appointed, a meeting made, people come, the report has them."""
    admin, curator, pupil, parent = (
        stage.person("Артём", ADMIN),
        stage.person("Светлана", 20),
        stage.person("Алина", 21),
        stage.person("Елена", 22),
    )
    await admin.start()
    await appoint(admin, curator, "уратор")

    await curator.send("/new")
    await curator.send("Инженеры будущего")
    await curator.send("14.03 в 15")
    await taps(curator, "1 ч 30", "Со школьниками", "Очно")
    await curator.send("Центральная библиотека")
    await curator.send("27 чел")
    await curator.send("Инженер ответит на вопросы.")
    await taps(curator, "Опубликовать", "Поделиться")
    invitation = next(s.text for s in reversed(curator.messages) if "start=m_" in s.text)
    link = invitation.split("start=")[1].split()[0]

    await join(stage, pupil, link, "Ученик", "9 класс")
    await join(stage, parent, link, "Родитель")

    stage.clock.move_to(at(14, 14, 50))
    await curator.send("/manage")
    await taps(curator, "Инженеры", "Отметить")
    await curator.tap("Алина")
    assert "1 из 2" in curator.screen.text
    await curator.tap("Елена")
    assert "2 из 2" in curator.screen.text

    await stage.wait_until(at(14, 17, 30))
    question = next(s for s in reversed(curator.messages) if "состоялась?" in s.text.lower())
    await curator.tap("Состоялась", message=question.message_id)
    await taps(curator, "Да, состоялась", "Нет, не считать")

    await stage.wait_until(at(14, 18, 31))
    assert "Как прошла встреча" in pupil.screen.text
    await taps(pupil, "5 ⭐", "Узнали о профессиях", "Дальше")
    await pupil.send("Хочу строить мосты")
    assert "Спасибо за отзыв" in pupil.screen.text

    await curator.send("/report")
    await taps(curator, "2026", "Файл xlsx")
    rows = report_of(curator)
    assert [rows[n] for n in ("1.", "1.1.", "1.2.", "2.", "2.1.", "2.1.3.", "2.2.")] == [
        1,
        1,
        0,
        2,
        1,
        1,
        1,
    ]


async def test_the_whole_story_on_sqlite_by_polling(stage: Stage) -> None:
    await live_through(stage)


@pytest.fixture
async def by_webhook(database_url: str, clock: MovableClock) -> AsyncIterator[Stage]:
    """The bot by webhook, on both databases; PostgreSQL's is emptied first."""
    from tests.conftest import emptied

    await (await emptied(database_url)).close()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with on_stage(
        database_url,
        clock,
        webhook_url=f"http://127.0.0.1:{port}/telegram",
        webhook_secret="only-between-us",
        webhook_port=port,
    ) as running:
        yield running


async def test_the_story_by_webhook_on_both_databases(by_webhook: Stage) -> None:
    await live_through(by_webhook)


async def test_what_a_participant_sees_of_a_year(stage: Stage) -> None:
    """`/my` before and after, and `/privacy` to the end."""
    assert stage.clock.now() + timedelta(days=1) < at(14, 15)
    await live_through(stage)
    pupil = client.Person(stage.sandbox.world, stage.sandbox.world.users[21])
    await pupil.send("/my")
    assert "никуда не записаны" in pupil.screen.text
    await pupil.tap("Прошедшие")
    assert any("Инженеры будущего" in label for label in pupil.screen.labels)
    await pupil.send("/privacy")
    await taps(pupil, "Отозвать", "Да, стереть")
    assert "данные стёрты" in pupil.screen.text
    curator = client.Person(stage.sandbox.world, stage.sandbox.world.users[20])
    await curator.send("/report")
    await taps(curator, "2026", "Файл xlsx")
    assert report_of(curator)["2.1.3."] == 1
