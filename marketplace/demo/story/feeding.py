"""A table comes every week: what is good goes on by itself, what is not is held."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import uuid4

import polars as pl
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.tables import describe
from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.feed.events import ArrivalLate, FeedOpened
from marketplace.catalog.feed.form import is_confirmed
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.feed.selectors import feeds_visible_to
from marketplace.catalog.feed.services import keep_feeds, open_feed
from marketplace.catalog.new_version.services import keep_table, take_up_version
from marketplace.catalog.quality.events import QualityMeasured, QualityRulesSet
from marketplace.catalog.quality.selectors import rules_of
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.catalog.version.models import DatasetVersion, Quality
from marketplace.catalog.version.reading import CleanTable
from marketplace.catalog.version.rows import Question
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import clock
from marketplace.delivery.grant.events import GrantIssued
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.sharing.services import query_table
from marketplace.delivery.use.rows_api import JSON, answer_rows
from marketplace.delivery.use.services import bill_uses, make_grant_key, sum_uses
from marketplace.demo.story.cast import (
    BUYER,
    REVIEWER,
    SECOND_REVIEWER,
    SECOND_TREASURER,
    TREASURER,
)
from marketplace.demo.story.ferries import (
    BY_USE,
    FERRIES,
    KEY,
    LINES,
    NEW_LINE,
    RULES,
    WEAKER_RULES,
    write_ferries,
)
from marketplace.demo.story.findings import dataset_of, listing_of, masked_of, source_of
from marketplace.demo.story.past import DAYS
from marketplace.demo.story.registering import points_of
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, the
from marketplace.demo.story.telling import Done, Step
from marketplace.review.models import CaseKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.listings.product.events import KeyDeclared
from marketplace.trading.listings.product.services import declare_key
from marketplace.trading.listings.publication.events import ListingPublished
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.listings.revision.events import RevisionWentLive
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.revision.selectors import revisions_visible_to
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.selectors import open_charge_of
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.payment.services import confirm_statement, import_statement
from marketplace.vault.incoming import encrypt_path
from marketplace.vault.services import work_folder

WEEK: Final = timedelta(days=7)
WEEKS: Final = DAYS // WEEK.days
"""So many tables were expected by today; that of today is held."""
NEW_LINE_ON, WRONG_ON, LATE_ON = 1, 2, 3
"""The weeks in which a line is new, a table comes wrong first, and one comes late. In the first of
them a rule comes to promise less, too."""
WHY_WEAKER: Final = "航线增加，行数波动更大。 With a line more, the number of rows varies more."
GRACE_HOURS: Final = 6
PAID_WITHIN: Final = timedelta(days=20)
KEY_DAYS: Final = 180
PURPOSE: Final = "行程延误险 Insurance of delayed journeys"


def feeding() -> tuple[Step, ...]:
    """Return the steps from the rules of quality to the table that is held today."""
    steps = [
        Step(gettext_lazy("The officer sets rules of quality"), look_ruled, rule),
        Step(gettext_lazy("The officer says what tells rows apart"), look_keyed, declare),
        Step(gettext_lazy("The officer opens the feed"), look_open, begin),
        Step(gettext_lazy("The rows are offered by use too"), look_offered, offer),
        Step(
            gettext_lazy("The buyer subscribes to the shared table"),
            partial(look_granted, FERRIES.offer.title),
            partial(buy, FERRIES.offer.title),
        ),
        Step(
            gettext_lazy("The buyer takes rows by use"),
            partial(look_granted, BY_USE.title),
            partial(buy, BY_USE.title),
        ),
    ]
    for count in range(1, WEEKS):
        title = format_lazy(gettext_lazy("Week {number} of the feed"), number=count)
        steps.append(Step(title, partial(look_live, count), partial(live_on, count)))
        if count == LATE_ON:
            title = gettext_lazy("Who waits was told what was late")
            steps.append(Step(title, look_late, wait))
    steps.append(Step(gettext_lazy("A table fails the rules, and is held"), look_held, fail))
    return tuple(steps)


# What the seller says once.


def look_ruled(stage: Stage) -> Done | None:
    dataset = the(dataset_of(FERRIES))
    first = rules_of(dataset).last()
    if first is None:
        return None
    what = _("%(count)d rules") % {"count": len(first.rules)}
    # Other rules are set later.
    return Done(what, f"dataset:{dataset.pk}", QualityRulesSet, is_first=True)


def rule(stage: Stage) -> None:
    dataset = the(dataset_of(FERRIES))
    set_quality_rules(dataset.pk, rules=RULES, by=stage.actor(FERRIES.officer))
    source = the(source_of(FERRIES))
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Measuring the quality"), is_over=_is_measured(source))
    )


def look_keyed(stage: Stage) -> Done | None:
    product = the(listing_of(FERRIES)).product
    if not product.key_columns:
        return None
    return Done(", ".join(product.key_columns), f"product:{product.pk}", KeyDeclared)


def declare(stage: Stage) -> None:
    """Say which columns tell each row from every other."""
    product = the(listing_of(FERRIES)).product
    declare_key(product.pk, columns=KEY, by=stage.actor(FERRIES.officer))


def look_open(stage: Stage) -> Done | None:
    feed = _feed()
    if feed is None or not is_confirmed(feed.dataset):
        return None
    return Done(feed.get_every_display(), f"dataset:{feed.dataset_id}", FeedOpened)


def begin(stage: Stage) -> None:
    """Say that a table comes every week from now on, and have that approved."""
    dataset, by = the(dataset_of(FERRIES)), stage.actor(FERRIES.officer)
    if _feed() is None:
        open_feed(
            dataset.pk,
            every="week",
            first_on=clock.today() + WEEK,
            grace_hours=GRACE_HOURS,
            by=by,
        )
    _have_approved(stage)


def look_offered(stage: Stage) -> Done | None:
    """Look for the second offer."""
    listing = _listing(BY_USE.title)
    if listing is None or listing.state != ListingState.PUBLISHED:
        return None
    return Done(listing.title, f"listing:{listing.pk}", ListingPublished)


def offer(stage: Stage) -> None:
    """Offer the same version by use, through the gate and a second officer."""
    by = stage.actor(FERRIES.officer)
    version = the(masked_of(FERRIES))
    drafted = _listing(BY_USE.title) or draft_listing(version.pk, offer=BY_USE, by=by)
    submit_listing(drafted.pk, by=by)
    publish_listing(
        drafted.pk, checklist=points_of(CaseKind.LISTING), by=stage.actor(SECOND_REVIEWER)
    )


# What the buyer does.


def look_granted(title: str, stage: Stage) -> Done | None:
    granted = _grant(title)
    if granted is None or granted.order.state != OrderState.COMPLETED:
        return None
    return Done(
        granted.order.agreed_plan.brief(granted.order.currency), f"grant:{granted.pk}", GrantIssued
    )


def buy(title: str, stage: Stage) -> None:
    """Order, sign, pay what is due first, take the data once, and accept the delivery."""
    buyer, listing = stage.actor(BUYER), the(_listing(title))
    order = _order(title) or place_order(
        listing.pk, purpose=PURPOSE, request_key=uuid4().hex, by=buyer
    )
    if order.state == OrderState.PLACED:
        order = accept_order(order.pk, by=stage.actor(FERRIES.officer))
    if order.state == OrderState.ACCEPTED:
        contract = the(contract_of(order))
        for signer in (FERRIES.officer, BUYER):
            sign_contract(
                contract.pk,
                digest=contract.digest,
                password=stage.passwords[signer.email],
                by=stage.actor(signer),
            )
    _pay_what_is_due(stage)
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Waiting for the pipeline"), is_over=_grant(title) is not None)
    )
    granted = the(_grant(title))
    make_grant_key(granted.pk, days=KEY_DAYS, by=buyer)
    _take(stage)
    accept_delivery(granted.order_id, by=buyer)


def _take(stage: Stage) -> None:
    """Let the buyer's programs ask for the shared table, and for rows."""
    by = stage.actor(BUYER)
    for title in (FERRIES.offer.title, BY_USE.title):
        granted = _grant(title)
        key = granted.keys.first() if granted is not None else None
        if granted is None or key is None:
            continue
        if granted.delivery.opened_by == Opening.TABLE:
            query_table(granted.pk, key_id=key.pk, by=by)
        else:
            answer_rows(granted.pk, Question(), content_type=JSON, key_id=key.pk, by=by)


def _pay_what_is_due(stage: Stage) -> None:
    """Import and confirm a statement of the bank on which each sum stands that is due soon."""
    lines = ["transaction_id,booked_on,amount,currency,text"]
    for title in (FERRIES.offer.title, BY_USE.title):
        order = _order(title)
        charge = open_charge_of(order) if order is not None else None
        if charge is None or charge.due_on > clock.today() + PAID_WITHIN:
            continue
        name = f"DEMO-{charge.pk.hex[:12].upper()}"
        today = clock.today().isoformat()
        line = (name, today, str(charge.amount), charge.currency, charge.reference)
        lines.append(",".join(line))
    if len(lines) > 1:
        content = "\n".join([*lines, ""]).encode()
        imported = import_statement(content=content, by=stage.actor(TREASURER))
        confirm_statement(imported.pk, by=stage.actor(SECOND_TREASURER))


# What every day brings.


def look_live(count: int, stage: Stage) -> Done | None:
    """Look for the revision that so many tables have brought; the first came before the feed."""
    revision = _live(count)
    if revision is None:
        return None
    what = _("revision %(number)d is live, of %(day)s") % {
        "number": revision.number,
        "day": timezone.localtime(revision.live_at).date().isoformat(),
    }
    return Done(what, f"revision:{revision.pk}", RevisionWentLive)


def live_on(count: int, stage: Stage) -> None:
    """Let a week bring its table; once it has a new line, is wrong first, or comes late."""
    hours = 24 + GRACE_HOURS + 1 if count == LATE_ON else 0
    if count == NEW_LINE_ON:
        # An hour before, since the revision is what shows that this week is told.
        with _on(count, hours=-1):
            _weaken(stage)
    with _on(count, hours=hours):
        keep_feeds(by=CLOCKWORK)
        if count == WRONG_ON:
            _bring(count, stage, is_wrong=True)
        _arrive(count, stage)
    with _on(count, hours=hours + 1):
        _take(stage)
        _bill()
        _pay_what_is_due(stage)


def _bill() -> None:
    sum_uses(by=CLOCKWORK)
    bill_uses(by=CLOCKWORK)


def _arrive(count: int, stage: Stage) -> None:
    version = _bring(count, stage)
    if version.is_set_aside:
        # Whoever sells asks a reviewer, in one click: then it goes on by itself.
        take_up_version(version.pk, by=stage.actor(FERRIES.officer))
        _have_approved(stage)
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Waiting for the revision"), is_over=_live(count) is not None)
    )


def _weaken(stage: Stage) -> None:
    """Let a rule warn of less: a second person approves it, and who waits may leave."""
    dataset, by = the(dataset_of(FERRIES)), stage.actor(FERRIES.officer)
    set_quality_rules(dataset.pk, rules=WEAKER_RULES, reason=WHY_WEAKER, by=by)
    _have_approved(stage)
    source = the(latest_source_version(dataset))
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Measuring the quality"), is_over=_is_measured(source))
    )


def _have_approved(stage: Stage) -> None:
    """Submit the ferries and approve them, as far as either was not done before."""
    dataset = the(dataset_of(FERRIES))
    if dataset.state == DatasetState.DRAFT:
        dataset = submit_dataset(dataset.pk, by=stage.actor(FERRIES.officer))
    if dataset.state == DatasetState.IN_REVIEW:
        points = points_of(CaseKind.CONTENT)
        approve_dataset(dataset.pk, checklist=points, by=stage.actor(REVIEWER))


def look_late(stage: Stage) -> Done | None:
    """Look whether they were told."""
    feed = the(_feed())
    late = feed.arrivals.exclude(late_told_at=None).first()
    if late is None or late.due_on is None:
        return None
    return Done(late.due_on.isoformat(), f"dataset:{feed.dataset_id}", ArrivalLate)


def wait(stage: Stage) -> None:
    """Nothing is to be done: the week before has told them."""


def look_held(stage: Stage) -> Done | None:
    """Look for the table that the rules hold."""
    newest = latest_source_version(the(dataset_of(FERRIES)))
    if newest is None or newest.quality != Quality.HELD or newest.created_at < _morning(WEEKS):
        return None
    return Done(newest.get_quality_display(), f"version:{newest.pk}", QualityMeasured)


def fail(stage: Stage) -> None:
    """Bring a table today in which a machine counts below zero."""
    with _on(WEEKS):
        keep_feeds(by=CLOCKWORK)
        _bring(WEEKS, stage, is_wrong=True)
        _bill()


def _bring(count: int, stage: Stage, *, is_wrong: bool = False) -> DatasetVersion:
    """Keep the table of a week, and let its quality be measured."""
    lines = (*LINES, NEW_LINE)
    day = _day(count) - timedelta(days=1)
    with work_folder() as folder:
        path = write_ferries(folder / FERRIES.file_name, day, is_wrong=is_wrong, lines=lines)
        table = folder / "table.parquet"
        pl.read_csv(path, try_parse_dates=True).write_parquet(table)
        info = describe(table)
        version = keep_table(
            the(dataset_of(FERRIES)).pk,
            table=CleanTable(table, info, info.sha256, FERRIES.file_name),
            clean=encrypt_path(table),
            by=stage.actor(FERRIES.officer),
        )
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Measuring the quality"), is_over=_is_measured(version))
    )
    return version


def _is_measured(version: DatasetVersion) -> bool:
    version.refresh_from_db()
    return version.quality != Quality.WAITING


@contextmanager
def _on(count: int, *, hours: int = 0) -> Iterator[None]:
    """Hold the clock at the morning of the day that brings so many tables."""
    with clock.stopped_at(_morning(count) + timedelta(hours=hours)):
        yield


def _morning(count: int) -> datetime:
    return timezone.make_aware(datetime.combine(_day(count), time(hour=7)))


def _day(count: int) -> date:
    return the(_feed()).first_on + (count - 1) * WEEK


def _feed() -> Feed | None:
    return feeds_visible_to(CLOCKWORK).filter(dataset=dataset_of(FERRIES)).first()


def _live(count: int) -> Revision | None:
    product = the(listing_of(FERRIES)).product_id
    rows = revisions_visible_to(CLOCKWORK).filter(product_id=product, number=count + 1)
    return rows.exclude(live_at=None).first()


def _listing(title: str) -> Listing | None:
    rows = listings_of_sellers(CLOCKWORK)
    return rows.filter(product__dataset=dataset_of(FERRIES), title=title).first()


def _order(title: str) -> Order | None:
    return orders_visible_to(CLOCKWORK).filter(listing=_listing(title)).first()


def _grant(title: str) -> Grant | None:
    return grants_visible_to(CLOCKWORK).filter(order=_order(title)).first()
