"""The pages of public notices, for everybody."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.locking import visible
from marketplace.rights.claim import policies
from marketplace.rights.claim import presentation as claim_words
from marketplace.rights.notice.feed import public_notices
from marketplace.rights.notice.selectors import claims_in_notice, published_claims
from marketplace.rights.notice.tables import NoticeTable
from marketplace.rights.objection.presentation import invites_objection
from marketplace.rights.remark.selectors import published_remarks
from marketplace.web.pages import same_for_visitors
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@same_for_visitors
def public_notice_list(request: HttpRequest) -> HttpResponse:
    """List, to everybody, the claims to which one can object now."""
    table = arranged(request, NoticeTable(claims_in_notice()))
    return render(request, "rights/public_notice_list.html", {"table": table})


def public_notice_feed(request: HttpRequest) -> HttpResponse:
    """Give everybody the same list as an Atom feed."""
    return HttpResponse(
        public_notices(request.build_absolute_uri),
        content_type="application/atom+xml; charset=utf-8",
    )


def public_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everybody what the register publishes of a claim."""
    claim = visible(published_claims(), pk=pk)
    context = {
        "claim": claim,
        "facts": claim_words.published_facts(claim),
        "remarks": published_remarks(claim),
        "is_open": invites_objection(claim, actor(request)),
        "is_own": policies.is_party(actor(request), claim),
    }
    return render(request, "rights/public_notice.html", context)
