"""The system check that finds triggers which are missing, off or altered."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from marketplace.ledger.guards import trigger_faults


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
