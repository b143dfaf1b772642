"""Charts are PNGs of a phone's width with all their words on them, whatever the numbers."""

import struct
from dataclasses import replace
from itertools import pairwise
from typing import Any
from unittest import mock

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from bot import charts
from bot.chart_facts import (
    Bar,
    BarChart,
    Bars,
    Chart,
    Columns,
    HeatMap,
    Line,
    LineChart,
    MonthChart,
)
from bot.charts import WIDTH, draw

MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
CROWD = tuple(Bar("Таймырский Долгано-Ненецкий", 40 - n, f"{40 - n}") for n in range(20))
BARS = BarChart(
    "Сколько записавшихся пришло",
    "Ачинск · 2026 год",
    (
        Bars("Кто записался", (Bar("9 класс", 0.5, "41 из 82"), Bar("родители", 0, "0 из 2")), 1),
        Bars("Муниципалитеты", CROWD),
    ),
)
COLUMNS = MonthChart(
    "Люди и встречи по месяцам",
    "Ачинск",
    MONTHS,
    (Columns("Люди", (0, 1205, *range(10))), Columns("Встречи", (0, 3, *[1] * 10))),
)
LINES = LineChart(
    "Год к году",
    "Ачинск",
    Line("2026 год: 640", ((0, 0), (40, 300), (90, 640), (323, 640))),
    Line("2025 год: 0", ((0, 0), (364, 0))),
    tuple((number * 30, month) for number, month in enumerate(MONTHS)),
    365,
)
SHADES = HeatMap("Карта", "Край", MONTHS, (("Ачинск", (0, 7, *range(10))), ("Канск", (900,) * 12)))
LONG = tuple(f"{month} {year}" for year in (25, 26) for month in MONTHS)
TWO_YEARS = MonthChart("Люди", "Ачинск", LONG, (Columns("Люди", (1205,) * 24),) * 2)
LONG_LINES = replace(LINES, ticks=tuple((n * 60, LONG[n * 4]) for n in range(6)))
LONG_SHADES = replace(
    SHADES, columns=LONG, rows=(("Шарыповский муниципальный округ", (120,) * 24),) * 2
)
LONG_NAME = replace(
    BARS,
    subtitle="Таймырский Долгано-Ненецкий район · "
    + "1 янв. 2025 г. – 31 дек. 2026 г.".replace(" ", "\xa0"),
)


def _width_and_height(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _texts(figure: Figure) -> list[Text]:
    found = (each for each in figure.findobj(Text) if isinstance(each, Text))
    return [text for text in found if text.get_text() and text.get_visible()]


def _drawn(chart: Chart) -> tuple[Figure, tuple[int, int]]:
    """Draw a chart; return its figure too, to read what stands on it."""
    kept: list[Figure] = []
    save = Figure.savefig

    def keep(figure: Figure, *args: Any, **kwargs: Any) -> None:
        kept.append(figure)
        save(figure, *args, **kwargs)

    with mock.patch.object(Figure, "savefig", keep):
        size = _width_and_height(draw(chart))
    return kept[0], size


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (BARS, {BARS.title, BARS.subtitle, "Кто записался", "9 класс", "41 из 82", "0 из 2"}),
        (COLUMNS, {"Люди и встречи по месяцам", "Люди", "Встречи", "1205", "янв", "дек"}),
        (LINES, {"2026 год: 640", "2025 год: 0", "янв", "дек"}),
        (SHADES, {"Карта", "Край", "Ачинск", "Канск", "янв", "7", "900"}),
        (LONG_SHADES, {"Шарыповский\nмуниципальный округ", "120", "янв 25", "дек 26"}),
        (TWO_YEARS, {"1205", "янв 25", "дек 26"}),
        (LONG_LINES, {"янв 25", "сен 26"}),
        (LONG_NAME, {BARS.title}),
        (replace(COLUMNS, months=("янв",), panels=(Columns("Люди", (7,)),) * 2), {"7", "янв"}),
        (BarChart("Пусто", "", (Bars("", (Bar("один раз", 0, "0"),)),)), {"один раз"}),
        (replace(LINES, title="Цена $5 и $6"), {"Цена $5 и $6"}),
    ],
)
def test_a_picture_holds_its_words(chart: Chart, words: set[str]) -> None:
    figure, (width, height) = _drawn(chart)
    assert width == WIDTH
    assert 250 < height < 2 * WIDTH
    shown = _texts(figure)
    assert words <= {text.get_text().replace("-\n", "-") for text in shown}
    for text in shown:  # nothing is cut off at the edge
        box = text.get_window_extent()
        assert min(box.x0, box.y0) >= 0, text.get_text()
        assert box.x1 <= width, text.get_text()
        assert box.y1 <= height, text.get_text()


@pytest.mark.parametrize(
    "chart", [BARS, COLUMNS, LINES, SHADES, TWO_YEARS, LONG_LINES, LONG_SHADES, LONG_NAME]
)
def test_texts_do_not_lie_on_each_other(chart: Chart) -> None:
    figure, _ = _drawn(chart)
    boxes = [text.get_window_extent() for text in _texts(figure)]
    overlapping = [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[:number]
        if one.padded(-2).overlaps(other.padded(-2))
    ]
    assert overlapping == []


def test_the_colours_differ_in_lightness() -> None:
    def lightness(color: str) -> float:
        red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = sorted(map(lightness, (charts.MAIN, charts.ACCENT, charts.PALE)))
    assert all(b - a > 0.2 for a, b in pairwise(shades))
