"""Income and pay under random histories: sources agree and end, labels are accepted or go back.

After each step every organization of annotators was paid for its accepted items at their price,
every source has its part of what the seller has of each order, and no cent is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from django.db.models import Count, Sum
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.selectors import tasks_of
from marketplace.annotation.batch.services import hand_in_batch, return_idle_batches, take_batch
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.pay.models import LabelPay
from marketplace.annotation.pay.selectors import pay_visible_to
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.services import pause_labelling, publish_labelling
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import CENT
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.listings.income_share.models import IncomeShare, ShareGround
from marketplace.trading.listings.income_share.services import (
    answer_income_share,
    end_income_share,
    propose_income_share,
    propose_shapley_shares,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    open_dispute,
    propose_settlement,
    withdraw_dispute,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.settled import settled_of
from marketplace.trading.orders.settlement.sources import sources_of
from marketplace.trading.treasury.payout.services import (
    approve_disbursement,
    propose_payout,
    propose_refund,
)
from tests.given import annotation, income_shares, money
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import World, code
from tests.trading.histories import NOTHING, Histories, run

AMOUNTS = st.sampled_from(
    ["0.01", "0.03", "0.25", "333.33", "4999.99", "7000.07", "11759.99", "11760.00", "12000.00"]
)
PERCENTS = st.sampled_from(["0.0001", "7.7777", "12.3456", "33.3333", "45", "60", "94.9999"])
SOURCES = {"rival": "stranger", "regulator": "auditor", "labeller": "labeller"}
"""Organizations that may get a part of the income, and who answers for each."""
TWO_LINES = st.sampled_from(
    [("rival", "labeller"), ("regulator", "bureau"), ("labeller", "regulator")]
)
ANNOTATORS = ("annotator", "second_annotator", "other_annotator")
"""Two of one organization, which may be a source too, and one of another."""
ANSWERS = st.lists(
    st.sampled_from([annotation.LOW, annotation.LOW, annotation.HIGH, None]), min_size=6, max_size=6
)
"""What is said of the items of a batch; None skips one."""
PRICE = Decimal("0.37")
MOST_ORDERS = 5
HISTORIES = 150


@kept
def begun(world: World) -> LabellingProject:
    """Return a project of two organizations whose people qualified, and who can be paid out.

    It is paid by a first sale; of the second one a rival has a part. A batch waits, of which an
    item was skipped.
    """
    organizations = list(annotation.services(world))
    project = annotation.published(world, organizations=organizations, rows=30, price=PRICE)
    for person in ANNOTATORS:
        annotation.begin(world, project, person)
    for keeper in ("buyer", "stranger", "labeller"):
        money.bank_account(world, keeper)
    listing = Order.objects.get().listing
    income_shares.agreed(world, listing)
    sold(world, listing)
    batch = take_batch(project.pk, by=world.actor("annotator"))
    annotation.label_all(world, batch, by="annotator")
    annotation.label(world, tasks_of(batch)[0], None, by="annotator", skipped="Cut off.")
    hand_in_batch(batch.pk, by=world.actor("annotator"))
    return project


def sold(world: World, listing: Listing, *, until: str = "accepted") -> Order:
    """Sell a listing: sign its contract, let it be paid, and accept what was delivered."""
    order = given.signed(world, given.placed(world, listing))
    if until != "signed":
        charge = money.charge_of(order)
        money.pay_in(world, charge, charge.amount)
    if until == "accepted":
        mark_delivered(order.pk, by=given.SYSTEM)
        accept_delivery(order.pk, by=world.actor("buyer"))
    return order


class Sources(Histories):
    """A few orders of one listing whose income is shared, and the labelling that it pays for.

    `wages` and `parts` count the most that a history had of labels paid, and of orders with
    sources.
    """

    wages: ClassVar[int] = 0
    parts: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.project = begun(self.world)
        self.orders = list(Order.objects.order_by("created_at"))
        self.listing = self.orders[0].listing
        first, second = self.orders
        self.named = {first.pk: {}, second.pk: self._agreed()}
        self.auditor = self._by("auditor")

    def _answering(self, source: str) -> Actor:
        return replace(self._by(SOURCES[source]), roles=self._by("officer").roles)

    def _share(self, data: st.DataObject) -> IncomeShare:
        rows = list(
            IncomeShare.objects.order_by("created_at", "rate").select_related("organization")
        )
        return data.draw(st.sampled_from(rows))

    @initialize(is_right=st.sampled_from([True, True, False]), amount=AMOUNTS)
    def begin(self, is_right: bool, amount: str) -> None:
        """The batch that waits is decided on, and a part of the second order goes back."""
        self._inspected(Batch.objects.get(state="handed_in"), is_right)
        self._refunded(self.orders[1], amount)

    # Shares: proposed, reckoned, answered and ended.

    @rule(source=st.sampled_from(sorted(SOURCES)), percent=PERCENTS, by_rows=st.booleans())
    def propose(self, source: str, percent: str, by_rows: bool) -> None:
        """A part of the income, fixed or by rows."""
        self._try(
            lambda: propose_income_share(
                self.listing.pk,
                uscc=code(source),
                ground=ShareGround.LABELLING if source == "labeller" else ShareGround.SOURCE,
                percent=Decimal(percent),
                rows=1 if by_rows else None,
                by=self._by("officer"),
            )
        )

    @rule(lines=TWO_LINES, percent=PERCENTS)
    def reckon(self, lines: tuple[str, str], percent: str) -> None:
        """Parts by what each line of the data brings."""
        parties = [
            {"source": name, "uscc": code(one)} for name, one in zip("12", lines, strict=True)
        ]
        reckoned = {**income_shares.RECKONED, "percent": Decimal(percent), "parties": parties}
        self._try(
            lambda: propose_shapley_shares(self.listing.pk, **reckoned, by=self._by("officer"))
        )

    @precondition(lambda self: IncomeShare.objects.exists())
    @rule(data=st.data(), is_agreed=st.sampled_from([True, True, True, False]))
    def answer(self, data: st.DataObject, is_agreed: bool) -> None:
        """Any share, be it answered or ended already."""
        share = self._share(data)
        source = next(name for name in SOURCES if code(name) == share.organization.uscc)
        by = self._answering(source)
        self._try(lambda: answer_income_share(share.pk, is_agreed=is_agreed, by=by))

    @precondition(lambda self: IncomeShare.objects.filter(state="agreed").exists())
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        """Any share, by the seller."""
        pk = self._share(data).pk
        self._try(lambda: end_income_share(pk, by=self._by("officer")))

    # Orders: sold, paid in parts, accepted, refunded, disputed.

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule(until=st.sampled_from(["signed", "paid", "accepted", "accepted"]))
    def sell(self, until: str) -> None:
        """The contract names who has agreed by then, all of a reckoning or nobody."""
        agreed = self._agreed()
        order = sold(self.world, self.listing, until=until)
        self.orders.append(order)
        self.named[order.pk] = agreed

    def _agreed(self) -> dict[UUID, Decimal]:
        rows = IncomeShare.objects.filter(state="agreed").select_related("proposal")
        return {
            one.organization_id: one.effective
            for one in rows
            if one.proposal is None or not one.proposal.shares.exclude(state="agreed").exists()
        }

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), amount=AMOUNTS, is_rest=st.booleans())
    def pay(self, data: st.DataObject, amount: str, is_rest: bool) -> None:
        """A part of what is owed, the rest of it, or more."""
        charge = money.charge_of(data.draw(st.sampled_from(self.orders)))
        wanted = charge.still_open if is_rest and charge.still_open > 0 else Decimal(amount)
        self._try(lambda: money.pay_in(self.world, charge, wanted))

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        """The delivery of any order, be it paid or not."""
        pk = data.draw(st.sampled_from(self.orders)).pk
        self._try(lambda: mark_delivered(pk, by=given.SYSTEM))
        self._try(lambda: accept_delivery(pk, by=self._by("buyer")))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), amount=AMOUNTS)
    def refund(self, data: st.DataObject, amount: str) -> None:
        """A part of what was paid, out of what is held or of what seller and sources have."""
        self._refunded(data.draw(st.sampled_from(self.orders)), amount)

    def _refunded(self, order: Order, amount: str) -> None:
        sent = self._try(
            lambda: propose_refund(
                order.pk,
                amount=Decimal(amount),
                reason="R.",
                request_key=uuid4().hex,
                by=self._by("treasurer"),
            )
        )
        if sent is not None:
            self._try(lambda: approve_disbursement(sent.pk, by=self._by("reviewer")))

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), amount=AMOUNTS, how=st.sampled_from(["leave", "withdraw", "settle"]))
    def dispute(self, data: st.DataObject, amount: str, how: str) -> None:
        """A buyer disputes an order, or goes on with a dispute: takes it back, or both agree."""
        pk = data.draw(st.sampled_from(self.orders)).pk
        self._try(lambda: open_dispute(pk, text="Half is empty.", by=self._by("buyer")))
        found = Dispute.objects.filter(order=pk, ended_at=None).first()
        if found is None or how == "leave":
            return
        if how == "withdraw":
            self._try(lambda: withdraw_dispute(found.pk, by=self._by("buyer")))
            return
        refund, by = Decimal(amount), self._by("reviewer")
        self._try(lambda: propose_settlement(found.pk, refund=refund, reason="R.", by=by))
        for side in ("buyer", "officer"):
            answer = partial(answer_settlement, found.pk, is_agreed=True, by=self._by(side))
            self._try(answer)

    @rule(data=st.data(), amount=AMOUNTS, is_whole=st.booleans())
    def pay_out(self, data: st.DataObject, amount: str, is_whole: bool) -> None:
        """What an organization has, wholly or in part: it cannot be taken back."""
        rows = Account.objects.filter(kind=AccountKind.SELLER).order_by("created_at")
        account = data.draw(st.sampled_from(list(rows)))
        sent = self._try(
            lambda: propose_payout(
                account.pk,
                amount=account.balance if is_whole else Decimal(amount),
                reason="R.",
                request_key=uuid4().hex,
                by=self._by("treasurer"),
            )
        )
        if sent is not None:
            self._try(lambda: approve_disbursement(sent.pk, by=self._by("reviewer")))

    # Labels: given, handed in, inspected, and the project that pays for them.

    @rule(
        person=st.sampled_from(ANNOTATORS),
        answers=ANSWERS,
        left=st.sampled_from([0, 0, 0, 2, 5]),
    )
    def label(self, person: str, answers: Sequence[Answer | None], left: int) -> None:
        """Somebody goes on with a batch, but for so many items; a whole one is handed in."""
        self._try(lambda: self._labelled(person, answers, left))

    def _labelled(self, person: str, answers: Sequence[Answer | None], left: int) -> None:
        by = self._by(person)
        batch = take_batch(self.project.pk, by=by)
        tasks = tasks_of(batch)
        for task, answer in list(zip(tasks, answers, strict=False))[left:]:
            skipped = "" if answer else "Cut off."
            annotation.label(self.world, task, answer, by=person, skipped=skipped)
        if not left:
            hand_in_batch(batch.pk, by=by)

    @precondition(lambda self: Batch.objects.filter(state="handed_in").exists())
    @rule(data=st.data(), is_right=st.sampled_from([True, True, False]))
    def inspect(self, data: st.DataObject, is_right: bool) -> None:
        """A batch that was handed in: right, or wrong in all that is looked at."""
        rows = Batch.objects.filter(state="handed_in").order_by("created_at")
        self._inspected(data.draw(st.sampled_from(list(rows))), is_right)

    def _inspected(self, batch: Batch, is_right: bool) -> None:
        wrong = [] if is_right else batch.sample
        self._try(lambda: inspect_batch(batch.pk, wrong=wrong, by=self._by("officer")))

    @rule(
        act=st.sampled_from(["fund", "decide", "wait", "pause", "open", "open", "close"]),
        amount=AMOUNTS,
    )
    def manage(self, act: str, amount: str) -> None:
        """The owner funds, decides, pauses or ends the project; or two days go by."""
        pk, officer = self.project.pk, self._by("officer")
        acts: dict[str, Callable[[], Any]] = {
            "fund": lambda: fund_labelling(
                pk, amount=Decimal(amount), request_key=uuid4().hex, by=self._by("finance")
            ),
            "decide": lambda: [
                arbitrate_item(one.item.pk, answer=annotation.HIGH, by=officer)
                for one in disputed_of(self.project)
            ],
            "wait": lambda: return_idle_batches(by=given.SYSTEM),
            "pause": lambda: pause_labelling(pk, by=officer),
            "open": lambda: publish_labelling(pk, by=officer),
            "close": lambda: close_labelling(pk, by=officer),
        }
        later = timedelta(hours=49 if act == "wait" else 0)
        with clock.stopped_at(clock.now() + later):
            self._try(acts[act])

    # What holds after each step.

    @invariant()
    def pay_is_accepted_items_at_their_price(self) -> None:
        """Of each organization, in the books, in what was noted and in what its people read."""
        tasks = Task.objects.filter(batch__state="accepted", answer__isnull=False)
        accepted = _by(tasks, "annotator__organization", Count("pk"))
        pay = {who: PRICE * count for who, count in accepted.items()}
        moved = Transfer.objects.filter(kind=TransferKind.WAGE)
        assert _by(moved, "credit__organization", Sum("amount")) == pay
        assert _by(LabelPay.objects, "organization", Sum("amount")) == pay
        assert _by(LabelPay.objects, "organization", Sum("items")) == accepted
        read: dict[UUID, Decimal] = {}
        for one in pay_visible_to(self.auditor):
            told = vars(one)["paid_amount"]
            read[one.organization_id] = read.get(one.organization_id, NOTHING) + told
        assert read == pay
        Sources.wages = max(Sources.wages, sum(accepted.values()))

    @invariant()
    def held_is_what_was_set_aside_and_not_spent(self) -> None:
        """What batches under way may cost is there; a closed project keeps nothing unpaid."""
        self.project.refresh_from_db()
        funds = funds_of(self.project)
        assert funds.free >= 0
        moved = _by(Transfer.objects, "kind", Sum("amount"))
        spent = (moved.get(kind, NOTHING) for kind in (TransferKind.WAGE, TransferKind.UNSPENT))
        assert funds.held == moved[TransferKind.SET_ASIDE] - sum(spent)
        if self.project.state == "closed":
            assert funds.held == 0
            waits = Task.objects.filter(batch__state__in=["open", "handed_in", "returned"])
            waits = waits.filter(batch__is_qualification=False, answer__isnull=False)
            assert not waits.exists(), "no labelled item is left unpaid"

    @invariant()
    def sources_have_their_parts(self) -> None:
        """Of each order, to the cent; refunds took back in the same parts what was still here."""
        beyond: dict[UUID, Decimal] = {}
        shared = 0
        for order in self.orders:
            income, paid = self._moved(order)
            sources = sources_of(order)
            # As it was when the contract was drawn up, whatever happened to shares since.
            assert {one.organization_id: one.rate for one in sources} == self.named[order.pk]
            assert set(paid) <= set(self.named[order.pk])
            short = NOTHING
            for one in sources:
                part = (max(income, NOTHING) * one.rate).quantize(CENT, rounding="ROUND_DOWN")
                more = paid.get(one.organization_id, NOTHING) - part
                short += max(-more, NOTHING)
                kept = beyond.get(one.organization_id, NOTHING)
                beyond[one.organization_id] = kept + max(more, NOTHING)
            # Where a cent is released of which two parts grow, the other comes with the next.
            assert short < CENT * max(1, len(sources))
            shared += bool(sources) and bool(income)
            settled = settled_of(order)
            if settled is not None:
                assert settled.adds_up
                assert settled.sources == sum(paid.values())
        Sources.parts = max(Sources.parts, shared)
        if any(beyond.values()):
            # Only what a source was paid out can be missing: nobody keeps what is here.
            sent = Transfer.objects.filter(kind=TransferKind.PAYOUT)
            out = _by(sent, "debit__organization", Sum("amount"))
            assert all(amount <= out.get(who, NOTHING) for who, amount in beyond.items())

    def _moved(self, order: Order) -> tuple[Decimal, dict[UUID, Decimal]]:
        """Return what the seller has of an order, sources apart, and what each source has."""
        income, paid = NOTHING, dict[UUID, Decimal]()
        rows = Transfer.objects.filter(belongs_to=order.pk).select_related("debit", "credit")
        for row in rows:
            for account, amount in ((row.credit, row.amount), (row.debit, -row.amount)):
                if account.kind != AccountKind.SELLER:
                    continue
                who = account.organization_id
                if row.kind != TransferKind.SOURCE:
                    assert who == self.listing.organization_id
                    income += amount
                elif who is not None and who != self.listing.organization_id:
                    paid[who] = paid.get(who, NOTHING) + amount
        return income, paid


def _by(rows: Any, name: str, figure: Any) -> dict[Any, Any]:
    """Return a figure of rows by what they have in common."""
    return dict(rows.order_by().values_list(name).annotate(figure=figure))


def test_random_histories_pay_each_their_part(db: None) -> None:
    """A few of them each time."""
    run(Sources, examples=4, steps=15)
    assert Sources.wages
    assert Sources.parts


@pytest.mark.campaign
def test_ten_thousand_steps_pay_each_their_part(
    db: None, record_property: Callable[[str, object], None]
) -> None:
    """And many when asked."""
    steps = run(Sources, examples=HISTORIES, steps=80, shrinks=True)
    record_property("steps", steps)
    record_property("labels paid in one history", Sources.wages)
    record_property("orders with sources in one history", Sources.parts)
    assert steps >= 10_000
