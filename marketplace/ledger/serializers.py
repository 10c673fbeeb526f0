"""What the ledger API gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class EntryOut(serializers.Serializer[Any]):
    """An entry as everybody may see it: no subject, no persons."""

    reference = serializers.UUIDField()
    kind = serializers.CharField()
    happened_at = serializers.DateTimeField()
    leaf_hash = serializers.CharField(source="digest")
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


class ProvedEntryOut(serializers.Serializer[Any]):
    """An entry with its proof, once it is sealed.

    `leaf` is the canonical JSON that the leaf hash is the hash of: SHA-256 of a zero byte and its
    UTF-8 bytes. It is null for whoever the entry does not concern.
    """

    entry = EntryOut()
    leaf = serializers.CharField(allow_null=True)
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
