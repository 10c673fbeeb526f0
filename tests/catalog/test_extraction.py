"""New and changed rows of a real database become the whole table; none is doubled or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from django.conf import settings

from marketplace.catalog.approval.services import approve_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.drawing import execution
from marketplace.catalog.drawing.services import Wanted, finish_drawing, start_drawing
from marketplace.catalog.feed.models import Arrival, Feed
from marketplace.catalog.feed.selectors import DRAWN_AGAIN_AFTER
from marketplace.catalog.feed.services import keep_feeds, open_feed
from marketplace.catalog.new_version.services import take_up_version
from marketplace.catalog.source.extraction import Extraction
from marketplace.catalog.source.models import Drawing
from marketplace.catalog.source.steps import DRAWINGS
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.catalog.version.services import destroy_raw
from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.jobs.services import reclaim_jobs
from marketplace.vault.services import open_stored
from tests.given import sources as given
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    approved_again,
    approved_as_it_is,
    approved_dataset,
    draft_dataset,
    uploaded_version,
)
from tests.given.source_servers import SCHEMAS, executed, real_source
from tests.given.world import World
from tests.plugins.sources import SourceServer

pytestmark = pytest.mark.usefixtures("sources_allowed")
BY_KEY = Extraction(mode="key", key=("number",))
BY_CHANGE = Extraction(mode="change", key=("number",), changed_at="changed", overlap_minutes=0)
MOMENT = "2026-01-02 03:04:05.000006"


class Office:
    """A table of another house, and the feed that draws it."""

    def __init__(self, world: World, server: SourceServer, how: Extraction) -> None:
        self.world, self.server, self.days = world, server, 0
        flag = {"postgresql": "boolean", "mysql": "tinyint(1)"}[server.kind]
        moment = {"postgresql": "timestamp", "mysql": "datetime(6)"}[server.kind]
        self.run("DROP TABLE IF EXISTS cases")
        self.run(
            f"CREATE TABLE cases (number bigint, stop varchar(20), changed {moment}, gone {flag})"
        )
        self.add(1, 2, 3)
        self.dataset: Dataset = draft_dataset(world)
        self.source = real_source(world, server, dataset=self.dataset)
        wanted = Wanted(SCHEMAS[server.kind], "cases", ("number", "stop"))
        executed(start_drawing(self.source.pk, wanted=wanted, by=world.actor("officer")))
        approved_as_it_is(world, self.dataset)
        self.feed: Feed = open_feed(
            self.dataset.pk,
            every="day",
            first_on=clock.today() + timedelta(days=1),
            grace_hours=6,
            source_id=self.source.pk,
            extraction=how,
            by=world.actor("officer"),
        )
        approved_again(world, self.dataset)

    def run(self, statement: str) -> None:
        """Change something there."""
        self.server.run(statement)

    def add(self, *numbers: int, stop: str = "old", changed: str = MOMENT) -> None:
        """Add rows, of which none is deleted."""
        gone = {"postgresql": "false", "mysql": "0"}[self.server.kind]
        for number in numbers:
            self.run(f"INSERT INTO cases VALUES ({number}, '{stop}', '{changed}', {gone})")

    def due(self) -> Drawing:
        """Let the next day come; return the drawing that it asks for."""
        self.days += 1
        with clock.stopped_at(clock.now() + timedelta(days=self.days)):
            keep_feeds(by=given.SYSTEM)
        return Drawing.objects.filter(source=self.source).latest("created_at")

    def drawn(self) -> Drawing:
        """Let the next day come and a worker draw."""
        return executed(self.due())

    def approve(self, drawing: Drawing) -> None:
        """Have a reviewer approve what was drawn and set aside."""
        assert drawing.version is not None
        take_up_version(drawing.version.pk, by=self.world.actor("officer"))
        reviewer = self.world.actor("reviewer")
        approve_dataset(self.dataset.pk, checklist=CONTENT_CHECKLIST, by=reviewer)

    @property
    def rows(self) -> dict[int, str]:
        """Return what the newest version holds; each number stands in it once."""
        version = latest_source_version(self.dataset)
        assert version is not None
        with open_stored(version.file) as stored:
            table = pl.read_parquet(stored.read())
        assert table.columns == ["number", "stop"]
        assert table["number"].n_unique() == len(table), table
        return dict(sorted(table.iter_rows()))


@pytest.fixture
def by_key(world: World, any_source: SourceServer) -> Office:
    """Draw new rows by their number."""
    office = Office(world, any_source, BY_KEY)
    assert office.drawn().whole == "first"
    return office


@pytest.fixture
def by_change(world: World, any_source: SourceServer) -> Office:
    """Draw new and changed rows by the moment of their change."""
    office = Office(world, any_source, BY_CHANGE)
    assert office.drawn().whole == "first"
    return office


def counted(drawing: Drawing) -> tuple[str, str, int | None, str]:
    """Return how a drawing ended."""
    return drawing.state, drawing.error_code, drawing.brought, drawing.whole


def test_new_rows_are_added_by_their_number(by_key: Office) -> None:
    """The version holds them all; what was drawn is only what is new."""
    by_key.add(5, 4)
    assert counted(by_key.drawn()) == ("done", "", 2, "")
    assert list(by_key.rows) == [1, 2, 3, 4, 5]
    # The same again brings nothing, and is told as nothing: no version, and the period is filled.
    assert counted(by_key.drawn()) == ("done", "", 0, "")
    newest = Arrival.objects.latest("arrived_at")
    assert (newest.version, newest.same_as) == (None, latest_source_version(by_key.dataset))
    by_key.add(6)
    assert counted(by_key.drawn()) == ("done", "", 1, "")
    assert list(by_key.rows) == [1, 2, 3, 4, 5, 6]


def test_a_lower_number_that_came_late_is_not_lost(by_key: Office) -> None:
    """A sequence gives numbers before transactions commit: the rows below the last are counted."""
    by_key.add(10)
    assert by_key.drawn().brought == 1
    by_key.add(9)
    assert counted(by_key.drawn()) == ("done", "", None, "rows")
    assert list(by_key.rows) == [1, 2, 3, 9, 10]


def test_numbers_that_begin_anew_are_not_lost(by_key: Office) -> None:
    """After a table was emptied, or its sequence turned over, numbers are given again."""
    by_key.run("DELETE FROM cases")
    by_key.add(1, 2, stop="new")
    assert by_key.drawn().whole == "rows"
    assert by_key.rows == {1: "new", 2: "new"}
    # As many as before, but others: the sum of the numbers is another.
    by_key.run("DELETE FROM cases WHERE number = 2")
    by_key.add(-7, stop="turned")
    assert by_key.drawn().whole == "rows"
    assert by_key.rows == {-7: "turned", 1: "new"}


def test_changes_take_the_place_of_rows(by_change: Office) -> None:
    """New and changed rows alone are drawn, and each key stands once."""
    by_change.run("UPDATE cases SET stop = 'new', changed = '2026-02-01 00:00:00' WHERE number = 2")
    by_change.add(4, changed="2026-02-01 00:00:00")
    assert counted(by_change.drawn()) == ("done", "", 5 - 1, "")
    assert by_change.rows == {1: "old", 2: "new", 3: "old", 4: "old"}


def test_equal_moments_at_the_bound_are_not_lost(by_change: Office) -> None:
    """A row that was committed in the very moment that was last seen is drawn."""
    by_change.add(4)
    assert by_change.drawn().whole == ""
    assert list(by_change.rows) == [1, 2, 3, 4]
    before = DatasetVersion.objects.count()
    assert by_change.drawn().whole == ""
    assert DatasetVersion.objects.count() == before, "drawn again they are what they were"


def test_a_row_that_is_committed_late_with_an_older_moment_is_not_lost(
    world: World, any_source: SourceServer
) -> None:
    """Within the minutes that are drawn again it comes by itself; an older one is found missing."""
    office = Office(world, any_source, replace(BY_CHANGE, overlap_minutes=10))
    office.drawn()
    office.add(4, changed="2026-01-02 02:56:00")
    assert counted(office.drawn()) == ("done", "", 4, "")
    office.add(5, changed="2026-01-01 00:00:00")
    assert counted(office.drawn()) == ("done", "", None, "rows")
    assert list(office.rows) == [1, 2, 3, 4, 5]


def test_a_clock_that_is_off_hides_no_rows(by_change: Office) -> None:
    """A row from the year 2090 does not carry the mark there; one without a moment comes too."""
    by_change.add(4, changed="2090-01-01 00:00:00")
    by_change.run("INSERT INTO cases (number, stop) VALUES (5, 'timeless')")
    assert by_change.drawn().whole == ""
    by_change.add(6, changed=str((clock.now() + timedelta(minutes=1)).replace(tzinfo=None)))
    by_change.run("UPDATE cases SET stop = 'later' WHERE number = 5")
    assert by_change.drawn().whole == ""
    assert by_change.rows == {
        1: "old", 2: "old", 3: "old", 4: "old", 5: "later", 6: "old",
    }  # fmt: skip
    # The clock there was ahead when it was drawn last, and is set right.
    arrival = Arrival.objects.exclude(watermark={}).latest("arrived_at")
    ahead = clock.now().replace(tzinfo=None) + timedelta(days=300)
    arrival.watermark["last"] = ahead.isoformat()
    arrival.save()
    assert by_change.drawn().whole == "clock"


def test_deleted_rows_go_by_their_flag(world: World, any_source: SourceServer) -> None:
    """Also those that were removed without it, and those that are deleted from the first."""
    office = Office(world, any_source, replace(BY_CHANGE, deleted="gone"))
    flag = {"postgresql": "true", "mysql": "1"}[any_source.kind]
    office.run(f"UPDATE cases SET gone = {flag} WHERE number = 1")
    office.drawn()
    assert list(office.rows) == [2, 3]
    office.run(f"UPDATE cases SET gone = {flag}, changed = '2026-02-01' WHERE number = 2")
    assert counted(office.drawn()) == ("done", "", 3, ""), "two stand at the bound"
    assert list(office.rows) == [3]
    office.add(4)
    office.run("DELETE FROM cases WHERE number = 3")
    assert office.drawn().whole == "rows"
    assert list(office.rows) == [4]


def test_deleted_rows_go_when_the_keys_are_listed(world: World, any_source: SourceServer) -> None:
    """Each second time as declared, and not before."""
    office = Office(world, any_source, replace(BY_CHANGE, list_every=2))
    office.drawn()
    office.run("DELETE FROM cases WHERE number = 2")
    assert counted(office.drawn())[2:] == (3 - 1, "")
    assert list(office.rows) == [1, 2, 3]
    office.drawn()
    assert list(office.rows) == [1, 3]


def test_another_type_is_drawn_whole(by_change: Office) -> None:
    """A column that is added there is none of what is drawn; one of another type is looked at."""
    by_change.run("ALTER TABLE cases ADD COLUMN extra int")
    assert by_change.drawn().whole == ""
    kind = {"postgresql": "ALTER COLUMN stop TYPE text", "mysql": "MODIFY number int"}
    by_change.run(f"ALTER TABLE cases {kind[by_change.server.kind]}")
    by_change.drawn()
    assert list(by_change.rows) == [1, 2, 3]


def test_a_wrong_type_is_no_base(by_change: Office) -> None:
    """New rows are applied to the last good table, from where its drawing ended."""
    kinds = {"postgresql": "ALTER COLUMN stop TYPE {} USING stop::{}", "mysql": "MODIFY stop {}"}
    kind = kinds[by_change.server.kind]
    by_change.add(4, changed="2026-01-02 03:04:06")
    by_change.drawn()
    by_change.run("UPDATE cases SET stop = '7'")
    by_change.run(f"ALTER TABLE cases {kind.format(*2 * ('int',))}")
    wrong = by_change.drawn()
    assert (wrong.whole, wrong.version and wrong.version.is_set_aside) == ("columns", True)
    by_change.run(f"ALTER TABLE cases {kind.format(*2 * ('varchar(20)',))}")
    by_change.add(5, changed="2026-01-02 03:04:07")
    right = by_change.drawn()
    assert (right.whole, right.version and right.version.is_set_aside) == ("", True)
    # A number stands where words were approved: a reviewer looks at it.
    by_change.approve(right)
    # Of the first three nothing was said to have changed.
    assert by_change.rows == {1: "old", 2: "old", 3: "old", 4: "7", 5: "old"}


def test_what_came_otherwise_is_no_base(by_change: Office) -> None:
    """After an upload, and after the raw data is destroyed, the whole table is drawn."""
    version = latest_source_version(by_change.dataset)
    assert version is not None
    destroy_raw(version.pk, by=by_change.world.actor("officer"))
    assert by_change.drawn().whole == "destroyed"


@pytest.mark.parametrize("broken", ["execute", "finish"])
def test_a_killed_worker_neither_doubles_nor_loses(
    by_key: Office, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """The mark is kept with what was drawn: killed before, or after, the same rows come again."""

    class Killed(BaseException):
        """Stands for a kill: nothing in the worker catches it."""

    def killed(*args: Any, **options: Any) -> None:
        if broken == "finish":
            finish_drawing(*args, **options)
        raise Killed

    by_key.add(4, 5)
    drawing = by_key.due()
    with monkeypatch.context() as patched:
        patched.setattr(execution, "finish_drawing", killed)
        with pytest.raises(Killed):
            execution.execute_drawing(drawing.pk)
    lease = timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"] + 1)
    with clock.stopped_at(clock.now() + lease):
        reclaim_jobs(queue=DRAWINGS, by=given.SYSTEM)
        executed(drawing)
    assert drawing.state == "done"
    assert list(by_key.rows) == [1, 2, 3, 4, 5]
    assert Arrival.objects.filter(version=latest_source_version(by_key.dataset)).count() == 1


def test_new_rows_are_not_put_onto_other_data(
    by_key: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is uploaded while they are drawn makes them nobody's: the drawing fails."""
    by_key.add(4)
    drawing = by_key.due()

    def late(*args: Any, **options: Any) -> Any:
        uploaded_version(by_key.world, by_key.dataset, table="number,stop\n77,sent\n")
        return finish_drawing(*args, **options)

    monkeypatch.setattr(execution, "finish_drawing", late)
    assert executed(drawing).error_code == "base-changed"
    assert list(by_key.rows) == [77]


def test_what_failed_is_drawn_again_while_its_period_waits(by_key: Office) -> None:
    """Once an hour, and no more once it came."""
    by_key.run("ALTER TABLE cases RENAME TO away")
    failed = by_key.drawn()
    assert failed.error_code == "no-such-table"
    by_key.run("ALTER TABLE away RENAME TO cases")
    assert failed.ended_at is not None
    waiting = Drawing.objects.filter(source=by_key.source, state="queued")
    for after, asked in ((timedelta(0), 0), (DRAWN_AGAIN_AFTER, 1)):
        with clock.stopped_at(failed.ended_at + after + timedelta(seconds=1)):
            keep_feeds(by=given.SYSTEM)
            keep_feeds(by=given.SYSTEM)
        assert waiting.count() == asked
    assert executed(waiting.get()).state == "done"


def test_keys_that_tell_no_rows_apart_are_told(world: World, any_source: SourceServer) -> None:
    """Twice the same, none at all, or of a kind that cannot count."""
    office = Office(world, any_source, BY_CHANGE)
    office.add(3)
    assert office.drawn().error_code == "key-not-unique"
    office.run("UPDATE cases SET number = NULL WHERE number = 3")
    assert office.drawn().error_code == "key-empty"
    Feed.objects.update(extraction=replace(BY_KEY, key=("stop",)).to_dict())
    assert office.drawn().error_code == "unfit-key"
    Feed.objects.update(extraction=replace(BY_CHANGE, changed_at="stop").to_dict())
    assert office.drawn().error_code == "unfit-change"
    Feed.objects.update(extraction=replace(BY_CHANGE, deleted="stop").to_dict())
    assert office.drawn().error_code == "unfit-deleted"


def test_how_rows_come_is_checked_when_a_feed_is_opened(world: World) -> None:
    """Each wrong word has its sentence at its field."""
    dataset = approved_dataset(world)
    cases: list[tuple[Extraction, set[str]]] = [
        (Extraction(mode="guess"), {"mode"}),
        (BY_KEY, {"source_id"}),
    ]
    for how, fields in cases:
        with pytest.raises(Invalid) as refused:
            open_feed(
                dataset.pk,
                every="day",
                first_on=clock.today(),
                grace_hours=0,
                extraction=how,
                by=world.actor("officer"),
            )
        assert set(refused.value.fields) == fields
    columns = ("number", "stop")
    for how, fields in [
        (replace(BY_KEY, key=()), {"key"}),
        (replace(BY_KEY, key=("number", "stop")), {"key"}),
        (replace(BY_KEY, key=("nowhere",)), {"key"}),
        (replace(BY_CHANGE, changed_at=""), {"changed_at"}),
        (replace(BY_CHANGE, overlap_minutes=-1), {"overlap_minutes"}),
        (replace(BY_CHANGE, list_every=1000), {"list_every"}),
        (replace(BY_CHANGE, deleted="\x00"), {"deleted"}),
        (BY_CHANGE, set()),
    ]:
        assert set(how.refused(columns, has_limit=False)) == fields
    assert set(BY_KEY.refused(columns, has_limit=True)) == {"mode"}
