"""What is asked for beside a certificate, and what comes of it."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RenewalAsked(Fact, kind="rights.renewal_asked", label=_("Renewal begun")):
    """A holder began to ask for the renewal of a certificate."""

    term_years: int


class ChangeAsked(Fact, kind="rights.change_asked", label=_("Change of the registration begun")):
    """A holder began to ask for a change of what is registered; the texts stay with the claim."""

    particulars: tuple[str, ...]
    grounds_sha256: str


class CancellationAsked(Fact, kind="rights.cancellation_asked", label=_("Cancellation begun")):
    """A holder began to give a right up; why stays with the claim."""

    grounds_sha256: str
