from typing import Any

from marketplace.core import longest_of
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.rules import acts_on_inquiry
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class AskSellerIn(serializers.Serializer[Any]):
    """What somebody wants to know."""

    text = serializers.CharField(max_length=longest_of(Inquiry, "text"))


class AnswerInquiryIn(serializers.Serializer[Any]):
    """What the seller says."""

    answer = serializers.CharField(max_length=longest_of(Inquiry, "answer"))


class PublicInquiryOut(serializers.ModelSerializer[Inquiry]):
    """An inquiry with its answer, as everybody reads it."""

    class Meta:
        model = Inquiry
        fields: tuple[str, ...] = ("id", "text", "answer", "created_at", "answered_at")


class InquiryOut(PublicInquiryOut):
    """An inquiry, for its sides and the centre."""

    class Meta(PublicInquiryOut.Meta):
        fields = (*PublicInquiryOut.Meta.fields, "listing", "product", "state", "reason")


class OneInquiryOut(InquiryOut):
    """An inquiry with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_inquiry)

    class Meta(InquiryOut.Meta):
        fields = (*InquiryOut.Meta.fields, "acts")
