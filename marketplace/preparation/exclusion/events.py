from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonExcluded(Fact):
    """Rows of a person leave every version that is made from now on, for what is named with it."""

    kind = "preparation.person_excluded"
    label = _("Rows of a person are left out from now on")


@dataclass(frozen=True, kw_only=True)
class PersonAdmitted(Fact):
    """Rows of a person are left out no more: what asked for it came to nothing."""

    kind = "preparation.person_admitted"
    label = _("Rows of a person are left out no more")
