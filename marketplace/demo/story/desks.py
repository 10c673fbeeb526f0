"""What waits for each desk when the story ends: cases, offers, signatures, money and disputes."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.demo.story import dealing
from marketplace.demo.story import waiting_money as money
from marketplace.demo.story.cast import (
    APPLICANT,
    BANK_BUYER,
    BUYER,
    LOGISTICS_BUYER,
    RESEARCHER,
)
from marketplace.demo.story.findings import listing_of
from marketplace.demo.story.opening import applying
from marketplace.demo.story.shelf import BUSES, CONTAINERS, FUEL
from marketplace.demo.story.shelving import describing, refusing, returning, reviewing, waiting
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, the
from marketplace.demo.story.survey import SURVEY
from marketplace.demo.story.survey_copy import SURVEY_COPY
from marketplace.demo.story.telling import Chapter, Done, Step, recorded
from marketplace.demo.story.trades import Trade
from marketplace.demo.story.unfinished import DUST, NOISE, UNCLEAR, WATER
from marketplace.trading.listings.inquiry.events import InquiryAsked
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.inquiry.services import ask_seller
from marketplace.trading.listings.plans import Once
from marketplace.trading.orders.delivery.services import object_to_delivery
from marketplace.trading.orders.dispute.events import DisputeOpened
from marketplace.trading.orders.dispute.selectors import disputes_of
from marketplace.trading.orders.dispute.services import open_dispute
from marketplace.trading.orders.negotiation.events import OfferMade
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import Offered, counter_order
from marketplace.trading.orders.objection.events import RemedyOffered
from marketplace.trading.orders.objection.services import offer_remedy
from marketplace.trading.orders.order.events import OrderPlaced
from marketplace.trading.orders.order.states import OrderState

LESS, MIDDLE = Decimal("900.00"), Decimal("1050.00")
BARGAINED: Final = Trade(CONTAINERS, RESEARCHER, "航运碳排放研究 Study of carbon from shipping")
OFFERED: Final = Trade(BUSES, LOGISTICS_BUYER, "夜间配送 Deliveries at night")
TO_SIGN: Final = Trade(CONTAINERS, BUYER, "仓储险定价 Pricing of warehouse insurance")
OBJECTED: Final = Trade(BUSES, BUYER, "出行险定价 Pricing of travel insurance")
DISPUTED: Final = Trade(CONTAINERS, LOGISTICS_BUYER, "堆场预测 Forecasts for the yard")
ON_COPY: Final = Trade(SURVEY_COPY, RESEARCHER, "统计教学 Teaching of statistics")
QUESTION: Final = "是否有城市一级的数据？ Is there a column of cities?"


def desks() -> Chapter:
    """Return what waits for the desks of sellers, buyers, reviewers, finance, administrators."""
    blurred = "表头与说明不符。 The header does not fit the description."
    missing = "表中没有司机班次。 There are no shifts of drivers in the table."
    steps = (
        describing(WATER),
        reviewing(NOISE),
        returning(DUST, blurred),
        waiting(FUEL),
        refusing(BUSES, UNCLEAR, missing),
        Step(gettext_lazy("Buyer and seller negotiate the price"), look_bargained, bargain),
        Step(gettext_lazy("An order waits for its seller"), look_offered, offer),
        Step(gettext_lazy("A contract waits for the buyer's signature"), look_half_signed, sign),
        Step(gettext_lazy("A buyer objects, and the seller offers a remedy"), look_mended, mend),
        Step(gettext_lazy("A delivery is disputed"), look_disputed, dispute),
        Step(gettext_lazy("A payment is open"), money.look_open, money.owe),
        Step(
            gettext_lazy("A payment came in part"),
            money.look_partly,
            money.pay_partly,
        ),
        Step(gettext_lazy("A payment names nothing"), money.look_stray, money.stray),
        Step(
            gettext_lazy("A bank statement waits for the second officer"),
            money.look_told,
            money.tell,
        ),
        Step(
            gettext_lazy("A payout waits for the second officer"),
            money.look_sent,
            money.send,
        ),
        Step(
            gettext_lazy("A day waits to be closed by the second officer"),
            money.look_added_up,
            money.add_up,
        ),
        applying(APPLICANT),
        Step(
            gettext_lazy("A colleague is proposed for the centre"),
            money.look_proposed,
            money.propose,
        ),
    )
    return Chapter(gettext_lazy("Something waits for each desk"), steps)


def last_desk() -> Chapter:
    """Return what waits for the officer of the survey."""
    steps = (
        Step(gettext_lazy("An institute orders the synthetic copy"), look_on_copy, order_copy),
        Step(gettext_lazy("A bank asks about the survey"), look_asked, ask),
    )
    return Chapter(gettext_lazy("The bureau has something to answer"), steps)


# Orders and contracts.


def look_bargained(stage: Stage) -> Done | None:
    return money.about("desk-1", OfferMade)


def bargain(stage: Stage) -> None:
    """Let a buyer offer less, and the seller meet them half way."""
    order = dealing.order_by_key("desk-1")
    if order is None:
        message = "研究用途，预算有限。 We are an institute, and our budget is small."
        less = Offered(Once(amount=LESS), CONTAINERS.offer.terms, message)
        order = dealing.place(BARGAINED, "desk-1", stage, offer=less)
    counter_order(
        order.pk,
        offer=the(latest_proposal(order)).digest,
        plan=Once(amount=MIDDLE),
        terms=order.agreed_terms,
        message="可让利至此。 So far we can go.",
        by=stage.actor(CONTAINERS.officer),
    )


def look_offered(stage: Stage) -> Done | None:
    return money.about("desk-2", OrderPlaced)


def offer(stage: Stage) -> None:
    """Order, which the seller has to answer."""
    dealing.place(OFFERED, "desk-2", stage)


def look_half_signed(stage: Stage) -> Done | None:
    return money.signed("desk-3")


def sign(stage: Stage) -> None:
    """Let the seller sign first."""
    dealing.sign(TO_SIGN, "desk-3", stage, signers=(CONTAINERS.officer,))


# Deliveries that were not as promised.


def look_mended(stage: Stage) -> Done | None:
    return money.about("desk-4", RemedyOffered)


def mend(stage: Stage) -> None:
    """Let the buyer object to a delivery, and the seller offer a part of the price back."""
    _deliver(OBJECTED, "desk-4", stage)
    order = the(dealing.order_by_key("desk-4"))
    reason = "23路缺少三天数据。 Three days of route 23 are missing."
    object_to_delivery(order.pk, reason=reason, by=stage.actor(BUYER))
    offer_remedy(
        order.pk,
        text="计数器当时在检修，退还部分价款。 The counter was mended; we give a part back.",
        refund=Decimal("120.00"),
        by=stage.actor(BUSES.officer),
    )


def look_disputed(stage: Stage) -> Done | None:
    order = dealing.order_by_key("desk-5")
    found = disputes_of(order).first() if order is not None else None
    if found is None:
        return None
    return recorded(f"dispute:{found.pk}", DisputeOpened, found.get_state_display())


def dispute(stage: Stage) -> None:
    """Let the buyer of a delivery turn to the centre."""
    _deliver(DISPUTED, "desk-5", stage)
    open_dispute(
        the(dealing.order_by_key("desk-5")).pk,
        text="西二泊位全部为零，无法使用。 All of berth West 2 is zero; we cannot use it.",
        by=stage.actor(LOGISTICS_BUYER),
    )


def _deliver(trade: Trade, key: str, stage: Stage) -> None:
    """Bring a trade up to the delivery."""
    dealing.sign(trade, key, stage)
    dealing.book(dealing.lines_of(trade, key, stage), stage)
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Waiting for the pipeline"), is_over=not dealing.waits(trade, key))
    )
    if the(dealing.order_by_key(key)).state == OrderState.PAID:
        dealing.receive(trade, key, stage)


# The bureau.


def look_on_copy(stage: Stage) -> Done | None:
    return money.about("desk-11", OrderPlaced)


def order_copy(stage: Stage) -> None:
    """Order the copy, which the bureau has to answer."""
    dealing.place(ON_COPY, "desk-11", stage)


def look_asked(stage: Stage) -> Done | None:
    found = inquiries_visible_to(CLOCKWORK).filter(text=QUESTION).first()
    if found is None:
        return None
    return recorded(f"inquiry:{found.pk}", InquiryAsked, found.get_state_display())


def ask(stage: Stage) -> None:
    """Ask the bureau about the survey."""
    ask_seller(the(listing_of(SURVEY)).pk, text=QUESTION, by=stage.actor(BANK_BUYER))
