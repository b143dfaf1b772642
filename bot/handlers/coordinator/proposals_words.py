"""A draft of row 4 in words. The form is in Russian, so its draft is too."""

from collections.abc import Sequence

from bot.cleaning import cut
from bot.i18n import Speech
from bot.models import TEXT_LENGTH
from bot.services.proposal_material import Material, ThemeExample
from bot.services.proposals import REGION_LENGTH
from bot.services.year_feedback import FormatRating, best_and_weakest

_COMMENT = 160
_NOTE = 300
_LEAST_SHARE = 120
"""So many characters each municipality has in the region's draft, however many there are."""


def draft_of_municipality(russian: Speech, material: Material, year: int) -> str:
    """Return a text to edit: what people liked, what recurs in their words, the notes."""
    parts = []
    best, weakest = best_and_weakest(material.formats)
    if best:
        parts.append(
            russian.plain(
                "proposals-draft-formats",
                year=str(year),
                answers=material.answers,
                best=_formats(russian, best),
                weakest=_formats(russian, weakest),
            )
        )
    if material.themes:
        lines = [_theme(russian, each) for each in material.themes]
        parts.append("\n".join([russian.plain("proposals-draft-themes"), *lines]))
    if material.notes:
        lines = [
            russian.plain(
                "proposals-draft-note",
                title=each.title,
                day=russian.short_day(each.starts_at, material.timezone),
                note=cut(" ".join(each.note.split()), _NOTE),
            )
            for each in material.notes
        ]
        parts.append("\n".join([russian.plain("proposals-draft-notes"), *lines]))
    return cut("\n\n".join(parts), TEXT_LENGTH)


def draft_of_region(russian: Speech, texts: Sequence[tuple[str, str]]) -> str:
    """Return a text to edit: what each municipality proposes, the same room for each."""
    share = max(_LEAST_SHARE, REGION_LENGTH // max(1, len(texts)) - 1)
    lines = [
        cut(russian.plain("proposals-draft-place", name=name, text=" ".join(text.split())), share)
        for name, text in texts
    ]
    return cut("\n".join(lines), REGION_LENGTH)


def _formats(russian: Speech, ratings: Sequence[FormatRating]) -> str:
    return ", ".join(
        russian.plain(
            "proposals-draft-format",
            format=russian.name_of("format", each.format),
            average=russian.decimal(each.average),
        )
        for each in ratings
    )


def _theme(russian: Speech, example: ThemeExample) -> str:
    return russian.plain(
        "proposals-draft-theme",
        word=example.theme.words[0],
        comments=example.theme.comments,
        comment=cut(" ".join(example.comment.split()), _COMMENT) if example.comment else "none",
    )
