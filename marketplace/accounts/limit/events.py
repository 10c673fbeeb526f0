from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SigningLimitSet(Fact):
    """An owner said for what sum a person may sign alone."""

    kind = "accounts.signing_limit_set"
    label = _("Signing limit set")
    limit: str
    currency: str
