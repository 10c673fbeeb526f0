"""The system checks of triggers, and of a role of the database that could take them away."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from marketplace.ledger.guards import trigger_faults
from marketplace.ledger.roles import powers_of


@register(Tags.database)
def check_triggers(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **options: object,
) -> list[CheckMessage]:
    """Report each trigger that is not as the centre made it.

    Before the migrations have run that may bring a new trigger, nothing is lost yet.
    """
    return [
        Error(
            f"{sentence} ({alias})",
            hint="Make it as the table's migration does, or drop what the centre did not make.",
            id="ledger.E001",
        )
        for alias in databases or ()
        if not _is_waiting_for_migrations(alias)
        for sentence in trigger_faults(connections[alias])
    ]


def _is_waiting_for_migrations(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@register(Tags.security, deploy=True)
def check_role(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    """Report, by `check --deploy`, that whoever takes the application over takes triggers away."""
    if connection.vendor != "postgresql":
        return []
    name, powers = powers_of(connection)
    if not powers:
        return []
    return [
        Warning(
            f"The centre signs in to PostgreSQL as {name}, which {', '.join(powers)}. Rows that "
            "never change are kept by triggers, and this role can take them away.",
            hint="See “The database” in docs/how-to/run-in-production.md.",
            id="ledger.W001",
        )
    ]
