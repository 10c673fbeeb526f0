"""From the approaches that an officer gives to one value with its range."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.appraisal.adapters import results
from marketplace.appraisal.appraisal.documents import ApproachInDocument, digest_of_document
from marketplace.appraisal.appraisal.limits import HeldRight
from marketplace.appraisal.appraisal.models import APPROACHES, BESIDE, Method, Purpose
from marketplace.appraisal.appraisal.quality import measured_quality, with_measured
from marketplace.appraisal.appraisal.selectors import Basis, basis_of
from marketplace.appraisal.appraisal.valuing import Valued, kept, valued
from marketplace.core import Actor, Invalid, clock
from marketplace.core.months import months_after


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


# Several approaches to one range, by stated weights with reasons; never a silent average.

PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Weighed:
    """The figure of an approach with its weight and the reason for it."""

    method: Method
    amount: Decimal
    weight: Decimal | None
    reason: str


@dataclass(frozen=True)
class Reconciled:
    """One value in a range."""

    value: Valued
    low: Decimal
    high: Decimal


def reconciled(
    approaches: Sequence[Weighed], *, on: date, purpose: str, certificate: str
) -> Reconciled:
    """Weigh the figures of several approaches into one; all value the same right on the same day.

    Raises:
        Invalid: a weight or a reason is missing, or the weights do not add up to 1.
    """
    _check_stated(approaches)
    result = results.value(
        Method.RECONCILE,
        {
            "currency": settings.CENTRE["CURRENCY"],
            "valuation_date": on.isoformat(),
            "purpose": purpose,
            "right": certificate,
            "results": [
                {
                    "method": str(one.method),
                    "amount": one.amount,
                    "weight": one.weight,
                    "reason": one.reason,
                }
                for one in approaches
            ],
        },
    )
    amounts = [one.amount for one in approaches]
    value = kept(result, amount=result.amount, currency=result.currency)
    return Reconciled(value, min(amounts), max(amounts))


def _check_stated(approaches: Sequence[Weighed]) -> None:
    fields: dict[str, list[str]] = {}
    for one in approaches:
        if one.weight is None:
            fields[f"{one.method}.weight"] = [_("Say how much this approach counts, from 0 to 1.")]
        elif not 0 <= one.weight <= 1 or one.weight != one.weight.quantize(PLACES):
            fields[f"{one.method}.weight"] = [
                _("A weight is from 0 to 1, with at most six places.")
            ]
        if not one.reason:
            fields[f"{one.method}.reason"] = [_("Say why this approach counts that much.")]
    if fields:
        raise Invalid(
            _("Several approaches need a weight and a reason each."),
            code="weights-missing",
            fields=fields,
        )
    total = sum((one.weight or Decimal(0) for one in approaches), Decimal(0))
    if total != 1:
        sentence = _("The weights add up to %(total)s. Change them so that they add up to 1.") % {
            "total": total.normalize()
        }
        raise Invalid(
            sentence,
            code="weights-sum",
            fields={f"{one.method}.weight": [sentence] for one in approaches},
        )


# A value of what is held: approaches computed on a version and a right, as of a day.


def check_purpose(purpose: str) -> None:
    """Refuse a purpose that is none.

    Raises:
        Invalid: it is not one of `Purpose`.
    """
    if purpose not in Purpose.values:
        sentence = _("Choose what the valuation is for.")
        raise Invalid(sentence, fields={"purpose": [sentence]})


def valuation_date(given: date | None) -> date:
    """Return the day that is valued as of: today, unless another is given.

    Raises:
        Invalid: it is in the future, or so long ago that the valuation would be out of date.
    """
    today = clock.today()
    if given is None:
        return today
    if given > today or months_after(given, settings.CENTRE["VALUATION_MONTHS"]) < today:
        sentence = _("Value as of today, or of a day of the last %(months)d months.") % {
            "months": settings.CENTRE["VALUATION_MONTHS"]
        }
        raise Invalid(sentence, fields={"valued_on": [sentence]})
    return given


def computed_on(
    basis: Basis, approaches: Sequence[GivenApproach], *, purpose: str, on: date
) -> Computed:
    """Compute approaches to the value of the right that the basis names.

    Quality counts as it was measured of the version, whatever was sent.

    Raises:
        Invalid: as for `computed`; or another quality coefficient is given (`quality-typed`), or
            quality was never measured (`quality-unmeasured`).
    """
    certificate = basis.certificate
    right = HeldRight(frozenset(certificate.rights), certificate.number, certificate.valid_until)
    quality = measured_quality(basis.version)
    counting = [
        replace(given, inputs=with_measured(given.method, given.inputs, quality))
        for given in approaches
    ]
    return computed(counting, right=right, purpose=purpose, on=on)


def preview(
    dataset_id: UUID,
    *,
    approaches: Sequence[GivenApproach],
    purpose: str,
    valued_on: date | None,
    by: Actor,
) -> Computed:
    """Compute what drafting would keep, and keep nothing.

    Raises:
        NotFound, NotAllowed, WrongState, Invalid: as for `draft_appraisal`.
    """
    check_purpose(purpose)
    basis = basis_of(dataset_id, purpose=purpose, by=by)
    return computed_on(basis, approaches, purpose=purpose, on=valuation_date(valued_on))
