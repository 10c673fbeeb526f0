"""The card of a model: what it was trained on, what was measured of it, what it is not for."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.core import clock
from marketplace.credentials.documents import canonical_bytes
from marketplace.learning.grounds.locks import Grounds, grounds_of
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.pedigree import pedigree_of
from marketplace.learning.run.models import TrainingRun

FORM = 1
MEASURED = (
    *("declaration", "declaration_digest", "schema", "rows", "left_out", "shards"),
    *("scores", "membership", "privacy", "export", "versions"),
)
LIMITS = (
    "The scores hold for rows like those held out. Of other places, times or people they say "
    "nothing.",
    "The model tells how probable a label is; it decides nothing about a person.",
    "Membership was tried by the attackers named here, on the splits counted here; others may come "
    "further.",
)
LIMIT_OF_EPSILON = (
    "ε holds for the bytes of the model, and for a row, not for a person with several. Scores and "
    "numbers of rows on this card are exact."
)

FORGETTING = {
    "fitted_in_each_shard": [
        *("vocabulary", "known values", "scaling", "search", "model", "calibration")
    ],
    "declared": ["labels", "cut in time", "settings that may be tried"],
}
"""What of a model follows from the rows of one shard, and what was said before; there is no third.

So a model whose shards are trained again without rows is the one that never saw them.
"""
FORGETTING_WORDS = {
    "fitted_in_each_shard": ["counts of labels"],
    "declared": ["labels", "words", "ε", "cut in time"],
}
"""The same of declared words. Noise is drawn anew, so that bytes differ where nothing else does."""


def card_of(
    run: TrainingRun,
    grounds: Grounds,
    report: Mapping[str, Any],
    former: TrainedModel | None = None,
) -> dict[str, Any]:
    """Return the card as JSON can hold it; `former` is the model whose place it takes."""
    version, dataset = run.version, run.version.dataset
    return {
        "form": FORM,
        "title": run.title,
        "organization": run.organization.name,
        "trained_on_day": clock.today().isoformat(),
        "data": {
            "dataset": str(dataset.pk),
            "title": dataset.title,
            "version": version.number,
            "sha256": version.sha256,
            "rows": version.rows,
            "right": grounds.certificate.number,
            "right_digest": grounds.certificate.credential.digest,
            "verdict": grounds.report.verdict,
            "risk_report": grounds.report.credential.number if grounds.report.credential else "",
            "made_from": [str(each.dataset.pk) for each in grounds.proofs.upstream],
        },
        "pedigree": pedigree_of(version, grounds),
        **{name: report[name] for name in MEASURED},
        "model": {"sha256": report["sha256"], "bytes": report["bytes"], "format": "ONNX"},
        "forgetting": FORGETTING if report["privacy"] is None else FORGETTING_WORDS,
        "replaces": former and _replaced(former, report["shards"]),
        "limits": [*LIMITS, *([LIMIT_OF_EPSILON] if report["privacy"] else [])],
    }


def _replaced(former: TrainedModel, shards: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    kept = [number for number, one in enumerate(shards) if one["is_kept"]]
    trouble = grounds_of(former.version, former.organization).trouble
    return {
        "model": str(former.pk),
        "sha256": former.file.sha256,
        "card_sha256": former.card_sha256,
        "credential": former.credential.number,
        "credential_digest": former.credential.digest,
        "because": trouble.value if trouble else former.trouble,
        "version_sha256": former.version.sha256,
        "shards_retrained": [number for number in range(len(shards)) if number not in kept],
        "shards_kept": kept,
    }


def card_bytes(card: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of a card, whose SHA-256 the credential names."""
    return canonical_bytes(card)


def card_digest(card: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a card."""
    return hashlib.sha256(card_bytes(card)).hexdigest()
