from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core import visible
from marketplace.delivery.changelog.selectors import changelog_of
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.trading.listings.history.presentation import rule_changes
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

LINES_A_PAGE = 50


@signed_in
def grant_changelog(request: HttpRequest, pk: UUID) -> HttpResponse:
    grant = visible(grants_visible_to(actor(request)), pk=pk)
    page = Paginator(changelog_of(grant), LINES_A_PAGE).get_page(request.GET.get("page"))
    lines = [(line, rule_changes(line.rules) if line.rules else []) for line in page.object_list]
    context = {"grant": grant, "listing": grant.listing, "page": page, "lines": lines}
    return render(request, "delivery/changelog.html", context)
