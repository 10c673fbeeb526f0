"""What happens to remedies: amounts and digests; what was said stays with the remedy."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RemedyOffered(Fact):
    """A seller answered an objection."""

    kind = "trading.remedy_offered"
    label = _("Remedy offered")
    text_sha256: str
    refund: str
    currency: str
    replacement: str = ""


@dataclass(frozen=True, kw_only=True)
class RemedyAccepted(Fact):
    """The buyer accepted the remedy.

    By it the delivery is accepted, or all of the money went back, or the revision `replacement` is
    to be delivered in place of `replaced`: `sha256` is that of its bytes, where the contract names
    others.
    """

    kind = "trading.remedy_accepted"
    label = _("Remedy accepted")
    refund: str
    currency: str
    replacement: str = ""
    replaced: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class RemedyDeclined(Fact):
    """The buyer declined the remedy; the objection stands."""

    kind = "trading.remedy_declined"
    label = _("Remedy declined")
    reason_sha256: str
