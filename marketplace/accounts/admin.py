"""Accounts in the admin: to look at, and to act on through acts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.identity.models import IdentityKey
from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.letter.models import Letter
from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.services import reinstate_organization, verify_organization
from marketplace.accounts.person.models import Person
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.setting.services import (
    announce,
    confirm_setting,
    end_announcement,
    propose_setting,
)
from marketplace.accounts.token.models import Token
from marketplace.accounts.token.services import revoke_token
from marketplace.web.admin import ReadOnlyAdmin
from marketplace.web.taking import form_of


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    """Organizations, with the decisions that need no reason."""

    list_display = ("name", "kind", "uscc", "state")
    list_filter = ("kind", "state")
    search_fields = ("name", "uscc")
    actions = ("verify", "reinstate")

    @admin.action(description=_("Verify the chosen organizations"))
    def verify(self, request: HttpRequest, rows: QuerySet[Organization]) -> None:
        """Verify each; say which were refused."""
        self.act_on_each(request, rows, verify_organization)

    @admin.action(description=_("Reinstate the chosen organizations"))
    def reinstate(self, request: HttpRequest, rows: QuerySet[Organization]) -> None:
        """Reinstate each; say which were refused."""
        self.act_on_each(request, rows, reinstate_organization)


admin.site.register(
    Person,
    ReadOnlyAdmin,
    list_display=("name", "email", "organization", "is_active"),
    list_filter=("is_active",),
    search_fields=("name", "email"),
    exclude=(
        "password",
        "identity_digest",
        "is_staff",
        "is_superuser",
        "groups",
        "user_permissions",
    ),
)

# Invitations, without their secrets.
admin.site.register(
    Invitation,
    ReadOnlyAdmin,
    list_display=(
        *("organization", "roles", "sent_at", "letter_failure", "expires_at", "accepted_at"),
    ),
    exclude=("secret_digest",),
)


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """API tokens, without their secrets."""

    list_display = ("name", "person", "scopes", "expires_at", "revoked_at")
    exclude = ("digest",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen tokens"))
    def revoke(self, request: HttpRequest, rows: QuerySet[Token]) -> None:
        """Revoke each; say which were refused."""
        self.act_on_each(request, rows, revoke_token)


# That there is a key; the key itself is not shown.
admin.site.register(
    IdentityKey, ReadOnlyAdmin, list_display=("name", "created_at"), exclude=("wrapped_key",)
)

admin.site.register(
    SigningLimit, ReadOnlyAdmin, list_display=("person", "number", "amount", "created_at")
)

admin.site.register(
    ChangeProposal,
    ReadOnlyAdmin,
    list_display=("kind", "organization", "person", "state", "created_at"),
    list_filter=("kind", "state"),
)


@admin.register(CentreSetting)
class CentreSettingAdmin(ReadOnlyAdmin):
    """Fee and bank account: what is added is a proposal, which another administrator confirms."""

    list_display = ("kind", "value", "effective_on", "state", "created_at")
    list_filter = ("kind", "state")
    page = "setting_detail"
    actions = ("confirm",)

    @admin.action(description=_("Confirm the chosen settings as the second administrator"))
    def confirm(self, request: HttpRequest, rows: QuerySet[CentreSetting]) -> None:
        """Confirm each; say which were refused."""
        self.act_on_each(request, rows, confirm_setting)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let administrators propose: the act asks for the right."""
        return self.has_module_permission(request)

    def add_view(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        """Propose a setting."""
        form = form_of(propose_setting)(request.POST if request.method == "POST" else None)
        return self.act_on_form(request, form, propose_setting)


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    """What stands on every page: added and taken down by acts."""

    list_display = ("text", "text_chinese", "until", "ended_at")
    actions = ("end",)

    @admin.action(description=_("Take the chosen announcements down"))
    def end(self, request: HttpRequest, rows: QuerySet[Announcement]) -> None:
        """Take each down; say which were refused."""
        self.act_on_each(request, rows, end_announcement)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let administrators announce: the act asks for the right."""
        return self.has_module_permission(request)

    def add_view(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        form = form_of(announce)(request.POST if request.method == "POST" else None)
        return self.act_on_form(request, form, announce)


admin.site.register(
    Letter, ReadOnlyAdmin, list_display=("subject", "due_at", "tries", "taken_until")
)
