from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RevisionRegistered(Fact):
    """A version became a revision of its product; the digests are of its policy and its bytes."""

    kind = "trading.revision_registered"
    label = _("Revision registered")
    number: int
    policy_sha256: str
    bytes_sha256: str


@dataclass(frozen=True, kw_only=True)
class RevisionWentLive(Fact):
    """A revision was on the market for the first time."""

    kind = "trading.revision_went_live"
    label = _("Revision went live")
    number: int
