"""A feed whose line is killed on its way, and what must be true of it all the while and in the end.

A file cut to its buyer's columns and rows by use are offers of one product. What an office has in a
real database is drawn again and again; loop and workers do all that follows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
from django.db import connection

from marketplace.catalog.drawing.services import Wanted, start_drawing
from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.selectors import grants_behind
from marketplace.delivery.grant.services import open_order
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from marketplace.preparation.release.models import Copy
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.plans import Band, Free, Metered, Unit
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.orders.settlement.models import Charge
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.services import open_stored
from tests.campaigns.trade import settled
from tests.campaigns.waiting import until
from tests.given import arrivals, delivery, quality, renewals
from tests.given import trading as given
from tests.given.catalog import approved_dataset
from tests.given.feeds import write_copies
from tests.given.months import next_month
from tests.given.source_servers import SCHEMAS, real_source
from tests.given.world import World
from tests.plugins.sources import SourceServer

TABLE = "boardings"
COLUMNS = ("day", "line", "boardings")
PRICE, ROWS_USED = Decimal("2.00"), 3
FIRST_ROWS = 8
"""Of fewer, no detector says that a column counts; the table in which one first does is held."""
BY_USE = Metered(unit=Unit.ROW.value, bands=(Band(0, PRICE),), cap=Decimal("100.00"))


@dataclass
class Office:
    """An office's table: what a revision of it must hold is known row by row."""

    server: SourceServer
    rows: list[tuple[str, int, int]] = field(default_factory=list)

    def begin(self) -> None:
        """Make the table."""
        self.server.run(f"DROP TABLE IF EXISTS {TABLE}")
        self.server.run(f"CREATE TABLE {TABLE} (day date, line int, boardings int)")
        self.add(FIRST_ROWS)

    def add(self, count: int = 1) -> None:
        """Count passengers of further days."""
        for _each in range(count):
            number = len(self.rows)
            boardings = 900 + number * number * 7919 % 89_989
            row = (f"2026-03-{1 + number % 28:02d}", number, boardings)
            self.server.run(f"INSERT INTO {TABLE} VALUES ('{row[0]}', {row[1]}, {row[2]})")
            self.rows.append(row)


@dataclass
class Feed:
    """A product that is offered as a file and by rows, both bought, and its line."""

    office: Office
    world: World
    source: DatabaseSource
    file: Listing
    rows: Listing
    live: dict[int, list[tuple[str, int, int]]]
    bills: int = 0
    began: dict[str, int] = field(default_factory=dict)

    def bring(self) -> None:
        """Let the office have new rows, and have them drawn."""
        self.office.add()
        wanted = Wanted(SCHEMAS[self.office.server.kind], TABLE, COLUMNS)
        start_drawing(self.source.pk, wanted=wanted, by=self.world.actor("officer"))
        self.live[max(self.live) + 1] = list(self.office.rows)

    def use(self) -> datetime:
        """Let somebody buy by use and take rows; return a moment of the month after."""
        order = given.placed(self.world, Listing.objects.get(pk=self.rows.pk))
        open_order(given.signed(self.world, order).pk, by=given.SYSTEM)
        issued = delivery.keyed(self.world, grant=Grant.objects.get(order=order))
        assert delivery.rows_of(issued, limit=ROWS_USED).status_code == 200
        self.bills += 1
        return next_month(day=6)

    def is_done(self) -> bool:
        """Return whether the newest rows are live and given; see that all that is live is whole."""
        check_live_is_whole()
        held = list(Arrival.objects.exclude(held="").values_list("held", "held_details"))
        assert not held, "What the office brings breaks no rule."
        newest = Revision.objects.exclude(live_at=None).first()
        return (
            newest is not None
            and newest.number == max(self.live)
            and not grants_behind().exists()
            and settled()
        )

    def check(self) -> None:
        """Each buyer has each revision once, with its rows; nothing is told or billed twice."""
        until(settled)
        for grant in Grant.objects.all():
            given_ones = GivenRevision.objects.filter(grant=grant).order_by("created_at")
            numbers = [one.revision.number for one in given_ones]
            assert numbers == list(range(numbers[0], max(self.live) + 1))
            told = Entry.objects.filter(
                kind="delivery.grant_advanced", subject=f"grant:{grant.pk}"
            ).order_by("id")
            assert [one.payload["number"] for one in told] == numbers[1:]
            notices = Notice.objects.filter(kind="grant_advanced", subject=f"grant:{grant.pk}")
            people = set(notices.values_list("person_id", flat=True))
            assert notices.count() == len(people) * (len(numbers) - 1)
        for one in GivenRevision.objects.select_related("revision__version__file", "copy__file"):
            self._check_bytes(one)
        self._check_once(len(self.live))
        self._check_bills()

    def _check_bytes(self, one: GivenRevision) -> None:
        file = one.revision.version.file if one.copy is None else one.copy.file
        assert file is not None
        with open_stored(file) as stored:
            table = pq.read_table(io.BytesIO(stored.read()))
        assert file.sha256 == one.sha256
        expected = self.live[one.revision.number]
        if one.copy is None:
            assert sorted(zip(*cells_of(table, COLUMNS), strict=True)) == sorted(expected)
        else:
            assert table.column_names == ["line", "boardings"]
            assert sorted(zip(*cells_of(table, ("line", "boardings")), strict=True)) == sorted(
                row[1:] for row in expected
            )

    def _check_once(self, revisions: int) -> None:
        for listing in Listing.objects.all():
            moved = Entry.objects.filter(
                kind="trading.listing_advanced", subject=f"listing:{listing.pk}"
            )
            assert moved.count() == revisions - 1
        live = Entry.objects.filter(kind="trading.revision_went_live")
        assert live.count() == len(set(live.values_list("subject", flat=True))) == revisions
        assert Copy.objects.filter(passed=True).count() == revisions
        assert Arrival.objects.filter(held="").count() == revisions - 1
        assert not Arrival.objects.exclude(held="").exists()
        masked = StoredFile.objects.filter(purpose=Purpose.MASKED).count()
        assert masked == self.began["masked"] + 2 * (revisions - 1), "of version and copy"
        assert DatasetVersion.objects.count() == self.began["versions"] + 2 * (revisions - 1)
        assert not Run.objects.exclude(state="done").exists()
        assert not SetAside.objects.exclude(error_code__startswith="broker").exists()

    def _check_bills(self) -> None:
        until(lambda: Charge.objects.filter(kind="usage").count() >= self.bills)
        bills = list(Charge.objects.filter(kind="usage").values_list("order_id", "amount"))
        assert len(bills) == len({order_id for order_id, _amount in bills}) == self.bills
        assert {amount for _order_id, amount in bills} <= {ROWS_USED * PRICE}


def cells_of(table: Any, names: tuple[str, ...]) -> list[list[Any]]:
    """Return the columns of a table, days as text."""
    return [
        [str(value) if name == "day" else value for value in table[name].to_pylist()]
        for name in names
    ]


def check_live_is_whole() -> None:
    """See at one moment that offers stand on one live revision, which has all that it needs.

    In one statement, so that nothing moves on in between.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHOLE)
        for number, live_at, passed, is_same, is_done, newest in cursor.fetchall():
            assert (live_at is not None, passed, is_same, is_done) == (True, True, True, True)
            assert number == newest, "some offers moved on, and others did not"


WHOLE = """
SELECT revision.number, revision.live_at, report.passed, report.sha256 = file.sha256,
    run.state = 'done', max(revision.number) OVER (PARTITION BY revision.product_id)
FROM listings_listing AS listing
JOIN listings_revision AS revision ON revision.id = listing.revision_id
JOIN catalog_datasetversion AS version ON version.id = revision.version_id
JOIN vault_storedfile AS file ON file.id = version.file_id
JOIN preparation_run AS run ON run.id = revision.run_id
JOIN preparation_riskreport AS report ON report.id = listing.risk_report_id
WHERE listing.state = 'published' AND report.version_id = version.id
"""


def sold_feed(server: SourceServer) -> Feed:
    """Sell what an office has: its first rows are on offer and bought, the feed is open."""
    world, office = World(), Office(server)
    office.begin()
    first = "day,line,boardings\n" + "".join(f"{d},{n},{b}\n" for d, n, b in office.rows)
    dataset = approved_dataset(world, table=first)
    version = given.masked(world, dataset)
    given.valued(world, version)
    terms = replace(given.OFFER.terms, columns=("line", "boardings"))
    file = renewals.published(
        world, given.drafted(world, version, plan=Free(), terms=terms, title="As a file")
    )
    rows = renewals.published(
        world,
        draft_listing(
            version.pk,
            offer=given.offer(plan=BY_USE, delivery_mode="api", title="By rows"),
            by=world.actor("officer"),
        ),
    )
    quality.set_rules(world, dataset, (quality.rule("range", "boardings", at_least="0"),))
    arrivals.work_off()
    for one in (file, rows):
        open_order(given.signed(world, given.placed(world, one)).pk, by=given.SYSTEM)
    write_copies()
    source = real_source(world, server, dataset=dataset)
    # Tomorrow, so that an officer's drawings are all that comes.
    arrivals.fed(world, dataset, first_on=clock.today() + timedelta(days=1))
    began = {
        "masked": StoredFile.objects.filter(purpose=Purpose.MASKED).count(),
        "versions": DatasetVersion.objects.count(),
    }
    return Feed(office, world, source, file, rows, {1: list(office.rows)}, began=began)
