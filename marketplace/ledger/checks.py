"""The system check that finds missing triggers."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from marketplace.core import append_only


@register(Tags.database)
def check_triggers(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **options: object,
) -> list[CheckMessage]:
    """Report each append-only table that has lost a trigger.

    Before the migrations have run that may bring a new trigger, nothing is lost yet.
    """
    return [
        Error(
            f"The trigger {name} is missing from the database {alias!r}.",
            hint="Restore it with a migration that calls marketplace.core.append_only.install.",
            id="ledger.E001",
        )
        for alias in databases or ()
        if not _is_waiting_for_migrations(alias)
        for name in append_only.missing(connections[alias])
    ]


def _is_waiting_for_migrations(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
