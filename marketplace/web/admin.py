"""An admin to look with; it writes only through actions that call acts.

It is open to whoever holds the administrator's role at this moment, and to nobody else: no flag
on a person outlives the role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from marketplace.core.errors import NotAllowed
from marketplace.web.requests import actor

ADMINISTRATOR = "administrator"

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Model]
else:
    Base = admin.ModelAdmin


class CentreAdminSite(admin.AdminSite):
    """The admin behind the centre's own sign-in, which asks for the second factor."""

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
