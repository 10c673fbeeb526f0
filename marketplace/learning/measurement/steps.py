"""The queue of measurements, and parts of the acts that begin and end one."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, WrongState, clock, locked
from marketplace.core.envelope import unwrap, wrap
from marketplace.jobs.queues import Priority, Queue
from marketplace.jobs.steps import record_requested
from marketplace.learning.grounds.locks import trouble_beyond_gate
from marketplace.learning.grounds.rules import check_trouble
from marketplace.learning.measurement.events import (
    MeasurementCancelled,
    MeasurementFailed,
    MeasurementRequested,
    MeasurementStarted,
)
from marketplace.learning.measurement.figures import Noise
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.training.offered import Offered
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.gate import refuse_unless_on_market
from marketplace.trading.listings.listing.models import Listing
from marketplace.vault.models import Purpose
from marketplace.vault.services import remove_stored
from marketplace.vault.uploads import EncryptedUpload, keep_upload


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


def destroy_rows(measurement: Measurement, by: Actor) -> None:
    """Destroy the keys and the bytes of what the buyer handed in, as the centre promised."""
    software = Actor.system(by.door)
    for file_id in (measurement.hold_out_id, measurement.own_rows_id):
        remove_stored(file_id, by=software)


MEASUREMENTS = Queue(
    name="measurement",
    priority=Priority.WAITED_FOR,
    rows=measurements_visible_to,
    about=lambda measurement: measurement.concerns,
    requested=MeasurementRequested,
    started=MeasurementStarted,
    failed=MeasurementFailed,
    cancelled=MeasurementCancelled,
    asked=lambda measurement: {
        "declaration": measurement.declared.digest,
        "hold_out_sha256": measurement.hold_out.sha256,
        "own_rows_sha256": measurement.own_rows.sha256,
    },
    when_unfinished=destroy_rows,
)


def queue_measurement(
    organization_id: UUID,
    *,
    hold_out: EncryptedUpload,
    own_rows: EncryptedUpload,
    by: Actor,
    **said: Any,
) -> Measurement:
    """Keep what a buyer handed in, encrypted, and queue a measurement of what is said of it."""
    kept = [
        keep_upload(one, purpose=Purpose.MEASURING, organization_id=organization_id, by=by)
        for one in (hold_out, own_rows)
    ]
    measurement = Measurement.objects.create(
        organization_id=organization_id,
        hold_out=kept[0],
        own_rows=kept[1],
        queued_at=clock.now(),
        **said,
    )
    record_requested(measurement, queue=MEASUREMENTS, by=by)
    return measurement


def queue_repeat(
    measurement: Measurement,
    person_id: UUID,
    hold_out: EncryptedUpload,
    own_rows: EncryptedUpload,
    *,
    by: Actor,
) -> Measurement:
    """Queue what was paid for and told nothing once more, with the same rows."""
    return queue_measurement(
        measurement.organization_id,
        hold_out=hold_out,
        own_rows=own_rows,
        by=by,
        listing=measurement.listing,
        version=measurement.version,
        requested_by_id=person_id,
        declaration=measurement.declaration,
        offered=measurement.offered,
        digest=measurement.digest,
        epsilon=measurement.epsilon,
        charged_at=measurement.charged_at,
        repeats=_payer(measurement),
    )


def noise_purpose(measurement: Measurement) -> str:
    """Return the purpose under which the noise of a measurement is wrapped."""
    return f"learning:measurement:{measurement.pk}:noise"


def drawn_noise(measurement: Measurement, held_out: int) -> bytes:
    """Draw the noise of a measurement, wrapped so that it can be kept."""
    offered = Offered.from_dict(measurement.offered)
    noise = Noise.draw(
        held_out,
        sources=len(offered.named),
        rows_of_person=offered.rows,
        epsilon=measurement.epsilon,
    )
    return wrap(noise.as_bytes(), purpose=noise_purpose(measurement))


def taken_noise(measurement: Measurement, *, by: Actor) -> Noise:
    """Take the noise that was drawn when a measurement was paid for, and keep it no longer."""
    payer = _payer(measurement)
    if payer is not measurement:
        payer = locked(measurements_visible_to(by), pk=payer.pk)
    noise = Noise.from_bytes(unwrap(payer.wrapped_noise, purpose=noise_purpose(payer)))
    payer.wrapped_noise = b""
    payer.save(update_fields=["wrapped_noise"])
    return noise


def _payer(measurement: Measurement) -> Measurement:
    return measurement.repeats or measurement
