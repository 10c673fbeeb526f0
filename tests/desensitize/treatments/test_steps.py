"""Steps of treatments: each protects more, and none protects less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS
from desensitize.policy import PERSONAL_ROLES, ColumnRule, Policy
from desensitize.privacy import Closeness, Diversity
from desensitize.treatments import Step, Treatment, apply_steps
from desensitize.treatments.remedies import Facts
from desensitize.treatments.steps import SENTENCES
from desensitize.treatments.trying import _after_refusal, combined

MASKED = {
    "direct": ("drop", "redact", "pseudonym"),
    "quasi": ("keep", "generalize", "drop", "redact"),
    "sensitive": ("keep", "drop"),
    "other": ("keep", "drop"),
}
POLICY_STEPS = sorted(set(SENTENCES) - {"synthetic"})
NAMES = ("a", "b", "c", "d")


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a policy of four columns."""
    rules = []
    for name in NAMES:
        role = draw(st.sampled_from(sorted(MASKED)))
        mask = draw(st.sampled_from(MASKED[role]))
        asked = role == "sensitive" and mask == "keep" and draw(st.booleans())
        rules.append(
            ColumnRule(
                name,
                role,
                mask,
                diversity=Diversity(3) if asked else None,
                closeness=Closeness(0.15) if asked else None,
            )
        )
    return Policy(tuple(rules), smallest_class=draw(st.integers(2, 30)))


FIGURES = {"closeness": (0.1, 0.3), "diversity": (2.0, 4.0), "larger_classes": (5.0, 50.0)}


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Draw a step on some of the columns."""
    code = draw(st.sampled_from(POLICY_STEPS))
    columns = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return Step(code, tuple(columns), draw(st.sampled_from(FIGURES.get(code, (10.0,)))))


@given(policies(), st.lists(steps(), max_size=5))
def test_no_step_keeps_or_relabels_what_was_refused(policy: Policy, taken: list[Step]) -> None:
    made = apply_steps(policy, taken)
    assert made.smallest_class >= policy.smallest_class
    assert not policy.shuffles or made.shuffles
    for before, after in zip(policy.columns, made.columns, strict=True):
        assert not (before.role in PERSONAL_ROLES and after.role not in PERSONAL_ROLES)
        assert not (before.role == "direct" and after.role != "direct")
        assert not (before.role == "sensitive" and after.role != "sensitive")
        assert after.in_release <= before.in_release
        if after.in_release and MASKS[after.mask].description.releases_clear:
            assert MASKS[before.mask].description.releases_clear
        if after.in_release and before.diversity is not None:
            assert after.diversity is not None
            assert after.diversity.least >= before.diversity.least
        if after.in_release and before.closeness is not None:
            assert after.closeness is not None
            assert after.closeness.most <= before.closeness.most


def test_a_column_made_coarser_cell_by_cell_stays_what_it_is() -> None:
    """A sensitive column is none that the search may make coarser."""
    policy = Policy(tuple(ColumnRule(name, "other", "keep") for name in NAMES))
    made = apply_steps(policy, (Step("by_cell", ("a",)), Step("sensitive", ("a", "b"))))
    assert [rule.role for rule in made.columns[:2]] == ["other", "sensitive"]


def test_step_says_what_it_does() -> None:
    assert Step("leave_out", ("a", "b")).sentence == "without “a”, “b”"
    assert Step("closeness", ("a",), 0.2).sentence.endswith("at most 0.2 from the whole")
    step = Step("bins", ("a",), 500.0)
    assert Step.from_dict(step.as_dict()) == step


def test_what_is_too_much_to_search_is_made_coarser_cell_by_cell() -> None:
    """Quasi-identifiers stay with the search; without others a column is left out."""
    policy = Policy(
        tuple(
            ColumnRule(name, role, "keep")
            for name, role in zip(NAMES, ("quasi", "other", "other", "sensitive"), strict=True)
        )
    )
    asked = (Step("generalize", ("a", "b", "c")),)
    refused = Treatment(asked, refusal="search-too-large")
    facts = Facts({"a": 9, "b": 3, "c": 4}, {})
    wanted = combined(asked, _after_refusal(policy, refused, facts))
    assert wanted == (Step("generalize", ("a",)), Step("by_cell", ("b", "c")))
    made = apply_steps(policy, wanted)
    assert [(rule.role, rule.mask) for rule in made.columns] == [
        ("quasi", "generalize"),
        ("other", "generalize"),
        ("other", "generalize"),
        ("sensitive", "keep"),
    ]
    again = Treatment(wanted, refusal="search-too-large")
    only = Treatment((Step("generalize", ("a",)),), refusal="search-too-large")
    assert _after_refusal(policy, only, facts) == (Step("leave_out", ("a",)),)
    assert _after_refusal(policy, again, facts) == (Step("leave_out", ("c",)),)


def test_what_is_left_out_is_not_treated_otherwise() -> None:
    before = (Step("generalize", ("a", "b")), Step("diversity", ("c",), 2.0))
    found = combined(before, [Step("leave_out", ("a", "c"))])
    assert found == (Step("leave_out", ("a", "c")), Step("generalize", ("b",)))
    close = combined((Step("closeness", ("c",), 0.2),), [Step("closeness", ("c",), 0.1)])
    assert close == (Step("closeness", ("c",), 0.1),)


@pytest.mark.parametrize(
    ("step", "code"),
    [(Step("leave_out", ("z",)), "uncovered-column"), (Step("synthetic", (), 1.0), "bad-policy")],
)
def test_what_no_policy_does_is_refused(step: Step, code: str) -> None:
    policy = Policy((ColumnRule("a", "quasi", "generalize"),))
    with pytest.raises(DesensitizeError) as caught:
        apply_steps(policy, [step])
    assert caught.value.code == code
