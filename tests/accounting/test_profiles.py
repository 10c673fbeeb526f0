"""Profiles are data: each is whole, and a wrong one says what is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from marketplace.accounting.models import CAPITALIZED, CostKind
from marketplace.accounting.standards.profiles import (
    FOLDER,
    load_profile,
    profile_named,
    profile_names,
    profile_of,
)
from marketplace.accounting.standards.refusals import RuleRefused

CAS = tomllib.loads((FOLDER / "cas.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["cas", "ifrs", "ipsas"])
def test_every_profile_sorts_every_kind_of_cost(name: str) -> None:
    """And agrees with what cost entries may be capitalized."""
    profile = profile_named(name)
    assert set(profile.capitalized) == CAPITALIZED
    assert {*profile.capitalized, *profile.expensed} == set(CostKind)
    assert profile.name == name.upper()
    assert profile.title_in("zh-hans") != profile.title == profile.title_in("en")


def test_three_profiles_come_along() -> None:
    """A name in any case finds one; another is told."""
    assert profile_names() == ["cas", "ifrs", "ipsas"]
    assert profile_named("CAS") == profile_named("cas")
    with pytest.raises(RuleRefused, match="CAS, IFRS, IPSAS"):
        profile_named("gaap")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"colour": "red"}, "no entry “colour”"),
        ({"name": ""}, "a text “name”"),
        ({"capitalized": []}, "list of texts “capitalized”"),
        ({"expensed": ["price"]}, "both capitalized and expensed"),
        ({"revaluation": "always"}, "forbidden or active_market"),
        ({"rules": {"grant": "CAS 16"}}, "Cite a source"),
        ({"applies_from": "soon"}, "as a day"),
        ({"reverses_impairment": "no"}, "true or false"),
        ({"tax_life_months": -1}, "whole months"),
        ({"tax_rate": 0.25}, "decimal text"),
        ({"nominal_amount": "NaN"}, "decimal text"),
        ({"titles": {"zh-hans": 5}}, "texts by language"),
    ],
)
def test_a_wrong_entry_is_told(changes: dict[str, object], sentence: str) -> None:
    """By its name."""
    with pytest.raises(RuleRefused, match=sentence):
        profile_of({**CAS, **changes})


def test_a_profile_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    """A file is enough; one that is no TOML is told."""
    path = tmp_path / "own.toml"
    text = (FOLDER / "cas.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('name = "CAS"', 'name = "OWN"'), encoding="utf-8")
    assert load_profile(path).name == "OWN"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(RuleRefused, match="no TOML"):
        load_profile(path)
