"""Policies say something about every column, survive files, and never release by accident."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.detectors import DETECTORS, Proposal, classify_table
from desensitize.errors import DesensitizeError
from desensitize.policy import (
    TEMPLATES,
    ColumnRule,
    Policy,
    dump_policy,
    load_policy,
    policy_from_template,
    propose_policy,
)
from desensitize.policy.templates import NUMBERS_THAT_JOIN, WAYS_TO_REACH
from desensitize.privacy import Closeness, Diversity
from desensitize.profile import profile_table

RULES = (
    ColumnRule("name", "direct", "redact"),
    ColumnRule("age", "quasi", "generalize", {"hierarchy": [["1", "low", "*"], ["2", "low", "*"]]}),
    ColumnRule("pay", "sensitive", "generalize_bins", {"width": 10.5, "origin": 1}),
)


@given(
    st.text(min_size=1).filter(lambda text: text.strip() == text),
    st.integers(1, 100),
    st.floats(0, 1),
    st.text(),
)
def test_a_policy_survives_its_file(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    smallest_class: int,
    suppression_limit: float,
    mark: str,
) -> None:
    rule = ColumnRule(f"{name} more", "other", "redact", {"mark": mark})
    ill = ColumnRule(
        f"{name} ill", "sensitive", "keep", {}, Diversity(2, "recursive", 1.5), Closeness(0.25)
    )
    policy = Policy((*RULES, rule, ill), smallest_class, suppression_limit, "global")
    path = tmp_path_factory.mktemp("policy") / "policy.toml"
    path.write_text(dump_policy(policy), encoding="utf-8", newline="")
    assert load_policy(path) == policy
    assert Policy.from_dict(policy.to_dict()) == policy


def test_a_policy_that_asks_nothing_of_values_is_stored_as_ever() -> None:
    assert set(ColumnRule("ill", "sensitive", "keep").to_dict()) == {
        "name", "role", "mask", "options",
    }  # fmt: skip
    asking = ColumnRule("ill", "sensitive", "keep", {}, Diversity(3), Closeness(0.2, "ordered"))
    assert asking.to_dict()["diversity"] == {"least": 3, "kind": "distinct"}
    assert asking.to_dict()["closeness"] == {"most": 0.2, "kind": "ordered"}
    policy = Policy((asking,))
    assert (policy.diversity, policy.closeness) == (
        {"ill": Diversity(3)},
        {"ill": Closeness(0.2, "ordered")},
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("name", "direct", "keep"), "direct-released"),
        (("name", "direct", "top_bottom_code", {"top": 1}), "direct-released"),
        (("name", "direct", "generalize"), "generalize-needs-quasi"),
        (("name", "sensitive", "generalize"), "generalize-needs-quasi"),
        (("name", "other", "keep", {}, Diversity(2)), "protection-needs-sensitive"),
        (("name", "sensitive", "drop", {}, None, Closeness(0.1)), "protection-unseen"),
        (("name", "sensitive", "pseudonym", {}, Diversity(2)), "protection-unseen"),
        (("name", "person", "drop"), "unknown-role"),
        (("name", "direct", "dropp"), "unknown-mask"),
        (("name", "direct", "partial", {"keep_frist": 1}), "unknown-option"),
    ],
)
def test_a_rule_that_makes_no_sense_cannot_be_made(arguments: tuple[Any, ...], code: str) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        ColumnRule(*arguments)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"smallest_class": 0}, "bad-smallest-class"),
        ({"smallest_class": True}, "bad-smallest-class"),
        ({"smallest_class": 5.0}, "bad-smallest-class"),
        ({"suppression_limit": 1.1}, "bad-suppression-limit"),
        ({"suppression_limit": float("nan")}, "bad-suppression-limit"),
        ({"suppression_limit": "all"}, "bad-suppression-limit"),
        ({"method": "swep"}, "unknown-method"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused(settings: dict[str, Any], code: str) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        Policy(RULES, **settings)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        (["name", "age", "pay", "new"], "uncovered-column"),
        (["name", "age"], "unknown-column"),
        (["nam", "age", "pay"], "unknown-column"),
    ],
)
def test_a_policy_covers_a_table_exactly(columns: list[str], code: str) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        Policy(RULES).validate(columns)
    assert refusal.value.code == code
    Policy(RULES).validate(["pay", "age", "name"])


def test_a_policy_without_a_column_to_release_is_refused() -> None:
    with pytest.raises(DesensitizeError) as refusal:
        Policy((ColumnRule("a", "other", "drop"),)).validate(["a"])
    assert refusal.value.code == "no-columns-left"
    with pytest.raises(DesensitizeError) as refusal:
        Policy((RULES[0], RULES[0]))
    assert refusal.value.code == "column-twice"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "columns = 3",
        "columns = [3]",
        "columns = [{name = 'a'}]",
        "columns = []\nrows = 1",
        "columns = [{name = 'a', role = 'sensitive', mask = 'keep', diversity = 3}]",
        "columns = [{name = 'a', role = 'sensitive', mask = 'keep', diversity = {l = 3}}]",
        "==",
    ],
)
def test_a_file_that_is_no_policy_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DesensitizeError) as refusal:
        load_policy(path)
    assert refusal.value.code == "bad-policy"


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_masks_what_identifies(template: str, people: Path) -> None:
    policy = policy_from_template(template, classify_table(people, profile_table(people)))
    policy.validate(["name", "id_number", "mobile", "age", "sex", "income"])
    assert not any(rule.releases_clear for rule in policy.columns if rule.role == "direct")
    assert {rule.name for rule in policy.generalized} == {"age", "sex"}


def test_the_proposed_policy_is_the_standard_one(people: Path) -> None:
    proposals = classify_table(people, profile_table(people))
    assert propose_policy(proposals) == policy_from_template("standard", proposals)
    with pytest.raises(DesensitizeError, match="Did you mean “strict”"):
        policy_from_template("stricter", proposals)


def proposed(role: str, kind: str | None) -> Proposal:
    return Proposal("column", role, kind, 1.0, "", "values", {})


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_kind_gets_a_mask_that_fits(template: str) -> None:
    for detector in DETECTORS.values():
        [rule] = policy_from_template(template, [proposed(detector.role, detector.kind)]).columns
        if detector.role == "direct":
            assert rule.mask not in ("keep", "ff1")
            assert rule.role == ("sensitive" if rule.mask == "mask_text" else "direct")
    [unknown] = policy_from_template(template, [proposed("direct", "OF_ANOTHER_RELEASE")]).columns
    assert unknown.mask == "drop"


def test_the_standard_template_masks_by_kind() -> None:
    kinds = {
        "CN_ID": "pseudonym", "CN_PLATE": "pseudonym", "CN_PASSPORT": "pseudonym",
        "CN_LANDLINE": "redact", "EN_NAME": "redact", "IBAN": "redact",
        "FREE_TEXT_PII": "mask_text", "CN_ADDRESS": "drop",
    }  # fmt: skip
    proposals = [Proposal(kind, "direct", kind, 1.0, "", "values", {}) for kind in kinds]
    rules = policy_from_template("standard", proposals).columns
    assert {rule.name: rule.mask for rule in rules} == kinds


def test_every_kind_of_the_templates_is_a_detectors() -> None:
    assert {*NUMBERS_THAT_JOIN, *WAYS_TO_REACH} <= set(DETECTORS)


def test_a_column_that_a_mask_looks_at_must_be_in_the_table() -> None:
    rules = Policy(
        (
            ColumnRule("day", "quasi", "shift_dates", {"subject": "person"}),
            ColumnRule("persons", "direct", "drop"),
        )
    )
    with pytest.raises(DesensitizeError, match="Did you mean “persons”") as refusal:
        rules.validate(["day", "persons"])
    assert refusal.value.code == "unknown-column"


def test_a_policy_that_only_samples_has_nothing_to_release() -> None:
    with pytest.raises(DesensitizeError) as refusal:
        Policy((ColumnRule("a", "other", "sample", {"share": 0.1}),)).validate(["a"])
    assert refusal.value.code == "no-columns-left"
