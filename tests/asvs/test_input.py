"""What is taken of what is sent, and how long it may take to decide on it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from desensitize.errors import TableError
from desensitize.tables import Limits
from desensitize.tables.workbook_parts import check_parts
from marketplace.accounts.organization.services import apply_organization
from marketplace.web.bounded import serializers
from marketplace.web.taking import serializer_of
from tests.asvs.test_written import schemas
from tests.given.workbooks import sheet, workbook
from valuation.quality.formulas import pattern_of


def test_patterns_of_others_are_decided_quickly() -> None:
    """Those that take longer the more somebody sends are no patterns."""
    for pattern in ("(a+)+$", "(?:a|a)*b", "[a-z]*[a-z]*[a-z]*[a-z]*x", "(.*)\\1", "a{1,999}" * 5):
        assert pattern_of(pattern) is None, pattern
    decided = pattern_of("[a-z]*[a-z]*")
    assert decided is not None
    began = time.process_time()
    assert not decided("a" * 100_000 + "!")
    assert time.process_time() - began < 1


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_workbook_declares_nothing(coding: str, tmp_path: Path) -> None:
    """No entity is resolved: what declares one is refused before a parser sees it."""
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    rows = sheet(("id", "name"), ("007", "x"))
    (tmp_path / "upload").write_bytes(workbook(rows, parts={"xl/a.xml": declared.encode(coding)}))
    with pytest.raises(TableError) as refusal:
        check_parts(tmp_path / "upload", Limits())
    assert refusal.value.code == "unsafe-workbook"


UNBOUNDED = {"password", "email"}
"""A password may be as long as a request, and an address has the length of its kind."""


def test_openapi_says_what_the_api_takes() -> None:
    """A text has an end, but a password; and the end that is written is the one that holds."""
    fields = schemas()["ApplyOrganizationInRequest"]["properties"]
    for name, field in serializer_of(apply_organization)().fields.items():
        if isinstance(field, serializers.CharField):
            assert fields[name].get("maxLength") == field.max_length, name
            assert field.max_length is not None or name in UNBOUNDED, name
