from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SigningLimitSet(Fact, kind="accounts.signing_limit_set", label=_("Signing limit set")):
    """An owner said for what sum a person may sign alone."""

    limit: str
    currency: str
