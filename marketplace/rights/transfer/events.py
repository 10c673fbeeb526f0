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


class RightTransferred(Fact, kind="rights.right_transferred", label=_("New holder recorded")):
    """The register records a new holder, to whom the subject was given.

    `about` names claim, dataset, both organizations and the certificate that passed; and the order
    where the right was sold. `remaining_certificate` is of what is left to the former holder.
    """

    acquirer: str
    rights: tuple[str, ...]
    is_limited: bool
    remaining_certificate: str | None
