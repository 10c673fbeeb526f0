"""What makes an income value wrong though its arithmetic is right: refused, or warned of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import ValuationWarning
from valuation.series import is_list

RIGHTS: Final = ("hold", "use", "operate")
TAX_BASES: Final = ("pre_tax", "post_tax")
TRAP_NAMES: Final = {
    "right_held": ("rights_held", "right"),
    "income_rights": ("income_right", "income_from_right", "rights_of_income"),
    "flow_basis": ("cashflow_basis", "flow_tax_basis", "income_basis", "flow_tax"),
    "rate_basis": ("discount_rate_basis", "rate_tax_basis", "rate_tax"),
}
"""The fields that tell what income and rate presuppose, with their other names."""


def refuse_wider_income(fields: Fields) -> None:
    """Refuse income that presupposes a right which is not held.

    `right_held` and `income_rights` are one or several of hold, use, operate: own use and savings
    need `use`, sales and licences need `operate`.

    Raises:
        ValuationError: `income-beyond-right`, or one of the two is missing or misspelt.
    """
    if not fields.has("right_held") and not fields.has("income_rights"):
        return
    held = _rights(fields, "right_held", "Give the rights that are held.")
    needed = _rights(fields, "income_rights", "Give the rights that the income presupposes.")
    beyond = [right for right in needed if right not in held]
    if beyond:
        raise ValuationError("income-beyond-right", needed=", ".join(beyond), held=", ".join(held))


def _rights(fields: Fields, field: str, advice: str) -> list[str]:
    given = fields.require(field, advice)
    parts: Sequence[object] = [given]
    if is_list(given) and isinstance(given, Sequence):
        parts = given
    single = [Fields({field: part}) for part in parts]
    return [part.one_of(field, RIGHTS, advice) for part in single]


def tax_basis_warnings(fields: Fields) -> Iterator[ValuationWarning]:
    """Refuse flows and a rate that are not both before or both after income tax.

    Raises:
        ValuationError: `tax-basis-mismatch`.
    """
    names = [name for name in ("flow_basis", "rate_basis") if fields.has(name)]
    said = {name: fields.one_of(name, TAX_BASES, "Say pre_tax or post_tax.") for name in names}
    if len(set(said.values())) > 1:
        raise ValuationError("tax-basis-mismatch", flow=said["flow_basis"], rate=said["rate_basis"])
    if len(said) == 1:
        yield ValuationWarning("tax-basis-half-stated", {"given": names[0]})
