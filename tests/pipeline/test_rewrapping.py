"""The key-encryption key is replaced, and everything that it wrapped still opens."""

from __future__ import annotations

import base64

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import BinaryField
from pytest_django import Settings

from marketplace.core.errors import NotAllowed
from marketplace.credentials.selectors import check_document, document_of
from marketplace.ledger.models import Entry
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.services.verification import verify_ledger
from marketplace.pipeline.services import WRAPPED, rewrap_keys
from marketplace.vault.models import StoredFile
from marketplace.vault.services import open_stored
from tests.credentials.access import issued
from tests.given.preparation import masked_version
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World

ANOTHER = base64.b64encode(bytes(range(1, 33))).decode()


def replaced(settings: Settings) -> None:
    """Put another key-encryption key into the settings, beside the one before."""
    settings.KEY_ENCRYPTION_KEY_BEFORE = settings.KEY_ENCRYPTION_KEY
    settings.KEY_ENCRYPTION_KEY = ANOTHER


def test_every_wrapped_column_is_known() -> None:
    """A new one without a line here would be lost with the old key."""
    columns = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, BinaryField) and field.name.startswith("wrapped")
    }
    assert columns == {(each.model._meta.label, each.column) for each in WRAPPED}


def test_all_opens_under_the_new_key_alone(world: World, settings: Settings) -> None:
    """Files, pseudonyms, signatures and the ledger; entries from before are sealed still."""
    version = masked_version(world)
    old = issued()
    seal_all()
    waiting = issued("PR-TEST-0002")
    replaced(settings)
    call_command("rewrap_keys")
    assert seal_all(), "what the key from before has authenticated"
    settings.KEY_ENCRYPTION_KEY_BEFORE = ""
    with open_stored(version.file) as opened:
        assert opened.read(), "the file opens"
    for credential in (old, waiting, issued("PR-TEST-0003")):
        assert check_document(document_of(credential)).valid
    seal_all()
    assert verify_ledger().faults == ()
    fact = Entry.objects.get(kind="pipeline.keys_rewrapped")
    assert fact.payload["count"] >= StoredFile.objects.exclude(wrapped_key=b"").count() + 2


def test_a_trial_keeps_nothing(
    world: World, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says that every key opens."""
    issued()
    replaced(settings)
    before = kept_rows()
    call_command("rewrap_keys", "--dry-run")
    assert "Nothing was changed" in capsys.readouterr().out
    assert changed_tables(before) == []


def test_one_key_that_does_not_open_stops_all(world: World, settings: Settings) -> None:
    """Nothing is half done."""
    masked_version(world)
    issued()
    settings.KEY_ENCRYPTION_KEY = ANOTHER
    before = kept_rows()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("rewrap_keys")
    assert changed_tables(before) == []
    with pytest.raises(NotAllowed):
        rewrap_keys(by=world.actor("administrator"))


def test_the_key_before_has_the_form_of_a_key(world: World, settings: Settings) -> None:
    """Less than 256 bits open nothing."""
    settings.KEY_ENCRYPTION_KEY_BEFORE = "short"
    with pytest.raises(ImproperlyConfigured, match="KEY_ENCRYPTION_KEY_BEFORE must be 32 bytes"):
        issued()
