"""Buyers ask for measurements; a worker pays for them in ε, and ends them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, clock, locked, visible
from marketplace.core.arguments import Choice, Column, Columns, Upload
from marketplace.core.locking import lock_name
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import end_cancelled, end_done, held_job
from marketplace.learning.measurement import rules
from marketplace.learning.measurement.choices import FAMILIES
from marketplace.learning.measurement.events import MeasurementDone
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.receipt import issue_receipt, result_of
from marketplace.learning.measurement.selectors import measurements_visible_to, repeat_of
from marketplace.learning.measurement.states import WITHOUT_RECEIPT
from marketplace.learning.measurement.steps import (
    MEASUREMENTS,
    destroy_rows,
    drawn_noise,
    hold_offer,
    queue_measurement,
    queue_repeat,
    taken_noise,
)
from marketplace.learning.run.arguments import HELP_OF_FAMILY, SEED
from marketplace.learning.run.choices import FamilyChoice
from marketplace.learning.run.declaring import Chosen, declared
from marketplace.learning.training.declaration import MOST_FEATURES, OF_TEXTS
from marketplace.learning.training.offered import Offered
from marketplace.ledger.services.recording import record
from marketplace.preparation.budget.models import BudgetUse
from marketplace.preparation.budget.services import charge_budget
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.vault.uploads import EncryptedUpload

TARGET = Column(
    label=gettext_lazy("Target"),
    help=gettext_lazy("The column whose value shall be told. Your files have it too."),
)
FEATURES = Columns(
    label=gettext_lazy("Features"),
    help=gettext_lazy("What the value is told from. Your files name these columns the same."),
    most=MOST_FEATURES,
)
FAMILY = Choice(label=gettext_lazy("Family"), help=HELP_OF_FAMILY, choices=FAMILIES)
OWN_ROWS = Upload(
    label=gettext_lazy("Your own rows to learn from"),
    help=gettext_lazy("CSV or Parquet, 50 to 20,000 rows. The baseline is trained on them."),
)
HOLD_OUT = Upload(
    label=gettext_lazy("Your rows held out"),
    help=gettext_lazy("CSV or Parquet, 200 to 2,000 rows, other ones. They score both models."),
)

MOST_BYTES = 20 * 1024**2
MOST_SECONDS = 300.0
"""A worker computes twice, each time so long at most: without the rows on offer, then with them."""


@transaction.atomic
def request_measurement(
    listing_id: UUID,
    *,
    target: Annotated[str, TARGET],
    features: Annotated[Sequence[str], FEATURES],
    family: Annotated[str, FAMILY],
    own_rows: Annotated[EncryptedUpload, OWN_ROWS],
    hold_out: Annotated[EncryptedUpload, HOLD_OUT],
    seed: Annotated[int, SEED] = 0,
    by: Actor,
) -> Measurement:
    """Ask a worker to measure what data on offer would bring to one's own rows.

    Both files are CSV or Parquet, with the target and the features by the names of the data on
    offer. The same request again is answered by the same measurement, and costs nothing; where that
    was paid for and told nothing, it is repeated.

    Raises:
        NotFound: nothing of this id is on offer to the actor.
        NotAllowed: the actor is no buyer of another organization than the seller's.
        WrongState: its seller lets nobody measure it (`not-measurable`), or as often as it was
            (`measured-enough`); it has too few rows (`too-few-on-offer`), its privacy budget is
            spent (`dataset-budget-spent`), or a proof does not stand (its code).
        Invalid: a column is none of the data's, it holds texts and the family takes none
            (`texts-need-text`), or a file is too large.
    """
    listing = visible(published_listings(by), pk=listing_id)
    rules.check_measures(listing, by)
    _take_turn(listing.pk, by)
    hold_offer(listing, listing.revision.version)
    person_id, organization_id, terms = rules.check_measures(listing, by)
    version = listing.revision.version
    _check_family(listing, features, family)
    declaration = declared(version, Chosen(target, features, family, seed=seed))
    offered = _offered(version, terms)
    files = _checked(hold_out, own_rows)
    said = [str(listing.pk), version.sha256, str(terms.epsilon), declaration.digest, *files]
    digest = _digest([*said, offered.as_dict()])
    before = Measurement.objects.filter(organization_id=organization_id, digest=digest)
    known = before.exclude(state__in=WITHOUT_RECEIPT).first()
    if known is not None:
        return known
    paid = before.exclude(charged_at=None).first()
    if paid is not None:
        return queue_repeat(paid, person_id, hold_out, own_rows, by=by)
    rules.check_request_measurement(listing, by)
    return queue_measurement(
        organization_id,
        hold_out=hold_out,
        own_rows=own_rows,
        by=by,
        listing=listing,
        version=version,
        requested_by_id=person_id,
        declaration=declaration.as_dict(),
        offered=offered.as_dict(),
        digest=digest,
        epsilon=terms.epsilon,
    )


@transaction.atomic
def repeat_measurement(
    measurement_id: UUID,
    *,
    own_rows: Annotated[EncryptedUpload, OWN_ROWS],
    hold_out: Annotated[EncryptedUpload, HOLD_OUT],
    by: Actor,
) -> Measurement:
    """Have a measurement that was paid for and told nothing done again, for no more ε.

    The rows were destroyed, so that the same two files are handed in anew. Again changes nothing.

    Raises:
        NotFound: there is no such measurement among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that asked for it.
        WrongState: it goes on or told its figures, nothing was paid for it, or the offer does not
            stand (the code of its proof).
        Invalid: a file is not the one that was handed in before (`other-rows`), or too large.
    """
    measurement = locked(measurements_visible_to(by), pk=measurement_id)
    person_id = rules.check_repeats_measurement(measurement, by)
    _take_turn(measurement.listing_id, by)
    known = repeat_of(measurement)
    if known is not None:
        return known
    rules.check_repeat_measurement(measurement, by)
    hold_offer(measurement.listing, measurement.version)
    _check_same_rows(measurement, hold_out, own_rows)
    return queue_repeat(measurement, person_id, hold_out, own_rows, by=by)


@transaction.atomic
def cancel_measurement(measurement_id: UUID, *, by: Actor) -> Measurement:
    """End a measurement that waits or works, and destroy the buyer's rows at once.

    Cancelling it again changes nothing. A worker that is busy with it stops at its next report; ε
    that was spent stays spent.

    Raises:
        NotFound: there is no such measurement among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that asked for it.
        WrongState: it ended already.
    """
    measurement = locked(measurements_visible_to(by), pk=measurement_id)
    rules.check_cancels_measurement(measurement, by)
    if measurement.state == JobState.CANCELLED:
        return measurement
    rules.check_cancel_measurement(measurement, by)
    end_cancelled(measurement, queue=MEASUREMENTS, by=by)
    return measurement


@transaction.atomic
def charge_measurement(
    measurement_id: UUID, *, attempt: int, held_out: int, by: Actor
) -> Measurement:
    """Spend the ε of a measurement, before a row on offer is read. Again changes nothing.

    Its noise is drawn now, for the rows held out, and kept until figures are told: however often
    the work is repeated, it can tell one answer only, which is what was paid for.

    Raises:
        NotFound: there is no such measurement.
        NotAllowed: the actor is not the centre's software.
        WrongState: it was cancelled, or another worker has it; the offer does not stand (the code
            of its proof); or the privacy budget does not hold it any more (`dataset-budget-spent`).
    """
    measurement = held_job(measurement_id, attempt=attempt, queue=MEASUREMENTS, by=by)
    hold_offer(measurement.listing, measurement.version)
    if measurement.charged_at is not None:
        return measurement
    charge_budget(
        measurement.version_id,
        epsilon=measurement.epsilon,
        use=BudgetUse.MEASURING,
        cause=f"measurement:{measurement.pk}",
        by=by,
    )
    measurement.charged_at = clock.now()
    measurement.wrapped_noise = drawn_noise(measurement, held_out)
    measurement.save(update_fields=["charged_at", "wrapped_noise"])
    return measurement


@transaction.atomic
def finish_measurement(
    measurement_id: UUID, *, attempt: int, counts: Mapping[str, Any], by: Actor
) -> Measurement:
    """Add noise, sign the receipt and destroy the buyer's rows, all or nothing.

    Raises:
        NotFound, NotAllowed: as for `charge_measurement`.
        WrongState: it was cancelled, or another worker has it, or the offer does not stand (the
            code of its proof).
    """
    measurement = held_job(measurement_id, attempt=attempt, queue=MEASUREMENTS, by=by)
    certificate = hold_offer(measurement.listing, measurement.version)
    noise = taken_noise(measurement, by=by)
    measurement.result = result_of(measurement, counts, noise)
    measurement.credential = issue_receipt(measurement, measurement.result, certificate, by=by)
    end_done(measurement, "result", "credential")
    destroy_rows(measurement, by)
    record(
        MeasurementDone(
            subject=f"measurement:{measurement.pk}",
            about=measurement.concerns,
            receipt=measurement.credential.digest,
            epsilon=str(measurement.epsilon),
        ),
        by=by,
    )
    return measurement


def _checked(hold_out: EncryptedUpload, own_rows: EncryptedUpload) -> tuple[str, str]:
    """Return the digests of both files."""
    fields = {
        name: [
            _("The file has %(size)s; at most %(most)s are taken. Send fewer rows.")
            % {"size": filesizeformat(one.sent), "most": filesizeformat(MOST_BYTES)}
        ]
        for name, one in (("hold_out", hold_out), ("own_rows", own_rows))
        if one.sent > MOST_BYTES
    }
    if fields:
        raise Invalid(_("Correct the fields that are marked."), code="too-large", fields=fields)
    return hold_out.received().sha256, own_rows.received().sha256


def _take_turn(listing_id: UUID, by: Actor) -> None:
    """Let one request of an organization for a listing go on at a time."""
    lock_name(f"measuring:{listing_id}:{by.organization_id}")


def _check_same_rows(
    measurement: Measurement, hold_out: EncryptedUpload, own_rows: EncryptedUpload
) -> None:
    before = (measurement.hold_out.sha256, measurement.own_rows.sha256)
    sentence = _("This is not the file that was handed in before. Hand in the same one.")
    fields = {
        name: [sentence]
        for name, old, new in zip(
            ("hold_out", "own_rows"), before, _checked(hold_out, own_rows), strict=True
        )
        if old != new
    }
    if fields:
        raise Invalid(_("Correct the fields that are marked."), code="other-rows", fields=fields)


def _check_family(listing: Listing, features: Sequence[str], family: str) -> None:
    """Refuse a family that measures nothing, and a column of texts where it takes none.

    Which columns hold texts, the sample on offer shows.
    """
    if sentence := FAMILY.refused(family):
        raise Invalid(sentence, code="bad-declaration", fields={"family": [sentence]})
    texts = (listing.sheet or {}).get("sample", {}).get("texts", ())
    wrong = [name for name in features if name in texts]
    if wrong and family not in OF_TEXTS:
        sentence = _(
            "“%(name)s” holds texts. Choose the family “%(family)s”, with this feature alone."
        ) % {"name": wrong[0], "family": FamilyChoice.TEXT.label}
        raise Invalid(sentence, code="texts-need-text", fields={"family": [sentence]})


def _offered(version: DatasetVersion, terms: MeasuringTerms) -> Offered:
    return Offered(version.rows, terms.person, terms.rows, terms.source, tuple(terms.sources))


def _digest(said: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
