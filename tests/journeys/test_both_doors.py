"""How two doors are compared: `test_doors.py` does it act by act, by `tests.given.both_doors`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import pytest
from django import forms
from rest_framework import serializers

from marketplace.core.arguments import Flag, Several, Text, Whole
from marketplace.web.taking import form_of, serializer_of
from tests.given.both_doors import (
    OF_ACTS,
    OWN_FORM,
    SHAPED,
    Taken,
    differences,
    unlike_when_empty,
)
from tests.given.gathered import CASES

pytestmark = pytest.mark.house
MOST_SHAPED = 18
FIELD = Taken(True, "", 500, None, None, frozenset())


def test_forms_that_ask_in_fields_of_their_own_are_few() -> None:
    """Each has a reason, and the acts that take one unseen are acts with both doors."""
    assert len(SHAPED) <= MOST_SHAPED
    assert all(reason.endswith(".") for _arguments, reason in SHAPED.values())
    assert OF_ACTS.keys() <= {case.act for case in CASES if case.page and case.api}
    assert {*OF_ACTS.values()} <= SHAPED.keys()


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


def _act(
    *,
    reason: Annotated[str, Text(longest=9)],
    hours: Annotated[int, Whole(least=1)] = 24,
    days: Annotated[Sequence[str], Several(choices=[("1", "One")])] = (),
    is_new: Annotated[bool, Flag()] = False,
) -> None:
    """Take something of each sort."""


class _HoursForm(forms.Form):
    hours = forms.IntegerField(initial=24)
    note = forms.CharField(required=False)


class _HoursIn(serializers.Serializer[Any]):
    hours = serializers.IntegerField(default=24)
    note = serializers.CharField(default="", allow_blank=True)


def test_what_is_empty_is_read_alike_where_an_act_declares_what_it_takes() -> None:
    """Not sent, empty and null: the default holds on both doors, or both refuse."""
    sent = {"reason": "New", "hours": 2, "days": ["1"], "is_new": True}
    assert unlike_when_empty(form_of(_act)(), serializer_of(_act), sent, sent) == []


def test_what_is_empty_and_read_otherwise_is_named() -> None:
    """A form that asks for what has a default at the API; a null that is refused there alone."""
    sent = {"hours": 2, "note": "New"}
    named = unlike_when_empty(_HoursForm(), _HoursIn, sent, sent)
    assert sorted(named) == ["hours:empty", "note:empty"]
