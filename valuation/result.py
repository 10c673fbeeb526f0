"""What a method answers: an amount with the whole way to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from valuation.errors import WARNING_SENTENCES, ValuationError
from valuation.inputs import Fields
from valuation.rounding import as_text

_PLACE = re.compile(r"\[[0-9]+\]$")


@dataclass(frozen=True)
class Node:
    """One figure of an explanation.

    `name` is the figure's key, `formula` how it follows from its children (empty for an input),
    `source` where an input comes from, `unit` a currency, `years`, `ratio` or `index`.
    """

    name: str
    value: Decimal
    unit: str
    formula: str = ""
    source: str = ""
    children: tuple[Node, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """Return this figure and all below it with their depth, from the top."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def to_dict(self) -> dict[str, object]:
        """Return a JSON-safe copy; numbers are decimal text."""
        return {
            "name": self.name,
            "value": as_text(self.value),
            "unit": self.unit,
            "formula": self.formula,
            "source": self.source,
            "children": [child.to_dict() for child in self.children],
        }


@dataclass(frozen=True)
class ValuationWarning:
    """Something that a reader of the figure has to know; `code` is one of `WARNING_CODES`."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Say it in English."""
        return WARNING_SENTENCES[self.code].format(**self.parameters)

    def to_dict(self) -> dict[str, object]:
        """Return a JSON-safe copy, with the sentence."""
        return {
            "code": self.code,
            "parameters": dict(self.parameters),
            "sentence": self.sentence,
        }


def with_sources(explanation: Node, fields: Fields) -> Node:
    """Write into each input figure where it comes from, as the field `sources` tells by name.

    The name of a list without a place, such as `income`, tells it for all its figures.

    Raises:
        ValuationError: `sources` names a figure that is no input of this explanation.
    """
    if not fields.has("sources"):
        return explanation
    sources = fields.fields("sources", "Give texts by the name of the figure.")
    names = [node.name for _, node in explanation.walk() if not node.formula]
    sources.refuse_others(*names, *(_PLACE.sub("", name) for name in names))
    texts = {name: sources.text(name, "Say where it comes from.") for name in sources.given}
    return _with_texts(explanation, texts)


def _with_texts(node: Node, texts: Mapping[str, str]) -> Node:
    source = node.source
    if not node.formula:
        source = texts.get(node.name, texts.get(_PLACE.sub("", node.name), node.source))
    return replace(
        node, source=source, children=tuple(_with_texts(child, texts) for child in node.children)
    )


@dataclass(frozen=True)
class Figures:
    """What a method computes from its inputs; `amount` is exact and not rounded yet.

    A method that answers no amount of money (weights, shares, indices) leaves `amount` None and
    `currency` empty. `outputs` hold `Decimal`, whole numbers, truth values, texts, None, and lists
    and mappings of them.
    """

    amount: Fraction | None
    currency: str
    explanation: Node
    warnings: tuple[ValuationWarning, ...]
    outputs: dict[str, object]


def money(
    amount: Fraction,
    currency: str,
    explanation: Node,
    warnings: tuple[ValuationWarning, ...],
    outputs: dict[str, object],
) -> Figures:
    """Return the figures of a method that values, with a warning where no currency is named."""
    if not currency:
        unstated = ValuationWarning("currency-unstated")
        return Figures(None, "", explanation, (*warnings, unstated), outputs)
    return Figures(amount, currency, explanation, warnings, outputs)


@dataclass(frozen=True)
class Result:
    """A valuation that can be stored and replayed; `amount` is in `currency`, to the cent.

    `amount` is None and `currency` empty where a method answers no money. `inputs` are those that
    were given, numbers as decimal text. `outputs` are the method's named figures, as in `Figures`.
    """

    method: str
    version: str
    amount: Decimal | None
    currency: str
    explanation: Node
    warnings: tuple[ValuationWarning, ...]
    inputs: dict[str, object]
    outputs: dict[str, object]

    @property
    def worth(self) -> Decimal:
        """Return the amount of a method that values.

        Raises:
            ValuationError: `no-amount`, the method answers no money.
        """
        if self.amount is None:
            raise ValuationError("no-amount", method=self.method)
        return self.amount

    def to_dict(self) -> dict[str, object]:
        """Return a JSON-safe copy, which `valuation.replay` takes; numbers are decimal text."""
        return {
            "method": self.method,
            "version": self.version,
            "amount": None if self.amount is None else as_text(self.amount),
            "currency": self.currency,
            "outputs": stored_outputs(self.outputs),
            "warnings": [warning.to_dict() for warning in self.warnings],
            "inputs": self.inputs,
            "explanation": self.explanation.to_dict(),
        }


def stored_outputs(outputs: Mapping[str, object]) -> dict[str, object]:
    """Return outputs with every `Decimal` as decimal text."""
    return {name: _with_numbers(value, as_text) for name, value in outputs.items()}


def plain_outputs(outputs: Mapping[str, object]) -> dict[str, object]:
    """Return outputs with every `Decimal` as the nearest JSON number, for programs that compare."""
    return {name: _with_numbers(value, float) for name, value in outputs.items()}


def _with_numbers(value: object, write: Callable[[Decimal], object]) -> object:
    if isinstance(value, Mapping):
        return {name: _with_numbers(part, write) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_numbers(part, write) for part in value]
    return write(value) if isinstance(value, Decimal) else value
