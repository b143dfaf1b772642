"""A report on its way in the chats: sent, returned with words, sent again, accepted, signed."""

from datetime import UTC, datetime

import pytest

from bot.callbacks import OpenVersion
from bot.models import Headcount, Person, ReportScan, ReportVersion
from bot.services import version_steps
from bot.services.core import Account
from bot.services.version_steps import Seen
from bot.vocabulary import Category, MeetingStatus, ReportStatus, Role
from sandbox import client
from tests.bot.conftest import Stage
from tests.bot.story import municipality, stored, taps, texts
from tests.services.factory import give_role, make_meeting, make_person

ANNA, BOSS, PETR = 10, 11, 12
DECEMBER = datetime(2026, 12, 22, 5, tzinfo=UTC)  # a Tuesday, noon in Krasnoyarsk


async def staff(
    stage: Stage, name: str, user_id: int, role: Role, where: int | None
) -> client.Person:
    person = stage.person(name, user_id)
    await make_person(stage.core, user_id, name=name, category=Category.JOB_CENTRE)
    await give_role(stage.core, user_id, role, where)
    return person


async def hold(stage: Stage, people: int, month: int) -> None:
    """A meeting was held in Ачинск, and so many pupils came."""
    meeting_id = await make_meeting(
        stage.core,
        await municipality(stage.core),
        starts_at=datetime(2026, month, 14, 8, tzinfo=UTC),
        status=MeetingStatus.HELD,
    )
    async with stage.core.db.write() as session:
        session.add(
            Headcount(
                meeting_id=meeting_id, category=Category.GRADE_9, people=people, organisation=""
            )
        )


@pytest.fixture
async def anna(stage: Stage) -> client.Person:
    """The curator of Ачинск, where 25 people came to a meeting; she looks at its report."""
    stage.clock.move_to(DECEMBER)
    await hold(stage, 25, 3)
    person = await staff(stage, "Анна", ANNA, Role.CURATOR, await municipality(stage.core))
    await person.send("/report")
    await taps(person, "Отчёт за 2026", "Отправка и версии")
    return person


@pytest.fixture
async def boss(stage: Stage) -> client.Person:
    """The regional coordinator."""
    person = await staff(stage, "Ольга", BOSS, Role.REGIONAL_COORDINATOR, None)
    await person.start()
    return person


async def test_sent_returned_sent_again_accepted(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    assert anna.screen.text.splitlines() == [
        "Отчёт за 2026 год · Ачинск",
        "Координатору края отчёт ещё не отправляли.",
    ]
    assert anna.screen.labels == ["Отправить координатору", "‹ Назад"]
    await anna.tap("Отправить координатору")
    assert "Встреч 1, участников 25" in anna.screen.text
    assert (await anna.tap("Отправить")).text == "Отправлено: версия 1"
    assert anna.screen.text.splitlines() == [
        "Отчёт за 2026 год · Ачинск",
        "📤 Версия 1 у координатора",
        "Отправлено: вт, 22 декабря, 12:00, Анна",
        "",
        "С тех пор ничего не изменилось.",
    ]

    await stage.tick()
    news = boss.screen
    assert news.text.splitlines()[:3] == [
        "Ачинск: отчёт за 2026 год, версия 1",
        "Отправлено: Анна",
        "Встреч 1, участников 25",
    ]
    assert news.document is not None
    assert news.document.name == "Приложение 2 — Ачинск — 2026 — версия 1.xlsx"
    assert news.document.data[:2] == b"PK"
    await boss.tap("Открыть отчёт")
    assert boss.screen.labels == [
        *("Принять", "Вернуть"),
        *("Файл xlsx", "Приложить скан", "‹ Назад"),
    ]
    assert "📤 Версия 1 ждёт вашего решения" in boss.screen.text
    await boss.tap("Вернуть")
    assert "📤 Версия 1 ждёт вашего решения" in boss.screen.text
    assert "\n\nЧто нужно исправить?" in boss.screen.text
    await boss.send("Нет <фото>, " + "&" * 980)
    await boss.tap("‹ Назад")
    await boss.tap("Вернуть")
    assert "Нет <фото>" in boss.screen.text  # what was typed is still there
    await boss.send("Нет <фото> & предложений")
    assert (await boss.tap("Вернуть с замечанием")).text == "Возвращено"
    assert "↩️ Версию 1 вернули с замечанием" in boss.screen.text
    assert "Принять" not in boss.screen.labels

    await stage.tick()
    assert anna.screen.text.splitlines() == [
        "↩️ Отчёт за 2026 год вернули · Ачинск",
        "Версия 1, координатор: Ольга",
        "",
        "💬 Замечание: Нет <фото> & предложений",
        "",
        "Внесите правки и отправьте отчёт снова.",
    ]
    await hold(stage, 5, 4)
    await anna.tap("Открыть отчёт")
    assert anna.screen.text.splitlines()[-6:] == [
        "С тех пор изменилось:",
        "1. Встречи: 1 → 2",
        "1.1. со школьниками: 1 → 2",
        "2. Участники: 25 → 30",
        "2.1. школьники: 25 → 30",
        "2.1.3. 9 класс: 25 → 30",
    ]
    await anna.tap("‹ Назад")  # to where it is mended
    assert anna.screen.text.startswith("Приложение 2 · Ачинск · 2026")
    await taps(anna, "Отправка и версии", "Отправить новую версию", "Отправить")
    await stage.tick()
    assert "Отличия от версии 1:\n1. Встречи: 1 → 2" in boss.screen.text
    await taps(boss, "Открыть отчёт", "Принять")
    assert "Принять эту версию?" in boss.screen.text
    assert (await boss.tap("Принять")).text == "Принято"
    await stage.tick()
    assert "✅ Отчёт за 2026 год принят · Ачинск" in anna.screen.text

    await anna.tap("Открыть отчёт")
    await anna.tap("Все версии")
    assert anna.screen.labels == [
        "2 · вт 22 дек · принята",
        "1 · вт 22 дек · возвращена",
        "‹ Назад",
    ]
    await anna.tap("1 · вт")
    assert "💬 Замечание: Нет <фото> & предложений" in anna.screen.text
    assert "Отправить новую версию" not in anna.screen.labels
    await anna.tap("Файл xlsx")
    files = [each.document.name for each in anna.messages if each.document]
    assert files == ["Приложение 2 — Ачинск — 2026 — версия 1.xlsx"]


async def test_what_is_lacking_is_mended_before_sending(stage: Stage, anna: client.Person) -> None:
    await anna.tap("Отправить координатору")
    assert "⚠️ До отправки стоит исправить: нет папки с фото, нет предложений" in anna.screen.text
    assert anna.screen.labels == ["Отправить", "Что мешает: 2", "‹ Назад"]
    await taps(anna, "Что мешает: 2", "Без фото: 1", "Инженеры", "Фото нет, потому что…")
    await anna.send("Не снимали")
    await anna.tap("‹ Назад")
    assert anna.screen.labels == ["Написать предложения", "Отвеченные: 1", "‹ Назад"]
    await anna.tap("‹ Назад")
    assert anna.screen.text.startswith("Отправить отчёт за 2026 год · Ачинск?")
    assert anna.screen.labels == ["Отправить", "Что мешает: 1", "‹ Назад"]
    await anna.tap("Отправить")
    assert "📤 Версия 1" in anna.screen.text


async def test_without_a_coordinator_the_sender_is_told(stage: Stage, anna: client.Person) -> None:
    await taps(anna, "Отправить координатору", "Отправить")
    assert "⚠️ Координатора края в боте пока нет: принять отчёт некому." in anna.screen.text
    assert "📤 Версия 1 отправлена и ждёт координатора" in anna.screen.text
    assert "Файл xlsx" in anna.screen.labels
    boss = await staff(stage, "Ольга", BOSS, Role.REGIONAL_COORDINATOR, None)
    await anna.send("/report")
    await taps(anna, "Отчёт за 2026", "Отправка и версии")
    assert "Координатора края" not in anna.screen.text
    assert "📤 Версия 1 у координатора" in anna.screen.text
    await boss.send("/report")  # the report waits for whoever comes
    await taps(boss, "Весь край", "Отчёт за 2026", "Муниципалитеты", "Отправлен", "Ачинск")
    await taps(boss, "Принять или вернуть", "Принять")
    assert "Принять эту версию?" in boss.screen.text


async def test_without_a_coordinator_the_regions_curator_is_not_asked_to_send(
    stage: Stage, anna: client.Person
) -> None:
    await taps(anna, "Отправить координатору", "Отправить", "Отправить новую версию", "Отправить")
    adviser = await staff(stage, "Ия", BOSS, Role.REGIONAL_CURATOR, None)
    await adviser.start()
    await adviser.send("/report")
    await taps(adviser, "Весь край", "Отчёт за 2026", "Муниципалитеты", "Отправлен", "Ачинск")
    await adviser.tap("Версии")
    assert "📤 Версия 2 отправлена и ждёт координатора" in adviser.screen.text
    assert "письмом" not in adviser.screen.text
    await adviser.tap("Все версии")
    assert [each.split(" · ")[-1] for each in adviser.screen.labels[:2]] == [
        *("ждёт координатора", "заменена"),
    ]


async def test_the_deadline_is_met_and_open_again(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    await taps(anna, "Отправить координатору", "Отправить")
    await anna.send("/deadlines")
    line = "✅ Отчёт по Приложению 2, 2026: отправлен координатору · вт, 22 декабря, Анна"
    assert line in anna.screen.text
    (version,) = await stored(stage.core, ReportVersion)
    await version_steps.give_back(stage.core, Account(BOSS), version.token, "Нет фото")
    await anna.send("/deadlines")
    assert "📅 Отчёт по Приложению 2, 2026: пт, 25 декабря · через 3 дня" in anna.screen.text
    await anna.tap("Отчёт по")
    assert "исправленный отчёт (его вернули)" in anna.screen.text


async def test_whoever_was_late_is_told(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    achinsk = await municipality(stage.core)
    petr = Account(PETR)
    await make_person(stage.core, PETR, name="Пётр", category=Category.JOB_CENTRE)
    await give_role(stage.core, PETR, Role.COORDINATOR, achinsk)
    await anna.tap("Отправить координатору")
    await version_steps.send(stage.core, petr, achinsk, 2026, Seen(), lambda _: b"PK")
    answer = await anna.tap("Отправить")
    assert answer.text.startswith("Тем временем отправили версию 1 (Пётр).")
    assert "📤 Версия 1 у координатора" in anna.screen.text  # now she has seen it
    await stage.tick()
    await taps(boss, "Открыть отчёт", "Принять")
    sent = Seen(1, ReportStatus.SENT)
    await version_steps.send(stage.core, petr, achinsk, 2026, sent, lambda _: b"PK")
    answer = await boss.tap("Принять")
    assert answer.text.startswith("Тем временем отправили версию 2 (Пётр).")
    versions = await stored(stage.core, ReportVersion)
    assert [each.status for each in versions] == [ReportStatus.SENT] * 2
    await taps(boss, "‹ Назад", "Все версии")
    assert boss.screen.labels == [
        "2 · вт 22 дек · ждёт вашего решения",
        "1 · вт 22 дек · заменена",
        "‹ Назад",
    ]
    await boss.tap("1 · вт")
    assert "🗄 Версию 1 заменила следующая" in boss.screen.text


async def test_the_signed_paper_is_attached_and_taken(
    stage: Stage, anna: client.Person, boss: client.Person
) -> None:
    await taps(anna, "Отправить координатору", "Отправить", "Приложить скан")
    await anna.send("вот он")
    assert "Это не похоже на скан." in texts(anna)
    await anna.send_document(b"MZ", "scan.exe")
    assert await stored(stage.core, ReportScan) == []
    await anna.send_document(b"%PDF-1.7 signed", "подпись.pdf")
    assert "📎 Подписанный скан приложен" in anna.screen.text
    await stage.tick()
    await taps(boss, "Открыть отчёт", "Скан")
    (scan,) = [each.document for each in boss.messages if each.document][-1:]
    assert scan is not None
    assert scan.data == b"%PDF-1.7 signed"
    assert scan.name == "Скан — Ачинск — 2026 — версия 1.pdf"


async def test_a_photo_is_a_scan_too(stage: Stage, anna: client.Person) -> None:
    await taps(anna, "Отправить координатору", "Отправить", "Приложить скан")
    stage.sandbox.world.send_photo(ANNA, b"\xff\xd8\xff\xc0\0\x0b\x08\0\x09\0\x0c a picture")
    await anna.wait("Подписанный скан приложен")
    (scan,) = await stored(stage.core, ReportScan)
    assert scan.name == "Скан — Ачинск — 2026 — версия 1.jpg"


async def test_a_stranger_gets_nothing_by_a_forged_button(
    stage: Stage, anna: client.Person
) -> None:
    await taps(anna, "Отправить координатору", "Отправить")
    (version,) = await stored(stage.core, ReportVersion)
    kansk = await municipality(stage.core, "Канск")
    olga = await staff(stage, "Ольга", PETR, Role.CURATOR, kansk)
    await olga.send("/start")
    data = OpenVersion(token=version.token).pack()
    await olga.tap_data(data, olga.screen.message_id)
    assert "Ачинск" not in texts(olga)
    assert len(await stored(stage.core, Person)) == 2
