"""A misspelt setting is told: its default would hold in silence."""

from __future__ import annotations

import re

import pytest

from marketplace.web.checks import check_environment
from tests.given.docs import DOCS


def test_a_setting_that_nothing_reads_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the one that was probably meant."""
    monkeypatch.setenv("CENTRE_SMALEST_CLASS", "10")
    (message,) = check_environment(None)
    assert "CENTRE_SMALEST_CLASS" in message.msg
    assert message.hint == "Did you mean CENTRE_SMALLEST_CLASS?"


def test_every_documented_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that none of them is told."""
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    names = re.findall(r"^\| `(CENTRE_[A-Z_]+)`", page, re.MULTILINE)
    assert len(names) > 25
    for name in names:
        monkeypatch.setenv(name, "1")
    assert check_environment(None) == []
