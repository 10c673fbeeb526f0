"""What a model says of a row, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format

from marketplace.learning.model.scoring import Scored
from marketplace.web.shares import percent

MOST_LABELS = 20


@dataclass(frozen=True)
class Answer:
    """The likeliest label, the probability of each, and what moved it, the most first."""

    label: str
    probabilities: list[tuple[str, str]]
    reasons: list[tuple[str, str]]


def answer_in_words(scored: Scored, labels: Mapping[str, str]) -> Answer:
    """Word what a model says of a row; `labels` say what its columns mean."""
    likeliest = sorted(scored.probabilities.items(), key=lambda one: -one[1])
    return Answer(
        label=scored.label,
        probabilities=[(label, percent(share)) for label, share in likeliest[:MOST_LABELS]],
        reasons=[
            (labels.get(one.feature) or one.feature, _signed(one.effect)) for one in scored.reasons
        ],
    )


def _signed(effect: float) -> str:
    shown = number_format(round(abs(effect), 2), 2)
    return f"+{shown}" if effect >= 0 else f"−{shown}"
