"""The system check of the setting that names the designated registry."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from marketplace.rights.registry import registry_place


@register()
def check_registry(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Report a setting from which no national code can be made, before one is given."""
    try:
        registry_place()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="rights.E001")]
    return []
