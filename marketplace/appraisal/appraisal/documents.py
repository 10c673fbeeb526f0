"""What a valuation says, as one document whose digest binds every figure of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.valuing import digest_of


@dataclass(frozen=True)
class ApproachInDocument:
    method: str
    weight: Decimal | None
    reason: str
    result: Mapping[str, object]


def digest_of_document(
    headline: Mapping[str, object], approaches: Sequence[ApproachInDocument]
) -> str:
    """Return the SHA-256 of the document's canonical JSON (RFC 8785) as hex.

    A single approach without a reason is its own document, so that the digests of valuations from
    before there were several still hold.

    Raises:
        Invalid: a text holds characters that cannot be kept.
    """
    if len(approaches) == 1 and not approaches[0].reason:
        return digest_of(headline)
    return digest_of(
        {
            "value": headline,
            "approaches": [
                {
                    "method": str(one.method),
                    "weight": None if one.weight is None else f"{one.weight:.6f}",
                    "reason": one.reason,
                    "result": one.result,
                }
                for one in approaches
            ],
        }
    )


def digest_of_appraisal(appraisal: Appraisal) -> str:
    return digest_of_document(
        appraisal.result,
        [
            ApproachInDocument(one.method, one.weight, one.reason, one.result)
            for one in appraisal.approaches.all()
        ],
    )
