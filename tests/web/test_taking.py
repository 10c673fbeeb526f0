"""Forms and serializers of what an act takes give it the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.datastructures import MultiValueDict

from marketplace.core import Invalid, clock
from marketplace.core.arguments import (
    Choice,
    Day,
    Email,
    Flag,
    Group,
    Key,
    Keys,
    Moment,
    Names,
    Number,
    Several,
    Text,
    Whole,
    reason_of,
    refused,
)
from marketplace.trading.orders.order.models import Order
from marketplace.web.taking import form_of, group_of, serializer_of

WHY = reason_of(Order)


@dataclass(frozen=True)
class How:
    """A group of an invented act."""

    names: Annotated[tuple[str, ...], Names(label="Names")] = ()
    often: Annotated[int, Whole(label="How often", least=0, most=9)] = field(
        default_factory=lambda: int(settings.CENTRE["ACCEPTANCE_WORKING_DAYS"])
    )


USUAL = How()


def invent(
    key: UUID,
    *,
    colour: Annotated[str, Choice(label="Colour", choices=[("red", "Red"), ("blue", "Blue")])],
    share: Annotated[Decimal, Number(label="Share", digits=3, places=2, least=Decimal(0))],
    note: Annotated[str, Text(label="Note", longest=5, lines=2)] = "",
    since: Annotated[date | None, Day(label="Since", least=clock.today)] = None,
    other_id: Annotated[UUID | None, Key(label="Other")] = None,
    how: Annotated[How, Group(of=How, name="HowIn", about="How.")] = How(
        (), int(settings.CENTRE["ACCEPTANCE_WORKING_DAYS"])
    ),
    by: object,
) -> None:
    """Stand in for an act: its signature is what is read."""


POINTS = [("read", "Read"), ("lawful", "Lawful")]
SECRET = Text(label="Secret", longest=9, is_secret=True)


def invite(
    *,
    email: Annotated[str, Email(label="E-mail")],
    points: Annotated[tuple[str, ...], Several(label="Points", choices=lambda: POINTS)],
    more: Annotated[tuple[str, ...], Several(label="More", choices=POINTS)] = (),
    is_sure: Annotated[bool, Flag(label="Sure")] = False,
    until: Annotated[datetime | None, Moment(label="Until")] = None,
    rows: Annotated[tuple[UUID, ...], Keys(label="Rows")] = (),
    words: Annotated[tuple[str, ...], Names(label="Words", lines=3, most=2, longest=4)] = (),
    secret: Annotated[str, SECRET] = "",
    by: object,
) -> None:
    """Stand in for another act."""


GOOD: dict[str, Any] = {"colour": "red", "share": "0.25"}
INVITED: dict[str, Any] = {"email": "a@example.org", "points": ["lawful", "read"]}


def by_page(sent: dict[str, Any], act: Any = invent) -> dict[str, Any] | set[str]:
    """Return what a form makes of it, or which fields it refuses."""
    posted: MultiValueDict[str, Any] = MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
    )
    form = form_of(act)(posted)
    return form.taken() if form.is_valid() else set(form.errors)


def by_api(sent: dict[str, Any], act: Any = invent) -> dict[str, Any] | set[str]:
    """Return what the serializer makes of it, or which fields it refuses."""
    taken = serializer_of(act)(data=sent)
    return dict(taken.validated_data) if taken.is_valid() else set(taken.errors)


def test_what_is_absent_is_the_default_at_both() -> None:
    """So is what is empty, and to a program what is null."""
    usual = {
        "colour": "red",
        "share": Decimal("0.25"),
        "note": "",
        "since": None,
        "other_id": None,
        "how": How(),
    }
    assert by_page(GOOD) == by_api(GOOD) == usual
    empty = {"note": "", "since": "", "other_id": ""}
    assert by_page(GOOD | empty | {"often": "", "names": ""}) == usual
    assert by_api(GOOD | empty | {"how": {"often": "", "names": None}}) == usual
    assert by_api(GOOD | {"note": None, "since": None, "how": None}) == usual


def test_a_default_is_asked_each_time() -> None:
    """As one that a setting gives."""
    with override_settings(CENTRE=settings.CENTRE | {"ACCEPTANCE_WORKING_DAYS": 7}):
        check_usual(7)


def check_usual(often: int) -> None:
    """Both doors begin with it."""
    for answered in (by_page(GOOD), by_api(GOOD), by_api(GOOD | {"how": {}})):
        assert isinstance(answered, dict)
        assert answered["how"] == How((), often)
    assert (
        form_of(invent)().get_initial_for_field(form_of(invent)().fields["often"], "often") == often
    )


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"colour": "green"}, {"colour"}),
        ({"colour": ""}, {"colour"}),
        ({"share": "-0.01"}, {"share"}),
        ({"share": "0.001"}, {"share"}),
        ({"note": "longer"}, {"note"}),
        ({"since": "yesterday"}, {"since"}),
    ],
)
def test_the_same_is_refused_at_both(wrong: dict[str, Any], fields: set[str]) -> None:
    """By the same field."""
    assert by_page(GOOD | wrong) == by_api(GOOD | wrong) == fields


def test_a_group_is_an_object_to_programs_and_fields_of_a_page() -> None:
    """Which reads the ends of lines as programs write them."""
    how = {"names": ["a", "b, c"], "often": 2}
    answered = by_api(GOOD | {"how": how, "note": "a\nb"})
    assert isinstance(answered, dict)
    assert (answered["how"], answered["note"]) == (How(("a", "b, c"), 2), "a\nb")
    entered = by_page(GOOD | {"names": " a, b ,", "often": "2", "note": "a\r\nb"})
    assert isinstance(entered, dict)
    assert (entered["how"], entered["note"]) == (How(("a", "b"), 2), "a\nb")
    assert group_of(invent, "how")(How(("a",), 2)).data == {"names": ["a"], "often": 2}
    assert by_api(GOOD | {"how": {"often": 10}}) == {"how"}
    assert by_page(GOOD | {"often": "10"}) == {"often"}


def test_an_act_checks_by_the_same_limits() -> None:
    """Whoever calls it without a door is told the same."""
    assert refused(invent, colour="red", share=Decimal(1), note="12345") == {}
    wrong = refused(invent, colour="", share=Decimal(-1), note="123456", since=date(2000, 1, 1))
    assert list(wrong) == ["colour", "share", "note", "since"]
    assert refused(How, often=10) == {"often": ["Give 0 to 9."]}


def test_a_reason_is_as_long_as_its_column() -> None:
    """And has its codes."""
    assert WHY.given(" so ") == "so"
    for text, code in ((" ", "reason-missing"), ("x" * (WHY.longest + 1), "too-long")):
        with pytest.raises(Invalid) as told:
            WHY.given(text)
        assert told.value.code == code


def test_what_was_ticked_named_and_not_said_is_the_same_at_both() -> None:
    """A list may be empty only where it may be left out."""
    usual = INVITED | {"points": ("lawful", "read"), "more": (), "is_sure": False, "until": None}
    usual |= {"rows": (), "words": (), "secret": ""}
    assert by_page(INVITED, invite) == by_api(INVITED, invite) == usual
    nothing: dict[str, Any] = {"more": None, "until": None, "rows": [], "words": [], "secret": ""}
    assert by_api(INVITED | nothing, invite) == by_page(INVITED | {"until": ""}, invite) == usual
    said = {"more": ["read"], "is_sure": True, "until": "2030-01-02T03:04", "secret": "hush"}
    taken = by_api(INVITED | said | {"words": ["a, b", "c"]}, invite)
    assert taken == by_page(INVITED | said | {"words": "a, b\r\n c\n"}, invite)
    assert isinstance(taken, dict)
    assert (taken["words"], taken["more"], taken["is_sure"]) == (("a, b", "c"), ("read",), True)
    assert "hush" not in form_of(invite)(said).as_p()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "a"},
        {"email": f"{'a' * 60}@{'b.' * 97}org"},
        {"points": []},
        {"points": ["read", "green"]},
        {"more": ["green"]},
        {"until": "soon"},
        {"words": ["a", "b", "c"]},
        {"words": ["longer"]},
        {"secret": "0123456789"},
    ],
)
def test_both_refuse_what_is_ticked_or_named_wrongly(wrong: dict[str, Any]) -> None:
    """By the same field; so does the act."""
    lines = {name: "\n".join(value) for name, value in wrong.items() if name == "words"}
    assert by_page(INVITED | wrong | lines, invite) == by_api(INVITED | wrong, invite) == {*wrong}


def test_an_act_refuses_the_same_values() -> None:
    """With a sentence for each."""
    wrong = refused(invite, points=["green"], words=["longer"], secret="0123456789")
    assert list(wrong) == ["points", "words", "secret"]
    assert refused(invite, words=["a", "b", "c"]) == {"words": ["Give at most 2."]}
    assert refused(invite, **INVITED) == {}
