"""What guards each column of money and rights from a hand on the database, and its page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Field, Model

from marketplace.accounts.models import RoleGrant
from marketplace.accounts.setting.models import CentreSetting
from marketplace.core import MoneyField
from marketplace.core.append_only import APPEND_ONLY
from marketplace.core.frozen import BY_DIGEST, EXCUSED, FROZEN
from marketplace.delivery.grant.models import Grant
from marketplace.ledger.binding import KINDS, is_compared

APPS = ("books", "treasury", "orders", "rights", "credentials")
"""Apps whose models are all of money or rights."""
BESIDE: tuple[type[Model], ...] = (RoleGrant, CentreSetting, Grant)
"""Models of other apps that are; of all others only the columns of money are looked at."""
ABOUT = """
For each column of money and rights: what guards it from a hand that writes into the database past
the centre. The list is made from the models. A test fails for a column that nothing guards and no
reason excuses.

| word | says |
|---|---|
| grows | triggers refuse each change of the row |
| frozen | a trigger refuses a change of the column; the row goes only where an act deletes it |
| bound | acts record a keyed digest of it; `manage.py verify_ledger --state` names what differs |
| computed | `verify_ledger --state` computes it again from entries, or from rows that only grow |
| excused | acts change it; no trigger and no digest tells a change by hand from theirs |

Triggers stop whoever may write rows. Who owns the tables can drop them; `verify_ledger` then names
each trigger that is missing, altered or switched off. [Audit a
centre](../how-to/audit-a-centre.md) says who can do what.
""".strip()


@dataclass(frozen=True)
class Column:
    """A column of money or rights, and what guards it: nothing, where `guards` is empty.

    `why` is the reason for which it is excused.
    """

    table: str
    name: str
    guards: tuple[str, ...]
    why: str = ""


def guarded_columns() -> Iterator[Column]:
    """Yield each column of money and rights with what guards it."""
    for model in apps.get_models():
        fields = list(model._meta.concrete_fields)
        if model._meta.app_label not in APPS and model not in BESIDE:
            fields = [field for field in fields if isinstance(field, MoneyField)]
        for field in fields:
            yield guarded_column(model, field)


def guarded_page(note: str) -> str:
    """Say of each column of money and rights what guards it."""
    parts = ["# Guarded columns", "", note, "", ABOUT, "", "| table | column | guard | why |"]
    parts.append("|---|---|---|---|")
    for table, guards, why, names in _rows():
        columns = ", ".join(f"`{name}`" for name in names)
        parts.append(f"| `{table}` | {columns} | {guards} | {why} |")
    return "\n".join([*parts, ""])


def _rows() -> Iterator[tuple[str, str, str, list[str]]]:
    alike: dict[tuple[str, str, str], list[str]] = {}
    for column in guarded_columns():
        guards = ", ".join(column.guards) or ("excused" if column.why else "none")
        alike.setdefault((column.table, guards, column.why), []).append(column.name)
    for (table, guards, why), names in sorted(alike.items()):
        yield table, guards, why, sorted(names)


def guarded_column(model: type[Model], field: "Field[object, object]") -> Column:
    """Return what guards one column of a model."""
    table, name = model._meta.db_table, str(field.column)
    guards = []
    if table in APPEND_ONLY:
        guards.append("grows")
    why = ""
    if (kept := FROZEN.get(table)) is not None:
        why = kept.changing.get(name, "")
        if not why:
            guards.append("frozen")
    if (kind := KINDS.get(model)) is not None and field.attname in (*kind.key, *kind.columns):
        guards.append("bound")
    if is_compared(model, field.attname):
        guards.append("computed")
    if guards or why == BY_DIGEST:
        return Column(table, name, tuple(guards))
    return Column(table, name, (), why or EXCUSED.get(model, {}).get(name, ""))
