"""How long a process waits for PostgreSQL, and PostgreSQL for a process, before it gives up."""

from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import connections


class Kind(StrEnum):
    """Who asks. Commands that somebody gives, such as a migration, wait as long as it takes."""

    WEB = "WEB"
    WORK = "WORK"


BOUNDS: Final = {
    "lock_timeout": "LOCK_SECONDS",
    "statement_timeout": "STATEMENT_SECONDS",
    "idle_in_transaction_session_timeout": "IDLE_SECONDS",
}
"""What PostgreSQL calls each bound, and the end of our setting's name."""


def bound_connections(kind: Kind) -> None:
    """Let no connection that this process opens from now on wait for ever.

    SQLite has a bound of its own, the same for all.
    """
    for alias in connections:
        connection = connections[alias]
        if connection.vendor == "postgresql":
            options = connection.settings_dict["OPTIONS"]
            # The last word is the operator's, who may name others in `DATABASE_URL`.
            options["options"] = f"{_written(kind)} {options.get('options', '')}".strip()
            if not connection.in_atomic_block:
                connection.close()


def _written(kind: Kind) -> str:
    """Write the bounds as PostgreSQL takes them when a connection begins."""
    return " ".join(
        f"-c {name}={settings.CENTRE[f'{kind}_{end}']}s" for name, end in BOUNDS.items()
    )
