"""Raw values are opened with a reason that is recorded, and by no other door."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from marketplace.catalog import urls as catalog_urls
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.preparation import urls
from marketplace.preparation.column.services import set_hierarchy
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.raw_data.services import destroy_raw_data
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.study.services import start_comparison
from marketplace.preparation.version.models import Look
from marketplace.preparation.version.selectors import LASTS
from marketplace.preparation.version.services import open_look
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given.catalog import draft_dataset
from tests.given.intakes import handed_in
from tests.given.world import World
from tests.preparation.doors import policy_form
from tests.preparation.test_profiles import PERSONAL, PERSONS
from tests.preparation.test_studies import done

OF_WHO_SENT_IT = {"intake_detail", "api_get_intake"}
"""The file that waits to be taken, which is on record as theirs."""
READERS = ("open_stored", "decrypt_into", "first_rows", "column_values")
READING = {
    # Workers, whose results are masked rows, figures and profiles without values of persons.
    "marketplace/preparation/recall/asking_anew.py",
    "marketplace/preparation/release/comparing.py",
    "marketplace/preparation/release/composing.py",
    "marketplace/preparation/release/life.py",
    "marketplace/preparation/profile/profiling.py",
    "marketplace/preparation/release/copying.py",
    "marketplace/preparation/study/answering.py",
    "marketplace/preparation/exclusion/excluding.py",
    # Values of a source, behind a look: of relabelled columns, the levels of one, the preview;
    # and how many of them are new.
    "marketplace/preparation/policy/presentation.py",
    "marketplace/preparation/column/inheritance.py",
    "marketplace/preparation/column/views.py",
    "marketplace/preparation/policy/previews.py",
    "marketplace/preparation/version/values.py",
    # The rows of a file that waits to be taken, for who sent it, a day at most.
    "marketplace/catalog/intake/seeing.py",
    "marketplace/catalog/intake/services.py",
    # Masked versions alone.
    "marketplace/delivery/grant/stored.py",
    "marketplace/delivery/sandbox/services.py",
    "marketplace/delivery/grant/tracing.py",
    "marketplace/preparation/version/selectors.py",
    "marketplace/trading/listings/revision/measured.py",
    "marketplace/trading/listings/sheet/sheet.py",
    # Counts records by their source, for the seller whose they are.
    "marketplace/trading/listings/income_share/reckoning.py",
    "marketplace/trading/listings/product/services.py",
    "marketplace/trading/listings/revision/differing.py",
    "marketplace/delivery/changes/api.py",
    "marketplace/delivery/sharing/services.py",
    # Masked rows for those who label them, and in the files of what they found.
    "marketplace/annotation/project/reading.py",
    # Masked rows for a child that learns of them, and the model that came of it.
    "marketplace/learning/model/execution.py",
    # Masked rows and a buyer's own for a child that counts, and nobody to look at.
    "marketplace/learning/measurement/execution.py",
    "marketplace/learning/model/scoring.py",
    "marketplace/learning/model/services.py",
    # Puts new rows of a database onto those of before; they leave it for the vault alone.
    "marketplace/catalog/drawing/extracting.py",
    # Makes one table of the parts that a program sent, on the table of before; for the vault alone.
    "marketplace/catalog/push/making.py",
    # Counts rows that fail a rule, by their numbers.
    "marketplace/catalog/quality/execution.py",
    # Puts a table beside the one before: names of columns, and rows of another type by number.
    "marketplace/catalog/version/comparing.py",
    # Keeps what was examined of a table as figures and digests.
    "marketplace/catalog/feed/form.py",
    # What is held about a person, found by a worker, for that person alone.
    "marketplace/trading/orders/person_request/finding.py",
    "marketplace/trading/orders/person_request/services.py",
    # Evidence that parties show each other or the centre, which is no data.
    "marketplace/review/services.py",
    "marketplace/rights/registration/views.py",
    "marketplace/rights/hearing/views.py",
    "marketplace/trading/orders/dispute/views.py",
}
"""Every module that opens stored bytes. Whoever adds one says here what it shows to whom."""

BEHIND_A_LOOK = {
    *("hierarchy_edit", "hierarchy_download", "synthetic_ask"),
    *("api_list_hierarchies", "api_get_policy"),
}
"""The addresses that show values of a source, besides the preview, which is sent."""
PEOPLE = ("officer", "auditor")
"""Of those who read, one who decides, and one of the centre's staff, who all see the same."""
ROOT = Path(__file__).parent.parent.parent


def test_whatever_opens_stored_bytes_is_known() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "marketplace").rglob("*.py")
        if "marketplace/vault" not in str(path)
        if any(name in path.read_text(encoding="utf-8") for name in READERS)
    }
    assert found == READING


def things(world: World) -> tuple[DatasetVersion, dict[str, list[UUID]]]:
    """Return a version about persons with levels, a policy, a masked version and a study of both.

    With it, for the beginning of each address, the keys of the things that it is of.
    """
    version = given.classified_version(world, table=PERSONS)
    towns = [["Gulangyu", "south", "*"], ["Xiamen", "south", "*"]]
    set_hierarchy(version.pk, column="town", rows=towns, by=world.actor("officer"))
    levels = {"role": "quasi", "mask": "generalize", "options": {"hierarchy": towns}}
    document = given.policy_document(
        version, nick={"role": "direct", "mask": "drop"}, mobile="pseudonym", town=levels
    )
    made = given.masked(world, version, document=document)
    run = start_comparison(version.pk, masked=[made.pk], by=world.actor("officer"))
    done(run)
    return version, {
        "preparation": [version.pk],
        "preparations": [version.pk],
        "versions": [version.pk, made.pk],
        "datasets": [version.dataset_id],
        "runs": [run.pk],
        "policies": [MaskingPolicy.objects.get(version=version).pk],
        "risk-reports": [RiskReport.objects.get(version=made).pk],
        "looks": [],
        "sources": [],
        "drawings": [],
        "pushes": [],
        "files": [handed_in(world, PERSONS, dataset=draft_dataset(world)).pk],
    }


def addresses(keys: dict[str, list[UUID]]) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of every address of catalog and preparation, for each thing."""
    for part in (urls, catalog_urls):
        for pattern in (*part.urlpatterns, *part.api_patterns):
            names = set(pattern.pattern.converters)
            if names <= {"pk", "position"}:
                of = keys[str(pattern.pattern).partition("/")[0]]
                for key in of if names else of[:1]:
                    values: dict[str, Any] = {"pk": key, "position": 5}
                    yield pattern.name, reverse(pattern.name, kwargs={n: values[n] for n in names})


def shows_a_person(client: Any, path: str) -> bool:
    """Return whether the answer to a GET holds a value of a single person."""
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    return any(one in body.decode(errors="replace") for one in PERSONAL)


def test_no_door_shows_raw_values_without_a_look(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Whoever asks, at every address of the two apps and in the admin; with one, just those."""
    version, keys = things(world)
    paths = list(addresses(keys))
    assert {name for name, _path in paths} >= BEHIND_A_LOOK | {"api_list_findings", "api_get_study"}
    for person in PEOPLE:
        clients = {True: api_of(person), False: page_of(person)}
        showing = {name for name, path in paths if shows_a_person(clients["/api/" in path], path)}
        assert showing == (OF_WHO_SENT_IT if person == "officer" else set()), person
    administrator = page_of("administrator")
    for model, _admin in admin.site._registry.items():
        if model._meta.app_label in ("preparation", "catalog"):
            for path in changes_of(model):
                assert not shows_a_person(administrator, path), path
    given.looking(world, version, column="town")
    officer = {True: api_of("officer"), False: page_of("officer")}
    own = [(name, path) for name, path in paths if str(version.pk) in path]
    showing = {name for name, path in own if shows_a_person(officer["/api/" in path], path)}
    assert showing == BEHIND_A_LOOK
    colleague = {True: api_of("colleague"), False: page_of("colleague")}
    assert not any(shows_a_person(colleague["/api/" in path], path) for _name, path in own)


def changes_of(model: type[Model]) -> list[str]:
    """Return the admin's addresses of a model's rows."""
    route = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    keys = model._default_manager.values_list("pk", flat=True)
    return [reverse(route, args=[key]) for key in keys[:20]]


def test_a_preview_is_one_entry_with_its_reason(
    world: World, page_of: PageClients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whom, of which columns and how many rows, and why; what was written stays out of it."""
    version = given.classified_version(world, table=PERSONS)
    sent = policy_form({"pk": version.pk, "policy": given.policy_document(version)})
    note = "The names of the second sheet look odd."
    told = sent.data | {"preview": "1", "look-reason": "fault", "look-note": note}
    client = page_of("officer")
    for _twice in range(2):
        assert "moonbeam" in client.post(sent.path, told).content.decode()
    entry = Entry.objects.get(kind="preparation.raw_rows_opened")
    assert entry.person_id == world.person("officer").pk
    assert entry.payload == {
        "columns": ["1", "2", "3", "4", "5", "6"],
        "rows": 5,
        "reason": "fault",
        "note_sha256": hashlib.sha256(note.encode()).hexdigest(),
    }
    told["look-reason"] = "masks"
    client.post(sent.path, told)
    assert Look.objects.count() == 1, "while it lasts nothing is asked anew"
    page = reverse("look_list", args=[version.pk])
    listed = page_of("auditor").get(page).content.decode()
    assert note in listed
    assert world.person("officer").name in listed
    assert "The newest" not in listed
    given.looking(world, version)
    monkeypatch.setattr("marketplace.preparation.version.views.MOST_SHOWN", 1)
    assert "The newest 1 are shown." in page_of("auditor").get(page).content.decode()
    with clock.stopped_at(clock.now() + LASTS):
        del told["look-reason"]
        assert "moonbeam" not in client.post(sent.path, told).content.decode()


def test_who_looks_without_a_reason_is_refused(world: World, api_of: ApiClients) -> None:
    """By page, API and act; of the wrong column, a foreign version, and of what is destroyed."""
    version = given.classified_version(world)
    api, path = api_of("officer"), reverse("api_open_look", args=[version.pk])
    for body in ({}, {"reason": ""}, {"reason": "curious"}, {"reason": "other", "note": "  "}):
        assert api.post(path, body, format="json").status_code in (400, 422), body
    officer = world.actor("officer")
    for wrong in (
        {"reason": ""},
        {"reason": "other"},
        {"reason": "masks", "note": "x" * 301},
        {"reason": "levels", "column": "no such"},
    ):
        with pytest.raises(Invalid):
            open_look(version.pk, **wrong, by=officer)
    with pytest.raises(NotAllowed):
        open_look(version.pk, reason="masks", by=world.actor("auditor"))
    with pytest.raises(NotFound):
        open_look(version.pk, reason="masks", by=world.actor("stranger"))
    assert not Look.objects.exists()
    assert not Entry.objects.filter(kind="preparation.raw_rows_opened").exists()
    destroy_raw_data(version.pk, by=officer)
    with pytest.raises(WrongState) as refused:
        open_look(version.pk, reason="masks", by=officer)
    assert refused.value.code == "raw-destroyed"


def test_the_way_through_the_page_of_levels(world: World, page_of: PageClients) -> None:
    """It asks why, leads on to where one wanted to go and nowhere else, and lasts half an hour."""
    version = given.classified_version(world)
    address = reverse("hierarchy_edit", kwargs={"pk": version.pk, "position": 6})
    client = page_of("officer")
    asked = client.get(address)
    assert "Why do you look at raw values?" in asked.content.decode()
    opening, form = reverse("look_open", args=[version.pk]), asked.context["form"]
    sent = {"column": "city", "onward": address, "reason": ""}
    assert client.post(opening, sent).status_code == 422
    assert form["onward"].value() == address
    elsewhere = client.post(opening, sent | {"reason": "levels", "onward": "https://example.org/"})
    assert elsewhere["Location"] == reverse("look_list", args=[version.pk])
    there = client.post(opening, sent | {"reason": "levels"})
    assert there["Location"] == address
    assert "Xiamen" in client.get(address).content.decode()
    look = Look.objects.get()
    assert (look.columns, look.rows, look.is_whole_column) == (["city"], version.rows, True)
    with clock.stopped_at(clock.now() + LASTS + timedelta(seconds=1)):
        assert "Xiamen" not in client.get(address).content.decode()
        refused = client.post(address, {"rows": "a;x\na;x"})
        assert refused.status_code == 409
