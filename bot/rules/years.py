"""What belongs to which year: reports, and municipalities that come and go."""

from datetime import date


def existed(
    valid_from: date | None, valid_until: date | None, first: date, last: date | None = None
) -> bool:
    """Whether a municipality existed on some day from `first` to `last` (by default, on `first`).

    Args:
        valid_from: its first day, None: always there.
        valid_until: the first day on which it is no more, None: still there.
        first: the first day asked about.
        last: the last day asked about.
    """
    began = valid_from is None or valid_from <= (last or first)
    return began and (valid_until is None or valid_until > first)


def report_years(today: date) -> tuple[int, ...]:
    """Return the years offered for a report, the likeliest first: in January the last year."""
    this, last = today.year, today.year - 1
    return (last, this) if today.month == 1 else (this, last)
