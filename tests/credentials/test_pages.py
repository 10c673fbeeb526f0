"""Anybody checks a number, a pasted document or its file, and every altered byte is noticed."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.core.actor import Actor, Door
from marketplace.credentials.selectors import check_document
from marketplace.credentials.services import revoke_credential
from marketplace.credentials.states import StatusReason
from tests.credentials.access import CLAIMS, TRIED, issued
from tests.given.reading import rows_of_table
from tests.given.world import World

FAR = "Looking for a row that stands alone"
PRIVATE = "Guessing a private value of a known person"
WHO_TRIED = "Who tried, and how far they came"
HOLDS, FAILS = "It holds today", "It does not hold"


def test_a_number_is_checked(world: World) -> None:
    """By a link, as on a printed sheet, in any case."""
    issued()
    assert HOLDS in Client().get("/verify/?number=pr-test-0001").content.decode()
    assert FAILS in Client().get("/verify/?number=PR-TEST-0002").content.decode()


def test_a_document_is_checked_as_text_and_as_file(world: World) -> None:
    """As it was downloaded."""
    credential = issued()
    data = Client().get(f"/credentials/{credential.pk}.json").content
    pasted = Client().post("/verify/", {"document": data.decode()})
    assert HOLDS in pasted.content.decode()
    file = SimpleUploadedFile("certificate.json", data, "application/json")
    assert HOLDS in Client().post("/verify/", {"file": file}).content.decode()


def test_a_revoked_one_does_not_hold(world: World) -> None:
    """Although its signature does."""
    credential = issued()
    data = Client().get(f"/credentials/{credential.pk}.json").content.decode()
    revoke_credential(credential.pk, reason=next(iter(StatusReason)), by=Actor.system(Door.COMMAND))
    answer = Client().post("/verify/", {"document": data}).content.decode()
    assert FAILS in answer
    assert "revoked" in answer


def test_every_altered_letter_is_noticed(world: World) -> None:
    """Each character of the signed document, one by one."""
    text = Client().get(f"/credentials/{issued().pk}.json").content.decode()
    for position, letter in enumerate(text):
        altered = text[:position] + ("x" if letter != "x" else "y") + text[position + 1 :]
        try:
            document = json.loads(altered)
        except ValueError:
            continue
        if document != json.loads(text):
            assert not check_document(document).valid, altered


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"number": "PR-1", "document": "{}"},
        {"document": "not json"},
        {"document": "[1]"},
        {"document": '{"number": 1}'},
        {"document": '{"number": "A", "number": "B"}'},
        {"document": '{"number": "PR-TEST-0001", "proof": {"public_key": "zz"}}'},
        {"document": "[" * 5000},
        {"number": "\x00"},
        {"number": "x" * 41},
    ],
)
def test_nonsense_is_told_in_a_sentence(world: World, sent: dict[str, str]) -> None:
    """Never a 500, never a pass."""
    issued()
    answer = Client().post("/verify/", sent)
    assert answer.status_code in (200, 422)
    assert HOLDS not in answer.content.decode()


@pytest.mark.parametrize("route", ["credential_detail", "credential_sheet"])
def test_attackers_are_rows_of_a_table(world: World, route: str) -> None:
    """Those that came too far first; a dash where nothing was measured; the rest as before."""
    credential = issued(claims={**CLAIMS, "attackers": TRIED})
    page = Client().get(reverse(route, args=[credential.pk])).content.decode()
    rows = rows_of_table(page, WHO_TRIED)
    assert [(row[0], *row[2:]) for row in rows] == [
        (FAR, "90 %", "30 %", "85.7 % (up to 87.1 %)", "came too far"),
        ("Looking for a person whose details are known", "—", "—", "—", "not measured"),
        ("Looking at the order of the rows", "31.2 %", "30 %", "1.7 % (up to 4 %)", "withstood"),
        (PRIVATE, "31.2 %", "30 %", "1.7 % (up to 4 %)", "withstood"),
        ("Asking whether a person is in the data at all", "—", "—", "—", "nothing to try"),
        ("Joining it with earlier releases of the same people", "—", "—", "—", "nothing to try"),
    ]
    knew = [row[1] for row in rows]
    assert knew[0] == "any few of the released columns of a person"
    assert knew[-1] == "No earlier release of these people is known."
    assert "<dd>Right to hold, Right to use</dd>" in page
    assert "<dd>Invented table</dd>" in page


def test_credentials_that_state_no_outcome_are_read_by_what_they_state(world: World) -> None:
    """Those that were signed before; and what no table knows is shown as it was signed."""
    known = ("name", "rate", "control", "excess", "high", "passed")
    older = [{name: one[name] for name in known} for one in TRIED]
    older[0]["name"] = "an attacker of later times"
    credential = issued(claims={"attackers": [*older, {**older[0], "outcome": "unheard of"}]})
    page = Client().get(reverse("credential_detail", args=[credential.pk])).content.decode()
    rows = rows_of_table(page, WHO_TRIED)
    assert [row[-1] for row in rows] == ["not withstood"] * 2 + ["withstood"] * 5
    assert [row[0] for row in rows].count("an attacker of later times") == 2
