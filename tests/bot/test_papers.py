"""Posters, certificates and portfolios: what is asked, what comes, what is printed in them."""

from datetime import timedelta
from typing import Any

import pytest

from bot import papers
from bot.models import Person
from bot.vocabulary import Category, Mode, Role
from sandbox import client
from sandbox.screen import Screen
from tests.bot.conftest import Stage
from tests.bot.story import dump, municipality, person_of, stored, taps
from tests.bot.test_curator_taps import CURATOR, staff_member
from tests.bot.test_sign_up import TOKEN, known, meeting_of
from tests.services.factory import make_meeting, sign_up_someone

PRINTED = ("poster_png", "poster_pdf", "certificate_pdf", "portfolio_pdf")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was printed; the files are made all the same."""
    seen: list[Any] = []
    for name in PRINTED:
        make = getattr(papers, name)

        def spy(paper: Any, make: Any = make) -> bytes:
            seen.append(paper)
            content: bytes = make(paper)
            return content

        monkeypatch.setattr(papers, name, spy)
    return seen


async def attended(stage: Stage, maria: client.Person, **fields: object) -> int:
    """A meeting that Maria was checked in at, a day ago."""
    meeting = await make_meeting(
        stage.core,
        await municipality(stage.core),
        starts_at=stage.clock.now() - timedelta(days=1),
        **fields,
    )
    person = await person_of(stage.core, maria.id)
    assert person is not None
    await sign_up_someone(stage.core, meeting, person.id, Category.GRADE_9, came=1)
    return meeting


def pdf_of(screen: Screen) -> str:
    assert screen.document is not None
    assert screen.document.data.startswith(b"%PDF-")
    return screen.document.name


async def test_a_certificate_is_printed_with_the_profiles_name(
    stage: Stage, printed: list[Any]
) -> None:
    maria = await known(stage)
    await attended(stage, maria)
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "Инженеры будущего")
    assert maria.screen.labels == ["Получить сертификат", "Открыть встречу", "‹ Назад"]
    await maria.tap("Получить сертификат")
    assert maria.screen.text.startswith("Сертификат участника: как напечатать имя?")
    assert maria.screen.labels == ["Мария", "‹ Назад"]
    await maria.tap("Мария")
    file, screen = maria.messages[-2:]
    assert pdf_of(file) == "Сертификат.pdf"
    assert file.text == "🎓 Сертификат: Инженеры будущего"
    assert screen.text.endswith("✅ Вы были на этой встрече.")
    (paper,) = printed
    assert (paper.heading, paper.name, paper.title, paper.lang) == (
        "Сертификат участника", "Мария", "Инженеры будущего", "ru",
    )  # fmt: skip
    assert paper.facts == (
        ("Дата", "1 марта 2026\u00a0г."),
        ("Продолжительность", "1 ч 30 мин"),
        ("Муниципалитет", "Ачинск"),
    )


async def test_another_name_is_typed_and_not_stored(stage: Stage, printed: list[Any]) -> None:
    maria = await known(stage, name="🌸")
    await attended(stage, maria)
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "Инженеры будущего", "Получить сертификат")
    assert maria.screen.labels == ["‹ Назад"]
    assert maria.screen.text.splitlines()[1] == "Напишите, например, «Мария Иванова»."
    await maria.send("🌸🌸")
    assert maria.messages[-2].text.startswith("Здесь нужны слова или цифры")
    assert maria.screen.labels == ["‹ Назад"]
    await maria.send('Мария  #[*_$"\\ Аэлитова 🌸')
    assert pdf_of(maria.messages[-2]) == "Сертификат.pdf"
    assert printed[0].name == 'Мария #[*_$"\\ Аэлитова'
    assert "Аэлитова" not in await dump(stage.core)
    assert [row.name for row in await stored(stage.core, Person)] == ["🌸"]


async def test_who_was_not_checked_in_is_not_offered_any_paper(stage: Stage) -> None:
    maria = await known(stage)
    await meeting_of(stage)
    await maria.start(f"m_{TOKEN}")
    await maria.tap("Записаться")
    stage.clock.advance(timedelta(days=8))
    await maria.send("/my")
    await maria.tap("Прошедшие встречи")
    assert "Собрать портфолио" not in maria.screen.labels
    await maria.tap("Инженеры будущего")
    assert "Получить сертификат" not in maria.screen.labels


async def test_an_old_button_of_a_mark_that_was_taken_back_refuses(
    stage: Stage, printed: list[Any]
) -> None:
    maria = await known(stage)
    meeting = await attended(stage, maria)
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "Инженеры будущего")
    async with stage.core.db.write() as session:
        from bot.models import Registration

        for registration in await stored(stage.core, Registration):
            assert registration.meeting_id == meeting
            row = await session.get_one(Registration, registration.id)
            (line,) = await row.awaitable_attrs.lines
            line.came = line.marked_at = None
    answer = await maria.tap("Получить сертификат")
    assert answer.show_alert
    assert answer.text.startswith("Сертификат получает тот, чей приход отмечен")
    assert printed == []


async def test_the_question_can_be_left(stage: Stage, printed: list[Any]) -> None:
    maria = await known(stage)
    await attended(stage, maria)
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "Собрать портфолио", "‹ Назад")
    assert maria.screen.text == "Прошедшие встречи"
    await maria.tap("Собрать портфолио")
    await maria.send("/cancel")
    assert "Хорошо, всё осталось как было." in maria.messages[-2].text + maria.screen.text
    assert printed == []


async def test_a_portfolio_has_all_meetings_and_their_sum(stage: Stage, printed: list[Any]) -> None:
    maria = await known(stage)
    await attended(stage, maria)
    await attended(stage, maria, title="Медицина", mode=Mode.ONLINE, place="")
    await maria.send("/my")
    await taps(maria, "Прошедшие встречи", "Собрать портфолио")
    assert maria.screen.text.startswith("Портфолио участника: как напечатать имя?")
    await maria.send("Мария Аэлитова")
    file, screen = maria.messages[-2:]
    assert pdf_of(file) == "Портфолио.pdf"
    assert screen.text == "Прошедшие встречи"
    (paper,) = printed
    assert paper.name == "Мария Аэлитова"
    assert paper.totals == (("Встреч", "2"), ("Всего времени", "3 ч"))
    assert paper.rows == (
        (
            "1 марта 2026\u00a0г.",
            "Инженеры будущего",
            "Центральная библиотека, ул. Ленина, 12, Ачинск",
            "1 ч 30 мин",
        ),
        ("1 марта 2026\u00a0г.", "Медицина", "дистанционно, Ачинск", "1 ч 30 мин"),
    )


async def test_papers_speak_english_to_who_does(stage: Stage, printed: list[Any]) -> None:
    maria = await known(stage, locale="en")
    await attended(stage, maria)
    await maria.send("/my")
    await taps(maria, "Past meetings", "Инженеры будущего", "Get a certificate", "Мария")
    assert pdf_of(maria.messages[-2]) == "Certificate.pdf"
    assert printed[0].heading == "Certificate of Participation"
    assert printed[0].facts[0] == ("Date", "March 1, 2026")


async def test_a_poster_comes_as_a_picture_and_a_file(stage: Stage, printed: list[Any]) -> None:
    curator = await staff_member(stage, "Анна", CURATOR, Role.CURATOR)
    await meeting_of(
        stage, admits=[Category.GRADE_9, Category.PARENT], description="Ответят на вопросы."
    )
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Ещё", "Афиша")
    picture, file, screen = curator.messages[-3:]
    link = f"https://t.me/kras_networking_bot?start=m_{TOKEN}"
    assert picture.photo is not None
    assert picture.photo.data.startswith(b"\x89PNG")
    assert picture.text == f"Афиша для чатов, её можно переслать.\nЗаписаться: {link}"
    assert pdf_of(file) == "Афиша.pdf"
    assert screen.text.startswith("Инженеры будущего")
    paper = printed[0]
    assert printed == [paper, paper]
    assert paper.link == link
    assert paper.description == "Ответят на вопросы."
    assert paper.facts == (
        ("Когда", "Понедельник, 9 марта, 12:00–13:30"),
        ("Где", "Центральная библиотека, ул. Ленина, 12, Ачинск"),
        ("Для кого", "9 классов и родителей"),
    )


async def test_the_poster_of_an_online_meeting_keeps_its_link(
    stage: Stage, printed: list[Any]
) -> None:
    curator = await staff_member(stage, "Анна", CURATOR, Role.CURATOR)
    await meeting_of(stage, mode=Mode.ONLINE, place="", link="https://example.org/secret")
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Ещё", "Афиша")
    assert printed[0].facts[1] == ("Где", "Онлайн, ссылка откроется после записи")
    assert "example.org" not in repr(printed)


async def test_an_old_poster_button_of_a_meeting_that_is_over_refuses(
    stage: Stage, printed: list[Any]
) -> None:
    curator = await staff_member(stage, "Анна", CURATOR, Role.CURATOR)
    await meeting_of(stage)
    await curator.send("/manage")
    await taps(curator, "Инженеры будущего", "Ещё")
    stage.clock.advance(timedelta(days=8))
    answer = await curator.tap("Афиша")
    assert answer.show_alert
    assert answer.text.startswith("Поделиться можно опубликованной встречей")
    assert printed == []
