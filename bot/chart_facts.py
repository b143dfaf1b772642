"""What the charts show, in words and numbers; how they look is in `bot.charts`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, how long it is, and what is written at its end."""

    label: str
    length: float
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that are compared with one another.

    Attributes:
        heading: above them; empty where the title says it all.
        whole: how long a bar can be at most, shown in pale behind each; None: the longest of them.
    """

    heading: str
    bars: tuple[Bar, ...]
    whole: float | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Groups of bars below one another."""

    title: str
    subtitle: str
    groups: tuple[Bars, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A number for each month."""

    heading: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MonthChart:
    """Columns month by month, one panel below the other."""

    title: str
    subtitle: str
    months: tuple[str, ...]
    panels: tuple[Columns, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sum that grows.

    Attributes:
        name: of the line, written at its end with the sum.
        points: (day of the period, from 0; the sum at its end).
    """

    name: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Two growing sums, what is in question and what it is compared with.

    Attributes:
        ticks: (day of the period, its label).
        days: of the whole period.
    """

    title: str
    subtitle: str
    line: Line
    compared: Line
    ticks: tuple[tuple[int, str], ...]
    days: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A number for each row and column, the darker the more."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


Chart = BarChart | MonthChart | LineChart | HeatMap
