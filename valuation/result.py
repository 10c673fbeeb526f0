"""What a method answers: an amount with the whole way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from valuation.errors import WARNING_SENTENCES
from valuation.inputs import Fields
from valuation.rounding import as_text


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
        """Give this figure and all below it with their depth, from the top."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    def to_dict(self) -> dict[str, object]:
        """Give a JSON-safe copy; numbers are decimal text."""
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
        """Give a JSON-safe copy, with the sentence."""
        return {
            "code": self.code,
            "parameters": dict(self.parameters),
            "sentence": self.sentence,
        }


def with_sources(explanation: Node, fields: Fields) -> Node:
    """Write into each input figure where it comes from, as the field `sources` tells by name.

    Raises:
        ValuationError: `sources` names a figure that is no input of this explanation.
    """
    if not fields.has("sources"):
        return explanation
    sources = fields.fields("sources", "Give texts by the name of the figure.")
    sources.refuse_others(*(node.name for _, node in explanation.walk() if not node.formula))
    texts = {name: sources.text(name, "Say where it comes from.") for name in sources.given}
    return _with_texts(explanation, texts)


def _with_texts(node: Node, texts: Mapping[str, str]) -> Node:
    source = node.source if node.formula else texts.get(node.name, node.source)
    return replace(
        node, source=source, children=tuple(_with_texts(child, texts) for child in node.children)
    )


@dataclass(frozen=True)
class Figures:
    """What a method computes from its inputs; `amount` is exact and not rounded yet."""

    amount: Fraction
    currency: str
    explanation: Node
    warnings: tuple[ValuationWarning, ...]
    outputs: dict[str, object]


@dataclass(frozen=True)
class Result:
    """A valuation that can be stored and replayed; `amount` is in `currency`, to the cent.

    `inputs` are those that were given, numbers as decimal text. `outputs` are the method's named
    figures: `Decimal`, or mappings of them.
    """

    method: str
    version: str
    amount: Decimal
    currency: str
    explanation: Node
    warnings: tuple[ValuationWarning, ...]
    inputs: dict[str, object]
    outputs: dict[str, object]

    def to_dict(self) -> dict[str, object]:
        """Give a JSON-safe copy, which `valuation.replay` takes; numbers are decimal text."""
        return {
            "method": self.method,
            "version": self.version,
            "amount": as_text(self.amount),
            "currency": self.currency,
            "outputs": stored_outputs(self.outputs),
            "warnings": [warning.to_dict() for warning in self.warnings],
            "inputs": self.inputs,
            "explanation": self.explanation.to_dict(),
        }


def stored_outputs(outputs: Mapping[str, object]) -> dict[str, object]:
    """Give outputs with every number as decimal text."""
    stored: dict[str, object] = {}
    for name, value in outputs.items():
        if isinstance(value, Mapping):
            stored[name] = stored_outputs(value)
        elif isinstance(value, Decimal):
            stored[name] = as_text(value)
        else:
            stored[name] = value
    return stored
