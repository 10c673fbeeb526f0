"""Computing a stored result anew, and saying what has become different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from valuation.errors import ValuationError
from valuation.likeness import SAMPLER, TOLERANCE, alike
from valuation.registry import value
from valuation.result import stored_outputs
from valuation.rounding import as_text
from valuation.version import VERSION


@dataclass(frozen=True)
class Replay:
    """How a recomputation compares with what was stored.

    `same` is true when the amount, the currency and every output are equal to the cent.
    `differences` names what is not; `refusal` is set where today's rules refuse the inputs, and
    `amount_now` is None then. A changed library version alone leaves `same` true.

    Sampled figures are the same when they are equal within the `tolerance` of their method (a
    relative one; None for closed forms). `sampler_then` and `sampler_now` name the numpy that drew.
    """

    same: bool
    amount_then: str | None
    amount_now: str | None
    version_then: str
    version_now: str
    differences: tuple[str, ...] = ()
    refusal: ValuationError | None = None
    tolerance: str | None = None
    sampler_then: str = ""
    sampler_now: str = ""

    @property
    def version_changed(self) -> bool:
        """Return whether another version of the library wrote the result."""
        return self.version_then != self.version_now

    @property
    def sentence(self) -> str:
        """Say the outcome in English."""
        versions = (
            f"written by version {self.version_then}, recomputed by {self.version_now}"
            if self.version_changed
            else f"version {self.version_now}"
        )
        if self.sampler_then != self.sampler_now:
            then = self.sampler_then or "an unknown version"
            versions += f", drawn by numpy {then}, drawn anew by {self.sampler_now or 'none'}"
        if self.refusal is not None:
            return f"Not reproduced ({versions}): the inputs are refused now. {self.refusal}"
        if self.same and self.tolerance is not None:
            return f"Reproduced within a relative tolerance of {self.tolerance} ({versions})."
        if self.same and self.amount_now is None:
            return f"Reproduced, every figure of it ({versions})."
        if self.same:
            return f"Reproduced to the cent: {self.amount_now} ({versions})."
        if self.amount_then is None or self.amount_now is None:
            return f"Not reproduced ({versions}); different: {', '.join(self.differences)}."
        return (
            f"Not reproduced ({versions}): {self.amount_then} was stored and {self.amount_now} "
            f"comes out; different: {', '.join(self.differences)}."
        )


def replay(stored: Mapping[str, object]) -> Replay:
    """Recompute a result from the inputs stored in it, as `Result.to_dict()` wrote them.

    Raises:
        ValuationError: `stored-result-unreadable`, the mapping is no stored result.
    """
    method, currency, version = (_text(stored, name) for name in ("method", "currency", "version"))
    amount = None
    if "amount" not in stored or stored["amount"] is not None:
        amount = _text(stored, "amount")
    inputs, outputs = _object(stored, "inputs"), _object(stored, "outputs")
    try:
        result = value(method, inputs)
    except ValuationError as refusal:
        return Replay(False, amount, None, version, VERSION, ("amount",), refusal)
    now = stored_outputs(result.outputs)
    # The tolerance is the method's own: a stored one could be made to forgive anything.
    stated = now.get(TOLERANCE)
    tolerance = stated if isinstance(stated, str) else None
    amount_now = None if result.amount is None else as_text(result.amount)
    differences = [
        name
        for name, then, recomputed in (
            ("amount", amount, amount_now),
            ("currency", currency, result.currency),
        )
        if not alike(then, recomputed, tolerance)
    ]
    differences += [
        name
        for name in sorted({*now, *outputs} - {SAMPLER})
        if not alike(outputs.get(name), now.get(name), tolerance)
    ]
    return Replay(
        not differences,
        amount,
        amount_now,
        version,
        VERSION,
        tuple(differences),
        tolerance=tolerance,
        sampler_then=str(outputs.get(SAMPLER, "")),
        sampler_now=str(now.get(SAMPLER, "")),
    )


def _text(stored: Mapping[str, object], name: str) -> str:
    found = stored.get(name)
    if not isinstance(found, str):
        raise ValuationError("stored-result-unreadable", reason=f"it has no text {name!r}")
    return found


def _object(stored: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = stored.get(name)
    if not isinstance(found, Mapping):
        raise ValuationError("stored-result-unreadable", reason=f"it has no object {name!r}")
    return found
