from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class IdentityRecorded(Fact, kind="accounts.identity_recorded", label=_("Identity document noted")):
    """A person showed an identity document; nothing of its number is told."""

    document: str


class AccountsLinked(
    Fact, kind="accounts.accounts_linked", label=_("Found to be one person's account")
):
    """Accounts were found to be one person's: none of them decides on what another did."""
