"""The rows that a chart draws, with their labels and their numbers in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

Number = int | float | Decimal


def apart(labels: Iterable[str]) -> list[str]:
    """Make equal labels differ by what is not seen, since each is a place on its axis."""
    seen: Counter[str] = Counter()
    answer = []
    for label in labels:
        answer.append(label + "\u200b" * seen[label])
        seen[label] += 1
    return answer


def rows_of(pairs: Sequence[tuple[str, Number]]) -> list[dict[str, Any]]:
    """Make the rows of charts that draw one value a label."""
    labels = apart(pair[0] for pair in pairs)
    return [
        {"label": label, "value": float(number), "text": short(number)}
        for label, (__, number) in zip(labels, pairs, strict=True)
    ]


def told(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return what screen readers say of the rows."""
    return [(str(row["label"]), str(row["text"])) for row in rows]


def short(value: Number) -> str:
    """Write a number with thousands separators and at most two places."""
    rounded = round(Decimal(str(value)), 2)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"


def label_axis(channel: str, **axis: Any) -> dict[str, Any]:
    """Describe the axis of labels, in the order given."""
    kind = "nominal" if channel == "y" else "ordinal"
    return {
        "field": "label",
        "type": kind,
        "sort": None,
        "axis": {"domain": channel == "x", **axis},
    }
