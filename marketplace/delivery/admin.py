from django.contrib import admin

from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.grant.models import Download, GivenRevision, Grant
from marketplace.delivery.report.models import ReportOpening, SignedReport
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.use.models import GrantKey, QuotaPart, Use, UseDay
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    list_display = ("listing", "organization", "mode", "state", "expires_at")
    list_filter = ("state", "mode")


@admin.register(GivenRevision)
class GivenRevisionAdmin(ReadOnlyAdmin):
    list_display = ("grant", "revision", "sha256", "size", "created_at")
    list_select_related = ("grant", "revision__product__dataset")


@admin.register(RevisionChanges)
class RevisionChangesAdmin(ReadOnlyAdmin):
    list_display = ("given", "rows", "key", "created_at")
    list_select_related = ("given__revision",)


@admin.register(Download)
class DownloadAdmin(ReadOnlyAdmin):
    list_display = ("grant", "first_byte", "last_byte", "sent", "created_at")


@admin.register(GrantKey)
class GrantKeyAdmin(ReadOnlyAdmin):
    list_display = ("grant", "expires_at", "revoked_at", "last_used_on")


@admin.register(Use)
class UseAdmin(ReadOnlyAdmin):
    list_display = ("grant", "kind", "rows", "size", "created_at")


@admin.register(UseDay)
class UseDayAdmin(ReadOnlyAdmin):
    list_display = ("grant", "day", "calls", "rows", "size")


@admin.register(QuotaPart)
class QuotaPartAdmin(ReadOnlyAdmin):
    list_display = ("grant", "number", "since", "quota", "left")


@admin.register(QuestionBudget)
class QuestionBudgetAdmin(ReadOnlyAdmin):
    list_display = ("grant", "epsilon", "spent", "period")


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """Private answers, without what was asked and answered."""

    list_display = ("version", "digest", "epsilon", "created_at")
    exclude = ("question", "result")


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ("grant", "release", "created_at")


@admin.register(SignedReport)
class SignedReportAdmin(ReadOnlyAdmin):
    list_display = ("listing", "credential", "sha256")


@admin.register(ReportOpening)
class ReportOpeningAdmin(ReadOnlyAdmin):
    list_display = ("grant", "created_at")
