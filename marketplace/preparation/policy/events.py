from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PolicyConfirmed(Fact):
    """An officer decided what to do with each column."""

    kind = "preparation.policy_confirmed"
    label = _("Masking policy confirmed")
    digest: str
    relabelled: int


@dataclass(frozen=True, kw_only=True)
class PolicyCarried(Fact):
    """The policy of the version before decides for what a feed brought; `before` is its id."""

    kind = "preparation.policy_carried"
    label = _("Policy carried on")
    digest: str
    before: str


@dataclass(frozen=True, kw_only=True)
class RolesConfirmed(Fact):
    """A second person agreed that columns are less than the detectors take them for.

    `digests` are those of the relabellings; `station` says who agreed.
    """

    kind = "preparation.roles_confirmed"
    label = _("Relabelled columns confirmed")
    station: str
    digests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RolesReturned(Fact):
    """A reviewer did not agree to what a policy takes columns for."""

    kind = "preparation.roles_returned"
    label = _("Relabelled columns returned")
