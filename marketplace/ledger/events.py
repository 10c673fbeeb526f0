from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SaltErased(Fact, kind="ledger.salt_erased", label=_("Salt of a ledger entry erased")):
    """The salt of a leaf was erased: nobody can show any more what the leaf commits to."""

    leaf_index: int


class LogKeyCreated(Fact, kind="ledger.log_key_created", label=_("Signing key of the ledger made")):
    """A key was made that signs the heads of the tree from then on."""

    public_key: str


class LogKeyRetired(
    Fact, kind="ledger.log_key_retired", label=_("Signing key of the ledger retired")
):
    """A key signs no more heads; those that it signed stay verifiable."""

    public_key: str


class CheckpointCosigned(
    Fact, kind="ledger.checkpoint_cosigned", label=_("Checkpoint of another log cosigned")
):
    """This centre saw another log go on, and cosigned its checkpoint."""

    origin: str
    size: int
    root: str


class ForkFound(Fact, kind="ledger.fork_found", label=_("Fork of another log found")):
    """Another log showed a tree that does not go on from what it showed before."""

    origin: str
    seen_size: int
    seen_root: str
    shown_size: int
    shown_root: str


class CosignatureReceived(
    Fact, kind="ledger.cosignature_received", label=_("Cosignature of a witness received")
):
    """A witness cosigned a checkpoint of this log."""

    witness: str
    size: int


class LedgerStateAccepted(
    Fact, kind="ledger.state_accepted", label=_("Older state of the ledger accepted")
):
    """An operator let the log go on from a database that holds less than was signed before."""

    signed_size: int
    signed_root: str
    accepted_size: int
    accepted_root: str


class LedgerAudited(Fact, kind="ledger.audited", label=_("Ledger audited")):
    """Every leaf and head was computed anew, up to a size, with so many faults found."""

    size: int
    root: str
    heads: int
    faults: int
    milliseconds: int


class LogKeyAccepted(
    Fact, kind="ledger.log_key_accepted", label=_("Changed key of another log accepted")
):
    """This centre, as a witness, goes on with another key of a log than it saw before.

    `is_proved` tells whether the key before named it in a signed note; else an operator decided.
    """

    origin: str
    old_key: str
    new_key: str
    is_proved: bool
