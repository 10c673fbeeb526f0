"""The `valuation` library in the words of the centre: refusals, warnings, figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import valuation
from marketplace.core.errors import Invalid

FIGURES: Mapping[str, str | Promise] = {
    "P": gettext_lazy("Value"),
    "C": gettext_lazy("Replacement cost"),
    "delta": gettext_lazy("Value adjustment"),
    "amount": gettext_lazy("Amount"),
    "currency": gettext_lazy("Currency"),
    "components": gettext_lazy("Cost components"),
    "preliminary": gettext_lazy("Preliminary cost"),
    "direct": gettext_lazy("Direct cost"),
    "indirect": gettext_lazy("Indirect cost"),
    "opportunity": gettext_lazy("Opportunity cost"),
    "tax": gettext_lazy("Taxes and fees"),
    "groups": gettext_lazy("Cost groups"),
    "construction": gettext_lazy("Construction"),
    "operation": gettext_lazy("Operation and maintenance"),
    "management": gettext_lazy("Management"),
    "cost_lines": gettext_lazy("Cost lines"),
    "cost_basis": gettext_lazy("Prices that the costs are at"),
    "quality_coefficient": gettext_lazy("Quality coefficient"),
    "remaining_life_years": gettext_lazy("Remaining life in years"),
    "total_life_years": gettext_lazy("Whole life in years"),
    "allocation": gettext_lazy("Share allocated to the data"),
    "price_index": gettext_lazy("Price index"),
    "sources": gettext_lazy("Sources"),
}
"""What the figures and fields of the library are called; others keep the library's own name."""

SENTENCES: Mapping[str, str | Promise] = {
    "AMOUNT_MISSING": gettext_lazy("No cost is given. Give at least one cost component."),
    "CHECK_IMPOSSIBLE": gettext_lazy(
        "The quality check %(rule)s says that %(passed)s of %(total)s passed. Give whole numbers "
        "with at least 1 in total and at most the total passed."
    ),
    "COSTS_TWICE": gettext_lazy(
        "The costs are given twice, as %(given)s. Give them in one form, or the same money counts "
        "twice."
    ),
    "CURRENCY_UNKNOWN": gettext_lazy(
        "The currency %(given)s is not understood. Give three capital letters, such as CNY."
    ),
    "DELTA_TWICE": gettext_lazy(
        "The value adjustment is given twice: by itself and through %(given)s. Give it once."
    ),
    "DUPLICATE_KEY": gettext_lazy("The key %(key)s stands twice in the inputs. Keep one of them."),
    "FIELD_MISSING": gettext_lazy("“%(field)s” is missing. Fill it in."),
    "FIELD_UNKNOWN": gettext_lazy("“%(field)s” is not an input of this method. Leave it out."),
    "FINITE_LIFE_REQUIRED": gettext_lazy(
        "“%(field)s” says that the data lives without end. Give a finite number of years: the "
        "least of legal term, contract, timeliness and product cycle."
    ),
    "INDEX_MISSING": gettext_lazy(
        "The price index has no value for the period %(period)s. Add it to the index."
    ),
    "INPUT_UNREADABLE": gettext_lazy("The inputs cannot be read as %(kind)s. Send them anew."),
    "NO_AMOUNT": gettext_lazy(
        "The method %(method)s answers no amount of money. Choose one that values, such as cost."
    ),
    "LIFE_NOT_POSITIVE": gettext_lazy("“%(field)s” is %(given)s. Give more than 0 years."),
    "NEGATIVE_COMPONENT": gettext_lazy(
        "“%(field)s” is %(given)s. A cost is 0 or more: give the amount without the sign, or leave "
        "it out."
    ),
    "NEGATIVE_DELTA": gettext_lazy(
        "The value adjustment is %(given)s. Give 0 or more: 1 leaves the cost as it is."
    ),
    "NEGATIVE_VALUE": gettext_lazy("“%(field)s” is %(given)s. Give 0 or more."),
    "NOT_A_LIST": gettext_lazy("“%(field)s” is not a list. Give a list of entries."),
    "NOT_A_NUMBER": gettext_lazy(
        "“%(field)s” is %(given)s, which is not a number. Write digits with a point, such as "
        "1250.50."
    ),
    "NOT_AN_OBJECT": gettext_lazy("“%(field)s” is not an object. Give names with their values."),
    "NOT_ONE_OF": gettext_lazy("“%(field)s” is %(given)s. Give one of: %(allowed)s."),
    "NOT_POSITIVE": gettext_lazy("“%(field)s” is %(given)s. Give more than 0."),
    "NOT_TEXT": gettext_lazy("“%(field)s” is not a text. Give a text that is not empty."),
    "NUMBER_OUT_OF_RANGE": gettext_lazy(
        "The number in “%(field)s” is too large or has too many digits. Give at most 18 digits "
        "before the point and 20 after it."
    ),
    "QUALITY_COLUMN_UNKNOWN": gettext_lazy("The table has no column %(column)s. Choose another."),
    "QUALITY_DIMENSION_UNKNOWN": gettext_lazy(
        "The quality dimension %(given)s is not known. Choose one of GB/T 36344."
    ),
    "QUALITY_DIMENSION_UNCHECKED": gettext_lazy(
        "The quality dimension %(dimension)s has a weight but no check. Add a check or give it the "
        "weight 0."
    ),
    "QUALITY_ROW_RAGGED": gettext_lazy(
        "Row %(row)s has %(given)s cells where the table has %(expected)s columns. Mend that row."
    ),
    "QUALITY_WEIGHTS_SUM": gettext_lazy(
        "The quality weights add up to %(given)s. Change them so that they add up to 1."
    ),
    "REMAINING_LIFE_TOO_LONG": gettext_lazy(
        "The remaining life of %(remaining)s years is longer than the whole life of %(total)s "
        "years. Give a remaining life that is at most the whole life."
    ),
    "SHARE_OUT_OF_RANGE": gettext_lazy("“%(field)s” is %(given)s. Give a share from 0 to 1."),
    "STORED_RESULT_UNREADABLE": gettext_lazy(
        "What is stored of this valuation cannot be computed again. Draft a new valuation."
    ),
    "UNKNOWN_METHOD": gettext_lazy("There is no valuation method %(given)s. Choose one of: cost."),
}

WARNINGS: Mapping[str, str | Promise] = {
    "COST_BASIS_UNSTATED": gettext_lazy(
        "It is not stated at which prices the costs are. Say whether they are at prices of the "
        "valuation date, or restate them by a price index."
    ),
    "DELTA_WITHOUT_JUSTIFICATION": gettext_lazy(
        "The value adjustment %(delta)s is above 1 and nothing says why. Write down the reason, "
        "such as scarcity."
    ),
    "HISTORIC_COST": gettext_lazy(
        "The costs are historic. A cost approach asks what the data would cost to replace at the "
        "valuation date: restate them by a price index."
    ),
    "PRICE_INDEX_FALLS": gettext_lazy(
        "The price index falls from %(then)s in %(period)s to %(now)s in %(valuation_period)s. "
        "Check that it is not inverted."
    ),
}

FIELD_OF_CODE: Mapping[str, str] = {
    "AMOUNT_MISSING": "direct",
    "CURRENCY_UNKNOWN": "currency",
    "DELTA_TWICE": "delta",
    "NEGATIVE_DELTA": "delta",
    "REMAINING_LIFE_TOO_LONG": "remaining_life_years",
    "UNKNOWN_METHOD": "method",
}
"""The field that a refusal without one is told at."""

UNITS: Mapping[str, str | Promise] = {
    "ratio": "",
    "index": "",
    "years": gettext_lazy("years"),
}
"""What stands behind a number that is no money."""

_WORD = re.compile(r"[A-Za-z_]+")


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
        """Answer money to the cent, and other numbers to four places at most with their unit."""
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
    field = error.parameters.get("field", "").split(".")[-1] or FIELD_OF_CODE.get(error.code, "")
    fields = {field: [sentence]} if field else {}
    return Invalid(sentence, code=error.code, fields=fields)


def sentence_of(error: valuation.ValuationError) -> str:
    """Say a refusal of the library in the reader's language."""
    parameters = dict(error.parameters)
    if "field" in parameters:
        parameters["field"] = label_of(parameters["field"])
    return str(SENTENCES[error.code]) % parameters


def worded_warnings(result: Mapping[str, object]) -> list[str]:
    """Say the warnings of a stored result in the reader's language."""
    found = result.get("warnings")
    answer = []
    for warning in found if isinstance(found, list) else []:
        answer.append(str(WARNINGS[warning["code"]]) % warning["parameters"])
    return answer


def _short(number: Decimal) -> str:
    text = f"{number:.4f}"
    return text.rstrip("0").rstrip(".")


def label_of(name: str) -> str:
    """Name a figure or field of the library, whose path may stand before it."""
    return str(FIGURES.get(name.split(".")[-1], name))


def figures_of(result: Mapping[str, object]) -> list[Figure]:
    """List the way to the value of a stored result, from the value down to its inputs."""
    return list(_walk(result["explanation"], 0))


def formula_in_words(formula: str) -> str:
    """Name the figures of a formula."""
    return _WORD.sub(lambda word: label_of(word[0]), formula)


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
    return Replayed(answer.same, then, now, answer.version_then, answer.version_now, sentence)
