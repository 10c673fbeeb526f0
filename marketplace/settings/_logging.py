"""How the processes log: a line of named values on the console for each event."""

import re
from typing import Any

import structlog

SECRET_ADDRESS = re.compile(
    r"(/invitations/|/addresses/|/calendar/|/account/password/reset/key/|/delta-sharing/files/)"
    r"(?!<)[^/\s'\"]+"
)
"""Whoever reads such an address may open it; a later part of it tells nothing."""
SECRET = re.compile(r"\b(invitation|dtc|dgk)_[\w-]{20,}")
"""What `new_secret` makes, wherever it comes from: a header, a query, a form."""


def without_secrets(_logger: object, _method: str, line: str) -> str:
    """Take the secrets out of a line that is about to be written."""
    return SECRET.sub(r"\1_…", SECRET_ADDRESS.sub(r"\1…", line))


def lines_to_console(level: str) -> dict[str, Any]:
    """Return the configuration of logging; `level` is the least that is shown."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "foreign_pre_chain": [
                    structlog.processors.TimeStamper(fmt="iso"),
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                ],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.KeyValueRenderer(
                        key_order=["timestamp", "level", "event"]
                    ),
                    without_secrets,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
    }
