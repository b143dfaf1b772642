"""What certificates and portfolios say, in words."""

from collections.abc import Sequence
from datetime import timedelta

from bot.handlers.curator.step import length_text
from bot.i18n import Speech
from bot.papers import Certificate, Portfolio
from bot.services.participation import Attended
from bot.vocabulary import Mode


def certificate_of(tr: Speech, meeting: Attended, name: str) -> Certificate:
    """Return what the certificate of a meeting says."""
    return Certificate(
        lang=tr.locale,
        project=tr.plain("paper-project"),
        heading=tr.plain("certificate-title"),
        given=tr.plain("certificate-given"),
        name=name,
        reason=tr.plain("certificate-reason"),
        title=meeting.title,
        facts=(
            (tr.plain("paper-date"), tr.date_of(meeting.starts_at, meeting.timezone)),
            (tr.plain("paper-length"), _length(tr, meeting.length)),
            (tr.plain("paper-municipality"), meeting.municipality),
        ),
    )


def portfolio_of(tr: Speech, attended: Sequence[Attended], name: str) -> Portfolio:
    """Return what the portfolio of these meetings says."""
    in_all = sum((meeting.length for meeting in attended), timedelta())
    return Portfolio(
        lang=tr.locale,
        project=tr.plain("paper-project"),
        title=tr.plain("portfolio-title"),
        name=name,
        totals=(
            (tr.plain("portfolio-meetings"), str(len(attended))),
            (tr.plain("portfolio-in-all"), _length(tr, in_all)),
        ),
        columns=(
            tr.plain("paper-date"),
            tr.plain("portfolio-meeting"),
            tr.plain("poster-where"),
            tr.plain("portfolio-length"),
        ),
        rows=tuple(
            (
                tr.date_of(meeting.starts_at, meeting.timezone),
                meeting.title,
                _where(tr, meeting),
                _length(tr, meeting.length),
            )
            for meeting in attended
        ),
        page=tr.plain("portfolio-page"),
        made=tr.plain("portfolio-made", day=tr.date_of(tr.now)),
    )


def _length(tr: Speech, length: timedelta) -> str:
    return length_text(tr, length // timedelta(minutes=1))


def _where(tr: Speech, meeting: Attended) -> str:
    if meeting.mode is Mode.IN_PERSON:
        return f"{meeting.place}, {meeting.municipality}"
    return f"{tr.name_of('mode', meeting.mode)}, {meeting.municipality}"
