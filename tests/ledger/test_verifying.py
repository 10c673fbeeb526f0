"""The verifier against what this centre gives away, over HTTP and by its page."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from marketplace.credentials.models import CredentialKind
from marketplace.credentials.services import issue_credential
from marketplace.ledger import notes
from marketplace.ledger.models import Entry, Head
from marketplace.ledger.selectors import log_origin
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, VERIFIED, Refused, Trust
from tests.conftest import PageClients
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World
from tests.ledger import signed_files as files
from tests.ledger.serving import serving
from tests.ledger.test_sealing import SYSTEM, Happened


def fetched(path: str) -> bytes:
    """Fetch a file of this centre's log."""
    answer = Client().get(f"/log/{path}")
    if answer.status_code != 200:
        raise Refused(f"There is no {path}.")
    return bytes(answer.content)


def grown(count: int) -> bytes:
    """Let the log grow; answer its checkpoint."""
    for number in range(count):
        record(Happened(subject="thing:1", number=number), by=SYSTEM)
    seal_all()
    return fetched("checkpoint")


def key_text() -> str:
    """Return the verifier key of this centre's log."""
    public = bytes.fromhex(Head.objects.latest("tree_size").key.public_key)
    return str(notes.Verifier(log_origin(), public))


def trust() -> Trust:
    """Trust this centre's log."""
    return Trust.parse(json.dumps({"logs": [key_text()]}).encode())


def test_receipt_and_checkpoint_of_the_centre(world: World, page_of: PageClients) -> None:
    """Opened for the officer, closed for a stranger; both hold."""
    note = grown(3)
    assert verify.check_file(note, trust=trust()).code == VERIFIED
    entry = Entry.objects.filter(organization_id=world.organization("officer").pk).latest("id")
    path = f"/ledger/entries/{entry.reference}.tlog-proof"
    opened, closed = page_of("officer").get(path).content, page_of("stranger").get(path).content
    lines = verify.check_file(opened, trust=trust()).lines
    assert any(f'"subject":"{entry.subject}"' in line for line in lines)
    found = verify.check_file(closed, trust=trust())
    assert found.code == VERIFIED
    assert not any(entry.subject in line for line in found.lines)
    assert verify.check_file(opened).code == UNKNOWN


def test_certificate_of_the_centre(world: World) -> None:
    """As it is downloaded."""
    credential = issue_credential(
        kind=CredentialKind.RIGHT,
        subject="certificate:1",
        number="PR-202611-0001",
        claims={"right": "hold"},
        valid_from=date(2026, 1, 1),
        valid_until=date(2999, 1, 1),
        by=SYSTEM,
    )
    data = bytes(Client().get(f"/credentials/{credential.pk}.json").content)
    name = json.loads(data)["issuer"]["id"]
    believed = Trust({name: (bytes.fromhex(credential.key.public_key),)})
    assert verify.check_file(data, trust=believed).code == VERIFIED
    assert verify.check_file(data).code == UNKNOWN
    with pytest.raises(Refused, match="none of the keys"):
        verify.check_file(data, trust=Trust({name: (bytes(32),)}))


def test_the_log_goes_on_from_each_earlier_checkpoint(world: World) -> None:
    """And not from one that was never its own."""
    earlier = [grown(count) for count in (1, 200, 90, 300)]
    for note in earlier:
        found = verify.check_log(fetched, note, trust=trust())
        assert found.code == VERIFIED
        assert "goes on" in found.lines[-1]
    forked = files.checkpoint([files.leaf(n) for n in range(7)], cosigned=False)
    with pytest.raises(Refused, match="another log"):
        verify.check_log(fetched, forked, trust=Trust(logs=(*trust().logs, *files.TRUST.logs)))


def test_the_log_is_asked_over_http(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its address, as any static copy of it could serve it; a rewritten one is refused."""
    since, trusted = tmp_path / "since", tmp_path / "trust.json"
    since.write_bytes(grown(3))
    (tmp_path / "checkpoint").write_bytes(grown(200))
    trusted.write_text(json.dumps({"logs": [key_text()]}))
    size = Head.objects.latest("tree_size").tree_size
    place = f"000.p/{size}" if size < 256 else "000"
    kept = tmp_path / "tile" / "0" / place
    kept.parent.mkdir(parents=True)
    kept.write_bytes(fetched(f"tile/0/{place}"))
    rest = [f"001.p/{size - 256}"] if size > 256 else []
    for other in rest:
        target = tmp_path / "tile" / "0" / other
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(fetched(f"tile/0/{other}"))
    if size >= 256:
        above = tmp_path / "tile" / "1" / "000.p" / "1"
        above.parent.mkdir(parents=True)
        above.write_bytes(fetched("tile/1/000.p/1"))
    with serving(tmp_path) as server:
        asked = ["log", server, "--since", str(since), "--trust", str(trusted)]
        assert verify.main(asked) == VERIFIED, capsys.readouterr().out
        data = bytearray(kept.read_bytes())
        data[40] ^= 1
        kept.write_bytes(data)
        assert verify.main(asked) == REFUSED
        assert "does not go on" in capsys.readouterr().out
        kept.unlink()
        assert verify.main(asked) == REFUSED
    assert verify.main(["log", "ftp://example.org", "--trust", str(trusted)]) == REFUSED


def uploaded(**data: bytes) -> Any:
    """Send files to the page, signed out."""
    return Client().post(
        "/verify/file/", {name: BytesIO(content) for name, content in data.items()}
    )


def test_the_page_runs_the_same_checks(world: World) -> None:
    """And keeps nothing."""
    note, before = grown(1), kept_rows()
    given = json.dumps({"logs": [key_text()]}).encode()
    assert "It holds" in uploaded(document=note, trust=given).content.decode()
    assert "Issuer unknown" in uploaded(document=note).content.decode()
    altered = uploaded(document=note.replace(b"log\n", b"lag\n", 1), trust=given)
    assert "It does not hold" in altered.content.decode()
    assert uploaded().status_code == 422
    assert uploaded(document=b"x" * (verify.LARGEST_DOCUMENT + 1)).status_code == 422
    assert changed_tables(before) == []


def test_the_program_is_given_away() -> None:
    """The very file, with a tag by which it is not fetched twice."""
    answer = Client().get("/verify/verify.py")
    assert answer.content == Path(verify.__file__).read_bytes()
    again = Client().get("/verify/verify.py", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
