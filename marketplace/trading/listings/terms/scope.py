"""Say in words which part of a version a licence is for."""

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.projections import Condition
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Invalid
from marketplace.preparation.release.selectors import pseudonym_columns
from marketplace.trading.listings.terms.terms import Terms

OPERATOR_SIGNS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}


def scope_lines(terms: Terms) -> list[str]:
    """Return sentences on columns, rows and marks; none where the whole is licensed as it is."""
    lines = []
    if terms.columns:
        lines.append(_("Only these columns: %(names)s.") % {"names": ", ".join(terms.columns)})
    if terms.rows:
        conditions = "; ".join(condition_words(one) for one in terms.projection.rows)
        lines.append(_("Only the rows with: %(conditions)s.") % {"conditions": conditions})
    if terms.is_marked:
        lines.append(
            _(
                "The recipient gets a copy of its own: its pseudonyms differ from every other "
                "copy's, and it has a risk report and a digest of its own."
            )
        )
    elif lines:
        lines.append(_("Delivered as a file, this part has a risk report and a digest of its own."))
    return lines


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


def unmarkable(version: DatasetVersion, terms: Terms) -> dict[str, list[str]]:
    """Say that terms promise marks where no licensed column has pseudonyms that could carry them.

    Without one every buyer's copy would be the same, and a leaked one would name nobody.
    """
    if not terms.is_marked:
        return {}
    marks = pseudonym_columns(version)
    if marks & set(terms.columns) if terms.columns else marks:
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


def scope_problems(version: DatasetVersion, terms: Terms) -> dict[str, list[str]]:
    """Say by field what the terms ask of the data that it does not have: columns, or marks."""
    return _unknown_columns(version, terms) or unmarkable(version, terms)


def _unknown_columns(version: DatasetVersion, terms: Terms) -> dict[str, list[str]]:
    names = set(columns_of(version).values_list("name", flat=True))
    try:
        used = [condition.column for condition in terms.projection.rows]
    except Invalid:
        # The terms say by themselves that a condition is none.
        used = []
    found = {}
    for field, named in (("columns", terms.columns), ("rows", used)):
        if unknown := [name for name in named if name not in names]:
            found[field] = [_("The data has no column “%s”.") % unknown[0][:100]]
    return found
