"""The signed receipt of a measurement."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from marketplace.core import Actor, clock
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.presentation import name_statement, name_values
from marketplace.credentials.services import issue_credential, next_number
from marketplace.learning.measurement.figures import Noise, lift_of, values_of
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.run.choices import FamilyChoice
from marketplace.learning.training.offered import NEIGHBOURS, Offered
from marketplace.rights.certificate.models import Certificate

STATEMENT = (
    "The centre trained the family named here on the buyer's rows, and on them with one part of "
    "the rows on offer at a time, and counted what was right on the rows held out. The figures "
    "carry noise of the ε named here. The buyer's rows were destroyed afterwards."
)
name_statement(
    STATEMENT,
    gettext_lazy(
        "The centre trained the family named here on the buyer's rows, and on them with one part "
        "of the rows on offer at a time, and counted what was right on the rows held out. The "
        "figures carry noise of the ε named here. The buyer's rows were destroyed afterwards."
    ),
)
name_values("family", FamilyChoice.choices)


def result_of(measurement: Measurement, counts: Mapping[str, Any], noise: Noise) -> dict[str, Any]:
    """Add the noise that was drawn to exact counts, and return what anybody may keep of them.

    Raises:
        ValueError: the noise was drawn for other rows held out, so it would not hide enough.
    """
    if noise.held_out != counts["held_out"]:
        raise ValueError("The noise was drawn for another number of rows held out.")
    offered = Offered.from_dict(measurement.offered)
    values = values_of(
        counts,
        noise,
        neighbours=NEIGHBOURS,
        rows_of_person=offered.rows,
        epsilon=measurement.epsilon,
    )
    return {
        "hold_out_rows": counts["held_out"],
        "own_rows": counts["own"],
        "baseline": f"{counts['right'] / counts['held_out']:.4f}",
        "parts": len(counts["parts"]),
        "neighbours": NEIGHBOURS,
        "person": offered.person or "-",
        "rows_of_person": offered.rows,
        "lift": lift_of(counts, noise, measurement.epsilon).as_dict(),
        "source_values": [
            {"source": name, **value.as_dict()}
            for name, value in zip(offered.named, values, strict=True)
        ],
    }


def issue_receipt(
    measurement: Measurement, result: Mapping[str, Any], certificate: Certificate, *, by: Actor
) -> Credential:
    """Sign what was measured, bound to the bytes on offer and to the buyer's own."""
    today, version, declared = clock.today(), measurement.version, measurement.declared
    return issue_credential(
        kind=CredentialKind.LIFT,
        subject=f"measurement:{measurement.pk}",
        about=measurement.concerns,
        number=next_number("ME", on=today),
        claims={
            "title": measurement.listing.title,
            "seller": measurement.listing.organization.name,
            "listing": str(measurement.listing_id),
            "dataset": str(version.dataset_id),
            "version": version.number,
            "version_sha256": version.sha256,
            "certificate": certificate.number,
            "target": declared.target,
            "features": [one.name for one in declared.features],
            "family": str(declared.family),
            "seed": declared.seed,
            "declaration_digest": declared.digest,
            "hold_out_sha256": measurement.hold_out.sha256,
            "own_rows_sha256": measurement.own_rows.sha256,
            **result,
            "epsilon": str(measurement.epsilon),
            "statement": STATEMENT,
        },
        valid_from=today,
        valid_until=certificate.valid_until,
        by=by,
    )
