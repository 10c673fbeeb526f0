"""What the library answers, as the centre reads it: values, refusals, the way to a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

import valuation
from marketplace.appraisal.adapters.labels import UNITS, formula_in_words, label_of
from marketplace.appraisal.adapters.sentences import SENTENCES, WARNINGS
from marketplace.core.errors import Invalid

FIELD_OF_CODE: Mapping[str, str] = {
    "amount-missing": "direct",
    "currency-unknown": "currency",
    "delta-twice": "delta",
    "negative-delta": "delta",
    "remaining-life-too-long": "remaining_life_years",
    "unknown-method": "method",
}
"""The field that a refusal without one is told at."""

NAMES = frozenset({"field", "first", "second", "flow", "rate", "needed", "held", "names"})
"""The parameters of sentences that hold the library's names, one or several."""


@dataclass(frozen=True)
class Figure:
    """One line of the way to the value; `depth` counts from 0 at the value itself."""

    depth: int
    label: str
    value: Decimal
    unit: str
    formula: str
    source: str

    @property
    def worded_value(self) -> str:
        """Return money to the cent, and other numbers to four places at most with their unit."""
        if self.unit not in UNITS:
            return f"{self.value:,.2f}"
        return f"{_short(self.value)} {UNITS[self.unit]}".rstrip()


@dataclass(frozen=True)
class Replayed:
    """Whether the stored inputs give the same cents again, and a sentence that says so."""

    same: bool
    amount_then: str
    amount_now: str
    version_then: str
    version_now: str
    sentence: str


def value(method: str, inputs: Mapping[str, object]) -> valuation.Result:
    """Compute a value.

    Raises:
        Invalid: the library refuses; its code is the refusal's.
    """
    try:
        return valuation.value(method, inputs)
    except valuation.ValuationError as error:
        raise refusal_of(error) from None


def refusal_of(error: valuation.ValuationError) -> Invalid:
    """Turn a refusal of the library into one of the centre, at the field that it concerns."""
    sentence = sentence_of(error)
    named = error.parameters.get("field", "").split(".")[-1].partition("[")[0]
    field = named or FIELD_OF_CODE.get(error.code, "")
    fields = {field: [sentence]} if field else {}
    return Invalid(sentence, code=error.code, fields=fields)


def sentence_of(error: valuation.ValuationError) -> str:
    """Say a refusal of the library in the reader's language."""
    return str(SENTENCES[error.code]) % _in_words(error.parameters)


def worded_warnings(result: Mapping[str, object]) -> list[str]:
    """Say the warnings of a stored result in the reader's language."""
    found = result.get("warnings")
    answer = []
    for warning in found if isinstance(found, list) else []:
        answer.append(str(WARNINGS[warning["code"]]) % _in_words(warning["parameters"]))
    return answer


def _in_words(parameters: Mapping[str, str]) -> dict[str, str]:
    return {
        name: ", ".join(label_of(part) for part in given.split(", ")) if name in NAMES else given
        for name, given in parameters.items()
    }


def _short(number: Decimal) -> str:
    text = f"{number:.4f}"
    return text.rstrip("0").rstrip(".")


def figures_of(result: Mapping[str, object]) -> list[Figure]:
    """List the way to the value of a stored result, from the value down to its inputs."""
    return list(_walk(result["explanation"], 0))


def _walk(node: object, depth: int) -> list[Figure]:
    assert isinstance(node, dict)
    own = Figure(
        depth=depth,
        label=label_of(node["name"]),
        value=Decimal(node["value"]),
        unit=node["unit"],
        formula=formula_in_words(node["formula"]),
        source=node["source"],
    )
    return [own, *(figure for child in node["children"] for figure in _walk(child, depth + 1))]


def replayed(result: Mapping[str, object]) -> Replayed:
    """Compute a stored result anew and compare the cents."""
    try:
        answer = valuation.replay(result)
    except valuation.ValuationError as error:
        return Replayed(False, "", "", "", valuation.VERSION, sentence_of(error))
    then, now = answer.amount_then or "", answer.amount_now or ""
    if answer.refusal is not None:
        sentence = _("Not reproduced: the inputs are refused now. %(refusal)s") % {
            "refusal": sentence_of(answer.refusal)
        }
    elif answer.same and answer.tolerance is not None:
        sentence = _(
            "Reproduced: %(amount)s. Drawn figures are compared within a relative tolerance of "
            "%(tolerance)s."
        ) % {"amount": now or _("no single amount"), "tolerance": answer.tolerance}
    elif answer.same:
        sentence = _("Reproduced to the cent: %(amount)s.") % {"amount": now}
    else:
        sentence = _(
            "Not reproduced: %(then)s was stored and %(now)s comes out. Different: %(names)s."
        ) % {
            "then": then,
            "now": now,
            "names": ", ".join(label_of(name) for name in answer.differences),
        }
    if not answer.same and answer.version_then != answer.version_now:
        sentence = _("%(sentence)s It was computed by version %(then)s; now %(now)s computes.") % {
            "sentence": sentence,
            "then": answer.version_then,
            "now": answer.version_now,
        }
    return Replayed(answer.same, then, now, answer.version_then, answer.version_now, sentence)
