"""A part of a version, or a marked copy: written first, measured, and only then granted."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import polars as pl
import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from polars.testing import assert_frame_equal

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import issue_grant, open_order
from marketplace.delivery.grant.tracing import trace
from marketplace.ledger.models import Entry
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.selectors import pseudonym_columns
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing, revise_listing
from marketplace.trading.listings.publication.services import submit_listing
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.order.models import Order
from marketplace.vault.services import open_stored
from tests.delivery.conftest import Ask, sent
from tests.given import copies, trading
from tests.given import delivery as given
from tests.given.world import World


def bytes_of(copy: Copy) -> bytes:
    """Read a copy that was kept."""
    assert copy.file is not None
    with open_stored(copy.file) as file:
        return file.read()


def test_a_cut_has_a_digest_and_a_report_of_its_own(world: World, ask: Ask) -> None:
    """And the grant's bytes are the cut's, down to the last one."""
    order = copies.ordered(world, columns=("line", "boardings"), rows=(("line", "eq", 1),))
    copy = copies.asked(world, order)
    assert not Grant.objects.exists()
    with pytest.raises(WrongState) as refused:
        issue_grant(order.pk, by=trading.SYSTEM)
    assert refused.value.code == "copy-missing"
    copy = copies.written(world, order)
    assert copy.passed
    grant = open_order(order.pk, by=trading.SYSTEM)
    assert isinstance(grant, Grant)
    assert open_order(order.pk, by=trading.SYSTEM) == grant
    version = order.listing.revision.version
    assert grant.sha256 == copy.sha256 != version.sha256
    body = sent(ask(grant))
    table = pq.read_table(io.BytesIO(body))
    assert table.column_names == ["line", "boardings"]
    assert set(table["line"].to_pylist()) == {1}
    assert copy.rows is not None
    assert table.num_rows == copy.rows < version.rows
    shown = copy.credential
    assert shown is not None
    assert shown.document["credentialSubject"]["sha256"] == copy.sha256
    assert Entry.objects.filter(kind="preparation.copy_finished").count() == 1


def test_the_size_of_a_menu_is_cut_too(world: World) -> None:
    """The first rows, and no more."""
    order = trading.paid(world)
    plan = dict(order.plan) | {"tier": "Small", "rows": 2}
    Order.objects.filter(pk=order.pk).update(plan=plan)
    copy = copies.written(world, Order.objects.get(pk=order.pk))
    assert pq.read_table(io.BytesIO(bytes_of(copy))).num_rows == 2 == copy.rows


def test_a_part_by_rows_needs_no_copy(world: World) -> None:
    """Through the API it is cut as it is read."""
    order = copies.ordered(world, mode="api", columns=("line",), rows=(("line", "eq", 1),))
    grant = open_order(order.pk, by=trading.SYSTEM)
    assert isinstance(grant, Grant)
    issued = given.keyed(world, grant=grant)
    answer = given.rows_of(issued)
    assert {tuple(row.items()) for row in answer.json()["rows"]} == {(("line", 1),)}
    assert not Copy.objects.exists()


def test_a_marked_copy_names_its_buyer(world: World, tmp_path: Path, page_of: Any) -> None:
    """By digest, by pseudonyms in another form of the file, and nobody where there are none."""
    order = copies.ordered(world, copies.about_people(world), is_marked=True)
    copy = copies.written(world, order)
    assert copy.passed, copy.failures
    assert copy.marked_columns
    open_order(order.pk, by=trading.SYSTEM)
    whole = tmp_path / "leaked.parquet"
    whole.write_bytes(bytes_of(copy))
    with open_stored(order.listing.revision.version.file) as file:
        base = pl.read_parquet(file.read())
    table = pl.read_parquet(whole)
    for name in copy.marked_columns:
        assert not set(table[name]) & set(base[name])
        assert table[name].n_unique() == base[name].n_unique()
    kept = [name for name in table.columns if name not in copy.marked_columns]
    # The same rows, but not in the order in which any other buyer has them.
    assert_frame_equal(table.select(kept), base.select(kept), check_row_order=False)
    assert not table.select(kept).equals(base.select(kept))
    (found,) = trace(whole)
    assert (found.recipient, found.by_digest) == (order.buyer.name, True)
    changed = tmp_path / "changed.csv"
    table.sample(fraction=0.5, seed=1).select(copy.marked_columns).write_csv(changed)
    (found,) = trace(changed)
    assert (found.recipient_id, found.by_digest, found.share) == (order.buyer_id, False, 1.0)
    out = io.StringIO()
    call_command("trace_leak", str(changed), stdout=out)
    assert order.buyer.name in out.getvalue()
    unmarked = tmp_path / "unmarked.parquet"
    base.write_parquet(unmarked)
    assert trace(unmarked) == []
    with pytest.raises(CommandError):
        call_command("trace_leak", str(unmarked))
    with pytest.raises(Invalid):
        trace(tmp_path / "missing.csv")


def test_a_part_with_too_high_a_risk_is_not_granted(world: World, page_of: Any) -> None:
    """Both sides read why; the bytes are not kept."""
    version = copies.about_people(world)
    with open_stored(version.file) as file:
        base = pl.read_parquet(file.read())
    name, value = next(
        (column.name, group[0])
        for column in base.get_columns()
        if column.dtype == pl.String
        for group in column.value_counts().sort("count").iter_rows()
        if group[1] == 1
    )
    order = copies.ordered(world, version, rows=((name, "eq", value),))
    copy = copies.written(world, order)
    assert copy.passed is False
    assert "smallest-class" in copy.failures
    assert copy.file is None
    assert isinstance(open_order(order.pk, by=trading.SYSTEM), Copy)
    assert not Grant.objects.exists()
    for person in ("buyer", "officer"):
        page = page_of(person).get(reverse("order_grant", args=[order.pk]))
        assert b"its risk is too high" in page.content
    assert page_of("stranger").get(reverse("order_grant", args=[order.pk])).status_code == 404


def test_how_far_it_is(world: World, page_of: Any) -> None:
    """The buyer watches the run that the seller's data goes through."""
    order = copies.ordered(world, columns=("line",))
    nothing = page_of("buyer").get(reverse("order_copy", args=[order.pk]))
    assert nothing.status_code == 409
    copies.asked(world, order)
    page = page_of("buyer").get(reverse("order_grant", args=[order.pk]))
    assert b"A worker will take it up" in page.content
    piece = page_of("buyer").get(reverse("order_copy", args=[order.pk]))
    assert "HX-Refresh" not in piece
    copies.written(world, order)
    assert page_of("buyer").get(reverse("order_copy", args=[order.pk]))["HX-Refresh"] == "true"


def test_a_run_that_broke_is_asked_for_anew(world: World) -> None:
    """By the same door as the first; one that goes on is not asked for twice."""
    order = copies.ordered(world, columns=("line",))
    first = copies.asked(world, order)
    assert copies.asked(world, order) == first
    assert Run.objects.filter(kind="copy").count() == 1
    Run.objects.filter(pk=first.run_id).update(state="cancelled")
    again = copies.asked(world, order)
    assert again.pk == first.pk
    assert again.run_id != first.run_id
    with pytest.raises(NotAllowed):
        open_order(order.pk, by=world.actor("buyer"))


def test_each_access_asks_the_copys_own_report(world: World, ask: Ask) -> None:
    """Out of date, or of other bytes, it opens nothing."""
    order = copies.ordered(world, columns=("line",))
    copy = copies.written(world, order)
    grant = open_order(order.pk, by=trading.SYSTEM)
    assert isinstance(grant, Grant)
    Copy.objects.filter(pk=copy.pk).update(valid_until=clock.today() - timedelta(days=1))
    assert ask(grant).status_code == 409
    Copy.objects.filter(pk=copy.pk).update(valid_until=clock.today())
    Grant.objects.filter(pk=grant.pk).update(sha256="0" * 64)
    assert ask(grant).status_code == 409


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"columns": ("nothing",)}, "columns"),
        ({"columns": ("line", "line")}, "columns"),
        ({"rows": (("nothing", "eq", 1),)}, "rows"),
        ({"rows": (("line", "like", 1),)}, "rows"),
    ],
)
def test_parts_that_cannot_be(terms: dict[str, Any], field: str, world: World) -> None:
    """A listing names columns that are there, and conditions that are some."""
    listing = trading.drafted(world)
    offer = trading.offer(terms=Terms(purpose="Planning.", **terms))
    with pytest.raises(Invalid) as refused:
        revise_listing(listing.pk, offer=offer, by=world.actor("officer"))
    assert field in refused.value.fields


def test_the_contract_and_the_form_say_the_part(world: World, page_of: Any) -> None:
    """In words, and as lines to change."""
    listing = trading.drafted(
        world, terms=Terms(purpose="Planning.", columns=("line",), rows=(("line", "ge", 2),))
    )
    form = page_of("officer").get(reverse("listing_revise", args=[listing.pk])).context["form"]
    assert form["rows"].value() == [("line", "ge", "2")]
    assert '<input class="form-control" name="rows-value" value="2"' in str(form["rows"])
    version = copies.about_people(world)
    named = sorted(pseudonym_columns(version))[0]
    order = copies.ordered(world, version, columns=(named,), is_marked=True)
    text = order.contract.text
    assert f"Only these columns: {named}." in text
    assert "pseudonyms differ" in text


def test_marks_that_no_column_can_carry(world: World) -> None:
    """Data without pseudonyms is not offered with a copy that names its buyer, by nobody."""
    officer = world.actor("officer")
    marked = trading.offer(terms=Terms(purpose="Planning.", is_marked=True))

    def refuse(act: Callable[..., object], pk: UUID) -> None:
        with pytest.raises(Invalid) as refused:
            act(pk, offer=marked, by=officer)
        assert list(refused.value.fields) == ["is_marked"]
        assert "offer the data without marks" in refused.value.fields["is_marked"][0]

    version = trading.masked(world)
    trading.valued(world, version)
    refuse(draft_listing, version.pk)
    listing = trading.drafted(world, version)
    refuse(revise_listing, listing.pk)
    Listing.objects.update(terms=marked.terms.as_json())
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=officer)
    assert refused.value.code == "not-markable"
    assert Listing.objects.get().state == "draft"


def test_marks_need_a_licensed_pseudonym(world: World) -> None:
    """The version has one, and the licence leaves it out."""
    version = copies.about_people(world)
    listing = trading.drafted(world, version)
    names = version.columns.values_list("name", flat=True)
    with_marks = sorted(pseudonym_columns(version))
    assert with_marks
    plain = next(name for name in names if name not in with_marks)
    for columns, is_refused in (((plain,), True), ((with_marks[0],), False), ((), False)):
        offer = trading.offer(terms=Terms(purpose="P.", columns=columns, is_marked=True))
        if is_refused:
            with pytest.raises(Invalid) as refused:
                revise_listing(listing.pk, offer=offer, by=world.actor("officer"))
            assert list(refused.value.fields) == ["is_marked"]
        else:
            revised = revise_listing(listing.pk, offer=offer, by=world.actor("officer"))
            assert revised.terms["is_marked"]
