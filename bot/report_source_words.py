"""What the region's report was made of, in words: on its sheets and in its caption."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import Speech
from bot.rules import BoardState
from bot.services.board_rows import BoardRow
from bot.services.consolidated import ConsolidatedFacts
from bot.status_sheet import Status
from bot.vocabulary import ReportSource


def source_line(tr: Speech, report: ConsolidatedFacts) -> str:
    """Return «По принятым отчётам: 12 из 61»."""
    return tr.plain(
        f"region-source-{report.source.value}",
        accepted=report.accepted,
        places=len(report.rows),
        day=_day(tr, report.region.made_at, report.region.timezone),
    )


def remarks_of(tr: Speech, report: ConsolidatedFacts) -> dict[str, str]:
    """Return where the numbers of each municipality's sheet come from, by its name."""
    draft = tr.plain(
        "region-remark-draft", day=_day(tr, report.region.made_at, report.region.timezone)
    )
    remarks = {each.name: draft for each in report.municipalities}
    if report.source is ReportSource.DRAFTS:
        return remarks
    for row in report.rows:
        accepted, zone = row.accepted, row.territory.timezone
        remarks[row.territory.name] = (
            tr.plain(
                "region-remark-accepted",
                number=accepted.number,
                sent=_day(tr, accepted.sent_at, zone),
                decided=_day(tr, accepted.decided_at, zone) if accepted.decided_at else "—",
            )
            if accepted
            else tr.plain("region-remark-missing")
        )
    return remarks


def status_of(tr: Speech, row: BoardRow, source: ReportSource) -> Status:
    """Return how a municipality stands, for its line of the workbook."""
    latest, zone = row.latest, row.territory.timezone
    by_letter = row.by_word and row.state is BoardState.SENT
    sent = decided = ""
    if row.mark is not None and row.by_word:
        sent = _with_name(_day(tr, row.mark.at, zone), row.mark.name)
    elif latest is not None:
        sent = _with_name(_day(tr, latest.sent_at, zone), latest.sent_by)
        if latest.decided_at is not None:
            decided = _with_name(_day(tr, latest.decided_at, zone), latest.decided_by)
    in_sum = source is ReportSource.DRAFTS or row.accepted is not None
    return Status(
        name=row.territory.name,
        state=tr.plain("status-by-letter") if by_letter else tr.name_of("board-state", row.state),
        number=latest.number if latest else None,
        sent=sent,
        decided=decided,
        in_sum=tr.plain("status-in-sum" if in_sum else "status-not-in-sum"),
    )


def _with_name(day: str, name: str) -> str:
    return f"{day}, {name}" if name else day


def _day(tr: Speech, moment: datetime, timezone: str) -> str:
    return tr.day(moment.astimezone(ZoneInfo(timezone)).date(), lasting=True)
