from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RevisionRegistered(Fact, kind="trading.revision_registered", label=_("Revision registered")):
    """A version became a revision of its product; the digests are of its policy and its bytes."""

    number: int
    policy_sha256: str
    bytes_sha256: str


class RevisionWentLive(Fact, kind="trading.revision_went_live", label=_("Revision went live")):
    """A revision was on the market for the first time."""

    number: int
