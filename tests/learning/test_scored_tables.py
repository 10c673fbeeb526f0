"""A buyer's program has a table scored: as single rows are, counted once, or refused whole."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.models import Use
from marketplace.delivery.use.selectors import metered, rows_left
from marketplace.delivery.use.services import IssuedKey
from marketplace.learning.model import tables
from marketplace.learning.model.models import Scoring
from tests.conftest import ApiClients, PageClients
from tests.given import delivery
from tests.given import learning as given
from tests.given.learning import ROW
from tests.given.world import World
from tests.learning.test_offering import own_right
from tests.learning.test_sold_scoring import MODE, asked

QUOTA = 9
HEADER = ",".join(ROW)
FIRST = ",".join(str(value) for value in ROW.values())
EMPTY = "," * (len(ROW) - 1)
TABLE = f"{HEADER}\n{FIRST}\n{EMPTY}\n{FIRST}\n".encode()


@pytest.fixture
def grant(world: World) -> Grant:
    """Return a model's scoring that was bought, nine rows of it."""
    return given.sold(world, MODE, quota=QUOTA)


def sent(issued: IssuedKey, table: bytes = TABLE, *, key: str = "", form: str = "text/csv") -> Any:
    """Ask as a program does."""
    return APIClient().post(
        reverse("api_score_table_with_grant", args=[issued.key.grant_id]),
        table,
        headers={
            "Authorization": f"Bearer {issued.secret}",
            "Idempotency-Key": f'"{key or uuid4()}"',
            "Accept": "text/csv",
        },
        content_type=form,
    )


def test_a_table_says_what_single_rows_say_and_counts_once(grant: Grant, world: World) -> None:
    issued = delivery.keyed(world, grant=grant)
    answer = sent(issued, key="first")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    said = pl.read_csv(io.BytesIO(answer.content)).to_dicts()
    assert rows_left(grant) == QUOTA - 3
    one_by_one = asked(issued, ROW, dict.fromkeys(ROW), ROW).json()["scores"]
    for row, alone in zip(said, one_by_one, strict=True):
        assert row.pop("label") == alone["label"]
        assert row == {
            f"p({name})": pytest.approx(p, abs=1e-12) for name, p in alone["probabilities"].items()
        }
    assert sent(issued, key="first").content == answer.content
    assert sent(issued, TABLE + TABLE, key="first").json()["code"] == "idempotency-key-reused"
    assert (metered(grant).rows, delivery.left_in_parts(grant)) == (6, QUOTA - 6)
    assert list(Use.objects.order_by("created_at").values_list("rows", flat=True)) == [3, 3]
    assert sum(Scoring.objects.values_list("rows", flat=True)) == 6
    more = sent(issued, TABLE + f"{FIRST}\n".encode())
    assert (more.status_code, more.json()["code"]) == (409, "quota-used")
    assert metered(grant).rows == 6
    own_right(grant)
    # What was said before is not said again once the right is frozen.
    assert sent(issued, key="first").status_code == 409


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (b"", "invalid"),
        (HEADER.encode(), "bad-table"),
        (f"{HEADER}\n{FIRST},1\n".encode(), "bad-table"),
        (f"{HEADER}\n".encode() + b"1,2,\xff\xfe\n", "bad-table"),
        (f"{HEADER},name\n{FIRST},Li\n".encode(), "bad-header"),
        (HEADER.rsplit(",", 1)[0].encode() + b"\n1,2\n", "bad-header"),
        (TABLE.replace(b",", b";"), "bad-header"),
        (f"{HEADER},{HEADER}\n{FIRST},{FIRST}\n".encode(), "bad-header"),
        (f"{HEADER}\n{FIRST}\nhigh{EMPTY}\n".encode(), "bad-row"),
        (f"{HEADER}\ninf{EMPTY}\n".encode(), "bad-row"),
        (f"{HEADER}\nNaN{EMPTY}\n".encode(), "bad-row"),
        (f"{HEADER}\n{EMPTY}{'x' * 10_001}\n".encode(), "bad-row"),
        (TABLE + f"{FIRST}\n".encode(), "too-many-rows"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_whole(
    table: bytes, code: str, grant: Grant, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_TABLE_ROWS", 3)
    refused = sent(delivery.keyed(world, grant=grant), table)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert not Use.objects.exists()


def test_a_table_comes_as_csv_alone_and_within_bounds(
    grant: Grant, world: World, settings: Any, api_of: ApiClients
) -> None:
    issued = delivery.keyed(world, grant=grant)
    assert sent(issued, form="application/json").status_code == 415
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(TABLE) - 1
    assert sent(issued).status_code == 400
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(TABLE)
    assert sent(issued).status_code == 200
    assert sent(issued, b"\xef\xbb\xbf" + TABLE).status_code == 400
    address = reverse("api_score_table_with_grant", args=[grant.pk])
    for who, status in (("buyer", 200), ("officer", 403)):
        answer = api_of(who).post(address, TABLE, content_type="text/csv")
        assert answer.status_code == status, answer.content


def test_a_buyer_has_a_file_scored_in_the_browser(grant: Grant, page_of: PageClients) -> None:
    address = reverse("grant_score_table", args=[grant.pk])
    marked = b"\xef\xbb\xbf" + TABLE
    answer = page_of("buyer").post(address, {"upload": SimpleUploadedFile("rows.csv", marked)})
    assert answer["Content-Disposition"] == 'attachment; filename="scores.csv"'
    assert len(answer.content.decode().splitlines()) == 4
    assert rows_left(grant) == QUOTA - 3
    for wrong, sentence in (
        ({}, "required"),
        ({"upload": SimpleUploadedFile("rows.csv", b"a,b\n1,2\n")}, "look at “a”"),
    ):
        page = page_of("buyer").post(address, wrong)
        assert page.status_code == 422
        assert sentence in page.content.decode()
