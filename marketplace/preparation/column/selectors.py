"""Read findings, levels, and what people have written of columns."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desensitize.engines.codebook import Annotation, Explained
from desensitize.policy import Policy
from marketplace.catalog.version.code_lists import codes_of, missing_codes
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import NotFound
from marketplace.core.reading import read_once
from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy


def labels_of(version: DatasetVersion) -> dict[str, str]:
    """Return what the officer calls each column of a version that has a label."""
    return {column.name: column.label for column in columns_of(version) if column.label}


def units_of(version: DatasetVersion) -> dict[str, str]:
    """Return in what each column of a version is measured that has a unit."""
    return {column.name: column.unit for column in columns_of(version) if column.unit}


def codes_of_column(version: DatasetVersion, name: str) -> dict[str, str]:
    """Return what the codes of a column mean, by the code list that an officer wrote."""
    column = columns_of(version).filter(name=name).first()
    return {} if column is None else codes_of(column)


def findings_of(version: DatasetVersion) -> QuerySet[ColumnFinding]:
    """Return what was found about each column of a version, in their order."""
    return ColumnFinding.objects.filter(version=version).order_by("position")


@read_once
def is_classified(version: DatasetVersion) -> bool:
    """Return whether the columns of a version were looked at."""
    return findings_of(version).exists()


def finding_at(version: DatasetVersion, position: int) -> ColumnFinding:
    """Return what was found about the column at a place of a version, counted from 1.

    Raises:
        NotFound: there is no such column.
    """
    finding = findings_of(version).filter(position=position).first()
    if finding is None:
        raise NotFound(_("This version has no such column."))
    return finding


def hierarchies_of(version: DatasetVersion) -> QuerySet[ColumnHierarchy]:
    """Return the hierarchies that were set for a source version."""
    return ColumnHierarchy.objects.filter(version=version).order_by("name")


def hierarchy_of(version: DatasetVersion, column: str) -> ColumnHierarchy | None:
    """Find the hierarchy that was set for a column of a source version."""
    return hierarchies_of(version).filter(name=column).first()


def earlier_hierarchies(version: DatasetVersion) -> list[ColumnHierarchy]:
    """Return the newest hierarchy that an earlier version of the dataset had for each column.

    Columns for which this version has one of its own are left out.
    """
    newest: dict[str, ColumnHierarchy] = {}
    for one in _earlier(version):
        newest.setdefault(one.name, one)
    return sorted(newest.values(), key=lambda one: one.name)


def earlier_hierarchy(version: DatasetVersion, column: str) -> ColumnHierarchy | None:
    """Find what an earlier version had for a column that has no hierarchy of its own."""
    return _earlier(version).filter(name=column).first()


def inheritable_columns(version: DatasetVersion) -> list[str]:
    """Return the columns of `earlier_hierarchies`, without reading their rows."""
    names = _earlier(version).order_by("name").values_list("name", flat=True)
    return list(names.distinct())


def _earlier(version: DatasetVersion) -> QuerySet[ColumnHierarchy]:
    return (
        ColumnHierarchy.objects.filter(
            version__dataset_id=version.dataset_id, version__number__lt=version.number
        )
        .exclude(name__in=hierarchies_of(version).values("name"))
        .select_related("version")
        .order_by("-version__number")
    )


# What people have written of the columns of a version, for its bytes and for their counts.


def explained_columns(version: DatasetVersion, policy: Policy | None = None) -> Explained:
    """Return what an officer has written of a version's columns.

    `policy` is the one that made the values, where they are only copied.
    """
    return Explained({column.name: _annotation(column) for column in columns_of(version)}, policy)


def _annotation(column: Column) -> Annotation:
    return Annotation(
        column.label, column.unit, column.meaning, codes_of(column), missing_codes(column)
    )


# Which values a column can have, as far as people have said so and no cell was looked at.

BOUNDS: Final = re.compile(r"^\s*(\S+?)\s*\.\.\s*(\S+?)\s*(?:/\s*([0-9]{1,3})\s*)?$")
NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]{1,6}))?")


def known_values(
    version: DatasetVersion, decided: Policy, *, looked_at: Collection[str]
) -> dict[str, str]:
    """Return by column what was asked of a copy before, else code list or levels, as is typed.

    Levels list values of the data: those of columns alone that are `looked_at`.
    """
    known = {
        one.name: text_of({"values": [row[0] for row in one.rows]})
        for one in hierarchies_of(version).filter(name__in=list(looked_at))
    }
    for column in columns_of(version):
        codes = codes_of(column)
        if codes:
            known[column.name] = text_of({"values": list(codes)})
    if decided.synthetic is not None:
        known = {name: text_of(one) for name, one in decided.synthetic.domains.items()}
    return known


def domain_of(text: str) -> dict[str, Any]:
    """Read `a | b | c` as values, and `17..90` or `17..90 / 12` as bounds, in so many steps."""
    found = BOUNDS.match(text)
    if found is None:
        return {"values": [part.strip() for part in text.split("|") if part.strip()]}
    low, high, bins = found.groups()
    numbers = [NUMBER.fullmatch(one) for one in (low, high)]
    domain: dict[str, Any] = {"low": low, "high": high}
    if all(numbers):
        domain["decimals"] = max(len(one[1] or "") for one in numbers if one)
    return domain | ({"bins": int(bins)} if bins else {})


def text_of(domain: Mapping[str, Any]) -> str:
    """Write what `domain_of` reads; "" for edges, which a program alone can give."""
    if "values" in domain:
        return " | ".join(domain["values"])
    if "low" not in domain:
        return ""
    steps = f" / {domain['bins']}" if "bins" in domain else ""
    return f"{domain['low']}..{domain['high']}{steps}"
