"""The signed credential of a model."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from marketplace.core import Actor, clock
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.presentation import name_statement
from marketplace.credentials.services import issue_credential, next_number
from marketplace.learning.grounds.locks import Grounds
from marketplace.learning.model.pedigree import claims_of_pedigree
from marketplace.learning.run.models import TrainingRun

STATEMENT = (
    "The centre trained this model on the data named here, under the right named here, and "
    "measured what its card says."
)
name_statement(
    STATEMENT,
    gettext_lazy(
        "The centre trained this model on the data named here, under the right named here, and "
        "measured what its card says."
    ),
)


def issue_for(
    run: TrainingRun,
    grounds: Grounds,
    card: Mapping[str, Any],
    *,
    card_sha256: str,
    subject: str,
    by: Actor,
) -> Credential:
    """Sign what a model was made from and what its bytes and its card are."""
    today, certificate = clock.today(), grounds.certificate
    return issue_credential(
        kind=CredentialKind.MODEL,
        subject=subject,
        about=run.concerns,
        number=next_number("MO", on=today),
        claims={
            "title": run.title,
            "organization": run.organization.name,
            "model_sha256": card["model"]["sha256"],
            "card_sha256": card_sha256,
            "declaration_digest": run.digest,
            "dataset": str(run.version.dataset_id),
            "version": run.version.number,
            "version_sha256": run.version.sha256,
            "certificate": certificate.number,
            "certificate_digest": certificate.credential.digest,
            "licence": str(certificate.rights and ", ".join(sorted(certificate.rights))),
            "verdict": grounds.report.verdict,
            "membership_advantage_at_most": f"{card['membership']['upper_bound']:.4f}",
            **({"training_epsilon": card["privacy"]["epsilon"]} if card["privacy"] else {}),
            **claims_of_pedigree(card["pedigree"]),
            **_replaced(card["replaces"]),
            "statement": STATEMENT,
        },
        valid_from=today,
        valid_until=certificate.valid_until,
        by=by,
    )


def _replaced(replaced: Mapping[str, Any] | None) -> dict[str, str]:
    """Return of a model that forgot rows whose place it took, and what of it was trained again."""
    if replaced is None:
        return {}
    return {
        "replaces": replaced["credential"],
        "replaces_digest": replaced["credential_digest"],
        "because": replaced["because"],
        **{
            name: ", ".join(map(str, replaced[name])) or "-"
            for name in ("shards_retrained", "shards_kept")
        },
    }
