"""The small products come to market, each as one step, and to the state that it shows."""

from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from marketplace.catalog.approval.services import return_dataset
from marketplace.catalog.dataset.events import DatasetReturned, DatasetSubmitted
from marketplace.demo.story.cast import REVIEWER, SECOND_REVIEWER
from marketplace.demo.story.claiming import claiming
from marketplace.demo.story.findings import dataset_of, masked_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.offering import offering
from marketplace.demo.story.preparing import preparing
from marketplace.demo.story.registering import registering
from marketplace.demo.story.stage import CLOCKWORK, Stage, the
from marketplace.demo.story.telling import Done, Step, in_one, recorded
from marketplace.ledger.facts import Fact
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.services import Offer, draft_listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.publication.events import (
    ListingPublished,
    ListingReturned,
    ListingSubmitted,
    ListingSuspended,
    ListingWithdrawn,
)
from marketplace.trading.listings.publication.services import (
    return_listing,
    submit_listing,
    suspend_listing,
    withdraw_listing,
)


def to_market(goods: Goods) -> tuple[Step, ...]:
    """Return all steps of a dataset on its way to the market."""
    return (*registering(goods), *preparing(goods), *claiming(goods), *offering(goods))


def shelving(goods: Goods) -> Step:
    """Return the whole way to the market as one step, whatever becomes of the offer later."""
    listed = Step("", partial(_look, goods, ListingPublished), _nothing)
    title = format_lazy(gettext_lazy("{title} comes to market"), title=goods.description.title)
    return in_one(title, [*to_market(goods), listed])


def waiting(goods: Goods) -> Step:
    """Return the same way up to the reviewer, for whom the offer waits."""
    title = format_lazy(gettext_lazy("{title} waits for a reviewer"), title=goods.description.title)
    submitted = Step("", partial(_look, goods, ListingSubmitted), _nothing)
    return in_one(title, [*to_market(goods)[:-1], submitted])


def suspending(goods: Goods, reason: str) -> Step:
    """Return the step by which a reviewer takes an offer off the market for a time."""
    return Step(
        format_lazy(gettext_lazy("{title} is suspended"), title=goods.description.title),
        partial(_look, goods, ListingSuspended),
        lambda stage: suspend_listing(
            the(_listing(goods)).pk, reason=reason, by=stage.actor(REVIEWER)
        ),
    )


def withdrawing(goods: Goods, reason: str) -> Step:
    """Return the step by which a seller takes an offer off the market for good."""
    return Step(
        format_lazy(gettext_lazy("{title} is withdrawn"), title=goods.description.title),
        partial(_look, goods, ListingWithdrawn),
        lambda stage: withdraw_listing(
            the(_listing(goods)).pk, reason=reason, by=stage.actor(goods.officer)
        ),
    )


def refusing(goods: Goods, offer: Offer, reason: str) -> Step:
    """Return the step by which a second offer of a product comes back from its reviewer."""

    def play(stage: Stage) -> None:
        officer = stage.actor(goods.officer)
        draft = _listing(goods, offer.title) or draft_listing(
            the(masked_of(goods)).pk, offer=offer, by=officer
        )
        if draft.state == ListingState.DRAFT:
            submit_listing(draft.pk, by=officer)
        return_listing(draft.pk, reason=reason, by=stage.actor(REVIEWER))

    return Step(
        format_lazy(gettext_lazy("{title} is sent back by its reviewer"), title=offer.title),
        partial(_look, goods, ListingReturned, title=offer.title),
        play,
    )


def describing(goods: Goods) -> Step:
    """Return the way of a dataset up to a draft with its table."""
    return in_one(
        format_lazy(gettext_lazy("{title} is a draft"), title=goods.description.title),
        registering(goods)[:2],
    )


def reviewing(goods: Goods) -> Step:
    """Return the way of a dataset up to the reviewer of its content, for whom it waits."""
    title = format_lazy(
        gettext_lazy("{title} waits for content review"), title=goods.description.title
    )
    submitted = Step("", partial(_look_at_data, goods, DatasetSubmitted), _nothing)
    return in_one(title, [*registering(goods)[:5], submitted])


def returning(goods: Goods, reason: str) -> Step:
    """Return the way of a dataset that a reviewer sends back to its officer."""

    def play(stage: Stage) -> None:
        return_dataset(the(dataset_of(goods)).pk, reason=reason, by=stage.actor(SECOND_REVIEWER))

    look = partial(_look_at_data, goods, DatasetReturned)
    title = format_lazy(
        gettext_lazy("{title} is sent back by its reviewer"), title=goods.description.title
    )
    return in_one(title, [*registering(goods)[:5], Step("", look, play)])


def _look(goods: Goods, fact: type[Fact], stage: Stage, *, title: str = "") -> Done | None:
    listing = _listing(goods, title)
    if listing is None:
        return None
    return recorded(f"listing:{listing.pk}", fact, listing.get_state_display())


def _look_at_data(goods: Goods, fact: type[Fact], stage: Stage) -> Done | None:
    dataset = dataset_of(goods)
    if dataset is None:
        return None
    return recorded(f"dataset:{dataset.pk}", fact, dataset.get_state_display())


def _nothing(stage: Stage) -> None:
    """Do nothing: the step before has come to it."""


def _listing(goods: Goods, title: str = "") -> Listing | None:
    rows = listings_of_sellers(CLOCKWORK).filter(product__dataset=dataset_of(goods))
    return rows.filter(title=title or goods.offer.title).first()
