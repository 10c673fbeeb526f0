"""What the API gives of one thing of the register: with the acts on it, and why not the others."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.rights.models import Certificate, Claim, Objection, Remark
from marketplace.rights.rules.acts import (
    acts_on_certificate,
    acts_on_claim,
    acts_on_objection,
    acts_on_remark,
)
from marketplace.rights.selectors import remarks_of
from marketplace.rights.serializers import CertificateOut, ClaimOut, ObjectionOut, RemarkOut
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class OneClaimOut(ClaimOut):
    """A claim with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = serializers.SerializerMethodField()

    class Meta(ClaimOut.Meta):
        fields: tuple[str, ...] = (*ClaimOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, claim: Claim) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_claim(claim, actor(self.context["request"])).as_json()


class OneObjectionOut(ObjectionOut):
    """An objection with the acts on it."""

    acts = serializers.SerializerMethodField()

    class Meta(ObjectionOut.Meta):
        fields: tuple[str, ...] = (*ObjectionOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, objection: Objection) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_objection(objection, actor(self.context["request"])).as_json()


class OneRemarkOut(RemarkOut):
    """A remark with the acts on it."""

    acts = serializers.SerializerMethodField()

    class Meta(RemarkOut.Meta):
        fields: tuple[str, ...] = (*RemarkOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, remark: Remark) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_remark(remark, actor(self.context["request"])).as_json()


class OneCertificateOut(CertificateOut):
    """A certificate with the acts on it and on its remarks."""

    acts = serializers.SerializerMethodField()

    class Meta(CertificateOut.Meta):
        fields: tuple[str, ...] = (*CertificateOut.Meta.fields, "acts")

    @extend_schema_field(OneRemarkOut(many=True))
    def get_remarks(self, certificate: Certificate) -> list[dict[str, Any]]:
        """Return those on the certificate, and those that take the use of its right away."""
        return list(OneRemarkOut(remarks_of(certificate), many=True, context=self.context).data)

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, certificate: Certificate) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_certificate(certificate, actor(self.context["request"])).as_json()
