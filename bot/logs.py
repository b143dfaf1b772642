"""Structured logs: readable on a terminal, JSON for machines; ids only, no personal data."""

import logging
import sys

import structlog

from bot.errors import DomainError
from bot.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Send everything, also what libraries log, through one formatter to stderr."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.log_level]
        ),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("alembic", "aiogram", "aiogram_dialog", "apscheduler", "aiohttp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("aiogram_dialog.window").addFilter(_is_no_refusal)


def _is_no_refusal(_record: logging.LogRecord) -> bool:
    """Drop «Cannot get window data» of a plain refusal, which is logged where it is answered."""
    return not isinstance(sys.exc_info()[1], DomainError)
