from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import is_open, visible
from marketplace.delivery.grant.bought import quota_of
from marketplace.delivery.grant.forms import RevokeForm
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.presentation import bought_words, revisions_in_words, snippets_of
from marketplace.delivery.grant.rules import check_reads
from marketplace.delivery.grant.selectors import downloads_of, grants_visible_to, told_revisions
from marketplace.delivery.grant.stored import file_name
from marketplace.delivery.pages.acts import acts_on_grant
from marketplace.delivery.use.profile import profile_of
from marketplace.delivery.use.rules import check_revoke_grant_key
from marketplace.delivery.use.selectors import (
    key_of,
    metered,
    rows_left,
    running_month_of,
    usage_of,
    uses_of,
)
from marketplace.delivery.use.services import IssuedKey, make_grant_key
from marketplace.trading.orders.delivery.rules import check_accept_delivery
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

NEWEST_DOWNLOADS = 20


@signed_in
def grant_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    grant = visible(grants_visible_to(actor(request)), pk=pk)
    page = grant.delivery.page
    return redirect(page, pk=pk) if page else grant_page(request, grant)


def grant_page(
    request: HttpRequest,
    grant: Grant,
    *,
    form: RevokeForm | None = None,
    key_form: ActForm | None = None,
    issued: IssuedKey | None = None,
) -> HttpResponse:
    by, mode = actor(request), grant.delivery
    address, secret = request.build_absolute_uri("/"), issued.secret if issued else ""
    form, key_form = form or RevokeForm(), key_form or form_of(make_grant_key)()
    key = key_of(grant)
    context = {
        "grant": grant,
        "order": grant.order,
        "listing": grant.listing,
        "mode": mode,
        "file_name": file_name(grant),
        "acts": acts_on_grant(
            grant, by, "open_download", "look_at_codebook", "make_grant_key", "revoke_grant"
        ),
        "stops_key": key is not None and is_open(check_revoke_grant_key, key, by),
        "is_buyer": is_open(check_reads, grant, by),
        "bought": bought_words(grant),
        "is_suspended": grant.listing.is_suspended,
        "snippets": snippets_of(grant, address=address, secret=secret),
        "profile": profile_of(issued, address=address) if issued else None,
        "key": key,
        "key_form": key_form,
        "secret": secret,
        "metered": metered(grant),
        "running": running_month_of(grant) if mode.takes_key else None,
        "quota": quota_of(grant),
        "rows_left": max(0, rows_left(grant) or 0),
        "uses": uses_of(grant)[:NEWEST_DOWNLOADS],
        "awaits_acceptance": is_open(check_accept_delivery, grant.order, by),
        "usage": usage_of(grant),
        "downloads": downloads_of(grant)[:NEWEST_DOWNLOADS],
        "given": revisions_in_words(told_revisions(grant)),
        "form": form,
        "timeline": timeline_of(f"grant:{grant.pk}", by=by),
    }
    status = max(form_status(form), form_status(key_form))
    return render(request, "delivery/grant_detail.html", context, status=status)


@require_POST
@signed_in
def grant_key_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the key of a grant, and show its secret in the answer itself: it is kept nowhere."""
    by, form, issued = actor(request), form_of(make_grant_key)(request.POST), None
    if form.is_valid():
        issued = attempt(form, lambda: make_grant_key(pk, **form.taken(), by=by))
    grant = visible(grants_visible_to(by), pk=pk)
    return grant_page(request, grant, key_form=None if issued else form, issued=issued)
