from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PersonExcluded(
    Fact, kind="preparation.person_excluded", label=_("Rows of a person are left out from now on")
):
    """Rows of a person leave every version that is made from now on, for what is named with it."""


class PersonAdmitted(
    Fact, kind="preparation.person_admitted", label=_("Rows of a person are left out no more")
):
    """Rows of a person are left out no more: what asked for it came to nothing."""
