"""Structured logs: one JSON object per line, snake_case events and ids, never names or text."""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def drop_query_string(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep the path of a request and drop what was searched for or filtered on."""
    request = event.get("request")
    if isinstance(request, str) and "?" in request:
        event["request"] = request.partition("?")[0]
    return event


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_query_string,
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
    ]


def configure(level: str) -> dict[str, Any]:
    """Configure structlog and return Django's `LOGGING`: both end as JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(sort_keys=True),
                ],
                "foreign_pre_chain": _shared(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "celery": {"level": level},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "pdfminer": {"level": "ERROR"},
        },
    }
