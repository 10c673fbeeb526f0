"""Decide what the values of a column become, level by level."""

import hashlib
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.errors import DesensitizeError
from desensitize.privacy import Hierarchy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid
from marketplace.core.arguments import Column
from marketplace.ledger.services.recording import record
from marketplace.preparation.adapters import refusal_of, sentence_of
from marketplace.preparation.column.events import HierarchyCleared, HierarchySet
from marketplace.preparation.column.inheritance import Inherited, inherited_of
from marketplace.preparation.column.models import ColumnFinding, ColumnHierarchy
from marketplace.preparation.column.rules import check_decides_now
from marketplace.preparation.column.selectors import findings_of, hierarchy_of
from marketplace.preparation.version.locks import locked_source
from marketplace.preparation.version.rules import check_has_raw

MOST_ROWS = 20_000
MOST_LEVELS = 30
LONGEST_LABEL = 200

COLUMN = Column()
Rows = Sequence[Sequence[str]]


@transaction.atomic
def set_hierarchy(
    version_id: UUID, *, column: Annotated[str, COLUMN], rows: Rows, by: Actor
) -> ColumnHierarchy:
    """Set the hierarchy of a column of a classified source version, for the policies to come.

    `rows` has one row a value: the value, then ever coarser labels; “*” is added where it lacks.
    The same rows again change nothing.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, or newer data came.
        Invalid: there is no such column, or the rows are no hierarchy; `fields` names the place.
    """
    version, finding = _column_of(version_id, column, by=by)
    return _kept(version, finding, _checked(column, rows), by=by)


@transaction.atomic
def inherit_hierarchies(version_id: UUID, *, by: Actor) -> list[Inherited]:
    """Set for a classified source version what earlier ones had, where it covers every value.

    Answers all that there was to inherit; what names too few values is left to the officer. Where
    nothing is left to inherit, nothing changes.

    Raises:
        NotFound, NotAllowed: as for `set_hierarchy`.
        WrongState: as for `set_hierarchy`; or the raw data was destroyed.
    """
    version = _decided(version_id, by=by)
    check_has_raw(version)
    inherited = inherited_of(version)
    for one in inherited:
        if one.covers:
            _kept(version, one.finding, [list(row) for row in one.rows], by=by)
    return inherited


@transaction.atomic
def clear_hierarchy(
    version_id: UUID, *, column: Annotated[str, COLUMN], by: Actor
) -> DatasetVersion:
    """Forget the hierarchy of a column: one is made from its values again.

    Where none is set, nothing changes.

    Raises:
        NotFound, NotAllowed, WrongState: as for `set_hierarchy`.
        Invalid: there is no such column.
    """
    version, finding = _column_of(version_id, column, by=by)
    existing = hierarchy_of(version, column)
    if existing is not None:
        existing.delete()
        record(
            HierarchyCleared(
                subject=f"version:{version.pk}",
                about=_concerns(version),
                position=finding.position,
            ),
            by=by,
        )
    return version


def _kept(
    version: DatasetVersion, finding: ColumnFinding, plain: list[list[str]], *, by: Actor
) -> ColumnHierarchy:
    assert by.person_id is not None
    digest = _digest_of(plain)
    existing = hierarchy_of(version, finding.name)
    if existing is not None and existing.digest == digest:
        return existing
    kept, _made = ColumnHierarchy.objects.update_or_create(
        version=version,
        name=finding.name,
        defaults={"rows": plain, "digest": digest, "set_by_id": by.person_id},
    )
    record(
        HierarchySet(
            subject=f"version:{version.pk}",
            about=_concerns(version),
            position=finding.position,
            digest=digest,
            levels=len(plain[0]),
        ),
        by=by,
    )
    return kept


def _decided(version_id: UUID, *, by: Actor) -> DatasetVersion:
    version = locked_source(version_id, by=by)
    check_decides_now(version, by)
    return version


def _column_of(version_id: UUID, column: str, *, by: Actor) -> tuple[DatasetVersion, ColumnFinding]:
    version = _decided(version_id, by=by)
    finding = findings_of(version).filter(name=column).first()
    if finding is None:
        sentence = sentence_of("unknown-column", {"column": column})
        raise Invalid(sentence, code="unknown-column", fields={"column": [sentence]})
    return version, finding


def _checked(column: str, rows: Rows) -> list[list[str]]:
    sentence = ""
    if len(rows) > MOST_ROWS:
        sentence = _("A hierarchy has at most %(most)d rows.") % {"most": MOST_ROWS}
    elif any(len(row) > MOST_LEVELS for row in rows):
        sentence = _("A hierarchy has at most %(most)d levels.") % {"most": MOST_LEVELS}
    elif any(len(label) > LONGEST_LABEL for row in rows for label in row):
        sentence = _("A label has at most %(most)d characters.") % {"most": LONGEST_LABEL}
    elif any("\x00" in label for row in rows for label in row):
        sentence = _("A label holds a character that cannot be kept. Type it again.")
    if sentence:
        raise Invalid(sentence, code="hierarchy-too-large", fields={"rows": [sentence]})
    try:
        return [list(row) for row in Hierarchy.checked(column, rows).rows]
    except DesensitizeError as error:
        raise refusal_of(error, field="rows") from error


def _digest_of(rows: Rows) -> str:
    try:
        return hashlib.sha256(rfc8785.dumps([list(row) for row in rows])).hexdigest()
    except (rfc8785.CanonicalizationError, UnicodeError):
        sentence = _("A label holds a character that cannot be kept. Type it again.")
        raise Invalid(sentence, fields={"rows": [sentence]}) from None


def _concerns(version: DatasetVersion) -> tuple[str, ...]:
    return (
        f"dataset:{version.dataset_id}",
        f"organization:{version.dataset.organization_id}",
    )
