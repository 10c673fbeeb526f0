"""The system check of what readers of strangers' files can reach."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from marketplace.catalog.version.readers import readers


@register(Tags.security, deploy=True)
def check_readers(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    """Report, by `check --deploy`, that a reader could reach what is not its business."""
    found = readers()
    if found.is_isolated:
        return []
    kind, identity = (Error, "catalog.E001") if found.refuse else (Warning, "catalog.W001")
    return [kind(found.found, hint=HOW_TO, id=identity)]


HOW_TO = "See “Readers of strangers' files” in docs/how-to/run-in-production.md."
