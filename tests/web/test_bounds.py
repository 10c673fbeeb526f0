"""What strangers send is bounded before anything is computed with it, at every door."""

from __future__ import annotations

import json
from typing import Any

import pytest

from marketplace.core.bounds import OutOfBounds, day_of, decimal_of, read_json, whole_of
from marketplace.web.bounded import forms, serializers
from tests.conftest import ApiClients, PageClients
from tests.given.client import Program
from tests.given.world import World

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    "value",
    [
        "1E999999",
        "1E-999999",
        "0E999999",
        "9" * 5000,
        "0." + "1" * 60,
        pytest.param(10**5000, id="int"),
        "1e18",
    ],
    ids=lambda value: str(value)[:9],
)
def test_number_out_of_bounds_is_refused(value: object) -> None:
    """Before anything is computed with it."""
    with pytest.raises(OutOfBounds):
        decimal_of(value)
    with pytest.raises(ValueError, match=r"."):
        whole_of(value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-inf", "", "x", None, True, [], "1 2"])
def test_what_is_no_number_is_refused(value: object) -> None:
    """Nor is what has no end."""
    with pytest.raises(ValueError, match=r"."):
        decimal_of(value)


def test_whole_numbers_end_where_databases_end() -> None:
    """And are whole."""
    assert whole_of("-" + "9" * 18) == 1 - 10**18
    for value in ("9" * 19, "1.5"):
        with pytest.raises(ValueError, match=r"."):
            whole_of(value)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01"])
def test_days_without_a_term_are_refused(day: str) -> None:
    """Years cannot be added to them, or taken away."""
    with pytest.raises(OutOfBounds):
        day_of(day)


WILD_JSON = [
    pytest.param("[" * 100_000 + "]" * 100_000, id="deep"),
    pytest.param('{"a":' * 40 + "1" + "}" * 40, id="deeper-than-allowed"),
    pytest.param("[" + "1" * 5000 + "]", id="digits"),
    pytest.param("[1e999]", id="infinite"),
    pytest.param("[0." + "1" * 99 + "]", id="places"),
    pytest.param("[NaN]", id="nan"),
    pytest.param('{"a": 1, "a": 2}', id="key-twice"),
    pytest.param('["\\ud800"]', id="half-a-character"),
    pytest.param('{"a\\u0000": 1}', id="null-in-a-key"),
    pytest.param(json.dumps([0] * 100_001), id="count"),
    pytest.param(b"\xff\xfe", id="not-utf-8"),
]


@pytest.mark.parametrize("body", WILD_JSON)
def test_wild_json_is_refused(body: str | bytes) -> None:
    """Whichever door reads it."""
    with pytest.raises(ValueError, match=r"."):
        read_json(body)
    with pytest.raises(ValueError, match=r"."):
        read_json(body, exact=True)


def test_json_reads_as_it_is_written() -> None:
    """Within bounds nothing is changed."""
    assert read_json('{"a": [1, 0.1, "龘", null, true]}') == {"a": [1, 0.1, "龘", None, True]}
    assert str(read_json("[0.10]", exact=True)[0]) == "0.10"


@pytest.mark.django_db
@pytest.mark.parametrize("body", WILD_JSON)
def test_api_answers_wild_json_with_a_problem(body: str | bytes) -> None:
    """400 and a sentence, for whoever comes."""
    answer = Program().post(
        "/api/v1/organizations/apply/", body, content_type="application/json; charset=utf-8"
    )
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["detail"]


def test_api_reads_no_longer_body(settings: Any) -> None:
    """It is refused where the limit is reached, whatever length it says."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Program().post(
        "/api/v1/organizations/apply/", json.dumps(["x" * 1000]), content_type="application/json"
    )
    assert answer.status_code == 400
    assert "1000" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/log/checkpoint/" + "9" * 24,
        "/log/tile/" + "9" * 24 + "/000",
        "/api/v1/ledger/consistency/" + "9" * 24 + "/1/",
        "/api/v1/ledger/check/" + "9" * 24 + "/",
        "/api/v1/recognitions/disclosure/0/",
        "/api/v1/recognitions/disclosure/9999/",
        "/credentials/status/x/revocation/" + "9" * 24,
    ],
)
def test_numbers_of_an_address_are_bounded(address: str) -> None:
    """More digits are no address."""
    assert Program().get(address).status_code == 404


def test_cursors_belong_to_their_question(world: World, api_of: ApiClients) -> None:
    """Forged, of another address, with other filters or of somebody else: 400 and a sentence."""
    world.person("officer"), world.person("buyer")
    client = api_of("administrator")
    entries, people = "/api/v1/ledger/entries/", "/api/v1/people/"
    first = client.get(entries, {"page_size": 1}).json()
    cursor = first["next"].partition("cursor=")[2].partition("&")[0]
    second = client.get(first["next"]).json()
    assert second["results"] != first["results"]
    assert client.get(second["previous"]).json()["results"] == first["results"]
    wrong = [
        (client, entries, "cD0yMDI2"),
        (client, entries, "bz05OTk5OTk5OTk5OTk5OTk5OTk5OTk="),
        (client, entries, "\x00"),
        (client, entries, cursor[:-1]),
        (client, people, cursor),
        (client, f"{entries}?until=2030-01-01", cursor),
        (api_of("buyer"), entries, cursor),
        (api_of(""), entries, cursor),
    ]
    for asking, address, sent in wrong:
        joined = f"{address}{'&' if '?' in address else '?'}cursor={sent}"
        answer = asking.get(joined)
        assert answer.status_code == 400, joined
        assert "cursor" in answer.json()["detail"]


WILD_FIELDS = [
    (forms.IntegerField(), serializers.IntegerField(), ["9" * 10, "9" * 5000, "-" + "9" * 30]),
    (
        forms.DecimalField(),
        serializers.DecimalField(max_digits=None, decimal_places=None),
        ["1e999999", "1e-999999", "9" * 19, "0." + "1" * 21, "9" * 5000],
    ),
    (forms.DateField(), serializers.DateField(), ["0001-01-01", "9999-12-31"]),
]


@pytest.mark.parametrize(("on_form", "in_api", "values"), WILD_FIELDS)
def test_fields_refuse_what_is_out_of_bounds(
    on_form: forms.Field, in_api: serializers.Field[Any, Any, Any, Any], values: list[str]
) -> None:
    """On the form, and in the API."""
    for value in values:
        with pytest.raises(forms.ValidationError):
            on_form.clean(value)
        with pytest.raises(serializers.ValidationError):
            in_api.run_validation(value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ledger/?kind=%00", 422),
        ("/credentials/check/%00/", 422),
        ("/api/v1/listings/?q=%00", 400),
    ],
)
def test_a_null_in_an_address_is_refused(address: str, status: int) -> None:
    """PostgreSQL takes none; the sentence says what to take out."""
    answer = Program().get(address)
    assert answer.status_code == status
    assert b"%00" in answer.content


@pytest.mark.parametrize("asked", ["sort=../../x", "sort=0.1", "per_page=0", "per_page=-1"])
def test_tables_sort_and_page_by_what_they_have(
    asked: str, world: World, page_of: PageClients
) -> None:
    """Anything else changes nothing."""
    page = page_of("administrator")
    assert page.get(f"/organizations/?{asked}").status_code == 200
