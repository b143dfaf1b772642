"""What certificates and portfolios say, in words."""

from collections.abc import Sequence
from datetime import timedelta

from bot.handlers.wording import length_text
from bot.i18n import Speech
from bot.papers import Certificate, Portfolio
from bot.services.participation import Attended
from bot.vocabulary import Mode

MINUTE = timedelta(minutes=1)


def certificate_of(tr: Speech, meeting: Attended, name: str) -> Certificate:
    """Return what the certificate of a meeting says: for a participant, or for a role on its team.

    The time of a helper stands on it once it is confirmed.
    """
    length = [] if meeting.length is None else [(tr.plain("paper-length"), _length(tr, meeting))]
    role = meeting.role
    return Certificate(
        lang=tr.locale,
        project=tr.plain("paper-project"),
        heading=tr.name_of("certificate-title", role) if role else tr.plain("certificate-title"),
        given=tr.plain("certificate-given"),
        name=name,
        reason=tr.name_of("certificate-for", role) if role else tr.plain("certificate-reason"),
        title=meeting.title,
        facts=(
            (tr.plain("paper-date"), tr.date_of(meeting.starts_at, meeting.timezone)),
            *length,
            (tr.plain("paper-municipality"), meeting.municipality),
        ),
    )


def portfolio_of(tr: Speech, attended: Sequence[Attended], name: str) -> Portfolio:
    """Return what the portfolio of these meetings says."""
    in_all = sum((meeting.length or timedelta() for meeting in attended), timedelta())
    helped = sum(meeting.minutes or 0 for meeting in attended)
    volunteering = [(tr.plain("portfolio-helped"), length_text(tr, helped))] if helped else []
    return Portfolio(
        lang=tr.locale,
        project=tr.plain("paper-project"),
        title=tr.plain("portfolio-title"),
        name=name,
        totals=(
            (tr.plain("portfolio-meetings"), str(len(attended))),
            (tr.plain("portfolio-in-all"), length_text(tr, in_all // MINUTE)),
            *volunteering,
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
                _titled(tr, meeting),
                _where(tr, meeting),
                _length(tr, meeting),
            )
            for meeting in attended
        ),
        page=tr.plain("portfolio-page"),
        made=tr.plain("portfolio-made", day=tr.date_of(tr.now)),
    )


def _length(tr: Speech, meeting: Attended) -> str:
    return "—" if meeting.length is None else length_text(tr, meeting.length // MINUTE)


def _titled(tr: Speech, meeting: Attended) -> str:
    """Return «Инженеры будущего (помощник)»; of a participant the title alone."""
    if meeting.role is None:
        return meeting.title
    return f"{meeting.title} ({tr.name_of('team-role', meeting.role)})"


def _where(tr: Speech, meeting: Attended) -> str:
    if meeting.mode is Mode.IN_PERSON:
        return f"{meeting.place}, {meeting.municipality}"
    return f"{tr.name_of('mode', meeting.mode)}, {meeting.municipality}"
