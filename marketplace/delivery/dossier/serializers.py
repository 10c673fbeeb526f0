from typing import Any

from marketplace.delivery.dossier.chapters import Chapter
from marketplace.web.bounded import serializers


class PaperOut(serializers.Serializer[Any]):
    """One paper: the name of its file in the archive, what it shows, and its SHA-256."""

    name = serializers.CharField()
    group = serializers.CharField()
    title = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class PapersOut(serializers.Serializer[Any]):
    """The papers of a trade; `receipts_left` more receipts stand in its ZIP alone."""

    papers = PaperOut(many=True)
    receipts_left = serializers.IntegerField()


class ToldOut(serializers.Serializer[Any]):
    """A fact of a trade: `leaf_index` and `receipt` are empty until it is sealed."""

    kind = serializers.CharField(source="row.entry.kind")
    fact = serializers.CharField(source="row.label")
    happened_at = serializers.DateTimeField(source="row.entry.happened_at")
    party = serializers.CharField()
    organization = serializers.CharField(source="row.organization")
    person = serializers.CharField(source="row.person")
    sum = serializers.CharField()
    leaf_index = serializers.IntegerField(source="row.leaf_index", allow_null=True)
    reference = serializers.UUIDField(source="row.entry.reference")
    receipt = serializers.CharField()


class ChapterOut(serializers.Serializer[Any]):
    """A chapter of a trade: its facts, oldest first, and the papers that prove them."""

    chapter = serializers.ChoiceField(choices=Chapter.choices)
    facts = ToldOut(many=True)
    papers = PaperOut(many=True)


class DossierOut(serializers.Serializer[Any]):
    """A trade from listing to payout; `facts_left` more facts stand in its ZIP alone."""

    order = serializers.UUIDField(source="order.pk")
    number = serializers.CharField(source="order.number")
    chapters = ChapterOut(many=True)
    facts_left = serializers.IntegerField()
