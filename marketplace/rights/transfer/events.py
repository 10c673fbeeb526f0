from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TransferOpened(Fact):
    """A holder began to pass rights to another organization."""

    kind = "rights.transfer_opened"
    label = _("Transfer of rights begun")
    rights: tuple[str, ...]
    is_limited: bool


@dataclass(frozen=True, kw_only=True)
class TransferJoined(Fact):
    """The acquirer asked for the transfer too."""

    kind = "rights.transfer_joined"
    label = _("Transfer joined by the acquirer")


@dataclass(frozen=True, kw_only=True)
class RightTransferred(Fact):
    """The register records a new holder, to whom the subject was given.

    `about` names claim, dataset, both organizations and the certificate that passed; and the order
    where the right was sold. `remaining_certificate` is of what is left to the former holder.
    """

    kind = "rights.right_transferred"
    label = _("New holder recorded")
    acquirer: str
    rights: tuple[str, ...]
    is_limited: bool
    remaining_certificate: str | None
