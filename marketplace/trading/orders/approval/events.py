from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Fact):
    """Somebody asked a second person to approve that they sign above their limit.

    `sum` is the whole to which the text binds their side, empty where nothing bounds it.
    """

    kind = "trading.approval_asked"
    label = _("Approval to sign asked for")
    side: str
    text_sha256: str
    sum: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class SigningApproved(Fact):
    """A second person approved that a text is signed for their side."""

    kind = "trading.signing_approved"
    label = _("Signing approved")
    side: str
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class SigningRefused(Fact):
    """A second person refused that a text is signed for their side."""

    kind = "trading.signing_refused"
    label = _("Signing refused")
    side: str
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class ApprovalFell(Fact):
    """An approval covers the text no more: it is another, or whoever gave it may not any more."""

    kind = "trading.approval_fell"
    label = _("Approval to sign fell")
    side: str
    text_sha256: str
