from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SaltErased(Fact):
    """The salt of a leaf was erased: nobody can show any more what the leaf commits to."""

    kind = "ledger.salt_erased"
    label = _("Salt of a ledger entry erased")

    leaf_index: int


@dataclass(frozen=True, kw_only=True)
class LogKeyCreated(Fact):
    """A key was made that signs the heads of the tree from then on."""

    kind = "ledger.log_key_created"
    label = _("Signing key of the ledger made")

    public_key: str


@dataclass(frozen=True, kw_only=True)
class LogKeyRetired(Fact):
    """A key signs no more heads; those that it signed stay verifiable."""

    kind = "ledger.log_key_retired"
    label = _("Signing key of the ledger retired")

    public_key: str


@dataclass(frozen=True, kw_only=True)
class CheckpointCosigned(Fact):
    """This centre saw another log go on, and cosigned its checkpoint."""

    kind = "ledger.checkpoint_cosigned"
    label = _("Checkpoint of another log cosigned")

    origin: str
    size: int
    root: str


@dataclass(frozen=True, kw_only=True)
class ForkFound(Fact):
    """Another log showed a tree that does not go on from what it showed before."""

    kind = "ledger.fork_found"
    label = _("Fork of another log found")

    origin: str
    seen_size: int
    seen_root: str
    shown_size: int
    shown_root: str


@dataclass(frozen=True, kw_only=True)
class CosignatureReceived(Fact):
    """A witness cosigned a checkpoint of this log."""

    kind = "ledger.cosignature_received"
    label = _("Cosignature of a witness received")

    witness: str
    size: int


@dataclass(frozen=True, kw_only=True)
class LedgerStateAccepted(Fact):
    """An operator let the log go on from a database that holds less than was signed before."""

    kind = "ledger.state_accepted"
    label = _("Older state of the ledger accepted")

    signed_size: int
    signed_root: str
    accepted_size: int
    accepted_root: str


@dataclass(frozen=True, kw_only=True)
class LedgerAudited(Fact):
    """Every leaf and head was computed anew, up to a size, with so many faults found."""

    kind = "ledger.audited"
    label = _("Ledger audited")

    size: int
    root: str
    heads: int
    faults: int
    milliseconds: int


@dataclass(frozen=True, kw_only=True)
class LogKeyAccepted(Fact):
    """This centre, as a witness, goes on with another key of a log than it saw before.

    `is_proved` tells whether the key before named it in a signed note; else an operator decided.
    """

    kind = "ledger.log_key_accepted"
    label = _("Changed key of another log accepted")

    origin: str
    old_key: str
    new_key: str
    is_proved: bool
