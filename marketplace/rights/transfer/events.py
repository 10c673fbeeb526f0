from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class TransferOpened(Fact, kind="rights.transfer_opened", label=_("Transfer of rights begun")):
    """A holder began to pass rights to another organization."""

    rights: tuple[str, ...]
    is_limited: bool


class TransferJoined(
    Fact, kind="rights.transfer_joined", label=_("Transfer joined by the acquirer")
):
    """The acquirer asked for the transfer too."""
