"""How measurements are held and end; each is a part of an act."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, WrongState, clock, locked
from marketplace.learning.grounds.locks import trouble_beyond_gate
from marketplace.learning.grounds.rules import check_trouble
from marketplace.learning.measurement.events import MeasurementFailed, MeasurementRequested
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.rules import (
    check_holds_measurement,
    check_works_on_measurement,
)
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.measurement.states import MEASUREMENT, MeasurementState
from marketplace.learning.training.errors import Parameter
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.gate import refuse_unless_on_market
from marketplace.trading.listings.listing.models import Listing
from marketplace.vault.services import remove_stored


def hold_offer(listing: Listing, version: DatasetVersion) -> Certificate:
    """Return the right behind an offer that stands, share-locked with every other proof.

    Raises:
        WrongState: the offer is off the market, a proof does not stand (its code), or a person
            withdrew rows that the data was made with.
    """
    proofs = refuse_unless_on_market(listing, version.revision.pk)
    check_trouble(trouble_beyond_gate(version))
    if proofs.bytes_sha256 != version.sha256:
        raise WrongState(
            _("The stored bytes are not those on offer. Tell the centre."), code="bytes-changed"
        )
    assert proofs.certificate is not None, "The gate asked for it."
    return proofs.certificate


def held_measurement(measurement_id: UUID, *, attempt: int, by: Actor) -> Measurement:
    """Lock the measurement that a worker holds.

    Raises:
        NotFound: there is no such measurement.
        NotAllowed: the actor is not the centre's software.
        WrongState: it ended, or another worker has it.
    """
    check_works_on_measurement(by)
    measurement = locked(measurements_visible_to(by), pk=measurement_id)
    check_holds_measurement(measurement, attempt, by)
    return measurement


def record_requested(measurement: Measurement, *, by: Actor) -> None:
    """Say that a measurement waits for a worker."""
    record(
        MeasurementRequested(
            subject=f"measurement:{measurement.pk}",
            about=measurement.concerns,
            declaration=measurement.declared.digest,
            hold_out_sha256=measurement.hold_out.sha256,
            own_rows_sha256=measurement.own_rows.sha256,
            attempts_before=measurement.attempt,
        ),
        by=by,
    )


def end_failed(
    measurement: Measurement, *, error: str, parameters: Mapping[str, Parameter], by: Actor
) -> None:
    """End a locked measurement without a receipt, and destroy the buyer's rows.

    Raises:
        WrongState: it is not running.
    """
    MEASUREMENT.move(measurement, MeasurementState.FAILED)
    measurement.lease_until, measurement.ended_at = None, clock.now()
    measurement.error_code, measurement.error_parameters = error, dict(parameters)
    measurement.save(
        update_fields=["state", "lease_until", "ended_at", "error_code", "error_parameters"]
    )
    destroy_rows(measurement, by=by)
    record(
        MeasurementFailed(
            subject=f"measurement:{measurement.pk}", about=measurement.concerns, error=error
        ),
        by=by,
    )


def destroy_rows(measurement: Measurement, *, by: Actor) -> None:
    """Destroy the keys and the bytes of what the buyer handed in, as the centre promised."""
    software = Actor.system(by.door)
    for file_id in (measurement.hold_out_id, measurement.own_rows_id):
        remove_stored(file_id, by=software)
