from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ApprovalAsked(Fact, kind="trading.approval_asked", label=_("Approval to sign asked for")):
    """Somebody asked a second person to approve that they sign above their limit.

    `sum` is the whole to which the text binds their side, empty where nothing bounds it.
    """

    side: str
    text_sha256: str
    sum: str
    currency: str


class SigningApproved(Fact, kind="trading.signing_approved", label=_("Signing approved")):
    """A second person approved that a text is signed for their side."""

    side: str
    text_sha256: str


class SigningRefused(Fact, kind="trading.signing_refused", label=_("Signing refused")):
    """A second person refused that a text is signed for their side."""

    side: str
    text_sha256: str


class ApprovalFell(Fact, kind="trading.approval_fell", label=_("Approval to sign fell")):
    """An approval covers the text no more: it is another, or whoever gave it may not any more."""

    side: str
    text_sha256: str
