"""An admin to look with; it writes only through actions that call acts.

It is open to whoever holds the administrator's role at this moment, and to nobody else: no flag
on a person outlives the role.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, Refusal
from marketplace.web.requests import actor

ADMINISTRATOR = "administrator"

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Model]
else:
    Base = admin.ModelAdmin


class Act(Protocol):
    """An act on one thing that needs nothing but its id."""

    def __call__(self, subject_id: UUID, /, *, by: Actor) -> object: ...


class CentreAdminSite(admin.AdminSite):
    """The admin behind the centre's own sign-in, which asks for the second factor."""

    site_header = site_title = gettext_lazy("Administration of the centre")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let administrators of the centre in."""
        return actor(request).has(ADMINISTRATOR)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send a visitor to the sign-in page, and refuse whoever is signed in without the role.

        Raises:
            NotAllowed: the signed-in person is no administrator.
        """
        if actor(request).is_signed_in:
            raise NotAllowed(_("The admin is open to administrators of the centre alone."))
        return redirect_to_login(request.GET.get("next", ""))

    def get_urls(self) -> list[Any]:
        """Add the page of rules to those of the rows."""
        return [path("rules/", self.admin_view(self.rules), name="rules"), *super().get_urls()]

    def rules(self, request: HttpRequest) -> HttpResponse:
        """Show by which rules the centre works at this moment."""
        context = self.each_context(request) | {
            "title": _("The centre's rules at this moment"),
            "rules": sorted(settings.CENTRE.items()),
        }
        return TemplateResponse(request, "admin/rules.html", context)


class ReadOnlyAdmin(Base):
    """Shows rows and changes none."""

    actions_on_bottom = False
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let administrators in; whoever else is signed in sees no admin at all."""
        return actor(request).has(ADMINISTRATOR)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show rows to administrators; actions call acts, which ask for the right."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: things come to be through acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: things change through acts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing is deleted here."""
        return False

    def act_on_each(self, request: HttpRequest, rows: Iterable[Model], act: Act) -> None:
        """Call an act on each row as whoever is signed in, and say which were refused."""
        for row in rows:
            try:
                act(row.pk, by=actor(request))
            except Refusal as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
