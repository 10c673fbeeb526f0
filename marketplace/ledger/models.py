"""Entries and their seals, witnesses of the log, and audits."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import Door, append_only, clock
from marketplace.core.records import Record

# Entries, their places in the tree, the signed heads and the key that signs them.


class Entry(models.Model):
    """One fact. `digest` is the hash of its line, and `mac` its code under a key that is not in the
    database, both taken when it was recorded."""

    id = models.BigAutoField(primary_key=True)
    reference = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    subject = models.CharField(_("subject"), max_length=80, db_index=True)
    about = models.JSONField(_("about"), default=list)
    person_id = models.UUIDField(_("person"), null=True)
    organization_id = models.UUIDField(_("organization"), null=True)
    door = models.CharField(_("door"), max_length=10)
    happened_at = models.DateTimeField(_("happened at"), default=clock.now)
    payload = models.JSONField(_("payload"), default=dict)
    digest = models.CharField(_("digest of the line"), max_length=64)
    mac = models.CharField(_("authentication code"), max_length=64, null=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Mention(models.Model):
    """A thing that an entry concerns beside its subject; makes timelines one indexed look-up."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="mentions")
    subject = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("mention")
        constraints = [
            models.UniqueConstraint(fields=["subject", "entry"], name="ledger_mention_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.entry_id}"


class Seal(models.Model):
    """The place of an entry in the tree.

    `commitment` is the salted hash of the entry's line that its leaf is made of; None in leaves
    from before there were salts, which are made of the line itself.
    """

    leaf_index = models.BigIntegerField(_("leaf"), primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    leaf_hash = models.CharField(_("leaf hash"), max_length=64)
    commitment = models.CharField(_("commitment"), max_length=64, null=True)

    class Meta:
        verbose_name = _("seal")
        ordering = ["leaf_index"]

    def __str__(self) -> str:
        return f"leaf {self.leaf_index}"


class Salts(models.Model):
    """The salts of leaves that were sealed together, 32 bytes each; erased ones are zeros."""

    first_leaf = models.BigIntegerField(_("first leaf"), primary_key=True)
    salts = models.BinaryField()

    class Meta:
        verbose_name = _("salts")
        verbose_name_plural = _("salts")

    def __str__(self) -> str:
        return f"salts from {self.first_leaf}"


class Stray(models.Model):
    """An entry that no act recorded: its code is wrong or missing, so it is never sealed."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="stray", primary_key=True)
    found_at = models.DateTimeField(_("found at"), default=clock.now)

    class Meta:
        verbose_name = _("stray entry")
        verbose_name_plural = _("stray entries")

    def __str__(self) -> str:
        return f"stray entry {self.entry_id}"


class Tile(models.Model):
    """A full tile of the tree: 256 hashes beside each other, and the root over them.

    The hashes of level 0 are leaves; each hash of a higher level is the root of a full tile below.
    What is beyond the last full tile of a level is read from the seals, or from the roots below.
    """

    level = models.PositiveSmallIntegerField(_("tile level"))
    position = models.BigIntegerField(_("tile position"))
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        verbose_name = _("tile")
        ordering = ["level", "position"]
        constraints = [
            models.UniqueConstraint(fields=["level", "position"], name="ledger_tile_once")
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.position}"


class SigningKey(Record):
    """An Ed25519 key for tree heads; the private half is wrapped by the key-encryption key."""

    public_key = models.CharField(_("public key"), max_length=64, unique=True)
    wrapped_private_key = models.BinaryField()
    retired_at = models.DateTimeField(_("retired at"), null=True)
    handover = models.TextField(_("note of the key before it"), null=True)

    class Meta:
        verbose_name = _("ledger signing key")

    def __str__(self) -> str:
        return self.public_key[:16]


class BindingKey(Record):
    """A key by which state was bound before the key-encryption key was replaced; wrapped."""

    wrapped_key = models.BinaryField()

    class Meta:
        verbose_name = _("key of bound state")
        verbose_name_plural = _("keys of bound state")

    def __str__(self) -> str:
        return str(self.pk)


class Head(models.Model):
    """A signed statement of the whole tree at a size."""

    tree_size = models.BigIntegerField(_("tree size"), primary_key=True)
    root_hash = models.CharField(_("root hash"), max_length=64)
    frontier = models.JSONField(default=list)
    sealed_at = models.DateTimeField(_("sealed at"), default=clock.now)
    key = models.ForeignKey(SigningKey, models.PROTECT)
    signature = models.CharField(_("signature"), max_length=128)

    class Meta:
        verbose_name = _("tree head")
        ordering = ["tree_size"]

    def __str__(self) -> str:
        return f"{self.tree_size} {self.root_hash[:16]}"


class Checkpoint(models.Model):
    """A head as the signed note that everybody may fetch (C2SP tlog-checkpoint)."""

    head = models.OneToOneField(Head, models.PROTECT, related_name="checkpoint", primary_key=True)
    note = models.TextField(_("signed note"))

    class Meta:
        verbose_name = _("checkpoint")

    def __str__(self) -> str:
        return f"checkpoint {self.head_id}"


class Sealer(models.Model):
    """The one row that a sealer locks, so that there is a single writer of the tree."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    class Meta:
        verbose_name = _("sealer")

    def __str__(self) -> str:
        return "sealer"


append_only.register("ledger_entry", key=["id", "reference"])
append_only.register("ledger_mention", key=["id", "subject,entry_id"])
append_only.register("ledger_seal", key=["leaf_index", "entry_id"])
append_only.register("ledger_head", key=["tree_size"])
append_only.register("ledger_checkpoint", key=["head_id"])
append_only.register("ledger_tile", key=["id", "level,position"])


# Audits of the whole log: those that ended, and how far the one is that is under way.


class Audit(Record):
    """One check of every leaf and head, and what it found; kept when it ended.

    `milliseconds` is how long it computed. `entry` is the entry of the ledger that tells of it.
    """

    door = models.CharField(
        _("asked by"),
        max_length=10,
        choices=[(Door.COMMAND.value, _("command")), (Door.TASK.value, _("the centre by itself"))],
    )
    tree_size = models.BigIntegerField(_("sealed entries"))
    root_hash = models.CharField(_("root hash"), max_length=64)
    heads = models.PositiveIntegerField(_("signed heads"))
    faults = models.PositiveIntegerField(_("faults"))
    milliseconds = models.PositiveBigIntegerField(_("milliseconds"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="audit")

    class Meta:
        verbose_name = _("audit of the ledger")
        verbose_name_plural = _("audits of the ledger")
        ordering = ["-entry_id"]

    def __str__(self) -> str:
        return f"audit of {self.tree_size} entries: {self.faults} faults"

    @property
    def seconds(self) -> float:
        """Return how long it computed, in seconds."""
        return self.milliseconds / 1000


class RunningAudit(models.Model):
    """How far the audit is that the centre makes by itself, part by part. There is one at most.

    `checked` is the size of the signed head that it has come to.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    began_at = models.DateTimeField(_("began at"), default=clock.now)
    checked = models.BigIntegerField(_("checked entries"), default=0)
    heads = models.PositiveIntegerField(_("signed heads"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    milliseconds = models.PositiveBigIntegerField(_("milliseconds"), default=0)

    class Meta:
        verbose_name = _("audit under way")

    def __str__(self) -> str:
        return f"audit up to {self.checked}"


append_only.register("ledger_audit", key=["id", "entry_id"])


# What witnesses say of this log, and what this centre sees of others as their witness.


class Cosignature(models.Model):
    """What a witness says of a checkpoint of ours: that it goes on from all that it saw before."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(_("witness"), max_length=255)
    line = models.TextField(_("signature line"))
    received_at = models.DateTimeField(_("received at"), default=clock.now)

    class Meta:
        verbose_name = _("cosignature")
        ordering = ["checkpoint", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="ledger_cosignature_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint_id}"


class WitnessKey(Record):
    """The Ed25519 key with which this centre cosigns other logs; wrapped like signing keys."""

    public_key = models.CharField(_("public key"), max_length=64, unique=True)
    wrapped_private_key = models.BinaryField()

    class Meta:
        verbose_name = _("witness key")

    def __str__(self) -> str:
        return self.public_key[:16]


class WitnessedLog(models.Model):
    """The largest tree of another log that this centre has seen and cosigned."""

    origin = models.CharField(_("name of the log"), max_length=255, primary_key=True)
    verifier_key = models.CharField(_("verifier key"), max_length=400)
    size = models.BigIntegerField(_("tree size"))
    root_hash = models.CharField(_("root hash"), max_length=64)
    note = models.TextField(_("cosigned note"))
    seen_at = models.DateTimeField(_("seen at"), default=clock.now)

    class Meta:
        verbose_name = _("witnessed log")

    def __str__(self) -> str:
        return self.origin


class WitnessCheck(Record):
    """One look of this centre at another log, and how it ended.

    `tree_size` is what the log showed; None where it showed nothing that could be read.
    """

    class Result(models.TextChoices):
        COSIGNED = "cosigned", _("consistent; cosigned")
        FORK = "fork", _("fork")
        SHRUNK = "shrunk", _("shows less than before")
        OTHER_KEY = "other-key", _("signed by another key")
        REFUSED = "refused", _("could not be read or checked")

    origin = models.CharField(_("name of the log"), max_length=255)
    tree_size = models.BigIntegerField(_("tree size"), null=True)
    result = models.CharField(_("result"), max_length=10, choices=Result)

    class Meta:
        verbose_name = _("look at another log")
        verbose_name_plural = _("looks at other logs")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.origin} {self.result}"


append_only.register("ledger_cosignature", key=["id", "checkpoint_id,witness"])
append_only.register("ledger_witnesscheck", key=["id"])
