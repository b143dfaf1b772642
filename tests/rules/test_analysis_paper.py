"""The analysis of a year as a document: the regulation's words, honest gaps, any text as text."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import papers
from bot.analysis_paper import AnalysisPaper, Links
from bot.cleaning import clean_text
from bot.errors import InvalidInput
from bot.handlers.coordinator.analysis_words import make_analysis, state_of_data, to_paper
from bot.i18n import Speech, Texts
from bot.papers import TEMPLATES, printable
from bot.regulation import GOAL, RESULTS, TASKS
from bot.services.analysis import Opinions, Reach, YearAnalysis
from bot.services.analysis_counting import Triangle
from bot.services.counted import Attention, MeetingName, MeetingsCount, PeopleCount
from bot.services.report_counting import ReportFacts
from bot.services.signatures import SignatureFacts
from bot.services.statistic_facts import Month, Rated, Ratings, Visits
from bot.services.year_feedback import FormatRating
from bot.themes import Theme
from bot.vocabulary import Audience, Category, Format

NOW = datetime(2026, 12, 10, 5, tzinfo=UTC)
HOSTILE = '#panic("!") #[*_$`<@"\\ //\n= Раздел\n```raw```'
REPORT = ReportFacts(
    name="Ачинск",
    genitive="города Ачинска",
    year=2026,
    meetings=MeetingsCount({Audience.STUDENTS: 9, Audience.PARENTS: 3}, 1),
    people=PeopleCount(dict.fromkeys(Category, 5), (("Газета", 3), ("", 2)), 30),
    photo_links=("https://disk.yandex.ru/d/mosty",),
    proposals="Проводить встречи летом.",
    coordinator=SignatureFacts("Иванова Мария Петровна", "+7 391 123-45-67"),
    municipality_id=1,
    timezone="Asia/Krasnoyarsk",
    attention=Attention((), ()),
    unique_people=40,
    made_at=NOW,
)
YEAR = YearAnalysis(
    report=REPORT,
    months=tuple(Month(date(2026, month, 1), month % 3, month % 3 * 20) for month in range(1, 13)),
    visits=Visits(20, 15, 5),
    triangle=Triangle(4, 5),
    formats=((Format.NETWORKING, 8), (Format.EXCURSION, 4)),
    venues=6,
    organisations=17,
    speakers=9,
    opinions=Opinions(
        Ratings(15, (0, 1, 2, 4, 8), {Format.NETWORKING: Rated(4.0, 15)}, None),
        (FormatRating(Format.EXCURSION, 8, 4.9), FormatRating(Format.NETWORKING, 7, 4.2)),
        {Audience.STUDENTS: Rated(4.5, 10)},
        (("professions", 9), ("people", 7)),
        12,
        (Theme(("экскурсия", "экскурсии"), 6),),
    ),
    reach=None,
    photo_links=(("Ачинск", REPORT.photo_links),),
)
NOTHING = replace(
    YEAR,
    report=replace(
        REPORT,
        meetings=MeetingsCount({}, 0),
        people=PeopleCount({}, (), 0),
        photo_links=(),
        proposals="",
        coordinator=None,
        unique_people=0,
    ),
    months=tuple(replace(month, meetings=0, people=0) for month in YEAR.months),
    visits=Visits(0, 0, 0),
    triangle=Triangle(0, 0),
    formats=(),
    opinions=Opinions(Ratings(0, (), {}, None), (), {}, (), 0, ()),
    photo_links=(),
)
SECTIONS = [
    "Задачи Проекта (пункт 3.2 Положения)",
    "Ожидаемые результаты Проекта (пункты 8.1–8.6 Положения)",
    "Числа по форме Приложения 2",
    "Что говорили люди",
    "Предложения по модернизации проекта",
    "Год в картинках",
]


@pytest.fixture(scope="module")
def tr() -> Speech:
    return Texts().speak("ru", NOW, "Asia/Krasnoyarsk")


@pytest.fixture(scope="module")
def paper(tr: Speech) -> AnalysisPaper:
    return to_paper(tr, YEAR)


def found(paper: AnalysisPaper, selector: str) -> list[dict[str, Any]]:
    """What Typst made of the document: its headings, its formulas."""
    answer = typst.query(
        TEMPLATES / "analysis.typ",
        selector,
        sys_inputs={"data": json.dumps(papers._printable(asdict(paper)))},
        ignore_system_fonts=True,
    )
    return list(json.loads(answer))


def test_it_goes_by_the_words_of_the_regulation(paper: AnalysisPaper) -> None:
    assert paper.goal[1] == GOAL
    tasks, results = paper.chapters
    assert [point.quote for point in tasks.points] == [*TASKS]
    assert {point.number: point.quote for point in results.points} == RESULTS
    assert paper.subtitle == "на территории города Ачинска, 2026 год"
    handbook = tasks.points[-1]
    assert (handbook.said, handbook.silent[:24]) == ((), "Данных об этом в боте не")
    assert tasks.points[0].said == (
        (
            "Встречи, на которых были и школьники, и родители, и работодатели: 4 из 12. "
            "Ещё на 5 были две стороны из трёх."
        ),
        "После встреч полезным отметили: «Знакомства и разговоры»\u00a0—\u00a07.",
    )
    assert all(point.said or point.silent for point in (*tasks.points, *results.points))


def test_the_form_is_that_of_the_report(paper: AnalysisPaper) -> None:
    rows = {row.number: row for row in paper.form.rows}
    assert (rows["1."].value, rows["2."].value, rows["2.1.1."].value) == ("12", "80", "5")
    assert rows["2.11."].words == ("Газета — 3; организация не указана — 2",)
    assert rows["3."].words == ("https://disk.yandex.ru/d/mosty",)
    assert rows["4."].words == ("Текст — в разделе 5.",)
    assert SECTIONS[4] == paper.proposals[0]
    assert paper.photos == ("Ссылки на фотографии", ())
    assert paper.proposals == ("Предложения по модернизации проекта", "Проводить встречи летом.")
    assert [line.name for line in paper.signatures] == ["Иванова Мария Петровна", ""]
    assert len(paper.pictures[1]) == 3


def test_the_region_says_how_many_took_part(tr: Speech) -> None:
    region = replace(YEAR, report=replace(REPORT, municipality_id=None), reach=Reach(31, 61))
    shown = to_paper(tr, region)
    assert shown.chapters[1].points[0].said[0] == ("Муниципалитеты, где прошли встречи: 31 из 61.")
    assert shown.basis.endswith("раздел 8 «Контроль реализации проекта»")


def test_links_that_would_fill_pages_stand_at_the_end(tr: Speech) -> None:
    links = tuple(f"https://disk.yandex.ru/d/{number}" for number in range(4))
    shown = to_paper(tr, _with_links(replace(REPORT, photo_links=links), (("Ачинск", links),)))
    (row,) = (row for row in shown.form.rows if row.number == "3.")
    assert row.words == ("Ссылки: 4. Все они — в конце документа.",)
    assert shown.photos[1] == (Links("Ачинск", links),)
    assert [each["dest"] for each in found(shown, "link")] == [*links]


def test_the_region_names_the_links_of_its_municipalities(tr: Speech) -> None:
    people = replace(REPORT.people, other_organisations=())
    region = replace(REPORT, municipality_id=None, photo_links=(), people=people)
    links = (("Ачинск", ("https://a.ru/1",)), ("Канск", ("https://a.ru/2", "https://a.ru/3")))
    shown = to_paper(tr, _with_links(region, links))
    rows = {row.number: row for row in shown.form.rows}
    assert rows["3."].words == ("Ссылки: 3. Все они — в конце документа.",)
    assert rows["2.11."].words == ("Разные организации: 17. Их названия — в сводном отчёте.",)
    assert [(place.name, place.links) for place in shown.photos[1]] == [*links]


def test_an_address_can_be_tapped_and_copied(tr: Speech) -> None:
    address = "https://cloud.mail.ru/public/" + "w" * 300
    said = f"Альбом: {address}. Ещё — {'щ' * 100}"
    shown = to_paper(tr, _with_links(replace(REPORT, photo_links=(), proposals=said), ()))
    (link,) = found(shown, "link")
    assert (link["dest"], link["body"]["text"]) == (address, address)


def _with_links(
    report: ReportFacts, links: tuple[tuple[str, tuple[str, ...]], ...]
) -> YearAnalysis:
    return replace(YEAR, report=report, photo_links=links)


def test_it_says_of_which_data_it_is_made(tr: Speech) -> None:
    assert state_of_data(tr, REPORT) == (
        False,
        (
            "Год ещё идёт: посчитаны встречи, которые прошли к 10 декабря 2026\u00a0г. "
            "У прошедших встреч отмечено, что они состоялись и кто пришёл."
        ),
    )
    name = MeetingName("Мосты", NOW, "Asia/Krasnoyarsk", "Ачинск")
    lacking = replace(
        REPORT,
        attention=Attention((name,) * 3, (name,)),
        made_at=datetime(2026, 12, 31, 17, 1, tzinfo=UTC),  # the new year has begun there
    )
    assert state_of_data(tr, lacking) == (
        True,
        (
            "Год закончился, посчитаны все его встречи. 3 встречи не подтверждены и не посчитаны. "
            "На 1 встрече никто не отмечен: посчитана она, но не люди."
        ),
    )


def test_an_empty_year_is_said_to_be_one(tr: Speech) -> None:
    shown = to_paper(tr, NOTHING)
    assert shown.draft
    assert shown.state[1].startswith("В боте нет ни одной встречи этого года")
    points = [point for chapter in shown.chapters for point in chapter.points]
    assert {point.said for point in points} == {
        (),
        ("Встреч, по которым это было бы видно, в этом году нет.",),
    }
    assert shown.pictures[1] == ()
    assert shown.voices.lines[0].startswith("Отзывов за этот год нет.")
    assert shown.proposals[1] == "Предложения пока не записаны."
    assert make_analysis(tr, NOTHING).startswith(b"%PDF-")


def test_the_longest_texts_are_a_document_too(tr: Speech) -> None:
    name = MeetingName("Ш" * 120, NOW, "Asia/Krasnoyarsk", "Ачинск")
    long = replace(
        REPORT,
        genitive="Щ" * 80,
        proposals="Щ" * 4000,
        people=replace(REPORT.people, other_organisations=(("Ж" * 160, 1),) * 20),
        photo_links=tuple("https://disk.yandex.ru/d/" + "w" * 475 for _ in range(5)),
        attention=Attention((name,) * 35, (name,)),
    )
    listed = tuple((f"Район {number}", long.photo_links) for number in range(61))
    for year in (replace(YEAR, report=long), _with_links(long, listed)):
        assert make_analysis(tr, year).startswith(b"%PDF-")


def test_what_people_typed_is_no_markup(paper: AnalysisPaper, tr: Speech) -> None:
    assert [each["body"]["text"] for each in found(paper, "heading")] == SECTIONS
    typed = to_paper(tr, replace(YEAR, report=_typed(HOSTILE)))
    assert [each["body"]["text"] for each in found(typed, "heading")] == SECTIONS
    assert found(typed, "math.equation") == found(typed, "raw") == []


def _typed(words: str, report: ReportFacts = REPORT) -> ReportFacts:
    """A report in which everything that can be typed says this."""
    line = " ".join(words.split())
    return replace(
        report,
        genitive=line,
        proposals=words,
        people=replace(report.people, other_organisations=((line, 1),)),
        photo_links=(line,),
        coordinator=SignatureFacts(line, line),
        curator=SignatureFacts(line, line),
    )


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200))
def test_any_text_reaches_the_document_as_it_is(tr: Speech, text: str) -> None:
    try:
        words = clean_text(text, 2000)
    except InvalidInput:
        return
    typed = to_paper(tr, replace(NOTHING, report=_typed(words, NOTHING.report)))
    assert typed.proposals[1] in {words, "Предложения пока не записаны."}
    given_to_typst = json.loads(json.dumps(papers._printable(asdict(typed))))
    assert given_to_typst["proposals"][1] == printable(typed.proposals[1])
    assert papers.analysis_pdf(typed).startswith(b"%PDF-")
    assert [each["body"]["text"] for each in found(typed, "heading")] == SECTIONS[
        :-1
    ]  # no pictures
