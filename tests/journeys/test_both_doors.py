"""The acts whose doors still differ in what they take stand in a list that only gets shorter.

`test_doors.py` compares them, act by act, by `tests.given.both_doors`.
"""

from __future__ import annotations

import pytest

from tests.given.both_doors import LIST, OWN_FORM, Taken, differences, unequal
from tests.given.gathered import CASES

pytestmark = pytest.mark.house
MOST = 50
FIELD = Taken(True, "", 500, None, None, frozenset())


def test_the_list_only_gets_shorter() -> None:
    """Each act of it has both doors and stands there once; a new act is equal from the first."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    with_both = {case.act for case in CASES if case.page and case.api}
    assert [line.split()[0] for line in lines] == sorted(unequal())
    assert unequal().keys() <= with_both
    assert len(lines) <= MOST
    assert all(unequal().values())


def test_what_differs_is_named() -> None:
    """A field of one door alone, and each limit that is another one."""
    other = Taken(False, "10", 1000, None, None, frozenset({"a"}))
    page, api = {"reason": FIELD, "note": FIELD}, {"reason": other, "note": FIELD}
    assert differences(page, page) == []
    assert differences(page | {"one": FIELD}, api) == [
        "one:page",
        "reason:choices",
        "reason:default",
        "reason:longest",
        "reason:required",
    ]
    assert differences(page, page | {"two": FIELD}) == ["two:api"]
    assert differences({"one": FIELD}, api) == [OWN_FORM]


def test_a_page_may_offer_the_rows_that_a_program_names() -> None:
    """Its choices are the rows of that moment; what an operation lists is the same on the page."""
    offered = Taken(True, "", None, None, None, frozenset({"a", "b"}))
    assert offered.differs(FIELD) == []
    assert FIELD.differs(offered) == ["longest", "choices"]
