"""How the numbers of answers read: of a meeting's, and of a year's."""

from collections.abc import Iterable

from bot.i18n import Html, Speech
from bot.services.results import Results
from bot.services.year_feedback import FormatRating

_BAR = 10


def bars(results: Results) -> Html:
    """Return how many gave 5, 4, … 1, a line each: «5 ⭐ ▇▇▇▇ 4»."""
    most = max(results.ratings) or 1
    return Html(
        "\n".join(
            " ".join(filter(None, (f"{rating} ⭐", "▇" * -(-people * _BAR // most), str(people))))
            for rating, people in reversed(list(enumerate(results.ratings, start=1)))
        )
    )


def useful(tr: Speech, results: Results) -> str:
    """Return what was useful and how often, a line each."""
    return "\n".join(f"{tr.name_of('useful', name)} — {times}" for name, times in results.useful)


def named_formats(tr: Speech, ratings: Iterable[FormatRating]) -> str:
    """Return «экскурсия 4,8 (12 отзывов), семинар 3,9 (7 отзывов)»."""
    return ", ".join(
        tr.plain(
            "year-format",
            format=tr.name_of("format", each.format),
            average=tr.decimal(each.average),
            answers=each.answers,
        )
        for each in ratings
    )
