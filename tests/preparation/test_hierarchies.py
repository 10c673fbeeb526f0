"""What the values of a column become is decided by an officer, and used by the next policy."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed
from marketplace.ledger.models import Entry
from marketplace.preparation.column.models import ColumnHierarchy
from marketplace.preparation.column.selectors import hierarchy_of
from marketplace.preparation.column.services import (
    MOST_LEVELS,
    MOST_ROWS,
    clear_hierarchy,
    set_hierarchy,
)
from marketplace.preparation.column.views import levels_of
from marketplace.preparation.policy.proposals import policy_to_decide
from marketplace.preparation.version import values
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.towns import CITY, TOWNS

pytestmark = pytest.mark.django_db


def address(version: object, route: str = "hierarchy_edit", position: int = CITY) -> str:
    """Return a page of a column."""
    return reverse(route, kwargs={"pk": version, "position": position})


def test_hierarchy_goes_into_the_next_policy(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    officer = world.actor("officer")
    kept = set_hierarchy(version.pk, column="city", rows=TOWNS, by=officer)
    again = set_hierarchy(version.pk, column="city", rows=[row[:2] for row in TOWNS], by=officer)
    assert (again.pk, again.rows) == (kept.pk, TOWNS), "the level “*” is added where it lacks"
    assert policy_to_decide(version).policy.to_dict()["columns"][5]["options"] == {
        "hierarchy": TOWNS
    }
    masked = given.masked(
        world, version, document=policy_to_decide(version).policy.to_dict() | {"smallest_class": 20}
    )
    assert masked.risk_reports.get().figures["column_losses"].keys() >= {"city"}
    clear_hierarchy(version.pk, column="city", by=officer)
    assert hierarchy_of(version, "city") is None
    assert Entry.objects.filter(kind="preparation.hierarchy_set").count() == 1
    assert "Fuzhou" not in str(Entry.objects.filter(kind__startswith="preparation.").values())


def test_policy_that_brings_a_hierarchy_sets_it(world: World) -> None:
    version = given.classified_version(world)
    document = given.policy_document(version, city={"options": {"hierarchy": TOWNS}})
    given.confirmed(world, version, document=document)
    kept = hierarchy_of(version, "city")
    assert kept is not None
    assert kept.rows == TOWNS


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "cannot be used"),
        ([["a", "x"], ["b"]], "Row 2 of the hierarchy"),
        ([["a", "x"], ["a", "x"]], "occurs in an earlier row"),
        ([["a", "x", "1"], ["b", "x", "2"]], "Levels may only merge"),
        ([["a", "x" * 300]], "at most 200 characters"),
        ([["a"] * (MOST_LEVELS + 1)], "at most 30 levels"),
        ([[str(number)] for number in range(MOST_ROWS + 1)], "at most 20000 rows"),
        ([["a\x00"]], "cannot be kept"),
        ([["a\ud800"]], "cannot be kept"),
    ],
)
def test_what_is_no_hierarchy_is_refused(world: World, rows: list[list[str]], says: str) -> None:
    version = given.classified_version(world)
    with pytest.raises(Invalid) as caught:
        set_hierarchy(version.pk, column="city", rows=rows, by=world.actor("officer"))
    assert says in caught.value.fields["rows"][0]
    assert not ColumnHierarchy.objects.exists()


def test_only_a_person_and_only_for_a_column(world: World) -> None:
    version = given.classified_version(world)
    with pytest.raises(Invalid, match="town"):
        set_hierarchy(version.pk, column="town", rows=TOWNS, by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        set_hierarchy(version.pk, column="city", rows=TOWNS, by=given.SYSTEM)


def test_page_begins_with_the_values_and_shows_levels(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    given.looking(world, version, column="city")
    client = page_of("officer")
    page = client.get(address(version.pk))
    assert page.status_code == 200
    assert [level.labels for level in page.context["levels"]] == [3, 1]
    assert "Xiamen;*" in page.content.decode()
    typed = {"rows": "Fuzhou;north\nXiamen;south", "preview": "1"}
    piece = client.post(address(version.pk), typed, headers={"HX-Request": "true"})
    shown = piece.content.decode()
    assert shown.lstrip().startswith("<section")
    assert "1 value of the column is not named here" in shown
    assert "Quanzhou" in shown
    assert not ColumnHierarchy.objects.exists()
    # The same works as a whole page, without a script.
    assert "as typed, not saved" in client.post(address(version.pk), typed).content.decode()


def test_file_is_taken_and_given_back(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    given.looking(world, version, column="city")
    client = page_of("officer")
    text = "\ufeff" + "".join(";".join(row) + "\r\n" for row in TOWNS)
    upload = SimpleUploadedFile("city.csv", text.encode())
    assert client.post(address(version.pk), {"upload": upload}).status_code == 302
    kept = hierarchy_of(version, "city")
    assert kept is not None
    assert kept.rows == TOWNS
    given_back = client.get(address(version.pk, "hierarchy_download"))
    assert given_back.content.decode() == text.removeprefix("\ufeff")
    assert given_back["Cache-Control"] == "private, no-store"
    wrong = SimpleUploadedFile("city.csv", "福州;北".encode("gb18030"))
    refused = client.post(address(version.pk), {"upload": wrong})
    assert refused.status_code == 422
    assert "not in UTF-8" in refused.content.decode()


def test_fault_stands_at_the_field(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    given.looking(world, version, column="city")
    answer = page_of("officer").post(address(version.pk), {"rows": "a;x\na;x"})
    assert answer.status_code == 422
    assert "rows" in answer.context["form"].errors
    assert page_of("officer").get(address(version.pk, position=99)).status_code == 404


def test_levels_count_their_labels() -> None:
    levels = levels_of(TOWNS)
    assert [(level.number, level.labels) for level in levels] == [(0, 3), (1, 2), (2, 1)]
    assert levels[1].examples == ("north", "south")


def test_a_column_with_too_many_values_leads_back_to_the_policy(
    world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link is never answered by a refusal: the policy's page says what to do instead."""
    version = given.classified_version(world)
    given.looking(world, version, column="city")
    monkeypatch.setattr(values, "MOST_VALUES", 2)
    client = page_of("officer")
    policy = reverse("policy_confirm", args=[version.pk])
    for route in ("hierarchy_edit", "hierarchy_download"):
        answer = client.get(address(version.pk, route), follow=True)
        assert answer.redirect_chain == [(policy, 302)]
        assert answer.status_code == 200
        assert "too many for a hierarchy" in answer.content.decode()
    rows = "\n".join(";".join(row) for row in TOWNS)
    assert client.post(address(version.pk), {"rows": rows}).status_code == 422
    assert hierarchy_of(version, "city") is None
