"""Envelope encryption opens for one purpose under one key, and for nothing else."""

from __future__ import annotations

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from marketplace.core import envelope


def test_what_is_wrapped_opens() -> None:
    """Round trip, and never the same bytes twice."""
    secret = envelope.new_key()
    first = envelope.wrap(secret, purpose="file")
    assert envelope.unwrap(first, purpose="file") == secret
    assert envelope.wrap(secret, purpose="file") != first
    assert secret not in first


def test_another_purpose_does_not_open() -> None:
    """A key for files is none for signatures."""
    wrapped = envelope.wrap(b"secret", purpose="file")
    with pytest.raises(ImproperlyConfigured, match="KEY_ENCRYPTION_KEY"):
        envelope.unwrap(wrapped, purpose="signature")


def test_every_altered_byte_is_noticed() -> None:
    """AES-GCM authenticates the nonce, the body and the tag."""
    wrapped = envelope.wrap(b"secret", purpose="file")
    for position in range(len(wrapped)):
        altered = bytearray(wrapped)
        altered[position] ^= 1
        with pytest.raises(ImproperlyConfigured):
            envelope.unwrap(bytes(altered), purpose="file")


def test_another_key_does_not_open(settings: Settings) -> None:
    """The sentence says which setting is wrong, and shows no key."""
    wrapped = envelope.wrap(b"secret", purpose="file")
    settings.KEY_ENCRYPTION_KEY = base64.b64encode(bytes(32)).decode()
    with pytest.raises(ImproperlyConfigured, match="not the one"):
        envelope.unwrap(wrapped, purpose="file")


@pytest.mark.parametrize("value", ["", "short", base64.b64encode(bytes(16)).decode(), "%%%%"])
def test_a_key_of_the_wrong_form_is_refused(settings: Settings, value: str) -> None:
    """Nothing is encrypted under less than 256 bits."""
    settings.KEY_ENCRYPTION_KEY = value
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        envelope.wrap(b"secret", purpose="file")


def test_derived_keys_differ_by_purpose() -> None:
    """And are the same again."""
    assert envelope.derived_key(purpose="a") == envelope.derived_key(purpose="a")
    assert envelope.derived_key(purpose="a") != envelope.derived_key(purpose="b")
