"""Sources keep the rules, and their passwords stay where they are kept."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.urls import reverse

from marketplace.catalog.drawing.services import cancel_drawing, start_drawing
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.services import check_source, close_source, register_source
from marketplace.catalog.source.steps import DRAWINGS
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.jobs.services import reclaim_jobs, take_job
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given import sources as given
from tests.given.catalog import draft_dataset
from tests.given.source_servers import executed
from tests.given.world import World


def test_a_password_is_nowhere_but_wrapped(
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "quite-a-secret-phrase"
    source, officer = given.source(world, password=secret), world.actor("officer")
    assert secret.encode() not in bytes(source.wrapped_password)
    check_source(source.pk, by=officer)
    executed(given.queued_drawing(world, of=source))
    seen = [
        page_of("officer").get(reverse("source_detail", args=[source.pk])).content.decode(),
        page_of("officer").get(reverse("source_tables", args=[source.pk])).content.decode(),
        api_of("officer").get(reverse("api_get_source", args=[source.pk])).content.decode(),
        page_of("administrator")
        .get(reverse("admin:catalog_databasesource_change", args=[source.pk]))
        .content.decode(),
        # A form that is sent back empty of it.
        page_of("officer")
        .post(
            reverse("source_register", args=[source.dataset_id]),
            {"password": secret, "host": "127.1"},
        )
        .content.decode(),
        caplog.text,
        *(str(entry.payload) for entry in Entry.objects.all()),
        repr(given.CONNECTION),
    ]
    assert all(seen)
    assert [text for text in seen if secret in text or given.CONNECTION.password in text] == []


def test_a_closed_source_has_no_password(world: World) -> None:
    source, officer = given.source(world), world.actor("officer")
    closed = close_source(source.pk, by=officer)
    assert bytes(closed.wrapped_password) == b""
    with pytest.raises(WrongState, match="Register it again"):
        start_drawing(source.pk, wanted=given.WANTED, by=officer)
    # Its name is free again.
    assert given.source(world, dataset=source.dataset).pk != source.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"host": "127.1"}, "host"),
        ({"host": "/var/run/postgresql"}, "host"),
        ({"port": 22}, "port"),
        ({"kind": "oracle"}, "kind"),
        ({"tls": "prefer"}, "tls"),
        ({"name": " "}, "name"),
        ({"user": ""}, "user"),
        ({"password": ""}, "password"),
        ({"database": "a\x00b"}, "database"),
        ({"authorities": "no certificate"}, "authorities"),
        ({"authorities": "证书"}, "authorities"),
    ],
)
def test_a_connection_keeps_the_rules(world: World, changes: dict[str, Any], field: str) -> None:
    dataset = draft_dataset(world)
    with pytest.raises(Invalid) as refused:
        given.source(world, dataset=dataset, **changes)
    assert list(refused.value.fields) == [field]
    assert not DatabaseSource.objects.exists()


def test_a_name_stands_for_one_source(world: World) -> None:
    source = given.source(world)
    assert given.source(world, dataset=source.dataset) == source
    with pytest.raises(Invalid, match="name"):
        given.source(world, dataset=source.dataset, host="10.9.9.9")
    with pytest.raises(Invalid):
        given.source(world, dataset=source.dataset, password="another phrase")


@pytest.mark.parametrize(
    "changes",
    [
        {"table": ""},
        {"columns": ()},
        {"columns": ("line", "line")},
        {"row_limit": 0},
        {"schema": "s" * 129},
        {"columns": ("a\x00",)},
    ],
)
def test_what_is_wanted_keeps_the_rules(world: World, changes: dict[str, Any]) -> None:
    source = given.source(world)
    with pytest.raises(Invalid):
        given.queued_drawing(world, of=source, **changes)
    assert not Drawing.objects.exists()


def test_who_may_not_use_a_source_is_refused(world: World) -> None:
    dataset = draft_dataset(world)
    for person in ("finance", "reviewer", "administrator"):
        with pytest.raises(NotAllowed):
            register_source(dataset.pk, connection=given.CONNECTION, by=world.actor(person))
    drawing = given.queued_drawing(world)
    with pytest.raises(NotAllowed):
        take_job(drawing.pk, queue=DRAWINGS, by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        reclaim_jobs(queue=DRAWINGS, by=world.actor("administrator"))
    assert cancel_drawing(drawing.pk, by=world.actor("administrator")).state == "cancelled"
