"""The public notices as an Atom feed (RFC 4287), for registers and readers that follow them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.rights.claim.presentation import published_facts
from marketplace.rights.notice.selectors import claims_in_notice


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
            title=claim.dataset.title,
            link=absolute(reverse("public_notice", args=[claim.pk])),
            description=render_to_string("partials/facts.html", {"facts": published_facts(claim)}),
            unique_id=f"urn:uuid:{claim.pk}",
            author_name=claim.organization.name,
            pubdate=began,
            updateddate=began,
        )
    return feed.writeString("utf-8")
