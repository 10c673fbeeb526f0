"""The guided path of a dataset leads on, also after it was listed once."""

from __future__ import annotations

from collections import Counter

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.catalog.dataset.models import Dataset
from tests.conftest import PageClients
from tests.given import arrivals, preparation
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH, source_version
from tests.given.world import World

BESIDE = "it is sold beside the others"


def test_newer_masked_data_leads_to_its_offer(world: World, page_of: PageClients) -> None:
    """What is on the market is older: the step is open again, and the offer may stand beside."""
    listing = given.published(world)
    path = reverse("dataset_path", args=[listing.product.dataset_id])
    assert "Every step is done" in page_of("officer").get(path).content.decode()
    source = source_version(Dataset.objects.get(pk=listing.product.dataset_id))
    document = preparation.policy_document(source, delay_minutes="drop")
    newer = preparation.masked(world, source, document=document)
    assert newer.pk != listing.revision.version_id
    page = page_of("officer").get(path).content.decode()
    draft = reverse("listing_draft", args=[newer.pk])
    assert "Next: List" in page
    assert draft in page
    form = page_of("officer").get(draft).content.decode()
    assert BESIDE in form
    assert f'value="{listing.pk}" selected' in form
    begun = given.drafted(world, newer)
    assert (
        reverse("listing_detail", args=[begun.pk]) in page_of("officer").get(path).content.decode()
    )


def test_the_same_data_is_offered_anew_in_the_old_ones_place(
    world: World, page_of: PageClients
) -> None:
    """Or beside it, as another offer of the same version."""
    listing = given.published(world)
    draft = reverse("listing_draft", args=[listing.revision.version_id])
    detail = reverse("listing_detail", args=[listing.pk])
    assert draft in page_of("officer").get(detail).content.decode()
    assert draft not in page_of("reviewer").get(detail).content.decode()
    form = page_of("officer").get(draft).content.decode()
    assert BESIDE in form
    assert f'value="{listing.pk}"' in form


def test_what_is_held_leads_to_what_holds_it(world: World, page_of: PageClients) -> None:
    """Not to masking it: a person in a column is decided on where the feed says so."""
    dataset = given.published(world).product.dataset
    arrivals.fed(world, dataset)
    head, *rows = NEXT_MONTH.splitlines()
    mobiles = [f"1380387{place:04d},{rows[0].split(',', 1)[1]}" for place in range(40)]
    version = arrivals.arrived(world, dataset, table="\n".join([head, *mobiles]) + "\n")
    # A reviewer lets in what stands in the column, which no mask of before is for.
    arrivals.approved(world, version)
    assert arrivals.arrival_of(version).held == "class-found"
    path = reverse("dataset_path", args=[dataset.pk])
    page = page_of("officer").get(path).content.decode()
    assert "Next: See what is held" in page
    assert reverse("dataset_feed", args=[dataset.pk]) in page
    preparation.confirmed(world, version, document=preparation.policy_document(version))
    page = page_of("officer").get(path).content.decode()
    assert "Next: Mask and measure" in page, "the officer has decided, and goes on by hand"


def test_the_desk_asks_nothing_twice(world: World, page_of: PageClients) -> None:
    """What waits for an officer is told from the paths that the page shows too."""
    given.published(world)
    client = page_of("officer")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("desk")).status_code == 200
    again = [sql for sql, times in Counter(each["sql"] for each in asked).items() if times > 1]
    assert again == []
