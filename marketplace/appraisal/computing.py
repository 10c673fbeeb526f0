"""From the approaches that an officer gives to one value with its range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.appraisal.documents import ApproachInDocument, digest_of_document
from marketplace.appraisal.limits import HeldRight
from marketplace.appraisal.models import APPROACHES, BESIDE, Method
from marketplace.appraisal.reconciling import Weighed, reconciled
from marketplace.appraisal.valuing import Valued, valued
from marketplace.core.errors import Invalid


@dataclass(frozen=True)
class GivenApproach:
    """An approach as an officer gives it; one that stands alone needs no weight and no reason."""

    method: str
    inputs: Mapping[str, object]
    weight: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class ComputedApproach:
    """An approach with its figure; `weight` is None for what is shown beside the value."""

    method: Method
    value: Valued
    weight: Decimal | None
    reason: str


@dataclass(frozen=True)
class Computed:
    """A value with its range and the approaches behind it; `digest` covers all of them."""

    method: Method
    value: Valued
    low: Decimal
    high: Decimal
    approaches: tuple[ComputedApproach, ...]
    digest: str


def computed(
    given: Sequence[GivenApproach], *, right: HeldRight, purpose: str, on: date
) -> Computed:
    """Compute each approach, and from several one value by their weights.

    Raises:
        Invalid: there is no approach to a value, one is given twice or is none of the centre's, an
            approach breaks a rule (see `valuing.valued`; where several are given its fields are
            `method.field`), or the weights do.
    """
    methods = _methods_of(given)
    is_alone = len(given) == 1
    found = tuple(
        ComputedApproach(
            method=method,
            value=_one(approach, method, right, on, is_alone=is_alone),
            weight=approach.weight if method in APPROACHES else None,
            reason=approach.reason.strip(),
        )
        for approach, method in zip(given, methods, strict=True)
    )
    counting = [approach for approach in found if approach.method in APPROACHES]
    if len(counting) == 1:
        found = tuple(_alone(approach) for approach in found)
        [only] = counting
        amount = only.value.amount
        method, value, low, high = only.method, only.value, amount, amount
    else:
        answer = reconciled(
            [Weighed(one.method, one.value.amount, one.weight, one.reason) for one in counting],
            on=on,
            purpose=purpose,
            certificate=right.certificate,
        )
        method, value, low, high = Method.RECONCILE, answer.value, answer.low, answer.high
    digest = digest_of_document(
        value.result,
        [ApproachInDocument(one.method, one.weight, one.reason, one.value.result) for one in found],
    )
    return Computed(method, value, low, high, found, digest)


def _methods_of(given: Iterable[GivenApproach]) -> list[Method]:
    methods: list[Method] = []
    for approach in given:
        if approach.method not in (*APPROACHES, *BESIDE):
            raise _no_approach(
                _("“%(method)s” is no approach of this centre. Choose one of: %(allowed)s.")
                % {
                    "method": approach.method,
                    "allowed": ", ".join(str(method.label) for method in (*APPROACHES, *BESIDE)),
                }
            )
        methods.append(Method(approach.method))
    if not set(methods) & set(APPROACHES):
        raise _no_approach(_("Choose at least one approach: by cost, by income or by the market."))
    if len(set(methods)) < len(methods):
        raise _no_approach(_("A valuation takes each approach once. Leave out the second one."))
    return methods


def _one(
    given: GivenApproach, method: Method, right: HeldRight, on: date, *, is_alone: bool
) -> Valued:
    try:
        return valued(method, given.inputs, right=right, on=on)
    except Invalid as refusal:
        if is_alone:
            raise
        fields = {f"{method}.{name}": told for name, told in refusal.fields.items()}
        sentence = _("%(approach)s: %(sentence)s") % {
            "approach": method.label,
            "sentence": refusal.sentence,
        }
        raise Invalid(sentence, code=refusal.code, fields=fields) from None


def _alone(approach: ComputedApproach) -> ComputedApproach:
    if approach.method in BESIDE:
        return approach
    return ComputedApproach(approach.method, approach.value, Decimal(1), approach.reason)


def _no_approach(sentence: str) -> Invalid:
    return Invalid(sentence, code="approaches-invalid", fields={"approaches": [sentence]})
