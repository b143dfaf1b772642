"""How the year's deadlines read, on screens and in messages."""

from bot.i18n import Html, Speech
from bot.rules import DeadlineState
from bot.rules.deadlines import Deadline
from bot.services.deadline_facts import DeadlineFacts
from bot.services.deadline_ledger import Gaps
from bot.vocabulary import DoneWhen


def deadline_name(tr: Speech, deadline: Deadline) -> str:
    """Return what a deadline is called in somebody's language."""
    return deadline.name_ru if tr.locale == "ru" else deadline.name_en


def deadline_source(tr: Speech, deadline: Deadline) -> str:
    """Return where a deadline stands in the region's documents, empty where that is not said."""
    return deadline.source_ru if tr.locale == "ru" else deadline.source_en


def how_long(tr: Speech, days_left: int) -> str:
    """Return «через 34 дня», «срок завтра», «срок сегодня», «просрочено на 3 дня»."""
    if days_left < 0:
        return tr.plain("deadline-late", days=-days_left)
    if days_left < 2:
        return tr.plain("deadline-tomorrow" if days_left else "deadline-today")
    return tr.plain("deadline-ahead", days=days_left)


def due_line(tr: Speech, facts: DeadlineFacts) -> str:
    """Return «пт, 25 декабря · через 34 дня»; of what is settled how, when and by whom."""
    mark = facts.mark
    if mark is None:
        day = tr.day(facts.due, lasting=True)
        nobody = facts.state is DeadlineState.NOBODY
        words = tr.plain("deadline-nobody") if nobody else how_long(tr, facts.days_left)
        return f"{day} · {words}"
    sent = mark.by_data and facts.deadline.done_when is DoneWhen.REPORT
    return tr.plain(
        "deadline-settled",
        how="sent" if sent else mark.settled.value.replace("_", "-"),
        day=tr.day(facts.territory.day_of(mark.at), lasting=True),
        name=mark.name or "none",
    )


def gaps_line(tr: Speech, gaps: Gaps) -> Html:
    """Return «3 встречи без отметки, нет предложений»; empty when nothing is missing."""
    return Html(", ".join(gap_lines(tr, gaps)))


def gap_lines(tr: Speech, gaps: Gaps) -> list[Html]:
    """Return the same, each by itself."""
    counted = {
        "unconfirmed": gaps.unconfirmed,
        "nobody": gaps.nobody,
        "groups": gaps.groups,
        "feedback": gaps.feedback,
        "duplicates": gaps.duplicates,
        "photos": 0 if gaps.no_photos else gaps.photos,
        "reports": gaps.reports,
    }
    parts = [
        tr(f"deadline-gap-{name}", number=number) for name, number in counted.items() if number
    ]
    if gaps.no_photos:
        parts.append(tr("deadline-gap-no-photos"))
    if gaps.proposals:
        parts.append(tr("deadline-gap-proposals"))
    if gaps.returned:
        parts.insert(0, tr("deadline-gap-returned"))
    return parts


def lacks_meetings(gaps: Gaps) -> bool:
    """Whether something is missing that one does in a meeting's own screen."""
    return bool(
        gaps.unconfirmed
        or gaps.nobody
        or gaps.groups
        or gaps.feedback
        or gaps.duplicates
        or gaps.photos
    )
