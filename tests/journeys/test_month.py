"""A month in the life of a feed: a real database, four buyers, and all that can go wrong.

The clock is moved from day to day. What each buyer must have is worked out beside the centre, in
`tests/given/office.py`, and so are the bills.
"""

from __future__ import annotations

import base64
import io
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desensitize.privacy.sandbox import Declaration, Number, Question
from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.drawing.execution import execute_drawing
from marketplace.catalog.drawing.services import Wanted, start_drawing
from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.feed.services import keep_feeds
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.delivery.dossier.selectors import archive_of
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.services import open_order
from marketplace.delivery.sandbox.services import ask_question
from marketplace.delivery.use.services import IssuedKey, bill_uses, make_grant_key, sum_uses
from marketplace.jobs.states import JobState
from marketplace.ledger.models import Entry
from marketplace.ledger.services.verification import verify_ledger
from marketplace.notices.models import Notice
from marketplace.trading.books.models import Transfer
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.plans import Band, Free, Metered, Plan, Subscription, Unit
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.services import declare_key
from marketplace.trading.listings.publication.services import submit_listing
from marketplace.trading.listings.sandbox.services import SandboxOffer, declare_sandbox
from marketplace.trading.orders.promise.models import MissedRevision
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from tests.conftest import ApiClients
from tests.delivery.conftest import sent
from tests.delivery.test_papers import checked, unpacked
from tests.delivery.test_sharing import ask as ask_share
from tests.given import arrivals, catalog, delivery, quality, renewals
from tests.given import preparation as prepared
from tests.given import trading as given
from tests.given.office import (
    COLUMNS,
    KEY,
    MASKS,
    RELEASED,
    TABLE,
    Change,
    Office,
    Row,
    changes_between,
)
from tests.given.pipeline import catch_up
from tests.given.source_servers import SCHEMAS, real_source
from tests.given.world import World
from tests.plugins.sources import SourceServer

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("sources_allowed")]

SHORT = ("good", "late", "failing", "still", "breaking", "good", "leaking", "good")
KINDS = ("good", "good", "late", "still", "failing", "breaking", "leaking")
LONG = 30
BEFORE_MONTH_END = 3
"""So many days of it lie in one month, the others in the next."""
PRICE, CAP, MONTHLY = Decimal("0.02"), Decimal("100.00"), Decimal("900.00")
BY_USE = Metered(unit=Unit.ROW.value, bands=(Band(0, PRICE),), cap=CAP)
SUBSCRIBED = Subscription(amount=MONTHLY, period_months=1, periods=12)
RULES = (
    quality.rule("unique", *KEY),
    quality.rule("range", "boardings", at_least="0"),
)
EPSILON = Decimal("0.1")
GRACE_HOURS = 6
PROMISE: dict[str, Any] = {
    "revision_every": "day",
    "revision_grace": GRACE_HOURS,
    "credit_percent": 3,
    "credit_most": 30,
}
CREDIT, MOST_CREDIT = Decimal("27.00"), Decimal("270.00")
"""What the file's contract gives for a missed day, and at most in a month."""


@dataclass
class Month:
    """The feed with its buyers, and what each of them must have by now."""

    world: World
    office: Office
    dataset: Dataset
    source: DatabaseSource
    api_of: ApiClients
    file: Grant
    rows: IssuedKey
    share: IssuedKey
    sandbox: Grant
    live: list[list[Row]]
    taken: Counter[str] = field(default_factory=Counter)
    counted: dict[tuple[Hashable, str], datetime] = field(default_factory=dict)
    """When a question of rows was last paid for, by what was asked and answered."""
    brought: list[datetime] = field(default_factory=list)
    """When something new went live, or what was live came again."""
    missed: dict[date, Decimal] = field(default_factory=dict)
    taken_off: dict[int, Decimal] = field(default_factory=dict)
    """By the number of the bill, what credits must have taken off it."""
    asked: int = 0
    day: datetime = field(default_factory=clock.now)

    @contextmanager
    def at(self, hour: int) -> Iterator[None]:
        """Hold the clock at an hour of the day."""
        with clock.stopped_at(self.day + timedelta(hours=hour)):
            yield

    def live_through(self, kind: str) -> None:
        """Let a day pass, and see what each buyer has at its end."""
        self.pay_what_is_due()
        DAYS[kind](self)
        with self.at(20):
            self.check_buyers()
            keep_promises(by=given.SYSTEM)
            self.check_credits()
        self.day += timedelta(days=1)

    def pay_what_is_due(self) -> None:
        """Let the subscriber have paid each period that has begun."""
        order = self.file.order
        with self.at(0):
            owed = Charge.objects.filter(order=order, state="open", due_on__lte=clock.today())
            for charge in owed.order_by("due_on"):
                reference = f"PERIOD-{charge.number}"
                told = record_payment(
                    order.pk, reference=reference, by=self.world.actor("treasurer")
                )
                confirm_payment(told.pk, by=self.world.actor("second_treasurer"))
                assert told.amount == MONTHLY - self.taken_off.get(charge.number, 0)

    def draw_as_planned(self) -> None:
        """Let the loop draw what is due."""
        with self.at(1):
            keep_feeds(by=given.SYSTEM)
            settle()

    def draw_by_hand(self, hour: int) -> None:
        """Let an officer draw once more."""
        with self.at(hour):
            wanted = Wanted(SCHEMAS[self.office.server.kind], TABLE, COLUMNS)
            start_drawing(self.source.pk, wanted=wanted, by=self.world.actor("officer"))
            settle()

    def went_live(self, hour: int = 1) -> None:
        """Expect what the office has as the newest revision, from an hour of the day on."""
        self.live.append(self.office.released())
        self.brought.append(self.day + timedelta(hours=hour))

    # What the contract of the file promises, worked out beside the centre.

    def check_credits(self) -> None:
        """Each day that brought nothing in time is credited once, off the next bill to be paid."""
        bills = {one.number: one for one in Charge.objects.filter(order=self.file.order)}
        first = timezone.localtime(bills[1].paid_at).date()
        begins = [one.due_on for number, one in sorted(bills.items()) if number > 1]
        left, day = sorted(self.brought), first + timedelta(days=1)
        while (over := midnight(day) + timedelta(days=1, hours=GRACE_HOURS)) <= clock.now():
            in_time = [moment for moment in left if midnight(day) <= moment < over]
            if in_time:
                left.remove(in_time[0])
            elif day not in self.missed:
                self._miss(day, [first, *begins])
            day += timedelta(days=1)
        found = {number: one.set_off for number, one in bills.items() if one.set_off}
        assert found == {number: sum_ for number, sum_ in self.taken_off.items() if sum_}
        noted = dict(
            MissedRevision.objects.filter(order=self.file.order).values_list("due_on", "amount")
        )
        assert noted == self.missed
        assert not Transfer.objects.filter(kind="credit").exists(), "a bill is always to come"

    def _miss(self, day: date, begins: list[date]) -> None:
        month = max(begin for begin in begins if begin < day)
        after = min((begin for begin in begins if begin > month), default=date.max)
        so_far = sum(given for on, given in self.missed.items() if month < on <= after)
        self.missed[day] = min(CREDIT, MOST_CREDIT - so_far)
        # Bills are paid at midnight of their day.
        coming = next(
            number for number, due_on in enumerate(begins[1:], 2) if due_on > self.day.date()
        )
        self.taken_off[coming] = self.taken_off.get(coming, Decimal(0)) + self.missed[day]

    # What each buyer has.

    def check_buyers(self, *, state: str = "published") -> None:
        """Every buyer has the newest revision that is live, and what changed, and nothing else."""
        number = len(self.live)
        grants = [self.file.pk, self.rows.key.grant_id, self.share.key.grant_id, self.sandbox.pk]
        offers = Listing.objects.filter(pk__in=Grant.objects.values("listing"))
        arrived = Arrival.objects.values_list("due_on", "version__number", "held", "held_details")
        assert {(one.revision.number, one.state) for one in offers} == {(number, state)}, arrived
        assert offers.count() == len(grants)
        for grant in Grant.objects.filter(pk__in=grants):
            assert grant.revision.number == (1 if grant.pk == self.sandbox.pk else number)
        assert self.downloaded() == self.live[-1]
        assert self.through_the_api() == self.live[-1]
        assert self.shared() == self.live[-1]
        if number > 1:
            changes = changes_between(*self.live[-2:])
            assert self.changed_through_the_api(number - 1) == changes
            assert self.changed_through_the_share(number) == changes

    def downloaded(self, **query: Any) -> list[Row]:
        """Download the file."""
        address = reverse("api_open_download", args=[self.file.pk])
        answer = self.api_of("buyer").get(address, query)
        assert answer.status_code == 200, answer.content
        return rows_in(sent(answer))

    def through_the_api(self, **query: Any) -> list[Row]:
        """Take all rows page by page, each of which is paid for, once in a day."""
        found: list[Row] = []
        after: int | None = 0
        while after is not None:
            page = delivery.rows_of(self.rows, after=after, limit=100, **query).json()
            rows = [row_of(row) for row in page["rows"]]
            self._pay_for(rows, question=("rows", page["revision"], after))
            found += rows
            after = page["next_after"]
        return sorted(found)

    def changed_through_the_api(self, since: int) -> list[Change]:
        """Take what changed, each row of which is paid for too."""
        answer = self._changes(since)
        changes = [(*row_of(row), row["_change_type"]) for row in answer]
        self._pay_for(changes, question=("changes", since, len(self.live)))
        return sorted(changes)

    def _changes(self, since: int) -> list[dict[str, Any]]:
        address = reverse("api_get_grant_changes", args=[self.rows.key.grant_id])
        headers = {"Authorization": f"Bearer {self.rows.secret}"}
        answer = Client().get(address, {"since": since}, headers=headers).json()
        assert answer["next_after"] is None
        rows: list[dict[str, Any]] = answer["rows"]
        return rows

    def _pay_for(self, rows: Sequence[object], *, question: Hashable) -> None:
        """Count rows, unless the same answer to the question was counted within a day."""
        now = clock.now()
        if (last := self.counted.get((question, str(rows)))) and now - last < timedelta(hours=24):
            return
        self.counted[question, str(rows)] = now
        self.taken[f"{clock.today():%Y-%m}"] += len(rows)

    def shared(self, **asked: Any) -> list[Row]:
        """Query the shared table."""
        answer = ask_share(self.share, "sharing_table_query", method="post", data=asked)
        file = json.loads(answer.content.splitlines()[2])["file"]
        return rows_in(sent(Client().get(file["url"])))

    def changed_through_the_share(self, number: int) -> list[Change]:
        """Read the change data feed of one version."""
        asked = {"startingVersion": number, "endingVersion": number}
        answer = ask_share(self.share, "sharing_table_changes", data=asked)
        *_rest, line = answer.content.splitlines()
        table = pq.read_table(io.BytesIO(sent(Client().get(json.loads(line)["cdf"]["url"]))))
        return sorted((*row_of(row), row["_change_type"]) for row in table.to_pylist())


# What a day can bring.


def good(month: Month) -> None:
    """Let the rows of a day come as planned."""
    month.office.count_passengers()
    month.draw_as_planned()
    month.went_live()


def late(month: Month) -> None:
    """Let nothing come for a day and a night; all are told, and then both days come."""
    late_before = Entry.objects.filter(kind="catalog.arrival_late").count()
    month.office.move_away()
    month.draw_as_planned()
    with month.at(20):
        month.check_buyers()
    month.day += timedelta(days=1)
    month.pay_what_is_due()
    month.draw_as_planned()
    with month.at(GRACE_HOURS + 1):
        keep_feeds(by=given.SYSTEM)
        settle()
    assert Entry.objects.filter(kind="catalog.arrival_late").count() == late_before + 1
    month.office.move_back()
    for hour in (8, 9):
        month.office.count_passengers()
        month.draw_by_hand(hour)
        month.went_live(hour)
    assert not Arrival.objects.filter(arrived_at=None).exists()


def still(month: Month) -> None:
    """Let the same rows be drawn again: nothing is late, and nobody gets what they have."""
    kept = DatasetVersion.objects.count()
    month.draw_as_planned()
    assert DatasetVersion.objects.count() == kept
    assert Arrival.objects.exclude(same_as=None).exists()
    month.brought.append(month.day + timedelta(hours=1))


def failing(month: Month) -> None:
    """Let the rules of quality hold what comes, and the corrected table go on."""
    month.office.err()
    month.draw_as_planned()
    version = newest(month.dataset)
    assert version.quality == "held"
    stays(month)
    month.office.mend()
    month.draw_by_hand(10)
    month.went_live(10)


def leaking(month: Month) -> None:
    """Let telephone numbers come where notes were: nobody approved such texts."""
    month.office.leak()
    month.draw_as_planned()
    wrong = DatasetVersion.objects.filter(dataset=month.dataset).latest("number")
    arrival = arrivals.arrival_of(wrong)
    assert (wrong.is_set_aside, arrival.held, arrival.held_details) == (
        True,
        "form-differs",
        ["note"],
    )
    stays(month)
    month.office.mend()
    month.draw_by_hand(10)
    month.went_live(10)


def breaking(month: Month) -> None:
    """Let a column come as another type: twice it is set aside, then the right table goes on."""
    month.office.change_columns()
    month.draw_as_planned()
    wrong = DatasetVersion.objects.filter(dataset=month.dataset).latest("number")
    assert (wrong.is_set_aside, arrivals.arrival_of(wrong).held) == (True, "columns-changed")
    assert newest(month.dataset).number < wrong.number
    month.draw_by_hand(3)
    stays(month)
    month.office.change_columns_back()
    month.draw_by_hand(10)
    assert arrivals.arrival_of(newest(month.dataset)).due_on == month.day.date()
    month.went_live(10)


DAYS: dict[str, Callable[[Month], None]] = {
    "good": good,
    "late": late,
    "still": still,
    "failing": failing,
    "leaking": leaking,
    "breaking": breaking,
}


def stays(month: Month, *, state: str = "published") -> None:
    """See that what fails does not ship, and that the last good one stays in force."""
    with month.at(5):
        month.check_buyers(state=state)


# How it begins and goes on.


def settle() -> None:
    """Draw, measure, react and run, as loop and workers do, until nothing is left."""
    while True:
        arrivals.work_off()
        waiting = list(Drawing.objects.filter(state=JobState.QUEUED))
        for drawing in waiting:
            execute_drawing(drawing.pk)
        unmeasured = list(DatasetVersion.objects.filter(quality="waiting"))
        for version in unmeasured:
            quality.measured(version)
        if not waiting and not unmeasured:
            return


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins."""
    return timezone.make_aware(datetime.combine(day, time()))


def newest(dataset: Dataset) -> DatasetVersion:
    """Return the version that came last."""
    version = latest_source_version(dataset)
    assert version is not None
    return version


def annotated(world: World, version: DatasetVersion) -> None:
    """Label each column."""
    labels = [ColumnAnnotation(name, label=name.capitalize()) for name in COLUMNS]
    annotate_columns(version.pk, columns=labels, by=world.actor("officer"))


def row_of(cells: Any) -> Row:
    """Return a delivered row as the office has it."""
    day, line, boardings, note = (cells[name] for name in RELEASED)
    return str(day), line, boardings, note


def rows_in(content: bytes) -> list[Row]:
    """Return the rows of a delivered file, which has no column but those released."""
    table = pq.read_table(io.BytesIO(content))
    assert tuple(table.column_names) == RELEASED
    return sorted(row_of(row) for row in table.to_pylist())


def first_version(world: World, office: Office, dataset: Dataset) -> DatabaseSource:
    """Draw the office's table for the first time, and bring it through content review."""
    source = real_source(world, office.server, dataset=dataset)
    wanted = Wanted(SCHEMAS[office.server.kind], TABLE, COLUMNS)
    start_drawing(source.pk, wanted=wanted, by=world.actor("officer"))
    settle()
    annotated(world, newest(dataset))
    officer = world.actor("officer")
    grade_dataset(dataset.pk, impacts=catalog.SLIGHT, negative_list=(), by=officer)
    submit_dataset(dataset.pk, by=officer)
    checklist = catalog.CONTENT_CHECKLIST
    approve_dataset(dataset.pk, checklist=checklist, by=world.actor("reviewer"))
    settle()
    return source


def offered(world: World, version: DatasetVersion, mode: str, plan: Plan) -> Listing:
    """Bring a version to the market in one way; what is paid by months has a promise."""
    terms = replace(given.OFFER.terms, **(PROMISE if plan == SUBSCRIBED else {}))
    listing = draft_listing(
        version.pk,
        offer=given.offer(title=f"By {mode}", delivery_mode=mode, plan=plan, terms=terms),
        by=world.actor("officer"),
    )
    if mode == "sandbox":
        declaration = Declaration(
            numbers={"boardings": Number(Decimal(0), Decimal(2000))},
            categories={"line": ("1", "2", "3", "4", "5")},
        )
        offer = SandboxOffer(
            declaration=declaration,
            epsilon_question=EPSILON,
            epsilon=Decimal(1),
            epsilon_all=Decimal(3),
        )
        declare_sandbox(listing.pk, offered=offer, by=world.actor("officer"))
    return renewals.published(world, listing)


def bought(world: World, listing: Listing) -> Grant:
    """Order, sign and pay as far as is due; return what is opened."""
    order = given.placed(world, listing)
    order = given.paid(world, order) if order.price else given.signed(world, order)
    open_order(order.pk, by=given.SYSTEM)
    return Grant.objects.get(order=order)


def begun(server: SourceServer, chance: Random, api_of: ApiClients) -> Month:
    """Sell the office's table in four ways, and open the feed."""
    world = World()
    next_month = (clock.today() + timedelta(days=BEFORE_MONTH_END + 31)).replace(day=1)
    first = next_month - timedelta(days=BEFORE_MONTH_END)
    office = Office(server, chance, first - timedelta(days=2))
    office.begin()
    dataset = catalog.draft_dataset(world)
    source = first_version(world, office, dataset)
    version = newest(dataset)
    document = prepared.policy_document(version, **MASKS)
    masked = prepared.masked(world, version, document=document)
    given.valued(world, masked)
    offers = {
        mode: offered(world, masked, mode, plan)
        for mode, plan in (
            ("file", SUBSCRIBED),
            ("api", BY_USE),
            ("sharing", Free()),
            ("sandbox", given.OFFER.price_plan),
        )
    }
    declare_key(Product.objects.get().pk, columns=list(KEY), by=world.actor("officer"))
    quality.set_rules(world, dataset, RULES)
    settle()
    grants = {mode: bought(world, listing) for mode, listing in offers.items()}
    settle()
    arrivals.fed(world, dataset, first_on=first, grace_hours=GRACE_HOURS, source_id=source.pk)
    keys = {
        mode: make_grant_key(grants[mode].pk, days=90, by=world.actor("buyer"))
        for mode in ("api", "sharing")
    }
    return Month(
        world,
        office,
        dataset,
        source,
        api_of,
        grants["file"],
        keys["api"],
        keys["sharing"],
        grants["sandbox"],
        [office.released()],
        day=midnight(first),
    )


def refuse_exclusive(month: Month) -> None:
    """See that nobody gets alone what others have."""
    version = Listing.objects.filter(product__dataset=month.dataset)[0].revision.version
    draft = draft_listing(
        version.pk, offer=given.offer(exclusive=True), by=month.world.actor("officer")
    )
    with pytest.raises(WrongState) as refused:
        submit_listing(draft.pk, by=month.world.actor("officer"))
    assert refused.value.code == "exclusive-taken"
    draft.refresh_from_db()
    assert draft.state == "draft"


def check_bills(month: Month) -> None:
    """Let every month be over, and see the bills agree to the cent; again they stay as they are."""
    with clock.stopped_at(month.day + timedelta(days=40)):
        for _twice in range(2):
            sum_uses(by=given.SYSTEM)
            bill_uses(by=given.SYSTEM)
    metered = Charge.objects.filter(order=month.rows.key.grant.order, kind="usage")
    billed = {charge.period: charge.amount for charge in metered}
    owed = {period: min(rows * PRICE, CAP) for period, rows in month.taken.items() if rows}
    assert billed == owed
    assert metered.count() == len(billed)
    subscribed = Charge.objects.filter(order=month.file.order)
    assert [charge.amount for charge in subscribed] == [MONTHLY] * 12
    begun = [charge for charge in subscribed if charge.due_on < month.day.date()]
    assert {charge.state for charge in begun} == {"paid"}
    held = Transfer.objects.filter(belongs_to=month.file.order_id, kind="hold")
    paid = [MONTHLY - month.taken_off.get(charge.number, 0) for charge in begun]
    assert sum(row.amount for row in held) == sum(paid)
    assert month.missed, "some of it was late"
    assert not Charge.objects.filter(order=month.share.key.grant.order).exists()


def check_history(month: Month) -> None:
    """Every revision is still had as it was, by its number; and no buyer was ever given another."""
    with month.at(0):
        for number, rows in enumerate(month.live, start=1):
            assert month.downloaded(as_of=number) == rows
            assert month.through_the_api(as_of=number) == rows
            assert month.shared(version=number) == rows
    for grant in (month.file, month.rows.key.grant, month.share.key.grant):
        given_ones = GivenRevision.objects.filter(grant=grant).order_by("created_at")
        numbers = [one.revision.number for one in given_ones]
        assert numbers == list(range(1, len(month.live) + 1))
        told = Notice.objects.filter(kind="grant_advanced", subject=f"grant:{grant.pk}")
        assert Counter(told.values_list("person_id", flat=True)).most_common(1)[0][1] == (
            len(month.live) - 1
        )


def check_proofs(month: Month, folder: Path) -> None:
    """The archive of the file's order proves each revision, by its own program, offline."""
    assert not verify_ledger().faults
    archive = b"".join(archive_of(month.file.order_id, by=month.world.actor("buyer")))
    unpacked(archive, folder)
    proved = {}
    for receipt in sorted(folder.rglob("*.tlog-proof")):
        if "delivery.grant_advanced" not in said_by(receipt):
            continue
        name = str(receipt.relative_to(folder))
        answer = checked(folder, ["verify.py", name, "--trust", "trust.json"])
        assert answer.returncode == 0, answer.stdout
        told = json.loads(said_by(receipt))["payload"]
        proved[told["number"]] = told["sha256"]
    given_ones = GivenRevision.objects.filter(grant=month.file, revision__number__gt=1)
    assert proved == {one.revision.number: one.sha256 for one in given_ones}


def said_by(receipt: Path) -> str:
    """Return what the entry of a receipt says, as the receipt has it."""
    line = receipt.read_text(encoding="utf-8").splitlines()[1].removeprefix("extra ")
    extra: dict[str, str] = json.loads(base64.b64decode(line))
    return extra.get("line", "")


def play(month: Month, kinds: Sequence[str], folder: Path) -> None:
    """Let the days pass, and see at the end that all of it agrees."""
    with month.at(0):
        refuse_exclusive(month)
    for kind in kinds:
        month.live_through(kind)
    with month.at(0):
        count = ask_question(
            month.sandbox.pk,
            question=Question("count"),
            epsilon=EPSILON,
            by=month.world.actor("buyer"),
        )
    assert count.release.version_id == month.sandbox.version_id
    check_history(month)
    check_bills(month)
    catch_up()
    check_proofs(month, folder)


@pytest.mark.drawn(1, of="months of a feed")
def test_some_days_of_a_feed(
    world: World,
    postgres_source: SourceServer,
    api_of: ApiClients,
    chance: Random,
    tmp_path: Path,
) -> None:
    """Each kind of day once, in an order of this run's own."""
    month = begun(postgres_source, chance, api_of)
    kinds = list(SHORT)
    chance.shuffle(kinds)
    play(month, kinds, tmp_path)


@pytest.mark.campaign
def test_a_month_of_a_feed(
    world: World,
    postgres_source: SourceServer,
    api_of: ApiClients,
    chance: Random,
    tmp_path: Path,
) -> None:
    """Thirty days, each kind of which comes several times."""
    month = begun(postgres_source, chance, api_of)
    kinds = [*KINDS * 2, *chance.choices(KINDS, k=LONG - 2 * len(KINDS))]
    chance.shuffle(kinds)
    play(month, kinds, tmp_path)
