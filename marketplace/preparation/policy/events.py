from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PolicyConfirmed(
    Fact, kind="preparation.policy_confirmed", label=_("Masking policy confirmed")
):
    """An officer decided what to do with each column."""

    digest: str
    relabelled: int


class PolicyCarried(Fact, kind="preparation.policy_carried", label=_("Policy carried on")):
    """The policy of the version before decides for what a feed brought; `before` is its id."""

    digest: str
    before: str


class RolesConfirmed(
    Fact, kind="preparation.roles_confirmed", label=_("Relabelled columns confirmed")
):
    """A second person agreed that columns are less than the detectors take them for.

    `digests` are those of the relabellings; `station` says who agreed.
    """

    station: str
    digests: tuple[str, ...]


class RolesReturned(
    Fact, kind="preparation.roles_returned", label=_("Relabelled columns returned")
):
    """A reviewer did not agree to what a policy takes columns for."""
