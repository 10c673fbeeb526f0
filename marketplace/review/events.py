from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CaseOpened(Fact, kind="review.case_opened", label=_("Submitted for review")):
    """Something was submitted to a second person."""

    case_kind: str


class CaseDecided(Fact, kind="review.case_decided", label=_("Review decided")):
    """A second person decided."""

    case_kind: str
    decision: str
    checklist: tuple[str, ...]


class CaseWithdrawn(Fact, kind="review.case_withdrawn", label=_("Submission withdrawn")):
    """What was submitted was taken back."""

    case_kind: str


class DocumentOpened(Fact, kind="review.document_opened", label=_("Document opened")):
    """Somebody opened a document by which an organization is verified."""

    document_kind: str


class DocumentAttached(Fact, kind="review.document_attached", label=_("Document attached")):
    """A document by which an organization is verified was attached; the digest is of its bytes."""

    document_kind: str
    sha256: str
