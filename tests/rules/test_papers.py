"""Papers are files of the right kind and size, whatever people typed."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import typst

from bot import papers
from bot.papers import Certificate, Portfolio, Poster, printable

PDF, PNG = b"%PDF-", b"\x89PNG"
HOSTILE = '#panic("!") #[*_$`<@"\\ //'
POSTER = Poster(
    lang="ru",
    project="Профориентационный нетворкинг",
    title="Инженеры будущего: кто строит мосты",
    facts=(
        ("Когда", "Суббота, 14 марта, 15:00–16:30"),
        ("Где", "Центральная библиотека, ул. Ленина, 12, Ачинск"),
        ("Для кого", "9–11 классов и родителей"),
    ),
    description="Инженер ответит на вопросы.\n\nПриходите.",
    call="Наведите камеру телефона, чтобы записаться",
    note="Участие бесплатное",
    link="https://t.me/kras_networking_bot?start=m_Poster_1-2026",
)
CERTIFICATE = Certificate(
    lang="ru",
    project=POSTER.project,
    heading="Сертификат участника",
    given="выдан на имя",
    name="Мария Иванова",
    reason="за участие во встрече",
    title=POSTER.title,
    facts=(("Дата", "14 марта 2026 г."), ("Время", "1 ч 30 мин"), ("Муниципалитет", "Ачинск")),
)
PORTFOLIO = Portfolio(
    lang="ru",
    project=POSTER.project,
    title="Портфолио участника",
    name="Мария Иванова",
    totals=(("Встреч", "1"), ("Всего времени", "1 ч 30 мин")),
    columns=("Дата", "Встреча", "Где", "Время"),
    rows=(("14 марта 2026 г.", POSTER.title, POSTER.facts[1][1], "1 ч 30 мин"),),
    page="Страница",
    made="Составлено 15 марта 2026 г.",
)
TEXTS = pytest.mark.parametrize(
    "sign",
    [HOSTILE, "W", "Щ ", "слово и дело, ", "я\n\n"],
    ids=["markup", "W", "Щ", "words", "lines"],
)


def of_length(sign: str, limit: int) -> str:
    """A line; only descriptions have several."""
    return (sign.replace("\n", " ") * limit)[:limit]


def size_of(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_each_paper_is_a_pdf_and_the_poster_a_picture_of_a4() -> None:
    assert papers.poster_pdf(POSTER).startswith(PDF)
    assert papers.certificate_pdf(CERTIFICATE).startswith(PDF)
    assert papers.portfolio_pdf(PORTFOLIO).startswith(PDF)
    picture = papers.poster_png(POSTER)
    assert picture.startswith(PNG)
    assert size_of(picture) == (909, 1286)


@TEXTS
def test_a_poster_stays_on_one_page(sign: str) -> None:
    long = replace(
        POSTER,
        title=of_length(sign, 120),
        description=(sign * 2000)[:2000],
        facts=tuple((label, of_length(sign, 282)) for label, _ in POSTER.facts),
        link="https://t.me/" + "w" * 32 + "?start=m_" + "W" * 24,
    )
    assert isinstance(papers.poster_png(long), bytes)  # of several pages it would be a list


@TEXTS
def test_a_certificate_stays_on_one_page(sign: str) -> None:
    long = replace(
        CERTIFICATE,
        name=of_length(sign, 80),
        title=of_length(sign, 120),
        facts=tuple((label, of_length(sign, 80)) for label, _ in CERTIFICATE.facts),
    )
    assert isinstance(papers._compile("certificate.typ", asdict(long), "png"), bytes)


@TEXTS
def test_a_portfolio_takes_the_pages_it_needs(sign: str) -> None:
    row = (PORTFOLIO.rows[0][0], of_length(sign, 120), of_length(sign, 282), "12 ч 30 мин")
    long = replace(PORTFOLIO, name=of_length(sign, 80), rows=(row,) * 40)
    pages = papers._compile("portfolio.typ", asdict(long), "png")
    assert isinstance(pages, list)
    assert len(pages) > 2


def test_what_people_typed_reaches_the_template_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {}
    make = typst.compile

    def spy(path: Path, **options: Any) -> Any:
        given.update(json.loads(options["sys_inputs"]["data"]))
        return make(path, **options)

    monkeypatch.setattr(typst, "compile", spy)
    papers.certificate_pdf(replace(CERTIFICATE, name=HOSTILE))
    assert given["name"] == HOSTILE
    assert given["facts"] == [list(fact) for fact in CERTIFICATE.facts]
    papers.poster_pdf(POSTER)
    assert given["shown_link"] == "t.me/kras_networking_bot?start=m_Poster_1-2026"
    assert "<svg" in given["qr"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Мария Иванова", "Мария Иванова"),
        ("🚀 Инженеры 👩‍🚀 будущего ⚙️", "Инженеры будущего ⚙"),
        ("𝓜𝓪𝓻𝓲𝓪", "Maria"),
        ("Школа № 3, 5 °C", "Школа № 3, 5 °C"),
        ("🌸🌸", ""),
    ],
)
def test_what_no_font_has_is_left_out(typed: str, printed: str) -> None:
    assert printable(typed) == printed
