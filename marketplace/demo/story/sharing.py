"""A buyer measures the labelled set, buys it, and what it earns is shared with its sources."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.demo.story import dealing
from marketplace.demo.story.annotators import CODES
from marketplace.demo.story.cast import (
    HEALTH_BUYER,
    INSTITUTE,
    INSTITUTE_OFFICER,
    OFFICER,
    PLATFORM_OFFICER,
    RESEARCHER,
    Part,
)
from marketplace.demo.story.citizens import LABELLED, MATTERS
from marketplace.demo.story.findings import listing_of, organization_of
from marketplace.demo.story.hotline import Message, hotline_messages
from marketplace.demo.story.labelling import joining
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, StoryBroken, the
from marketplace.demo.story.telling import Done, Step, recorded
from marketplace.demo.story.trades import Trade
from marketplace.jobs.states import JobState
from marketplace.learning.adapters import measurement_error
from marketplace.learning.measurement.events import MeasurementDone
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.measurement.services import request_measurement
from marketplace.trading.listings.income_share.events import (
    IncomeShareAnswered,
    IncomeShareProposed,
)
from marketplace.trading.listings.income_share.models import IncomeShare, ShareGround
from marketplace.trading.listings.income_share.selectors import (
    agreed_shares_of,
    income_shares_visible_to,
)
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    propose_income_share,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.trading.orders.order.events import OrderCompleted
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.sources import paid_to_sources
from marketplace.vault.incoming import encrypt_stream
from marketplace.vault.uploads import EncryptedUpload
from marketplace.web.templatetags.market import money

SHARES: Final[tuple[tuple[Part, ShareGround, Decimal], ...]] = (
    (INSTITUTE_OFFICER, ShareGround.LABELLING, Decimal(10)),
    (PLATFORM_OFFICER, ShareGround.SOURCE, Decimal(20)),
)
"""Who labelled, and who runs the hotline, and what each gets of the income in percent."""
OFFERED_SHARE: Final = Decimal(5)
"""What the institute is offered of the model's income, and has yet to answer."""
EPSILON: Final = Decimal(3)
"""So that the privacy budget of the set holds two more after it."""
OWN, HELD_OUT, OTHER_SEED = 60, 300, 20250815
"""So many messages of its own the buyer learns from and holds out; another town's."""
BOUGHT: Final = Trade(LABELLED, HEALTH_BUYER, "健康热线分类 Sorting of calls about health")
KEY: Final = "labelled-1"


def sharing() -> tuple[Step, ...]:
    """Return the steps from shares that are agreed to a sale of which each gets its part."""
    return (
        joining(INSTITUTE_OFFICER, RESEARCHER),
        Step(
            gettext_lazy("Who labelled and who runs the hotline agree to parts of the income"),
            _look_agreed,
            _agree,
        ),
        Step(
            gettext_lazy("A health commission has measured what the set would bring"),
            _look_measured,
            _measure,
        ),
        Step(
            gettext_lazy("It buys the set, and the books pay each source its part"),
            _look_paid,
            _buy,
        ),
        Step(
            gettext_lazy("A part of the model's income is offered to who labelled"),
            _look_proposed,
            _propose,
        ),
    )


def _share(listing: Listing, part: Part) -> IncomeShare | None:
    rows = income_shares_visible_to(CLOCKWORK).filter(listing=listing)
    return rows.filter(organization__uscc=part.house.uscc).first()


def _look_agreed(stage: Stage) -> Done | None:
    listing = listing_of(LABELLED)
    agreed = agreed_shares_of(listing.pk) if listing is not None else []
    if len(agreed) < len(SHARES):
        return None
    what = ", ".join(f"{one.organization.name} {one.percent}" for one in agreed)
    return Done(what, f"income_share:{agreed[-1].pk}", IncomeShareAnswered)


def _agree(stage: Stage) -> None:
    listing = the(listing_of(LABELLED))
    for part, ground, percent in SHARES:
        share = propose_income_share(
            listing.pk,
            uscc=part.house.uscc,
            ground=ground,
            percent=percent,
            by=stage.actor(OFFICER),
        )
        answer_income_share(share.pk, is_agreed=True, by=stage.actor(part))


def _measured() -> Measurement | None:
    rows = measurements_visible_to(CLOCKWORK).filter(listing=listing_of(LABELLED))
    return rows.order_by("-created_at").first()


def _look_measured(stage: Stage) -> Done | None:
    found = _measured()
    if found is None or found.state != JobState.DONE:
        return None
    lift = found.result["lift"]
    what = _("lift %(value)s, from %(low)s to %(high)s, for ε %(epsilon)s") % {
        **lift,
        "epsilon": f"{found.epsilon.normalize():f}",
    }
    return Done(what, f"measurement:{found.pk}", MeasurementDone)


def _measure(stage: Stage) -> None:
    """Let the seller allow it, and a worker measure by the buyer's rows.

    Raises:
        StoryBroken: it failed.
    """
    listing = the(listing_of(LABELLED))
    allow_measuring(
        listing.pk, is_open=True, epsilon=EPSILON, most_of_buyer=2, by=stage.actor(OFFICER)
    )
    own = hotline_messages(OWN + HELD_OUT, seed=OTHER_SEED)
    uploads = [_upload(part, name) for part, name in ((own[:OWN], "own"), (own[OWN:], "held"))]
    try:
        asked = request_measurement(
            listing.pk,
            target="label",
            features=["message"],
            family="text",
            seed=0,
            own_rows=uploads[0],
            hold_out=uploads[1],
            by=stage.actor(HEALTH_BUYER),
        )
    finally:
        for upload in uploads:
            upload.close()

    def look() -> Glimpse:
        found = measurements_visible_to(CLOCKWORK).get(pk=asked.pk)
        return Glimpse(0.0, found.get_state_display(), is_over=found.is_final)

    stage.hands.work_until(look)
    found = the(_measured())
    if found.state != JobState.DONE:
        raise StoryBroken(measurement_error(found))


def _upload(messages: Sequence[Message], name: str) -> EncryptedUpload:
    """Return messages with their matter, as a buyer knows them, on their way to the centre."""
    rows: dict[str, list[Any]] = {
        "message": [one.text for one in messages],
        "label": [CODES[one.topic] for one in messages],
    }
    content = pl.DataFrame(rows).write_csv().encode()
    return EncryptedUpload(
        encrypt_stream([content]),
        name=f"{name}.csv",
        content_type="text/csv",
        size=len(content),
        limit=len(content),
    )


def _look_paid(stage: Stage) -> Done | None:
    order = dealing.order_by_key(KEY)
    if order is None or order.state != OrderState.COMPLETED:
        return None
    paid = paid_to_sources(order)
    what = _("%(sum)s to %(count)d sources, of %(price)s") % {
        "sum": money(sum(paid.values(), Decimal(0)), order.currency),
        "count": len(paid),
        "price": money(order.price, order.currency),
    }
    return Done(what, f"order:{order.pk}", OrderCompleted)


def _buy(stage: Stage) -> None:
    """Order, sign, pay, wait for access, take the file and accept it."""
    order = dealing.sign(BOUGHT, KEY, stage)
    if order.state == OrderState.SIGNED:
        dealing.book(dealing.lines_of(BOUGHT, KEY, stage), stage)
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Waiting for the pipeline"), is_over=not dealing.waits(BOUGHT, KEY))
    )
    dealing.take(BOUGHT, KEY, stage)


def _look_proposed(stage: Stage) -> Done | None:
    listing = listing_of(MATTERS)
    share = _share(listing, INSTITUTE_OFFICER) if listing is not None else None
    if share is None:
        return None
    what = f"{share.organization.name} {share.percent}"
    return recorded(f"income_share:{share.pk}", IncomeShareProposed, what)


def _propose(stage: Stage) -> None:
    propose_income_share(
        the(listing_of(MATTERS)).pk,
        uscc=the(organization_of(INSTITUTE)).uscc,
        ground=ShareGround.LABELLING,
        percent=OFFERED_SHARE,
        by=stage.actor(OFFICER),
    )
