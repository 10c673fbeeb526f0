"""What the rights API takes and gives."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.rights.choices import EvidenceKind, Industry, RemarkKind, Right
from marketplace.rights.models import Certificate, Claim, Evidence, Exhibit, Objection, Remark
from marketplace.rights.selectors import remarks_of
from marketplace.web.bounded import serializers


class DraftClaimIn(serializers.Serializer[Any]):
    """What is claimed."""

    rights = serializers.ListField(child=serializers.ChoiceField(choices=Right.choices))
    term_years = serializers.IntegerField()
    restrictions = serializers.CharField(max_length=500, allow_blank=True, default="")
    industry = serializers.ChoiceField(choices=Industry.choices, allow_blank=True, default="")
    contract_grants_right = serializers.BooleanField(default=False)
    procedure = serializers.CharField(max_length=40, allow_blank=True, default="")


class OpenTransferIn(serializers.Serializer[Any]):
    """What passes, and to whom; no rights named means all of the certificate's."""

    acquirer_id = serializers.UUIDField()
    rights = serializers.ListField(
        child=serializers.ChoiceField(choices=Right.choices), default=list
    )
    limits = serializers.CharField(max_length=300, allow_blank=True, default="")
    reference = serializers.CharField(max_length=120, allow_blank=True, default="")


class AskRenewalIn(serializers.Serializer[Any]):
    """For how long a right is renewed."""

    term_years = serializers.IntegerField()


class AskChangeIn(serializers.Serializer[Any]):
    """What a certificate shall state, and why."""

    grounds = serializers.CharField(max_length=500)
    restrictions = serializers.CharField(max_length=500, allow_blank=True, default="")
    industry = serializers.ChoiceField(choices=Industry.choices, allow_blank=True, default="")
    term_years = serializers.IntegerField()


class AskCancellationIn(serializers.Serializer[Any]):
    """Why a right is given up."""

    grounds = serializers.CharField(max_length=500)


class AttachEvidenceIn(serializers.Serializer[Any]):
    """A file, as one part of a multipart request."""

    kind = serializers.ChoiceField(choices=EvidenceKind.choices)
    title = serializers.CharField(max_length=120, allow_blank=True, default="")
    upload = serializers.FileField(allow_empty_file=True)


class AskSupplementIn(serializers.Serializer[Any]):
    """Everything that is missing."""

    missing = serializers.ListField(child=serializers.CharField(max_length=1000))


class ConfirmClaimIn(serializers.Serializer[Any]):
    """What the reviewer has looked at."""

    checklist = serializers.ListField(child=serializers.CharField(max_length=40))


class ObjectToClaimIn(serializers.Serializer[Any]):
    """What is held against a claim."""

    text = serializers.CharField(max_length=2000)


class DecideObjectionIn(serializers.Serializer[Any]):
    """The decision and why."""

    is_upheld = serializers.BooleanField()
    reason = serializers.CharField(max_length=500)


class EvidenceOut(serializers.ModelSerializer[Evidence]):
    """A file that supports a claim."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = Evidence
        fields = ("id", "kind", "title", "name", "size", "sha256", "created_at")


class AttachExhibitIn(serializers.Serializer[Any]):
    """A file, as one part of a multipart request."""

    title = serializers.CharField(max_length=120, allow_blank=True, default="")
    upload = serializers.FileField(allow_empty_file=True)


class ExhibitOut(serializers.ModelSerializer[Exhibit]):
    """A file that a party to an objection showed."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = Exhibit
        fields = ("id", "organization", "title", "name", "size", "sha256", "created_at")


class ClaimOut(serializers.ModelSerializer[Claim]):
    """A claim, for the claimant and the centre."""

    rights = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Claim
        fields: tuple[str, ...] = (
            "id",
            "dataset",
            "organization",
            "kind",
            "procedure",
            "state",
            "version",
            "scope_sha256",
            "rights",
            "term_years",
            "restrictions",
            "industry",
            "contract_grants_right",
            "missing",
            "submitted_on",
            "reply_due_on",
            "supplement_due_on",
            "accepted_on",
            "was_accepted_silently",
            "decision_due_on",
            "decision_days_left",
            "was_extended",
            "extension_reason",
            "notice_from",
            "notice_until",
            "notice_days_left",
            "provisional_terms",
            "waive_reason",
            "deposited_on",
            "reason",
            "preceding",
            "limits",
            "reference",
            "grounds",
            "joined_at",
            "created_at",
        )


class PublicNoticeOut(serializers.Serializer[Claim]):
    """What the register publishes of a claim."""

    id = serializers.UUIDField(source="pk")
    claimant = serializers.CharField(source="organization.name")
    claimant_uscc = serializers.CharField(source="organization.uscc")
    data_name = serializers.CharField(source="dataset.title")
    data_abstract = serializers.CharField(source="dataset.abstract")
    rights = serializers.ListField(child=serializers.CharField())
    term_years = serializers.IntegerField()
    restrictions = serializers.CharField()
    state = serializers.CharField()
    notice_from = serializers.DateField()
    notice_until = serializers.DateField(allow_null=True)
    notice_is_provisional = serializers.SerializerMethodField()
    notice_days_left = serializers.IntegerField(allow_null=True)

    def get_notice_is_provisional(self, claim: Claim) -> bool:
        """Tell whether the calendar may still move the last day of the notice."""
        return "notice_until" in claim.provisional_terms


class ObjectionOut(serializers.ModelSerializer[Objection]):
    """An objection, for both parties and the centre."""

    class Meta:
        model = Objection
        fields: tuple[str, ...] = (
            "id",
            "claim",
            "organization",
            "text",
            "state",
            "due_on",
            "provisional_terms",
            "reason",
            "decided_at",
            "created_at",
        )


class EnterRemarkIn(serializers.Serializer[Any]):
    """What is remarked on a certificate; a freeze or control names authority and document."""

    kind = serializers.ChoiceField(choices=RemarkKind.choices)
    authority = serializers.CharField(max_length=120, allow_blank=True, default="")
    document_number = serializers.CharField(max_length=80, allow_blank=True, default="")
    text = serializers.CharField(max_length=300, allow_blank=True, default="")


class DecideRemarkIn(serializers.Serializer[Any]):
    """What the second reviewer says."""

    is_confirmed = serializers.BooleanField()


class LiftRemarkIn(serializers.Serializer[Any]):
    """Who ordered that a remark is lifted."""

    authority = serializers.CharField(max_length=120, allow_blank=True, default="")
    document_number = serializers.CharField(max_length=80, allow_blank=True, default="")


class RemarkOut(serializers.ModelSerializer[Remark]):
    """A remark on a certificate."""

    class Meta:
        model = Remark
        fields: tuple[str, ...] = (
            "id",
            "certificate",
            "kind",
            "authority",
            "document_number",
            "text",
            "state",
            "in_force_from",
            "lift_authority",
            "lift_document_number",
            "lifted_on",
            "created_at",
        )


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
        """Answer those on the certificate, and those that take the use of its right away."""
        return list(RemarkOut(remarks_of(certificate), many=True).data)
