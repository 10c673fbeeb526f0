from django.contrib import admin

from marketplace.rights.certificate.models import Certificate, Reliance
from marketplace.rights.claim.models import Claim, ClaimedRight, Evidence
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.remark.models import Remark
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Claim,
    ReadOnlyAdmin,
    list_display=("dataset", "organization", "state", "submitted_on", "decision_due_on"),
    list_filter=("state", "kind"),
    list_select_related=("dataset", "organization"),
    search_fields=("dataset__title", "organization__name"),
)

admin.site.register(
    ClaimedRight,
    ReadOnlyAdmin,
    list_display=("claim", "right"),
    list_filter=("right",),
    list_select_related=("claim__dataset",),
)

# Files that support claims; their contents are read on the claim's page.
admin.site.register(
    Evidence,
    ReadOnlyAdmin,
    list_display=("title", "kind", "claim", "created_at"),
    list_filter=("kind",),
    list_select_related=("claim__dataset",),
)

admin.site.register(
    Objection,
    ReadOnlyAdmin,
    list_display=("claim", "organization", "state", "due_on"),
    list_filter=("state",),
    list_select_related=("claim__dataset", "organization"),
)

# Files of objections; their contents are read on the objection's page.
admin.site.register(
    Exhibit,
    ReadOnlyAdmin,
    list_display=("title", "objection", "organization", "created_at"),
    list_select_related=("objection__claim__dataset", "organization"),
)

admin.site.register(
    Reliance,
    ReadOnlyAdmin,
    list_display=("certificate", "subject", "is_current", "created_at"),
    list_filter=("is_current",),
    list_select_related=("certificate",),
)

admin.site.register(
    Remark,
    ReadOnlyAdmin,
    list_display=("certificate", "kind", "authority", "state", "in_force_from"),
    list_filter=("kind", "state"),
    list_select_related=("certificate",),
)

admin.site.register(
    Certificate,
    ReadOnlyAdmin,
    list_display=("number", "organization", "dataset", "state", "valid_until"),
    list_filter=("state",),
    list_select_related=("dataset", "organization"),
    search_fields=("number", "dataset__title", "organization__name"),
)
