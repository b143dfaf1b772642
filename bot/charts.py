"""Charts as pictures for a phone, or for a paper: facts in words → PNG or SVG.

Knows neither the database nor the messenger; run it off the event loop. The colours are those of
the papers (`bot/data/typst/style.typ`): dark teal against gold differ in lightness too, so they are
told apart in print and by whoever does not see red or green.
"""

import textwrap
from collections.abc import Iterable
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Literal

from bot.chart_facts import BarChart, Bars, Chart, Columns, HeatMap, LineChart, MonthChart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#22313a"
MAIN = "#1d5560"
ACCENT = "#c98a2b"
MIDDLE = "#8fb9b5"
PALE = "#e3ecea"
FAINT = "#6b7c80"

WIDTH = 1080
_DPI = 150
_MARGIN = 48
_BAR = 72
_SIGN = 18  # a letter of a label, on average
_SMALL_SIGN = 16
_IN_LABEL = 20  # letters in a line of it: «муниципальный округ»
_TITLE, _HEADING, _TEXT, _LABEL, _SMALL = 22, 17, 15, 14, 13

# Everything the library has is shared, and two pictures at a time would only be slower.
_ONE_AT_A_TIME = Lock()


def draw(chart: Chart) -> bytes:
    """Return a chart as a PNG, 1080 pixels wide; its height is what it takes."""
    return _draw(chart, "png")


def draw_svg(chart: Chart) -> str:
    """Return the same as an SVG that needs no fonts, for papers."""
    return _draw(chart, "svg").decode()


def _draw(chart: Chart, kind: Literal["png", "svg"]) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - half a second of start-up that few runs need

    with (
        _ONE_AT_A_TIME,
        mpl.rc_context({"font.family": "DejaVu Sans", "text.parse_math": False, "text.color": INK}),
    ):
        match chart:
            case BarChart():
                figure = _bar_chart(chart)
            case MonthChart():
                figure = _month_chart(chart)
            case LineChart():
                figure = _line_chart(chart)
            case HeatMap():
                figure = _heat_map(chart)
        file = BytesIO()
        figure.savefig(file, format=kind, facecolor="white")
        return file.getvalue()


class _Page:
    """A figure measured in pixels from the upper left corner, with its title on it."""

    def __init__(self, title: str, subtitle: str, height: int) -> None:
        from matplotlib.figure import Figure  # noqa: PLC0415 - as in `draw`

        lines = textwrap.wrap(title, 32)
        below = textwrap.wrap(subtitle, 52)
        self.top = _MARGIN + 54 * len(lines) + 38 * max(1, len(below)) + 26
        self.height = self.top + height + _MARGIN
        self.figure: Figure = Figure(figsize=(WIDTH / _DPI, self.height / _DPI), dpi=_DPI)
        self.write(_MARGIN, _MARGIN, "\n".join(lines), _TITLE, MAIN, "bold")
        self.write(_MARGIN, _MARGIN + 54 * len(lines) + 6, "\n".join(below), _TEXT, FAINT)

    def write(
        self, x: float, y: float, text: str, size: int, color: str, weight: str = "normal"
    ) -> None:
        self.figure.text(
            x / WIDTH, 1 - y / self.height, text, size=size, color=color, weight=weight, va="top"
        )

    def axes(self, x: float, y: float, width: float, height: float) -> "Axes":
        bottom = 1 - (y + height) / self.height
        box = (x / WIDTH, bottom, width / WIDTH, height / self.height)
        axes = self.figure.add_axes(box, frame_on=False)
        axes.tick_params(length=0, labelsize=_TEXT, labelcolor=INK, pad=10)
        axes.set_yticks([])
        axes.set_xticks([])
        return axes


def _bar_chart(chart: BarChart) -> "Figure":
    heights = [_BAR * len(group.bars) + (104 if group.heading else 16) for group in chart.groups]
    page = _Page(chart.title, chart.subtitle, sum(heights))
    every = [bar for group in chart.groups for bar in group.bars]
    left = _room_for((bar.label for bar in every), _SIGN)
    right = _SIGN * max(len(bar.text) for bar in every) + 12 + _MARGIN
    # Bars without a whole of their own are compared across the groups.
    longest = max((bar.length for group in chart.groups if not group.whole for bar in group.bars),
                  default=1)  # fmt: skip
    y = page.top
    for group, height in zip(chart.groups, heights, strict=True):
        if group.heading:
            page.write(_MARGIN, y + 36, group.heading, _HEADING, MAIN, "bold")
        rows = _BAR * len(group.bars)
        axes = page.axes(left, y + height - rows, WIDTH - left - right, rows)
        _draw_bars(axes, group, group.whole or longest or 1)
        y += height
    return page.figure


def _draw_bars(axes: "Axes", group: Bars, most: float) -> None:
    places = range(len(group.bars))
    axes.set_xlim(0, most)
    axes.set_ylim(len(group.bars) - 0.5, -0.5)
    if group.whole is not None:
        axes.barh(places, most, 0.6, color=PALE)
    axes.barh(places, [bar.length for bar in group.bars], 0.6, color=MAIN)
    labels = [_folded(bar.label) for bar in group.bars]
    axes.set_yticks(places, labels, size=_LABEL, linespacing=0.95)
    for place, bar in zip(places, group.bars, strict=True):
        ends = (most if group.whole is not None else bar.length, place)
        axes.annotate(
            bar.text, ends, (12, -1), textcoords="offset pixels", va="center", size=_LABEL
        )


def _room_for(labels: Iterable[str], sign: int) -> int:
    lines = (line for label in labels for line in _folded(label).split("\n"))
    return _MARGIN + sign * max(map(len, lines)) + 16


def _folded(label: str) -> str:
    return textwrap.fill(label, _IN_LABEL, max_lines=2, placeholder="…")


def _month_chart(chart: MonthChart) -> "Figure":
    below = 130 if len(chart.months) > 12 else 70
    panel = 470 + below
    page = _Page(chart.title, chart.subtitle, panel * len(chart.panels))
    colors = (MAIN, ACCENT)
    for number, (columns, color) in enumerate(zip(chart.panels, colors, strict=True)):
        y = page.top + number * panel
        page.write(_MARGIN, y + 10, columns.heading, _HEADING, color, "bold")
        axes = page.axes(_MARGIN, y + 120, WIDTH - 2 * _MARGIN, panel - 120 - below)
        _draw_columns(axes, columns, chart.months, color)
    return page.figure


def _draw_columns(axes: "Axes", columns: Columns, months: tuple[str, ...], color: str) -> None:
    places = range(len(months))
    crowded = len(months) > 12
    axes.set_xlim(-0.6, max(len(months), 6) - 0.4)
    axes.set_ylim(0, max(*columns.values, 1))
    axes.bar(places, columns.values, 0.72, color=color)
    axes.axhline(0, color=FAINT, linewidth=1.5)
    axes.set_xticks(places, months, rotation=90 if crowded else 0, size=_SMALL)
    for place, value in zip(places, columns.values, strict=True):
        if value:
            axes.annotate(
                str(value),
                (place, value),
                (0, 8),
                textcoords="offset pixels",
                ha="center",
                va="bottom",
                size=_SMALL,
                rotation=90 if crowded else 0,
            )


def _line_chart(chart: LineChart) -> "Figure":
    page = _Page(chart.title, chart.subtitle, 900)
    left = _MARGIN + 24  # half of the first label stands before it
    axes = page.axes(left, page.top + 70, WIDTH - 2 * left, 740)
    most = max([sum_ for line in (chart.line, chart.compared) for _, sum_ in line.points] or [1])
    axes.set_xlim(0, chart.days)
    axes.set_ylim(0, most * 1.12 or 1)
    axes.axhline(0, color=FAINT, linewidth=1.5)
    for line, color, width in ((chart.compared, ACCENT, 5), (chart.line, MAIN, 8)):
        days = [day for day, _ in line.points]
        sums = [sum_ for _, sum_ in line.points]
        axes.step(days, sums, where="post", color=color, linewidth=width / 2, clip_on=False)
        axes.plot(days[-1], sums[-1], "o", color=color, markersize=width, clip_on=False)
    axes.set_xticks([day for day, _ in chart.ticks], [label for _, label in chart.ticks])
    axes.tick_params(axis="x", labelsize=_SMALL)
    page.write(_MARGIN, page.top, chart.line.name, _HEADING, MAIN, "bold")
    page.write(_MARGIN, page.top + 48, chart.compared.name, _HEADING, ACCENT, "bold")
    return page.figure


def _heat_map(chart: HeatMap) -> "Figure":
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415 - as in `draw`

    cell, left = 64, _room_for((name for name, _ in chart.rows), _SMALL_SIGN)
    height = cell * len(chart.rows)
    crowded = len(chart.columns) > 12
    above = 110 if crowded else 60
    page = _Page(chart.title, chart.subtitle, height + above + 10)
    axes = page.axes(left, page.top + above, WIDTH - left - 24, height)
    shades = LinearSegmentedColormap.from_list("shades", [PALE, MIDDLE, MAIN])
    values = [numbers for _, numbers in chart.rows]
    most = max(max(numbers) for numbers in values) or 1
    axes.imshow(
        [[number or float("nan") for number in numbers] for numbers in values],
        cmap=shades,
        vmin=0,
        vmax=most,
        aspect="auto",
    )
    turned = 90 if crowded else 0
    size = 11 if crowded else 12
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(chart.columns)), chart.columns, rotation=turned, size=size)
    names = [_folded(name) for name, _ in chart.rows]
    axes.set_yticks(range(len(names)), names, size=_SMALL)
    for row, numbers in enumerate(values):
        for column, number in enumerate(numbers):
            if number:
                dark = number > most * 0.65
                axes.text(
                    column,
                    row,
                    str(number),
                    ha="center",
                    va="center",
                    size=size,
                    rotation=turned,
                    color="white" if dark else INK,
                )
    return page.figure
