from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.organization.filters import OrganizationFilters
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.organization.services import apply_organization
from marketplace.accounts.organization.tables import OrganizationTable
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of

APPLYING: dict[str, list[tuple[str, Any]]] = {
    "kind": [pair for pair in OrganizationKind.choices if pair[0] != OrganizationKind.CENTRE],
    "roles": [
        (role.value, role.label) for role in (Role.OFFICER, Role.FINANCE, Role.BUYER, Role.AUDITOR)
    ],
}


def organization_apply(request: HttpRequest) -> HttpResponse:
    form = form_of(apply_organization)(request.POST or None, offered=APPLYING)
    if request.method == "POST" and form.is_valid():
        organization = attempt(form, lambda: apply_organization(**form.taken(), by=actor(request)))
        if organization is not None:
            messages.success(
                request,
                _(
                    "Your application is in. Follow the link that goes to your e-mail address: "
                    "before that, the centre cannot verify you. If no link comes, the address "
                    "belonged to an account before, and nothing was registered: apply with "
                    "another one."
                ),
            )
            return redirect("account_login")
    return render(request, "accounts/apply.html", {"form": form}, status=form_status(form))


@signed_in
def organization_list(request: HttpRequest) -> HttpResponse:
    rows = organizations_visible_to(actor(request)).order_by("name")
    return list_page(
        request,
        "accounts/organization_list.html",
        OrganizationTable,
        rows,
        filters=OrganizationFilters,
    )
