"""Which part of a version the licence is for."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.projections import Condition, Projection, conditions_from
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Invalid
from marketplace.preparation.release.selectors import pseudonym_columns
from marketplace.trading.listings.terms.clauses.asked import Conditions, Flag, Names, Page
from marketplace.trading.listings.terms.clauses.base import (
    Clause,
    Facts,
    Group,
    InForce,
    OfferedAs,
    Place,
    Problems,
)
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules

OPERATOR_SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}


@dataclass(frozen=True, kw_only=True)
class PartClause(Clause):
    """Which columns and rows the licence is for, and whether each buyer gets a copy of its own.

    columns, rows: none for all; each of `rows` is a condition as `catalog.version.projections`
    reads it. is_marked: the buyer's copy has pseudonyms of its own.
    """

    group = Group.DATA
    place = Place.PART

    columns: Annotated[
        tuple[str, ...],
        Names(
            label=gettext_lazy("Only these columns"),
            help=gettext_lazy("Tick none to license every column."),
            for_programs="The columns that the licence is for; none for all.",
            is_of_one_dataset=True,
            first_on=(Page.OFFER, Page.AMENDMENT),
        ),
    ] = ()
    rows: Annotated[
        tuple[Any, ...],
        Conditions(
            label=gettext_lazy("Only these rows"),
            help=gettext_lazy(
                "All conditions must hold. Leave them empty to license every row; several values "
                "stand with a comma between them."
            ),
            for_programs=(
                'Conditions that rows meet, such as `["age", "ge", 30]`; none for all rows.'
            ),
            is_of_one_dataset=True,
            first_on=(Page.OFFER, Page.AMENDMENT),
        ),
    ] = ()
    is_marked: Annotated[
        bool,
        Flag(
            label=gettext_lazy("A marked copy for each buyer"),
            help=gettext_lazy(
                "Pseudonyms differ from buyer to buyer, so that a leaked copy names its buyer."
            ),
            for_programs="Each buyer gets a copy with pseudonyms of its own.",
        ),
    ] = False

    @property
    def projection(self) -> Projection:
        """Return which columns and rows of the version the licence is for.

        Raises:
            Invalid: a condition is none; terms with no problem have none such.
        """
        return Projection(self.columns, conditions_from(self.rows))

    def problems(self) -> Problems:
        try:
            conditions_from(self.rows)
        except Invalid as refusal:
            return {"rows": [refusal.sentence]}
        return {}

    def part_in_words(self) -> list[str]:
        """Return sentences on columns, rows and marks; none where all is licensed as it is."""
        lines = []
        if self.columns:
            lines.append(_("Only these columns: %(names)s.") % {"names": ", ".join(self.columns)})
        if self.rows:
            conditions = "; ".join(condition_words(one) for one in self.projection.rows)
            lines.append(_("Only the rows with: %(conditions)s.") % {"conditions": conditions})
        if self.is_marked:
            lines.append(
                _(
                    "The recipient gets a copy of its own: its pseudonyms differ from every other "
                    "copy's, and it has a risk report and a digest of its own."
                )
            )
        elif lines:
            lines.append(
                _("Delivered as a file, this part has a risk report and a digest of its own.")
            )
        return lines

    def facts(self) -> Facts:
        return [(_("Licensed part"), " ".join(self.part_in_words()) or _("All columns and rows"))]

    def in_contract(self) -> list[str]:
        return self.part_in_words()

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(
            own={
                "terms:columns": list(self.columns),
                "terms:rows": [list(row) for row in self.rows],
                "terms:markedCopy": self.is_marked,
            }
        )

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {
            "columns": tuple(policy.whole["terms:columns"]),
            "rows": tuple(policy.whole["terms:rows"]),
            "is_marked": policy.whole["terms:markedCopy"],
        }

    def unfit(self, offered: OfferedAs) -> Problems:
        if offered.mode.sells_right and (self.columns or self.rows or self.is_marked):
            sentence = _(
                "A right is sold over all of the data. Leave columns, rows and marks empty."
            )
            return {"columns": [sentence]}
        if offered.version.is_model:
            sentence = _("A trained model is delivered whole. Leave this empty.")
            names = ("columns", "rows", "is_marked")
            return {name: [sentence] for name in names if getattr(self, name)}
        return scope_problems(offered.version, self)

    def stays(self, at: InForce) -> dict[str, str]:
        if not at.is_granted:
            # Nothing is granted and no copy written before the payment.
            return {}
        fixed = {"is_marked": _("The copy for this order is written already. Order the data anew.")}
        if self.is_marked or not at.is_cut_when_read:
            # Rows through the API are cut as they are read; whatever else leaves has a digest.
            sentence = _(
                "The bytes of this order are fixed by their digest. Order other columns or rows "
                "anew: they get a copy and a risk report of their own."
            )
            fixed |= dict.fromkeys(("columns", "rows"), sentence)
        return fixed


def condition_words(condition: Condition) -> str:
    if condition.operator == "null":
        return _("%(column)s is empty") % {"column": condition.column}
    if condition.operator == "not-null":
        return _("%(column)s is not empty") % {"column": condition.column}
    if isinstance(condition.value, tuple):
        values = ", ".join(str(value) for value in condition.value)
        return _("%(column)s is one of %(values)s") % {
            "column": condition.column,
            "values": values,
        }
    return f"{condition.column} {OPERATOR_SIGNS[condition.operator]} {condition.value}"


def unmarkable(version: DatasetVersion, part: PartClause) -> Problems:
    """Say that terms promise marks where no licensed column has pseudonyms that could carry them.

    Without one every buyer's copy would be the same, and a leaked one would name nobody.
    """
    if not part.is_marked:
        return {}
    marks = pseudonym_columns(version)
    if marks & set(part.columns) if part.columns else marks:
        return {}
    return {
        "is_marked": [
            _(
                "No licensed column holds pseudonyms, so copies cannot be told apart. License one "
                "that does, mask a column by a keyed pseudonym and list that version, or offer the "
                "data without marks."
            )
        ]
    }


def scope_problems(version: DatasetVersion, part: PartClause) -> Problems:
    """Say by field what the terms ask of the data that it does not have: columns, or marks."""
    return _unknown_columns(version, part) or unmarkable(version, part)


def _unknown_columns(version: DatasetVersion, part: PartClause) -> Problems:
    names = set(columns_of(version).values_list("name", flat=True))
    try:
        used = [condition.column for condition in part.projection.rows]
    except Invalid:
        # The terms say by themselves that a condition is none.
        used = []
    found = {}
    for field, named in (("columns", part.columns), ("rows", used)):
        if unknown := [name for name in named if name not in names]:
            found[field] = [_("The data has no column “%s”.") % unknown[0][:100]]
    return found
