"""What the ledger API gives."""

from typing import Any

from marketplace.web.bounded import serializers


class EntryOut(serializers.Serializer[Any]):
    """An entry as everybody may see it: no subject, no persons; no leaf until it is sealed."""

    reference = serializers.UUIDField()
    kind = serializers.CharField()
    happened_at = serializers.DateTimeField()
    leaf_hash = serializers.CharField(source="seal.leaf_hash", allow_null=True, default=None)
    leaf_index = serializers.IntegerField(source="seal.leaf_index", allow_null=True, default=None)


class HeadOut(serializers.Serializer[Any]):
    """A signed tree head."""

    tree_size = serializers.IntegerField()
    root_hash = serializers.CharField()
    sealed_at = serializers.DateTimeField()
    public_key = serializers.CharField(source="key.public_key")
    signature = serializers.CharField()


class ProofOut(serializers.Serializer[Any]):
    """An RFC 6962 inclusion proof under a head."""

    leaf_index = serializers.IntegerField()
    tree_size = serializers.IntegerField()
    leaf_hash = serializers.CharField()
    root_hash = serializers.CharField()
    hashes = serializers.ListField(child=serializers.CharField())


class ConsistencyOut(serializers.Serializer[Any]):
    """An RFC 6962 consistency proof between two signed heads."""

    first_size = serializers.IntegerField()
    first_root = serializers.CharField()
    tree_size = serializers.IntegerField()
    root_hash = serializers.CharField()
    hashes = serializers.ListField(child=serializers.CharField())


class ProvedEntryOut(serializers.Serializer[Any]):
    """An entry with its proof, once it is sealed.

    The leaf is `{"commitment":"…","version":2}` without blanks, and its hash the SHA-256 of a zero
    byte and these bytes. The commitment is the SHA-256 of the salt's 32 bytes and the UTF-8 bytes
    of the line, canonical JSON of all that the entry says. `line` and `salt` are null for whoever
    the entry does not concern. In leaves from before there were salts `commitment` is null, `salt`
    empty, and the leaf is the line itself; an erased salt is empty too.
    """

    entry = EntryOut()
    commitment = serializers.CharField(source="seal.commitment", allow_null=True, default=None)
    line = serializers.CharField(allow_null=True)
    salt = serializers.CharField(allow_null=True)
    proof = ProofOut(allow_null=True)
    head = HeadOut(allow_null=True)


class LedgerPartOut(serializers.Serializer[Any]):
    """What was checked from one signed head to the next, with a sentence a fault.

    `next` is the `after` of the next part; null at the end.
    """

    first = serializers.IntegerField()
    last = serializers.IntegerField()
    size = serializers.IntegerField()
    heads = serializers.IntegerField()
    root_hash = serializers.CharField()
    next = serializers.IntegerField(allow_null=True)
    faults = serializers.ListField(child=serializers.CharField())


class AuditOut(serializers.Serializer[Any]):
    """A check of every leaf and head: how far, for how long, and how many faults it found.

    `entry` is the reference of the ledger entry that tells of it.
    """

    created_at = serializers.DateTimeField()
    door = serializers.ChoiceField(choices=["command", "task"])
    tree_size = serializers.IntegerField()
    root_hash = serializers.CharField()
    heads = serializers.IntegerField()
    faults = serializers.IntegerField()
    seconds = serializers.FloatField()
    entry = serializers.UUIDField(source="entry.reference")


class WitnessCheckOut(serializers.Serializer[Any]):
    """A look at another log; `tree_size` is null where it showed nothing that could be read."""

    created_at = serializers.DateTimeField()
    origin = serializers.CharField()
    tree_size = serializers.IntegerField(allow_null=True)
    result = serializers.ChoiceField(choices=["cosigned", "fork", "shrunk", "other-key", "refused"])
