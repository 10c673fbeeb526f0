from django.contrib import admin

from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.grant.models import Download, GivenRevision, Grant
from marketplace.delivery.report.models import ReportOpening, SignedReport
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.use.models import GrantKey, QuotaPart, Use, UseDay
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Grant,
    ReadOnlyAdmin,
    list_display=("listing", "organization", "mode", "state", "expires_at"),
    list_filter=("state", "mode"),
)

admin.site.register(
    GivenRevision,
    ReadOnlyAdmin,
    list_display=("grant", "revision", "sha256", "size", "created_at"),
    list_select_related=("grant", "revision__product__dataset"),
)

admin.site.register(
    RevisionChanges,
    ReadOnlyAdmin,
    list_display=("given", "rows", "key", "created_at"),
    list_select_related=("given__revision",),
)

admin.site.register(
    Download, ReadOnlyAdmin, list_display=("grant", "first_byte", "last_byte", "sent", "created_at")
)

admin.site.register(
    GrantKey, ReadOnlyAdmin, list_display=("grant", "expires_at", "revoked_at", "last_used_on")
)

admin.site.register(
    Use, ReadOnlyAdmin, list_display=("grant", "kind", "rows", "size", "created_at")
)

admin.site.register(UseDay, ReadOnlyAdmin, list_display=("grant", "day", "calls", "rows", "size"))

admin.site.register(
    QuotaPart, ReadOnlyAdmin, list_display=("grant", "number", "since", "quota", "left")
)

admin.site.register(
    QuestionBudget, ReadOnlyAdmin, list_display=("grant", "epsilon", "spent", "period")
)

# Private answers, without what was asked and answered.
admin.site.register(
    Release,
    ReadOnlyAdmin,
    list_display=("version", "digest", "epsilon", "created_at"),
    exclude=("question", "result"),
)

admin.site.register(Answer, ReadOnlyAdmin, list_display=("grant", "release", "created_at"))

admin.site.register(SignedReport, ReadOnlyAdmin, list_display=("listing", "credential", "sha256"))

admin.site.register(ReportOpening, ReadOnlyAdmin, list_display=("grant", "created_at"))
