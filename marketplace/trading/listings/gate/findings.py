"""What the gate looks at, and what it finds."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from marketplace.trading.listings.gate.proofs import Proofs
from marketplace.trading.listings.listing.models import Listing

CODES = (
    "content-not-approved",
    "grade-missing",
    "grade-core",
    "grade-mode",
    "negative-list",
    "venue-own-data",
    "seller-suspended",
    "right-missing",
    "right-frozen",
    "right-expired",
    "right-mismatch",
    "upstream-frozen",
    "upstream-cancelled",
    "upstream-recalled",
    "upstream-licence",
    "upstream-negative-list",
    "risk-missing",
    "risk-withdrawn",
    "risk-failed",
    "risk-expired",
    "risk-digest-mismatch",
    "quality-unmeasured",
    "quality-failed",
    "role-unconfirmed",
    "personal-basis-missing",
    "impact-assessment-missing",
    "sandbox-missing",
    "report-missing",
    "valuation-missing",
    "valuation-expired",
    "valuation-mismatch",
    "ceiling-missing",
    "ceiling-exceeded",
    "public-purpose-priced",
    "second-officer",
)
"""Every code with which the gate refuses; the last is asked of the person who publishes."""


@dataclass(frozen=True)
class GateFinding:
    """One thing that does not stand, and the page on which it can be put right."""

    code: str
    sentence: str
    remedy_url_name: str
    remedy_pk: UUID


@dataclass(frozen=True)
class Question:
    """What the gate looks at: a listing, its proofs, a day."""

    listing: Listing
    proofs: Proofs
    on: date

    def finding(self, code: str, sentence: str, page: str, pk: UUID | None = None) -> GateFinding:
        """Return a finding; without a key its page is one of the dataset's."""
        return GateFinding(code, sentence, page, pk or self.proofs.dataset.pk)
