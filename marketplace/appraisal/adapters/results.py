"""What the library answers, as the centre reads it: values, refusals, the way to a figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

import valuation
from marketplace.appraisal.adapters.labels import UNITS, formula_in_words, label_of, title_of
from marketplace.appraisal.adapters.sentences import SENTENCES, WARNINGS
from marketplace.core import Invalid
from valuation.result import plain_outputs

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


# How far a value may move: by one input at a time, and by all together.

SHARE = Decimal("0.1")
"""Each input is moved by a tenth to either side."""
MOST_BARS = 8
NO_FIGURES = {"sources", "currency", "right_held", "income_rights", "price_index", "name"}
SPREAD = Decimal("0.2")
"""Income may miss by a fifth to either side, where nobody says otherwise."""
DRAWS, SEED = 20_000, 20_250_101


@dataclass(frozen=True)
class Sensitivity:
    """An input, and the value where it is a tenth lower and a tenth higher."""

    label: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Spread:
    """What comes out where every year's income is drawn: quantiles and how often what came out."""

    p10: Decimal
    p50: Decimal
    p90: Decimal
    edges: Sequence[Decimal]
    counts: Sequence[int]
    draws: int
    seed: int


def sensitivities(method: str, inputs: Mapping[str, Any]) -> list[Sensitivity]:
    """Move each input of an approach by a tenth and answer the strongest, the strongest first.

    An input whose low or high the method refuses, such as a life beyond its whole, is left out.
    """
    found = []
    for path in _paths(inputs):
        asked = {"method": method, "inputs": inputs, "vary": {path: SHARE}}
        try:
            [bar] = _listed(valuation.value("tornado", asked).outputs["bars"])
        except valuation.ValuationError:
            continue
        low, high = Decimal(str(bar["value_low"])), Decimal(str(bar["value_high"]))
        if low != high:
            found.append(Sensitivity(label_of(path), low, high))
    return sorted(found, key=lambda one: abs(one.high - one.low), reverse=True)[:MOST_BARS]


def spread_of(result: Mapping[str, Any]) -> Spread | None:
    """Draw an income value: each year's flow misses by a fifth, triangular, by itself.

    None where the approach has no flows, or one of them is not above 0.
    """
    flows = result["outputs"].get("F")
    values = result["outputs"].get("PV")
    if result["method"] != "income" or not flows or len(flows) != len(values or []):
        return None
    amounts = [Decimal(str(value)) for value in values]
    if min(amounts) <= 0:
        return None
    asked = {
        "revenue_triangular": [
            [part * (1 - SPREAD), part, part * (1 + SPREAD)] for part in amounts
        ],
        "discount_rate": Decimal(0),
        "draws": DRAWS,
        "seed": SEED,
    }
    try:
        outputs = valuation.value("simulate", asked).outputs
    except valuation.ValuationError:
        return None
    histogram = outputs["histogram"]
    assert isinstance(histogram, Mapping)
    return Spread(
        p10=Decimal(str(outputs["p10"])),
        p50=Decimal(str(outputs["p50"])),
        p90=Decimal(str(outputs["p90"])),
        edges=[Decimal(str(edge)) for edge in histogram["edges"]],
        counts=[int(count) for count in histogram["counts"]],
        draws=DRAWS,
        seed=SEED,
    )


def _paths(inputs: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, part in inputs.items():
        if name in NO_FIGURES:
            continue
        path = f"{above}.{name}" if above else name
        if isinstance(part, Mapping):
            yield from _paths(part, path)
        elif isinstance(part, list):
            if part and all(_is_number(one) for one in part):
                yield path
            else:
                for place, one in enumerate(part, start=1):
                    if isinstance(one, Mapping):
                        yield from _paths(one, f"{path}[{place}]")
        elif _is_number(part):
            yield path


def _is_number(part: object) -> bool:
    if isinstance(part, bool) or not isinstance(part, str | int | Decimal):
        return False
    try:
        return Decimal(part).is_finite()
    except InvalidOperation:
        return False


def _listed(bars: object) -> list[Mapping[str, object]]:
    assert isinstance(bars, list)
    return bars


# Any method of the library on given inputs, for whoever wants to see what comes out.

MOST_FIGURES = 400
"""The most figures of a way that a page shows; the JSON holds them all."""


@dataclass(frozen=True)
class Calculation:
    """What a method answers: its figures, the way to them, and what a reader has to know.

    `figures` are plain JSON numbers under the library's own names; `result` holds them exactly and
    can be computed again. `rows` are the same figures one by one, with the path to each.
    """

    method: str
    title: str
    version: str
    amount: Decimal | None
    currency: str
    figures: Mapping[str, object]
    rows: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    way: tuple[Figure, ...]
    result: Mapping[str, object]


def methods() -> list[tuple[str, str]]:
    """List the names of the library's methods with their titles."""
    return [(name, title_of(name)) for name in valuation.METHODS]


def calculation(method: str, inputs: Mapping[str, object]) -> Calculation:
    """Run a method.

    Raises:
        Invalid: there is no such method, or the library refuses the inputs.
    """
    result = value(method, inputs)
    stored = result.to_dict()
    way = figures_of(stored)
    return Calculation(
        method=result.method,
        title=title_of(result.method),
        version=result.version,
        amount=result.amount,
        currency=result.currency,
        figures=plain_outputs(result.outputs),
        rows=tuple(_rows("", result.outputs)),
        warnings=tuple(worded_warnings(stored)),
        way=tuple(way[:MOST_FIGURES]),
        result=stored,
    )


def _rows(path: str, figure: object) -> list[tuple[str, str]]:
    if isinstance(figure, Mapping):
        parts = [(f"{path}.{name}" if path else str(name), part) for name, part in figure.items()]
    elif isinstance(figure, list | tuple):
        parts = [(f"{path}[{place}]", part) for place, part in enumerate(figure, start=1)]
    else:
        return [(path, _text(figure))]
    return [row for name, part in parts for row in _rows(name, part)]


def _text(figure: object) -> str:
    if isinstance(figure, bool):
        return "true" if figure else "false"
    if isinstance(figure, Decimal):
        return f"{figure:f}"
    return "" if figure is None else str(figure)
