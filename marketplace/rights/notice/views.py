"""The pages of public notices, for everybody."""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.core import visible
from marketplace.core.terms import last_day_shown
from marketplace.rights.claim import policies
from marketplace.rights.claim import presentation as claim_words
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.presentation import published_facts
from marketplace.rights.notice.filters import NoticeFilters
from marketplace.rights.notice.selectors import claims_in_notice, published_claims
from marketplace.rights.objection.presentation import invites_objection
from marketplace.rights.remark.selectors import published_remarks
from marketplace.rights.right.tables import RightsColumn
from marketplace.web.lists import list_page
from marketplace.web.pages import same_for_visitors
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn

# The public notices as an Atom feed (RFC 4287), for registers and readers that follow them.


def public_notices(absolute: Callable[[str], str]) -> str:
    """Write the feed of the claims to which one can object now; `absolute` completes an address.

    Entries keep their name (`urn:uuid:`) wherever the centre moves, and give the published fields.
    """
    feed = Atom1Feed(
        title=_("Public notices"),
        link=absolute(reverse("public_notice_list")),
        description=_(
            "Before the centre confirms a right over data, it publishes the claim. Whoever holds a "
            "right that speaks against it can object until the notice ends."
        ),
        feed_url=absolute(reverse("public_notice_feed")),
        language=get_language(),
    )
    for claim in claims_in_notice():
        assert claim.notice_from is not None
        began = timezone.make_aware(datetime.combine(claim.notice_from, time()))
        feed.add_item(
            title=claim.described.title,
            link=absolute(reverse("public_notice", args=[claim.pk])),
            description=render_to_string("partials/facts.html", {"facts": published_facts(claim)}),
            unique_id=f"urn:uuid:{claim.pk}",
            author_name=claim.organization.name,
            pubdate=began,
            updateddate=began,
        )
    return feed.writeString("utf-8")


class NoticeTable(CentreTable):
    caption = gettext_lazy("Claims in public notice")
    stacks = True
    dataset = tables.Column(
        linkify=("public_notice", {"pk": tables.A("pk")}),
        accessor="described__title",
        order_by=("version__content__title",),
        verbose_name=gettext_lazy("Data"),
    )
    organization = tables.Column(
        accessor="organization__name", verbose_name=gettext_lazy("Claimant")
    )
    rights = RightsColumn(
        accessor="rights", orderable=False, verbose_name=gettext_lazy("Claimed rights")
    )
    state = StateColumn(verbose_name=gettext_lazy("State"))
    notice_from = tables.DateColumn(verbose_name=gettext_lazy("Notice from"))
    notice_until = tables.Column(
        verbose_name=gettext_lazy("Notice until"), default=gettext_lazy("stands still")
    )

    class Meta(CentreTable.Meta):
        fields = ("dataset", "organization", "rights", "state", "notice_from", "notice_until")
        empty_text = gettext_lazy("Nothing is in public notice at the moment.")

    def render_notice_until(self, record: Claim) -> str:
        """Show the day as provisional where it is."""
        return last_day_shown(record, "notice_until", "SHORT_DATE_FORMAT")


@same_for_visitors
def public_notice_list(request: HttpRequest) -> HttpResponse:
    """List, to everybody, the claims to which one can object now."""
    return list_page(
        request,
        "rights/public_notice_list.html",
        NoticeTable,
        claims_in_notice(),
        filters=NoticeFilters,
    )


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
