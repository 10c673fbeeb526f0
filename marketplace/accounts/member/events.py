from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PersonDeactivated(Fact, kind="accounts.person_deactivated", label=_("Person deactivated")):
    """A person was stopped from signing in."""


class PersonReactivated(Fact, kind="accounts.person_reactivated", label=_("Person reactivated")):
    """A person may sign in again."""


class RolesChanged(Fact, kind="accounts.roles_changed", label=_("Roles changed")):
    """A person's roles were set."""

    roles: tuple[str, ...]


class OwnerAppointed(Fact, kind="accounts.owner_appointed", label=_("Owner appointed")):
    """A person became an owner of their organization."""


class OwnerRemoved(Fact, kind="accounts.owner_removed", label=_("Owner removed")):
    """A person is no longer an owner of their organization."""


class FactorsReset(Fact, kind="accounts.factors_reset", label=_("Second factors reset")):
    """A person's second factors were taken away, since they were lost."""
