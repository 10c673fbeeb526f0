from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class AddressProofAsked(
    Fact, kind="accounts.address_proof_asked", label=_("Link to prove an address asked for")
):
    """A person asked for the link again that proves their e-mail address."""


class AddressProved(Fact, kind="accounts.address_proved", label=_("E-mail address proved")):
    """The first person of an organization followed the link that was sent to their address."""
