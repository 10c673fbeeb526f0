from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Fact):
    """Something was submitted to a second person."""

    kind = "review.case_opened"
    label = _("Submitted for review")
    case_kind: str


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Fact):
    """A second person decided."""

    kind = "review.case_decided"
    label = _("Review decided")
    case_kind: str
    decision: str
    checklist: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Fact):
    """What was submitted was taken back."""

    kind = "review.case_withdrawn"
    label = _("Submission withdrawn")
    case_kind: str


@dataclass(frozen=True, kw_only=True)
class DocumentOpened(Fact):
    """Somebody opened a document by which an organization is verified."""

    kind = "review.document_opened"
    label = _("Document opened")
    document_kind: str


@dataclass(frozen=True, kw_only=True)
class DocumentAttached(Fact):
    """A document by which an organization is verified was attached; the digest is of its bytes."""

    kind = "review.document_attached"
    label = _("Document attached")
    document_kind: str
    sha256: str
