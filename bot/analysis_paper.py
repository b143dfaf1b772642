"""What the analysis of a year says, in words; how it looks is in `bot/data/typst/analysis.typ`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A task or an expected result of the project, and what the year has to say of it.

    Attributes:
        number: its number in the regulation, empty where it has none.
        quote: its words there.
        said: the numbers, a sentence each.
        silent: what the bot cannot know of it; empty where the numbers say it all.
    """

    number: str
    quote: str
    said: tuple[str, ...]
    silent: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Points under a heading."""

    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of Appendix 2; `words` stand below its label, a line each."""

    number: str
    label: str
    unit: str
    value: str
    words: tuple[str, ...]
    bold: bool


@dataclass(frozen=True, slots=True)
class Form:
    """Appendix 2 as a table, with its notes below."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The links to photos of a place."""

    name: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """What people said.

    Attributes:
        lines: sentences.
        themes: words that recur, and in how many comments.
        about: what kind of counting that is, or why there is nothing to count.
    """

    heading: str
    lines: tuple[str, ...]
    themes_heading: str
    themes: tuple[tuple[str, str], ...]
    about: str


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signs; an empty name is a line to write on, with `under` below it."""

    label: str
    name: str
    under: str


@dataclass(frozen=True, slots=True)
class AnalysisPaper:
    """The whole document.

    Attributes:
        project: the name of the project, on top.
        basis: what of the regulation asks for it.
        title, subtitle: what it is, whose and of which year.
        goal: a label and the project's goal in the regulation's words.
        facts: who signs and when it was made: pairs of a label and what it is.
        state: of which data it is made, and what is missing in them.
        draft: whether something is missing.
        totals: the largest numbers: pairs of a label and a number.
        proposals: a heading and the text of row 4, or why there is none.
        pictures: a heading, and charts as SVG.
        photos: a heading, and the links that the form has no room for.
        foot, page: at the foot of each page.
    """

    lang: str
    project: str
    basis: str
    title: str
    subtitle: str
    goal: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    state: tuple[str, str]
    draft: bool
    totals: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    form: Form
    voices: Voices
    proposals: tuple[str, str]
    signatures: tuple[SignatureLine, ...]
    pictures: tuple[str, tuple[str, ...]]
    photos: tuple[str, tuple[Links, ...]]
    foot: str
    page: str
