"""What is told of an entry to whom, and the check of the whole ledger by an auditor."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from marketplace.accounts.roles import Role
from marketplace.core.errors import NotFound
from marketplace.ledger import policies
from marketplace.ledger.models import Entry, Head
from marketplace.ledger.services.sealing import seal_all, seal_pending
from marketplace.ledger.services.verification import check_part, verify_ledger
from tests.conftest import ApiClients, PageClients
from tests.given.docs import programs_of
from tests.given.world import World
from tests.ledger.test_sealing import superuser


@pytest.fixture
def invitation(world: World) -> Entry:
    """Return the sealed entry of an invitation into the bureau, which is the bureau's own."""
    seal_all()
    return Entry.objects.filter(
        kind="accounts.person_invited", organization_id=world.organization("officer").pk
    ).latest("id")


@pytest.mark.parametrize(
    ("person", "reads"),
    [("", False), ("stranger", False), ("buyer", False)]
    + [(person, True) for person in ("officer", "colleague", "reviewer", "auditor")],
)
def test_the_line_is_told_to_whom_it_concerns(
    invitation: Entry, api_of: ApiClients, page_of: PageClients, person: str, reads: bool
) -> None:
    """And comes to the leaf hash; everybody else has the proof alone."""
    found = api_of(person).get(f"/api/v1/ledger/entries/{invitation.reference}/").json()
    page = page_of(person).get(f"/ledger/entries/{invitation.reference}/").content.decode()
    assert found["proof"]["leaf_hash"] == found["entry"]["leaf_hash"]
    assert found["head"]["signature"]
    assert (invitation.subject in page) is ('id="leaf"' in page) is reads
    if reads:
        line = found["line"].encode()
        assert json.loads(line)["subject"] == invitation.subject
        commitment = hashlib.sha256(bytes.fromhex(found["salt"]) + line).hexdigest()
        assert found["commitment"] == commitment
        leaf = b'{"commitment":"%b","version":2}' % commitment.encode()
        assert hashlib.sha256(b"\0" + leaf).hexdigest() == found["entry"]["leaf_hash"]
    else:
        assert (found["line"], found["salt"]) == (None, None)
    assert invitation.digest not in json.dumps(found)


def test_who_is_named_reads_too(world: World, api_of: ApiClients) -> None:
    """The centre let the company in; the company reads that, its rival does not."""
    named = f"organization:{world.organization('buyer').pk}"
    entry = Entry.objects.get(kind="accounts.organization_verified", subject=named)
    assert entry.organization_id != world.organization("buyer").pk
    path = f"/api/v1/ledger/entries/{entry.reference}/"
    assert named in api_of("buyer").get(path).json()["line"]
    assert api_of("stranger").get(path).json()["line"] is None


def test_a_tampered_entry_says_so(invitation: Entry, page_of: PageClients) -> None:
    """On its own page, to an auditor."""
    path = f"/ledger/entries/{invitation.reference}/"
    assert "the row was altered" not in page_of("auditor").get(path).content.decode()
    superuser("UPDATE ledger_entry SET subject = 'thing:9' WHERE id = %s", invitation.pk)
    assert "the row was altered" in page_of("auditor").get(path).content.decode()


def test_an_auditor_has_the_whole_ledger_checked(
    invitation: Entry, page_of: PageClients, api_of: ApiClients
) -> None:
    """Page and API name the row that somebody altered."""
    whole = api_of("auditor").get("/api/v1/ledger/check/0/").json()
    head = Head.objects.latest("tree_size")
    assert (whole["faults"], whole["next"]) == ([], None)
    assert (whole["last"], whole["root_hash"]) == (head.tree_size, head.root_hash)
    assert "Everything that was sealed" in page_of("auditor").get("/ledger/check/").content.decode()
    superuser("UPDATE ledger_entry SET door = 'task' WHERE id = %s", invitation.pk)
    named = f"Entry {invitation.pk} (leaf"
    (fault,) = api_of("auditor").get("/api/v1/ledger/check/0/").json()["faults"]
    assert fault.startswith(named)
    page = page_of("auditor").get("/ledger/check/?after=0").content.decode()
    assert named in page
    assert "Everything that was sealed" not in page


def test_it_is_checked_part_by_part(world: World) -> None:
    """Each part from a signed head to a later one; an altered row is named in its part alone."""
    while seal_pending(limit=3):
        pass
    count = Entry.objects.count()
    altered = Entry.objects.get(seal__leaf_index=8)
    superuser("UPDATE ledger_entry SET door = 'task' WHERE id = %s", altered.pk)
    parts = [check_part(leaves=4)]
    while parts[-1].next is not None:
        parts.append(check_part(parts[-1].next, leaves=4))
    assert [part.first for part in parts] == [0, *(part.last for part in parts[:-1])]
    assert (parts[0].last, parts[-1].last) == (6, count)
    assert sum(part.heads for part in parts) == Head.objects.count()
    assert [len(part.faults) for part in parts] == [0, 1] + [0] * (len(parts) - 2)
    assert sum(verify_ledger().faults == part.faults for part in parts) == 1
    with pytest.raises(NotFound):
        check_part(1)


def test_a_head_that_misleads_the_sealer_is_named(world: World) -> None:
    """What the sealer would go on from is altered; the next part is checked none the less."""
    while seal_pending(limit=3):
        pass
    superuser("UPDATE ledger_head SET frontier = '[]' WHERE tree_size = %s", 6)
    assert check_part(leaves=4).faults == ("Tree head 6 does not match the sealed entries.",)
    assert check_part(6).faults == ()


def test_the_roles_are_those_of_accounts() -> None:
    """The ledger stands below accounts, so it names them by their words."""
    assert set(policies.STAFF) | set(policies.WATCHERS) <= set(Role.values)


def program(found: dict[str, Any], key: str) -> subprocess.CompletedProcess[str]:
    """Run the program of the page on an answer of the API."""
    (text,) = programs_of("how-to/check-a-ledger-entry.md")
    return subprocess.run(
        [sys.executable, "-c", text, key],
        input=json.dumps(found),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_documented_program_checks_an_entry(invitation: Entry, api_of: ApiClients) -> None:
    """Without the centre; and finds what was altered on the way."""
    found = api_of("officer").get(f"/api/v1/ledger/entries/{invitation.reference}/").json()
    key = Head.objects.latest("tree_size").key.public_key
    ran = program(found, key)
    assert ran.returncode == 0, ran.stderr
    first, second = ran.stdout.splitlines()
    assert first.startswith(f"The line says: {invitation.kind} of {invitation.subject} at ")
    assert second.startswith(f"Leaf {found['proof']['leaf_index']} of ")

    assert program({**found, "line": None, "salt": None}, key).stdout.startswith(
        "The line is not told"
    )
    other = found["line"].replace(invitation.subject, "thing:9")
    assert "was altered" in program({**found, "line": other}, key).stderr
    proof = {**found["proof"], "hashes": found["proof"]["hashes"][1:]}
    assert "does not lead" in program({**found, "proof": proof}, key).stderr
    foreign = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    assert "InvalidSignature" in program(found, foreign).stderr
