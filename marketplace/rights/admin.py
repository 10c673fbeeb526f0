from django.contrib import admin

from marketplace.rights.certificate.models import Certificate, Reliance
from marketplace.rights.claim.models import Claim, ClaimedRight, Evidence
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.remark.models import Remark
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "organization", "state", "submitted_on", "decision_due_on")
    list_filter = ("state", "kind")
    list_select_related = ("dataset", "organization")
    search_fields = ("dataset__title", "organization__name")


@admin.register(ClaimedRight)
class ClaimedRightAdmin(ReadOnlyAdmin):
    list_display = ("claim", "right")
    list_filter = ("right",)
    list_select_related = ("claim__dataset",)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """Files that support claims; their contents are read on the claim's page."""

    list_display = ("title", "kind", "claim", "created_at")
    list_filter = ("kind",)
    list_select_related = ("claim__dataset",)


@admin.register(Objection)
class ObjectionAdmin(ReadOnlyAdmin):
    list_display = ("claim", "organization", "state", "due_on")
    list_filter = ("state",)
    list_select_related = ("claim__dataset", "organization")


@admin.register(Exhibit)
class ExhibitAdmin(ReadOnlyAdmin):
    """Files of objections; their contents are read on the objection's page."""

    list_display = ("title", "objection", "organization", "created_at")
    list_select_related = ("objection__claim__dataset", "organization")


@admin.register(Reliance)
class RelianceAdmin(ReadOnlyAdmin):
    list_display = ("certificate", "subject", "is_current", "created_at")
    list_filter = ("is_current",)
    list_select_related = ("certificate",)


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ("certificate", "kind", "authority", "state", "in_force_from")
    list_filter = ("kind", "state")
    list_select_related = ("certificate",)


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ("number", "organization", "dataset", "state", "valid_until")
    list_filter = ("state",)
    list_select_related = ("dataset", "organization")
    search_fields = ("number", "dataset__title", "organization__name")
