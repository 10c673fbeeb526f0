"""What the right that is held lets a value count, and what each input owes its reader."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

import valuation
from marketplace.appraisal.adapters import labels
from marketplace.core import Invalid
from marketplace.core.bounds import decimal_of

RIGHTS = ("hold", "use", "operate")
LEGAL_TERM = "legal_term"
LIVES = ("remaining_life_years", "T")
"""The figures, of the cost approach and of a real option, that the right limits."""


@dataclass(frozen=True)
class HeldRight:
    """What is valued: the rights that are held, by which certificate, and until when."""

    rights: frozenset[str]
    certificate: str
    until: date


def check_cost(inputs: Mapping[str, object]) -> None:
    """Refuse a value adjustment that does not tell how long the data still lives.

    Raises:
        Invalid: `delta` is given by itself.
    """
    if "delta" in inputs:
        raise invalid(
            "delta",
            _("Give the quality coefficient, the remaining and the whole life instead."),
            code="life-missing",
        )


def income_of_right(
    inputs: Mapping[str, object], right: HeldRight, longest: Decimal
) -> dict[str, object]:
    """Bind income to the right: what is held is the certificate's, and ends when it does.

    Raises:
        Invalid: it is not said which right the income presupposes, or a legal term is given that
            goes beyond the right. Whether that right is held is the library's question.
    """
    if not inputs.get("income_rights"):
        raise invalid(
            "income_rights",
            _("Say whether the income comes from own use or from sales and licences."),
            code="income-right-missing",
        )
    held = [name for name in RIGHTS if name in right.rights]
    given = {**inputs, "right_held": held}
    limits = given.get("life_limits", {})
    if not isinstance(limits, Mapping):
        return given
    if limits.get(LEGAL_TERM) is not None:
        _check_term(limits[LEGAL_TERM], longest)
        return given
    given["life_limits"] = {**limits, LEGAL_TERM: longest}
    sources = given.get("sources", {})
    if isinstance(sources, Mapping):
        given["sources"] = {
            **sources,
            LEGAL_TERM: _("Certificate %(number)s") % {"number": right.certificate},
        }
    return given


def check_life(explanation: valuation.Node, longest: Decimal) -> None:
    """Refuse a remaining life that goes beyond the right.

    Raises:
        Invalid: with the code `life-beyond-right`.
    """
    for _depth, node in explanation.walk():
        if node.name in LIVES:
            _check_term(node.value, longest, field=node.name)


def check_sources(explanation: valuation.Node) -> None:
    """Ask each input for its source.

    Raises:
        Invalid: with a sentence at the field of each source that is missing.
    """
    fields: dict[str, list[str]] = {}
    for figure in _without_source(explanation):
        sentence = _("Say where “%(figure)s” comes from.") % {
            "figure": labels.label_of(figure.name)
        }
        told = fields.setdefault(f"{field_of(figure.name)}_source", [])
        if not told:
            told.append(sentence)
    if fields:
        raise Invalid(
            _("Each input needs a source, so that a reviewer can check it."),
            code="source-missing",
            fields=fields,
        )


def field_of(figure: str) -> str:
    """Return the field in which a figure is given, without the place in a list."""
    *outer, last = figure.partition("[")[0].split(".")
    return f"{outer[-1]}_{last}" if outer and last in ("balance", "rate") else last


def invalid(field: str, sentence: str, *, code: str = "") -> Invalid:
    """Make a refusal at a field, or at none."""
    return Invalid(sentence, code=code, fields={field: [sentence]} if field else {})


def _check_term(given: object, longest: Decimal, *, field: str = LEGAL_TERM) -> None:
    try:
        years = decimal_of(given)
    except ValueError:
        return
    if years > longest:
        raise invalid(
            field,
            _("The right ends in %(years)s years. The data is worth nothing to its holder beyond.")
            % {"years": longest},
            code="life-beyond-right",
        )


def _without_source(explanation: valuation.Node) -> Iterator[valuation.Node]:
    for _depth, node in explanation.walk():
        if not node.formula and not node.source and node.value:
            yield node
