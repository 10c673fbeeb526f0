"""The scopes of tokens, and the guide that names them."""

from __future__ import annotations

import re

from marketplace.core import Scope
from tests.architecture.test_docs import ROOT


def test_the_quickstart_names_every_scope() -> None:
    """In the order in which a form offers them, and no other."""
    text = (ROOT / "docs" / "how-to" / "api-quickstart.md").read_text(encoding="utf-8")
    table = text.partition("| scope |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(Scope.values)
