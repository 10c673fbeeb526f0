from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.remark.selectors import remarks_of
from marketplace.rights.remark.serializers import OneRemarkOut, RemarkOut
from marketplace.rights.title.rules import acts_on_certificate
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class CertificateOut(serializers.ModelSerializer[Certificate]):
    """A certificate; the credential's own address gives the signed document."""

    remarks = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = (
            "id",
            "claim",
            "dataset",
            "organization",
            "number",
            "version",
            "scope_sha256",
            "rights",
            "valid_from",
            "valid_until",
            "state",
            "freeze_order",
            "reason",
            "credential",
            "predecessor",
            "remarks",
            "created_at",
        )

    @extend_schema_field(RemarkOut(many=True))
    def get_remarks(self, certificate: Certificate) -> list[dict[str, Any]]:
        """Return those on the certificate, and those that take the use of its right away."""
        return list(RemarkOut(remarks_of(certificate), many=True).data)


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
