"""Hierarchies as text, and what is wrong with those that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import DesensitizeError
from desensitize.privacy import Hierarchy, read_hierarchy, write_hierarchy

LABELS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


@given(st.lists(LABELS.filter(bool), min_size=1, max_size=12, unique=True), st.data())
def test_text_gives_back_the_rows(values: list[str], data: st.DataObject) -> None:
    groups = [data.draw(st.sampled_from(["north", 'so"uth', "a;b"])) for _ in values]
    made = Hierarchy.checked("town", list(zip(values, groups, strict=True)))
    assert read_hierarchy(write_hierarchy(made.rows), "town") == made


@pytest.mark.parametrize(
    ("text", "code", "places"),
    [
        ("", "bad-hierarchy", {"reason": "it has no rows"}),
        ("\n\n", "bad-hierarchy", {"reason": "it has no rows"}),
        ("a;x;*\nb;*", "hierarchy-ragged", {"row": 2}),
        ("a;x\na;x", "hierarchy-value-twice", {"row": 2}),
        ("a;x;north\nb;y;south\nc;x;south", "hierarchy-label-split", {"row": 3, "level": 2}),
        ("a;" + "x" * 200_000, "bad-hierarchy", {"reason": "its file cannot be read"}),
    ],
)
def test_fault_is_told_with_its_place(text: str, code: str, places: dict[str, object]) -> None:
    with pytest.raises(DesensitizeError) as caught:
        read_hierarchy(text, "town")
    assert caught.value.code == code
    assert caught.value.parameters == {"column": "town", **places}
