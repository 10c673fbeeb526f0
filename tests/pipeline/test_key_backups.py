"""Keys kept in a file and taken back, and everything that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as centre
from django.core.management import CommandError, call_command
from pytest_django import Settings

from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.credentials.models import SigningKey as CredentialKey
from marketplace.credentials.selectors import check_document, document_of
from marketplace.credentials.services import current_key, rotate_signing_key
from marketplace.ledger.models import Entry
from marketplace.ledger.models import SigningKey as LedgerKey
from marketplace.ledger.services.keys import opened, rotate_log_key
from marketplace.ledger.services.sealing import seal_all
from marketplace.pipeline.services import backup_keys, restore_keys
from tests.credentials.access import issued
from tests.given.by_owner import removed
from tests.given.world import World
from tests.pipeline.test_rewrapping import ANOTHER

SYSTEM = Actor.system(Door.COMMAND)
PASSPHRASE = "a horse that is correct"


@pytest.fixture
def backup(world: World) -> bytes:
    """Return the backup of a centre that has sealed nothing, whose keys were taken away then."""
    current_key(by=SYSTEM)
    rotate_signing_key(by=SYSTEM)
    rotate_log_key(by=SYSTEM)
    rotate_log_key(by=SYSTEM)
    data = backup_keys(passphrase=PASSPHRASE, by=SYSTEM)
    removed(CredentialKey)
    LedgerKey.objects.all().delete()
    return data


def test_keys_come_back_under_another_key_encryption_key(
    backup: bytes, settings: Settings, world: World
) -> None:
    """All of them, and each signs as before; those of the ledger are retired. Twice is once."""
    settings.KEY_ENCRYPTION_KEY = ANOTHER
    assert restore_keys(backup, passphrase=PASSPHRASE, by=SYSTEM) == {"credentials": 2, "ledger": 2}
    assert restore_keys(backup, passphrase=PASSPHRASE, by=SYSTEM) == {"credentials": 0, "ledger": 0}
    assert CredentialKey.objects.get(retired_at=None) == current_key(by=SYSTEM)
    assert not LedgerKey.objects.filter(retired_at=None).exists()
    for key in LedgerKey.objects.all():
        assert opened(key).public_key().public_bytes_raw().hex() == key.public_key
    found = issued()
    assert check_document(document_of(found)).credential == found
    seal_all()
    assert LedgerKey.objects.count() == 3
    kinds = list(Entry.objects.filter(kind__startswith="pipeline.keys").values_list("kind"))
    assert kinds == [("pipeline.keys_backed_up",), ("pipeline.keys_restored",)]


def test_a_centre_that_has_keys_refuses(backup: bytes) -> None:
    """Others than those of the file."""
    current_key(by=SYSTEM)
    with pytest.raises(WrongState, match="keys of its own"):
        restore_keys(backup, passphrase=PASSPHRASE, by=SYSTEM)
    assert CredentialKey.objects.count() == 1


def test_another_passphrase_or_centre_is_refused(backup: bytes, settings: Settings) -> None:
    """With a sentence that says which; and nothing is restored."""
    with pytest.raises(Invalid, match="passphrase does not open"):
        restore_keys(backup, passphrase=f"{PASSPHRASE}!", by=SYSTEM)
    settings.CENTRE_DOMAIN = "other.example"
    with pytest.raises(Invalid, match="another centre"):
        restore_keys(backup, passphrase=PASSPHRASE, by=SYSTEM)
    with pytest.raises(Invalid, match="at least 12"):
        backup_keys(passphrase="short", by=SYSTEM)
    assert not CredentialKey.objects.exists()


def test_any_damaged_byte_is_refused(backup: bytes) -> None:
    """Changed, cut off or added."""
    for place in range(len(backup)):
        damaged = bytearray(backup)
        damaged[place] ^= 1
        with pytest.raises(Invalid, match="damaged"):
            restore_keys(bytes(damaged), passphrase=PASSPHRASE, by=SYSTEM)
    for damaged_end in (backup[:-1], backup + b"\n", b"", b"{}"):
        with pytest.raises(Invalid, match="damaged"):
            restore_keys(damaged_end, passphrase=PASSPHRASE, by=SYSTEM)


def test_the_file_tells_no_key(backup: bytes, world: World) -> None:
    """And only the centre's own software makes or reads one."""
    assert centre.KEY_ENCRYPTION_KEY.encode() not in backup
    for act in (backup_keys, lambda **given: restore_keys(backup, **given)):
        with pytest.raises(NotAllowed):
            act(passphrase=PASSPHRASE, by=world.actor("administrator"))


def test_commands(
    backup: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Written for the owner's eyes alone, never over another file, and read again."""
    monkeypatch.setenv("KEYS_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "keys"
    restore_keys(backup, passphrase=PASSPHRASE, by=SYSTEM)
    call_command("backup_keys", str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup_keys", str(path))
    capsys.readouterr()
    call_command("restore_keys", str(path), "--show-key")
    assert capsys.readouterr().out.strip() == centre.KEY_ENCRYPTION_KEY
    call_command("restore_keys", str(path))
    assert "ledger: 0 keys restored" in capsys.readouterr().out
    monkeypatch.setenv("KEYS_PASSPHRASE", "another passphrase")
    with pytest.raises(CommandError, match="does not open"):
        call_command("restore_keys", str(path))
    with pytest.raises(CommandError, match="No such file"):
        call_command("restore_keys", str(tmp_path / "none"))
