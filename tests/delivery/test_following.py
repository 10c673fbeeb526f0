"""Who is to get each later revision has it at every door; what was bought once stays."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import NotAllowed, Refusal, WrongState
from marketplace.delivery.grant import services
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.selectors import grants_behind
from marketplace.delivery.grant.services import (
    advance_grant,
    advance_grants,
    issue_grant,
    open_download,
    revoke_grant,
)
from marketplace.delivery.grant.stored import stored_bytes
from marketplace.delivery.grant.tracing import trace
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.preparation.execution import execute_run
from marketplace.preparation.release.models import Copy
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.services import withdraw_report
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Free
from marketplace.trading.listings.publication.services import withdraw_listing
from marketplace.trading.listings.sandbox.services import declare_sandbox
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.remedy.given import orders_given, versions_given
from tests.conftest import ApiClients, PageClients
from tests.delivery.conftest import sent
from tests.given import delivery, feeds, renewals, sandboxes, trading
from tests.given.pipeline import catch_up
from tests.given.threads import at_once
from tests.given.world import World


def days(content: bytes) -> set[str]:
    """Return the months of the rows of a Parquet file."""
    table = pq.read_table(io.BytesIO(content))
    return {str(day)[:7] for day in table["day"].to_pylist()}


def downloaded(api_of: ApiClients, grant: Grant, **query: Any) -> Any:
    """Download the bytes of a grant."""
    return api_of("buyer").get(reverse("api_open_download", args=[grant.pk]), query)


def test_the_grant_moves_on(world: World, api_of: ApiClients) -> None:
    """The newest revision by itself, each one before by its number, and a manifest of each."""
    grant = feeds.followed(world)
    march = grant.version
    assert days(sent(downloaded(api_of, grant))) == {"2026-03"}
    revision = feeds.advanced(world, grant.listing)
    catch_up()
    grant.refresh_from_db()
    assert (grant.revision, grant.version_id) == (revision, revision.version_id)
    assert days(sent(downloaded(api_of, grant))) == {"2026-04"}
    assert days(sent(downloaded(api_of, grant, as_of=1))) == {"2026-03"}
    first = GivenRevision.objects.get(grant=grant, revision__number=1)
    moment = (first.created_at + timedelta(microseconds=1)).isoformat()
    assert days(sent(downloaded(api_of, grant, as_of=moment))) == {"2026-03"}
    listed = api_of("buyer").get(reverse("api_list_grant_revisions", args=[grant.pk])).json()
    assert [(one["number"], one["sha256"]) for one in listed["results"]] == [
        (2, revision.sha256),
        (1, march.sha256),
    ]
    assert listed["results"][0]["rows"] == 4
    entry = Entry.objects.get(kind="delivery.grant_advanced")
    assert (entry.payload["number"], entry.payload["sha256"]) == (2, revision.sha256)
    assert Notice.objects.filter(kind="grant_advanced").exists()
    before = Entry.objects.count()
    assert advance_grants(by=trading.SYSTEM) == []
    assert advance_grant(grant.pk, by=trading.SYSTEM) == grant
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("as_of", "status"), [(2, 404), (0, 404), ("2020-01-01", 404), ("soon", 422), ("9" * 12, 422)]
)
def test_what_was_never_given(as_of: Any, status: int, world: World, api_of: ApiClients) -> None:
    """A revision that is not there yet, a moment before the grant, and nonsense."""
    grant = feeds.followed(world)
    assert downloaded(api_of, grant, as_of=as_of).status_code == status
    assert downloaded(api_of, grant, as_of="2020-01-01T00:00:00Z").status_code == 404
    feeds.advanced(world, grant.listing)
    assert downloaded(api_of, grant, as_of=2).status_code == 404, "until the grant has moved on"
    assert not grant.downloads.exists()


def test_bought_once_stays(world: World, api_of: ApiClients) -> None:
    """Its own proofs are asked, whatever became of those of the revision on the market."""
    grant = delivery.granted(world)
    revision = feeds.advanced(world, grant.listing)
    catch_up()
    grant.refresh_from_db()
    assert grant.revision.number == 1
    assert not grants_behind().exists()
    assert days(sent(downloaded(api_of, grant))) == {"2026-03"}
    second = RiskReport.objects.get(version=revision.version)
    withdraw_report(second.pk, reason="It was wrong.", by=world.actor("reviewer"))
    catch_up()
    assert Listing.objects.get().state == "suspended"
    assert downloaded(api_of, grant).status_code == 200
    first = RiskReport.objects.get(version=grant.version)
    withdraw_report(first.pk, reason="It was wrong too.", by=world.actor("reviewer"))
    refused = downloaded(api_of, grant)
    assert (refused.status_code, refused.json()["code"]) == (409, "risk-withdrawn")


def test_a_revision_that_fell_is_closed_by_itself(world: World, api_of: ApiClients) -> None:
    """A follower reads the new one, and no more the one whose verdict was withdrawn."""
    grant = feeds.followed(world)
    feeds.advanced(world, grant.listing)
    catch_up()
    first = RiskReport.objects.get(version=grant.version)
    withdraw_report(first.pk, reason="It was wrong.", by=world.actor("reviewer"))
    catch_up()
    assert days(sent(downloaded(api_of, grant))) == {"2026-04"}
    refused = downloaded(api_of, grant, as_of=1)
    assert (refused.status_code, refused.json()["code"]) == (409, "risk-withdrawn")


def test_rows_of_one_revision_page_by_page(world: World) -> None:
    """A page names its revision, and the next page is of it even if the grant moved on."""
    issued = delivery.keyed(world, grant=feeds.followed(world, "api"))
    first = delivery.rows_of(issued, limit=2)
    assert first.json()["revision"] == 1
    onward = first["Link"].partition(">")[0].lstrip("<")
    feeds.advanced(world, issued.key.grant.listing)
    catch_up()
    now = delivery.rows_of(issued).json()
    assert now["revision"] == 2
    assert {row["day"][:7] for row in now["rows"]} == {"2026-04"}
    again = delivery.rows_of(issued, as_of=1, after=2).json()
    assert {row["day"][:7] for row in again["rows"]} == {"2026-03"}
    assert "as_of=1" in onward
    arrow = delivery.rows_of(issued, accept="application/vnd.apache.arrow.stream")
    assert pa.ipc.open_stream(arrow.content).schema.metadata[b"revision"] == b"2"


def test_a_withdrawn_offer_goes_on_for_its_subscribers(world: World, api_of: ApiClients) -> None:
    """Nobody orders it any more, and whoever has is not forgotten."""
    grant = feeds.followed(world)
    withdraw_listing(grant.listing_id, reason="No new buyers.", by=world.actor("officer"))
    trading.drafted(world, grant.version)
    feeds.advanced(world, grant.listing)
    catch_up()
    grant.refresh_from_db()
    assert grant.revision.number == 2
    assert days(sent(downloaded(api_of, grant))) == {"2026-04"}


def test_who_is_over_gets_nothing_more(world: World) -> None:
    """A grant that the centre revoked, and one whose licence ran out."""
    grant = feeds.followed(world)
    revoke_grant(grant.pk, reason="Misuse.", by=world.actor("reviewer"))
    feeds.advanced(world, grant.listing)
    catch_up()
    grant.refresh_from_db()
    assert grant.revision.number == 1
    assert advance_grant(grant.pk, by=trading.SYSTEM).pk == grant.pk
    assert GivenRevision.objects.count() == 1
    with pytest.raises(NotAllowed):
        advance_grant(grant.pk, by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        advance_grants(by=world.actor("officer"))


def test_a_copy_is_written_of_each_revision(world: World, api_of: ApiClients) -> None:
    """Of the bought columns alone; the last good one stays until the next has passed."""
    listing = trading.published(
        world,
        plan=Free(),
        terms=replace(trading.OFFER.terms, columns=("day", "boardings")),
    )
    order = trading.signed(world, trading.placed(world, listing))
    catch_up()
    execute_run(Copy.objects.get().run_id)
    catch_up()
    grant = Grant.objects.get(order=order)
    feeds.advanced(world, listing)
    catch_up()
    grant.refresh_from_db()
    assert grant.revision.number == 1
    assert days(sent(downloaded(api_of, grant))) == {"2026-03"}
    second = Copy.objects.get(asked_for=f"order:{order.pk}:2")
    execute_run(second.run_id)
    catch_up()
    grant.refresh_from_db()
    second.refresh_from_db()
    assert (grant.revision.number, grant.copy, grant.sha256) == (2, second, second.sha256)
    content = sent(downloaded(api_of, grant))
    assert pq.read_table(io.BytesIO(content)).column_names == ["day", "boardings"]
    assert days(content) == {"2026-04"}


def test_killed_between_two_grants(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reaction is done again as a whole: each buyer is given a revision once."""
    grant = feeds.followed(world)
    listing = Listing.objects.get()
    second = trading.signed(world, trading.placed(world, listing, by="second_buyer"))
    issue_grant(second.pk, by=trading.SYSTEM)
    feeds.advanced(world, listing)
    called, left = services.advance_grant, [1]

    def killing(*args: Any, **options: Any) -> Any:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return called(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(services, "advance_grant", killing)
        with pytest.raises(KeyboardInterrupt):
            catch_up()
    assert GivenRevision.objects.count() == 2, "what was begun is taken back"
    catch_up()
    assert GivenRevision.objects.filter(revision__number=2).count() == 2
    assert Entry.objects.filter(kind="delivery.grant_advanced").count() == 2
    assert not grants_behind().exists()
    assert GivenRevision.objects.filter(grant=grant).count() == 2


def test_one_that_is_refused_keeps_no_other_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays behind, and the loop tries it again."""
    first = feeds.followed(world)
    listing = Listing.objects.get()
    second = trading.signed(world, trading.placed(world, listing, by="second_buyer"))
    issue_grant(second.pk, by=trading.SYSTEM)
    feeds.advanced(world, listing)
    called = services.advance_grant

    def refusing(grant_id: Any, **options: Any) -> Any:
        if grant_id == first.pk:
            raise WrongState("Not now.")
        return called(grant_id, **options)

    with monkeypatch.context() as patch:
        patch.setattr(services, "advance_grant", refusing)
        catch_up()
    assert [one.pk for one in grants_behind()] == [first.pk]
    assert advance_grants(by=trading.SYSTEM) == [first.pk]


def test_a_sandbox_answers_of_the_newest_revision(world: World) -> None:
    """The same question is answered anew, for ε of the same budgets, and not from memory."""
    listing = trading.drafted(world, delivery_mode="sandbox", plan=Free())
    declare_sandbox(listing.pk, offered=sandboxes.OFFERED, by=world.actor("officer"))
    listing = renewals.published(world, listing)
    order = trading.signed(world, trading.placed(world, listing))
    grant = issue_grant(order.pk, by=trading.SYSTEM)
    first = sandboxes.answered(world, grant)
    revision = feeds.advanced(world, listing)
    catch_up()
    grant.refresh_from_db()
    second = sandboxes.answered(world, grant)
    assert first.release.version_id != second.release.version_id == revision.version_id
    assert sandboxes.spent_of_all() == 1


def test_a_leak_of_an_earlier_revision_names_its_buyer(world: World, tmp_path: Any) -> None:
    """Whatever the grant gives by now."""
    grant = feeds.followed(world)
    path = tmp_path / "leaked.parquet"
    with stored_bytes(grant) as file:
        path.write_bytes(file.read())
    feeds.advanced(world, grant.listing)
    catch_up()
    assert [one.recipient_id for one in trace(path)] == [grant.organization_id]


def test_a_recall_finds_who_was_given_it(world: World) -> None:
    """The follower of both revisions, and of the later one no buyer of the first alone."""
    follower = feeds.followed(world)
    march = follower.version_id
    listing = Listing.objects.get()
    april = feeds.advanced(world, listing).version_id
    order = follower.order
    order.listing.refresh_from_db()
    assert list(orders_given([march])) == list(orders_given([april])) == [order]
    assert set(versions_given(order)) == {march, april}
    late = trading.placed(world, Listing.objects.get(), by="second_buyer")
    assert list(orders_given([march])) == [order], "it was ordered when March was past"
    assert set(orders_given([april])) == {order, late}


def test_the_contract_says_so(world: World) -> None:
    """Who gets later revisions reads it in the text that they sign."""
    feeds.followed(world)
    assert "each later revision" in Contract.objects.get().text


def test_the_page_of_revisions(world: World, page_of: PageClients) -> None:
    """Each with its day and digest, a manifest and a download."""
    grant = feeds.followed(world)
    feeds.advanced(world, grant.listing)
    catch_up()
    grant.refresh_from_db()
    buyer = page_of("buyer")
    page = buyer.get(reverse("grant_detail", args=[grant.pk])).content.decode()
    for number in (1, 2):
        assert f"{reverse('grant_download', args=[grant.pk])}?as_of={number}" in page
    manifest = reverse("grant_manifest", args=[grant.pk])
    told = buyer.get(manifest).json()
    assert (told["number"], told["sha256"], told["size"]) == (2, grant.sha256, grant.size)
    assert buyer.get(manifest, {"as_of": 1}).json()["number"] == 1
    assert buyer.get(manifest, {"as_of": 7}).status_code == 404
    assert page_of("stranger").get(manifest).status_code == 404


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_given_six_times_at_once() -> None:
    """One revision, one entry; and a grant that is issued in between is left behind by none."""
    world = World()
    grant = feeds.followed(world)
    order = trading.signed(world, trading.placed(world, Listing.objects.get(), by="second_buyer"))
    version = feeds.later(world, grant.listing)

    def one(number: int) -> object:
        if number == 0:
            return advance_product(version.pk, by=world.actor("officer"))
        if number == 1:
            return issue_grant(order.pk, by=trading.SYSTEM)
        if number == 2:
            opened = open_download(grant.pk, byte_range=None, by=world.actor("buyer"))
            opened.file.close()
            return opened.grant.revision.number
        return advance_grant(grant.pk, by=trading.SYSTEM)

    answers = at_once(6, one)
    assert not [one for one in answers if isinstance(one, Refusal)]
    catch_up()
    assert GivenRevision.objects.filter(grant=grant).count() == 2
    assert not grants_behind().exists()
    assert clock.now() > Grant.objects.get(order=order).created_at
