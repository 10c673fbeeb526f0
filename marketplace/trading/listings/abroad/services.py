"""The centre records that important data may go to a buyer abroad."""

import hashlib
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.core import Actor, Invalid, clock, locked
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.abroad.events import SecurityAssessmentRecorded
from marketplace.trading.listings.abroad.models import SecurityAssessment
from marketplace.trading.listings.abroad.rules import check_record_security_assessment
from marketplace.trading.listings.listing.selectors import listings_visible_to

LONGEST_REFERENCE = 100


@transaction.atomic
def record_security_assessment(
    listing_id: UUID, *, uscc: str, reference: str, valid_until: date, by: Actor
) -> SecurityAssessment:
    """Record the reference by which the authority lets important data go to a buyer abroad.

    It counts for all versions of the dataset. The same again changes nothing.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no reviewer, or belongs to the seller.
        WrongState: the data is not graded important (`assessment-not-needed`).
        Invalid: no organization from abroad has the code, there is no reference, or it is out of
            date.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    person_id = check_record_security_assessment(listing, by)
    buyer = _checked(uscc, reference, valid_until)
    dataset = listing.product.dataset
    kept, is_new = SecurityAssessment.objects.get_or_create(
        dataset=dataset,
        buyer=buyer,
        reference=reference.strip(),
        defaults={"valid_until": valid_until, "recorded_by_id": person_id},
    )
    if is_new:
        record(
            SecurityAssessmentRecorded(
                subject=f"listing:{listing.pk}",
                about=(f"organization:{buyer.pk}", *listing.concerns),
                reference_sha256=hashlib.sha256(kept.reference.encode()).hexdigest(),
                valid_until=valid_until.isoformat(),
            ),
            by=by,
        )
    return kept


def _checked(uscc: str, reference: str, valid_until: date) -> Organization:
    fields: dict[str, list[str]] = {}
    buyer = Organization.objects.filter(uscc=uscc.strip().upper(), is_abroad=True).first()
    if buyer is None:
        fields["uscc"] = [_("No organization from abroad has this code here.")]
    if not 1 <= len(reference.strip()) <= LONGEST_REFERENCE:
        fields["reference"] = [_("Write 1 to %(most)d characters.") % {"most": LONGEST_REFERENCE}]
    if valid_until < clock.today():
        fields["valid_until"] = [_("It is out of date.")]
    if fields or buyer is None:
        raise Invalid(_("The record needs corrections. See the fields."), fields=fields)
    return buyer
