"""What happens to claims. Reasons stay with the claim: here are their digests."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ClaimDrafted(Fact):
    """An organization began to claim rights."""

    kind = "rights.claim_drafted"
    label = _("Claim of rights begun")
    rights: tuple[str, ...]
    term_years: int


@dataclass(frozen=True, kw_only=True)
class EvidenceAttached(Fact):
    """A file was added to a claim."""

    kind = "rights.evidence_attached"
    label = _("Evidence attached")
    evidence_kind: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ClaimSubmitted(Fact):
    """A claim went to the register, or back to it with what was missing."""

    kind = "rights.claim_submitted"
    label = _("Claim submitted")
    is_supplement: bool


@dataclass(frozen=True, kw_only=True)
class SupplementAsked(Fact):
    """The register asked for what is missing."""

    kind = "rights.supplement_asked"
    label = _("Completion asked for")
    points: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class ClaimAccepted(Fact):
    """The register took a claim on, by its word or by its silence."""

    kind = "rights.claim_accepted"
    label = _("Claim accepted")
    is_silent: bool
    accepted_on: str


@dataclass(frozen=True, kw_only=True)
class ClaimNotAccepted(Fact):
    """A claim was not completed in time and counts as never made."""

    kind = "rights.claim_not_accepted"
    label = _("Claim not completed in time")


@dataclass(frozen=True, kw_only=True)
class ReviewStarted(Fact):
    """A reviewer began to examine a claim."""

    kind = "rights.review_started"
    label = _("Review of the claim begun")


@dataclass(frozen=True, kw_only=True)
class DecisionExtended(Fact):
    """The term of the decision was extended, once."""

    kind = "rights.decision_extended"
    label = _("Term of the decision extended")
    due_on: str
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ClaimTerminated(Fact):
    """The register ended a claim that could not be verified."""

    kind = "rights.claim_terminated"
    label = _("Claim terminated")
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ClaimRefused(Fact):
    """The register refused a claim."""

    kind = "rights.claim_refused"
    label = _("Claim refused")
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Fact):
    """The claimant took a claim back."""

    kind = "rights.claim_withdrawn"
    label = _("Claim withdrawn")


@dataclass(frozen=True, kw_only=True)
class NoticeOpened(Fact):
    """A claim was published, so that others can object."""

    kind = "rights.notice_opened"
    label = _("Public notice begun")
    until: str


@dataclass(frozen=True, kw_only=True)
class NoticeWaived(Fact):
    """The register let a claim go on without notice, for a reason."""

    kind = "rights.notice_waived"
    label = _("Public notice waived")
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class NoticeElapsed(Fact):
    """A notice ended and no objection is open."""

    kind = "rights.notice_elapsed"
    label = _("Public notice ended")


@dataclass(frozen=True, kw_only=True)
class ClaimDeposited(Fact):
    """The rights were entered into the register: the registration is complete."""

    kind = "rights.claim_deposited"
    label = _("Rights deposited")
