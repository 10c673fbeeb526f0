"""What happens to claims. Reasons stay with the claim: here are their digests."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ClaimDrafted(Fact, kind="rights.claim_drafted", label=_("Claim of rights begun")):
    """An organization began to claim rights."""

    rights: tuple[str, ...]
    term_years: int


class EvidenceAttached(Fact, kind="rights.evidence_attached", label=_("Evidence attached")):
    """A file was added to a claim."""

    evidence_kind: str
    sha256: str


class ClaimSubmitted(Fact, kind="rights.claim_submitted", label=_("Claim submitted")):
    """A claim went to the register, or back to it with what was missing."""

    is_supplement: bool


class SupplementAsked(Fact, kind="rights.supplement_asked", label=_("Completion asked for")):
    """The register asked for what is missing."""

    points: int
    due_on: str


class ClaimAccepted(Fact, kind="rights.claim_accepted", label=_("Claim accepted")):
    """The register took a claim on, by its word or by its silence."""

    is_silent: bool
    accepted_on: str


class ClaimNotAccepted(
    Fact, kind="rights.claim_not_accepted", label=_("Claim not completed in time")
):
    """A claim was not completed in time and counts as never made."""


class ReviewStarted(Fact, kind="rights.review_started", label=_("Review of the claim begun")):
    """A reviewer began to examine a claim."""


class DecisionExtended(
    Fact, kind="rights.decision_extended", label=_("Term of the decision extended")
):
    """The term of the decision was extended, once."""

    due_on: str
    reason_sha256: str


class ClaimTerminated(Fact, kind="rights.claim_terminated", label=_("Claim terminated")):
    """The register ended a claim that could not be verified."""

    reason_sha256: str


class ClaimRefused(Fact, kind="rights.claim_refused", label=_("Claim refused")):
    """The register refused a claim."""

    reason_sha256: str


class ClaimWithdrawn(Fact, kind="rights.claim_withdrawn", label=_("Claim withdrawn")):
    """The claimant took a claim back."""


class NoticeOpened(Fact, kind="rights.notice_opened", label=_("Public notice begun")):
    """A claim was published, so that others can object."""

    until: str


class NoticeWaived(Fact, kind="rights.notice_waived", label=_("Public notice waived")):
    """The register let a claim go on without notice, for a reason."""

    reason_sha256: str


class NoticeElapsed(Fact, kind="rights.notice_elapsed", label=_("Public notice ended")):
    """A notice ended and no objection is open."""


class ClaimDeposited(Fact, kind="rights.claim_deposited", label=_("Rights deposited")):
    """The rights were entered into the register: the registration is complete."""
