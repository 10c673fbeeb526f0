"""All that the centre keeps, as one value: what two moments have in common can be compared."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Model

OURS = "marketplace."
ASIDE = {"last_login"}
"""Signing in is noted on a person, and is no act."""


def kept_rows() -> dict[str, list[tuple[object, ...]]]:
    """Answer every row of every table of ours, but for the answers that the API keeps."""
    return {
        model._meta.label: _rows(model)
        for model in apps.get_models()
        if model.__module__.startswith(OURS) and model._meta.app_label != "web"
    }


def changed_tables(before: dict[str, list[tuple[object, ...]]]) -> list[str]:
    """Name the tables whose rows are others than they were."""
    return [label for label, rows in kept_rows().items() if rows != before[label]]


def _rows(model: type[Model]) -> list[tuple[object, ...]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in ASIDE]
    return list(model._default_manager.order_by("pk").values_list(*names))
