"""The system check of how many connections the centre's processes may need."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register
from django.db import connection

from marketplace.pipeline.connections import connections_of


@register(deploy=True)
def check_connections(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Report, by `check --deploy`, that PostgreSQL would refuse some under load."""
    if connection.vendor != "postgresql":
        return []
    found = connections_of(connection)
    if found.are_enough:
        return []
    return [
        Warning(
            f"The centre's processes may open {found.most} connections, and PostgreSQL allows "
            f"{found.allowed}. Beyond that it refuses, and people read 503.",
            hint=HOW_TO,
            id="pipeline.W001",
        )
    ]


HOW_TO = (
    "Raise max_connections, or lower CENTRE_WEB_PROCESSES or CENTRE_WEB_THREADS. See “How many "
    "connections” in docs/how-to/run-in-production.md."
)
