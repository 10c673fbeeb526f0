"""Columns that never change once their row is written: their triggers on both databases.

Of a model that is registered here every column is frozen but those that are named with the reason
why they change. So a new column is frozen until somebody says why it changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.models import Model

from marketplace.core import triggers

BY_DIGEST = "bound to the ledger by a digest"
"""Why a column needs no trigger that changes: each act that sets it binds the row."""
STEP = "a step of the row's way: the act that takes it records a fact"
CLOCK = "a day or a reminder that the calendar moves, as the rules of terms say"

Reasons = Mapping[str, Iterable[str]]
"""Columns that change, by the reason why they may."""


@dataclass(frozen=True)
class Kept:
    """What is registered of a model: why which columns change, and whether rows are deleted."""

    model: type[Model]
    changing: Mapping[str, str]
    may_go: bool

    def columns_of(self, model: type[Model]) -> list[str]:
        """Return the frozen columns of the model, as it stands or as a migration knows it."""
        columns = {str(field.column) for field in model._meta.concrete_fields}
        return sorted(columns - self.changing.keys())

    @property
    def frozen(self) -> list[str]:
        return self.columns_of(self.model)


FROZEN: dict[str, Kept] = {}
"""Table → what is registered of its model."""
EXCUSED: dict[type[Model], dict[str, str]] = {}
"""Model that is not registered → why which of its columns are guarded by nothing."""


def freeze(model: type[Model], changing: Reasons | None = None, *, may_go: bool = False) -> None:
    """Freeze every column of a model but those that change, each for its reason.

    Its rows are not deleted either, unless an act does so: `may_go`.
    """
    kept = Kept(model, _by_column(changing or {}), may_go)
    FROZEN[model._meta.db_table] = kept
    triggers.declare(lambda vendor: _statements(kept, model, vendor))


def bound_columns(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a frozen model that change only where an act binds them."""
    kept = FROZEN.get(model._meta.db_table)
    changing = kept.changing if kept else {}
    return tuple(column for column, reason in changing.items() if reason == BY_DIGEST)


def excuse(model: type[Model], reasons: Reasons) -> None:
    """Name columns of money that nothing guards, each with its reason."""
    EXCUSED[model] = _by_column(reasons)


def migrated(app_label: str) -> RunPython:
    """Return the step of a migration that freezes an app's columns, as far as they are there.

    A later migration that adds, alters or removes columns ends with it again.
    """

    def forwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statements in _of_app(apps, app_label):
            triggers.drop(schema_editor, statements)
            triggers.create(schema_editor, statements)

    def backwards(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statements in _of_app(apps, app_label):
            triggers.drop(schema_editor, statements)

    return RunPython(forwards, backwards)


def _of_app(apps: Any, app_label: str) -> Iterator[triggers.Statements]:
    for model in apps.get_app_config(app_label).get_models():
        if (kept := FROZEN.get(model._meta.db_table)) is not None:
            yield partial(_statements, kept, model)


def _by_column(reasons: Reasons) -> dict[str, str]:
    return {column: reason for reason, columns in reasons.items() for column in columns}


def _statements(kept: Kept, model: type[Model], vendor: str) -> list[str]:
    table, columns = model._meta.db_table, kept.columns_of(model)
    says = f"{table} keeps what is frozen"
    if vendor == "postgresql":
        return _of_postgresql(table, columns, says, may_go=kept.may_go)
    refuse = f"SELECT RAISE(ABORT, '{says}')"
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    statements = [
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {differs} BEGIN {refuse}; END"
    ]
    if kept.may_go:
        return statements
    same = " OR ".join(
        " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
        for columns in _keys(model)
    )
    return [
        *statements,
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} BEGIN {refuse}; END",
        # REPLACE deletes the old row and fires delete triggers only if they are recursive.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN {refuse}; END",
    ]


def _of_postgresql(table: str, columns: list[str], says: str, *, may_go: bool) -> list[str]:
    function = f"{table}_frozen"
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    statements = [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF ROW({new}) IS NOT DISTINCT FROM ROW({old}) THEN "
        f"RETURN NEW; END IF; END IF; RAISE EXCEPTION '{says}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE{'' if may_go else ' OR DELETE'} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]
    if may_go:
        return statements
    return [
        *statements,
        f"CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]


def _keys(model: type[Model]) -> list[tuple[str, ...]]:
    """Return the columns that name one row, each group of which stands once."""
    options = model._meta
    columns = {field.name: str(field.column) for field in options.concrete_fields}
    alone = [(columns[field.name],) for field in options.concrete_fields if field.unique]
    together = [
        tuple(sorted(columns[name] for name in constraint.fields))
        for constraint in options.total_unique_constraints
    ]
    return sorted({*alone, *together})
