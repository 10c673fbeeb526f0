"""The data is valued, and offered on the market."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.events import (
    AppraisalApproved,
    AppraisalDrafted,
    AppraisalSubmitted,
)
from marketplace.appraisal.appraisal.models import Method, Purpose
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    submit_appraisal,
)
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.demo.story.assessing import assessing
from marketplace.demo.story.cast import REVIEWER
from marketplace.demo.story.findings import appraisal_of, dataset_of, listing_of, masked_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.pricing import pricing
from marketplace.demo.story.registering import points_of
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.telling import Done, Step
from marketplace.review.models import CaseKind
from marketplace.trading.listings.listing.events import ListingDrafted
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.publication.events import ListingPublished, ListingSubmitted
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.sandbox.services import declare_sandbox

UNSUBMITTED_APPRAISAL = (AppraisalState.DRAFT, AppraisalState.RETURNED)
UNSUBMITTED_LISTING = (ListingState.DRAFT, ListingState.RETURNED)


def offering(goods: Goods) -> tuple[Step, ...]:
    """Return the steps from the valuation to a published listing."""
    return (
        Step(
            gettext_lazy("The officer values the data by the cost approach"),
            partial(look_valued, goods),
            partial(value, goods),
        ),
        Step(
            gettext_lazy("The officer submits the valuation"),
            partial(look_value_submitted, goods),
            partial(submit_value, goods),
        ),
        Step(
            gettext_lazy("A reviewer approves the valuation"),
            partial(look_value_approved, goods),
            partial(approve_value, goods),
        ),
        *pricing(goods),
        Step(
            gettext_lazy("The officer drafts a listing"),
            partial(look_drafted, goods),
            partial(draft, goods),
        ),
        *assessing(goods),
        Step(
            gettext_lazy("The officer submits the listing with its proofs"),
            partial(look_submitted, goods),
            partial(submit, goods),
        ),
        Step(
            gettext_lazy("A reviewer publishes the listing"),
            partial(look_published, goods),
            partial(publish, goods),
        ),
    )


def look_valued(goods: Goods, stage: Stage) -> Done | None:
    appraisal = appraisal_of(goods)
    if appraisal is None:
        return None
    return Done(
        _("reference value %(amount)s %(currency)s")
        % {"amount": f"{appraisal.amount:,}", "currency": appraisal.currency},
        f"appraisal:{appraisal.pk}",
        AppraisalDrafted,
    )


def value(goods: Goods, stage: Stage) -> None:
    draft_appraisal(
        the(dataset_of(goods)).pk,
        approaches=[GivenApproach(Method.COST, goods.costs)],
        purpose=Purpose.TRADE,
        by=stage.actor(goods.officer),
    )


def look_value_submitted(goods: Goods, stage: Stage) -> Done | None:
    appraisal = the(appraisal_of(goods))
    if appraisal.state in UNSUBMITTED_APPRAISAL:
        return None
    return Done(_("given to a second person"), f"appraisal:{appraisal.pk}", AppraisalSubmitted)


def submit_value(goods: Goods, stage: Stage) -> None:
    submit_appraisal(the(appraisal_of(goods)).pk, by=stage.actor(goods.officer))


def look_value_approved(goods: Goods, stage: Stage) -> Done | None:
    appraisal = the(appraisal_of(goods))
    if appraisal.state != AppraisalState.IN_FORCE or appraisal.valid_until is None:
        return None
    return Done(
        _("in force until %(day)s") % {"day": appraisal.valid_until.isoformat()},
        f"appraisal:{appraisal.pk}",
        AppraisalApproved,
    )


def approve_value(goods: Goods, stage: Stage) -> None:
    """Approve the valuation, each point of the checklist ticked."""
    approve_appraisal(
        the(appraisal_of(goods)).pk,
        checklist=points_of(CaseKind.VALUATION),
        by=stage.actor(REVIEWER),
    )


def look_drafted(goods: Goods, stage: Stage) -> Done | None:
    listing = listing_of(goods)
    if listing is None or (goods.answers is not None and sandbox_of(listing) is None):
        return None
    return Done(
        _("for %(price)s %(currency)s")
        % {"price": f"{listing.price:,}", "currency": listing.currency},
        f"listing:{listing.pk}",
        ListingDrafted,
    )


def draft(goods: Goods, stage: Stage) -> None:
    """Draft the listing; of a sandbox with what it answers."""
    by = stage.actor(goods.officer)
    listing = draft_listing(the(masked_of(goods)).pk, offer=goods.offer, by=by)
    if goods.answers is not None:
        declare_sandbox(listing.pk, offered=goods.answers, by=by)


def look_submitted(goods: Goods, stage: Stage) -> Done | None:
    listing = the(listing_of(goods))
    if listing.state in UNSUBMITTED_LISTING:
        return None
    return Done(
        _("certificate, risk report and valuation bound"),
        f"listing:{listing.pk}",
        ListingSubmitted,
    )


def submit(goods: Goods, stage: Stage) -> None:
    submit_listing(the(listing_of(goods)).pk, by=stage.actor(goods.officer))


def look_published(goods: Goods, stage: Stage) -> Done | None:
    listing = the(listing_of(goods))
    if listing.state != ListingState.PUBLISHED:
        return None
    return Done(listing.title, f"listing:{listing.pk}", ListingPublished)


def publish(goods: Goods, stage: Stage) -> None:
    """Publish the listing, each point of the checklist ticked."""
    publish_listing(
        the(listing_of(goods)).pk,
        checklist=points_of(CaseKind.LISTING),
        by=stage.actor(REVIEWER),
    )
