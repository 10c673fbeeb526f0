"""What happens to remedies: amounts and digests; what was said stays with the remedy."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RemedyOffered(Fact, kind="trading.remedy_offered", label=_("Remedy offered")):
    """A seller answered an objection."""

    text_sha256: str
    refund: str
    currency: str
    replacement: str = ""


class RemedyAccepted(Fact, kind="trading.remedy_accepted", label=_("Remedy accepted")):
    """The buyer accepted the remedy.

    By it the delivery is accepted, or all of the money went back, or the revision `replacement` is
    to be delivered in place of `replaced`: `sha256` is that of its bytes, where the contract names
    others.
    """

    refund: str
    currency: str
    replacement: str = ""
    replaced: str = ""
    sha256: str = ""


class RemedyDeclined(Fact, kind="trading.remedy_declined", label=_("Remedy declined")):
    """The buyer declined the remedy; the objection stands."""

    reason_sha256: str
