from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RightTransferred(Fact, kind="rights.right_transferred", label=_("New holder recorded")):
    """The register records a new holder, to whom the subject was given.

    `about` names claim, dataset, both organizations and the certificate that passed; and the order
    where the right was sold. `remaining_certificate` is of what is left to the former holder.
    """

    acquirer: str
    rights: tuple[str, ...]
    is_limited: bool
    remaining_certificate: str | None


class RegistrationChanged(
    Fact, kind="rights.registration_changed", label=_("Registration changed")
):
    """The subject states what is registered now, in place of the certificate it followed."""

    particulars: tuple[str, ...]
