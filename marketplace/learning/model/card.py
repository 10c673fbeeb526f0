"""The card of a model: what it was trained on, what was measured of it, what it is not for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from marketplace.core import clock
from marketplace.credentials.documents import canonical_bytes
from marketplace.learning.grounds.locks import Grounds
from marketplace.learning.run.models import TrainingRun

FORM = 1
MEASURED = (
    *("declaration", "declaration_digest", "schema", "rows", "left_out", "shards"),
    *("scores", "membership", "export", "versions"),
)
LIMITS = (
    "The scores hold for rows like those held out. Of other places, times or people they say "
    "nothing.",
    "The model tells how probable a label is; it decides nothing about a person.",
    "Membership was tried by the attackers named here, on ten splits; others may come further.",
)


def card_of(run: TrainingRun, grounds: Grounds, report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the card as JSON can hold it."""
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
        **{name: report[name] for name in MEASURED},
        "model": {"sha256": report["sha256"], "bytes": report["bytes"], "format": "ONNX"},
        "limits": list(LIMITS),
    }


def card_bytes(card: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of a card, whose SHA-256 the credential names."""
    return canonical_bytes(card)


def card_digest(card: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a card."""
    return hashlib.sha256(card_bytes(card)).hexdigest()
