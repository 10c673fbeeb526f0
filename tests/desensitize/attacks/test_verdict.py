"""One verdict, which no release gets by what was not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest

from desensitize.attacks import Attack, Play, Release, Share, weigh
from desensitize.attacks.limits import Limits
from desensitize.attacks.membership import TOO_SMALL
from desensitize.attacks.personal import personal_in
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.verdict import Judgement, Verdict, judge
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy

NOTHING = weigh(Share.exactly(0.0), Share.exactly(0.0))


def reaching(name: str, successes: int = 0, trials: int = 0, **further: Any) -> Play:
    """Return an attacker that reaches so much of every release."""
    share = Share(successes, trials) if trials else Share.exactly(0.0)

    def attacker(release: Release, /, *, limit: float) -> Attack:
        return Attack(name, "", weigh(share, Share.exactly(0.0)), limit, **further)

    return attacker


def attackers(**other: Play) -> Mapping[str, Play]:
    """Return attackers that reach nothing, but for some; singling out is the real one."""
    weak = {name: reaching(name) for name in ATTACKERS}
    return MappingProxyType({**weak, "singling out": ATTACKERS["singling out"], **other})


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Write a release of ages in tens and illnesses, whose groups are large."""
    paths = tmp_path / "source.parquet", tmp_path / "released.parquet"
    ages = [20 + row % 40 for row in range(400)]
    illness = ["flu" if row // 40 % 2 else "asthma" for row in range(400)]
    pl.DataFrame({"age": ages, "illness": illness}).write_parquet(paths[0])
    tens = [f"{age // 10 * 10}-{age // 10 * 10 + 9}" for age in ages]
    pl.DataFrame({"age": tens, "illness": illness}).write_parquet(paths[1])
    return Release(*paths, quasi_identifiers=("age",), sensitive=("illness",))


def codes(found: Judgement) -> list[str]:
    """Return the codes of the reasons; every sentence can be said."""
    assert all(reason.sentence for reason in found.reasons)
    return [reason.code for reason in found.reasons]


def test_who_withstands_all_is_anonymous(release: Release) -> None:
    found = judge(release, attackers=attackers())
    assert (found.verdict, codes(found)) == (Verdict.ANONYMOUS, ["withstands"])
    assert found.verdict.passes
    plain = found.as_dict()
    assert {attack["name"] for attack in plain["attackers"]} == set(ATTACKERS)
    assert set(plain["attackers"][0]) >= {
        "name", "knows", "rate", "control", "excess", "low", "high", "worst", "tried", "passed",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ATTACKERS if name != "singling out"])
def test_one_attacker_that_is_missing_leaves_it_unmeasured(release: Release, name: str) -> None:
    found = judge(release, attackers={one: act for one, act in attackers().items() if one != name})
    assert (found.verdict, codes(found)) == (Verdict.NOT_MEASURED, ["not_tried"])
    assert not found.verdict.passes


def test_one_attacker_that_reaches_more_is_enough(release: Release) -> None:
    """Whatever was not measured beside it."""
    strong = attackers(
        linkage=reaching("linkage", 80, 1000),
        position=reaching("position", not_tried=(TOO_SMALL(),)),
    )
    found = judge(release, attackers=strong)
    assert (found.verdict, codes(found)) == (Verdict.DE_IDENTIFIED, ["reached"])


def test_too_few_trials_show_nothing(release: Release) -> None:
    for successes in (0, 2):
        few = reaching("linkage", successes, 20)
        found = judge(release, attackers=attackers(linkage=few))
        assert (found.verdict, codes(found)) == (Verdict.NOT_MEASURED, ["too_few_trials"])
        assert found.reasons[0].parameters["needed"] > 20


@pytest.mark.parametrize(
    ("share", "column", "verdict"),
    [
        (0.04, "age", Verdict.ANONYMOUS),
        (0.06, "age", Verdict.DE_IDENTIFIED),
        (0.0, "illness", Verdict.ANONYMOUS),
        (0.001, "illness", Verdict.DE_IDENTIFIED),
    ],
)
def test_illness_may_be_certain_of_nobody(
    release: Release, share: float, column: str, verdict: Verdict
) -> None:
    """Of sensitive personal information no value is certain; of others, few are."""
    known = reaching("inference", certain={column: share})
    found = judge(release, attackers=attackers(inference=known))
    assert (found.verdict, found.certain) == (verdict, {column: share})


def test_a_sensitive_column_counts_again_once_it_can_be_inferred(release: Release) -> None:
    """Of one that is held, nobody is taken to know the exact value beforehand."""
    source = pl.read_parquet(release.source).with_columns(
        wage=pl.int_range(pl.len()) // 4,
    )
    source.write_parquet(release.source)
    released = pl.read_parquet(release.released).with_columns(source["wage"])
    released.write_parquet(release.released)
    asked = Release(
        release.source, release.released, quasi_identifiers=("age",), sensitive=("wage",)
    )
    held = reaching("inference", certain={"wage": 0.0})
    assert judge(asked, attackers=attackers(inference=held)).verdict == Verdict.ANONYMOUS
    for told in (
        reaching("inference", 100, 1000, certain={"wage": 0.0}),
        reaching("inference", certain={"wage": 0.5}),
        reaching("inference"),
    ):
        found = judge(asked, attackers=attackers(inference=told))
        assert found.verdict == Verdict.DE_IDENTIFIED
        assert {"small_sets", "rows_below_k"} <= set(codes(found))


def test_calling_every_column_sensitive_hides_none(people: Path, tmp_path: Path) -> None:
    """Where nothing is known nothing can be inferred; people are found by it all the same."""
    released = tmp_path / "released.parquet"
    pl.read_parquet(people).select("age", "sex", "income").write_parquet(released)
    named = ("age", "sex", "income")
    weak = reaching("inference", certain=dict.fromkeys(named, 0.0))
    found = judge(Release(people, released, sensitive=named), attackers=attackers(inference=weak))
    assert found.verdict == Verdict.DE_IDENTIFIED
    assert {"small_sets", "rows_below_k"} <= set(codes(found))
    pl.DataFrame({"shade": ["grey"] * 60}).write_parquet(released)
    weak = reaching("inference", certain={"shade": 0.0})
    found = judge(
        Release(people, released, sensitive=("shade",)), attackers=attackers(inference=weak)
    )
    assert found.verdict == Verdict.NOT_MEASURED


def test_a_relabelled_table_is_personal_all_the_same(people: Path, tmp_path: Path) -> None:
    """Called “other” and kept, with names left out: detectors and attackers see the columns."""
    released = tmp_path / "released.parquet"
    kept = ["age", "sex", "income"]
    pl.read_parquet(people).select(kept).write_parquet(released)
    rules = [
        ColumnRule(name, "other", "keep" if name in kept else "drop")
        for name in pl.read_parquet_schema(people)
    ]
    found = judge(Release(people, released, policy=Policy(tuple(rules))), attackers=attackers())
    assert found.verdict == Verdict.DE_IDENTIFIED
    assert "small_sets" in codes(found)


def test_nothing_personal_is_only_what_nobody_found_or_declared(tmp_path: Path) -> None:
    path = tmp_path / "machines.parquet"
    pl.DataFrame(
        {"pressure": [row * 0.37 % 5 for row in range(50)], "state": ["on", "off"] * 25}
    ).write_parquet(path)
    found = judge(Release(path, path), attackers=ATTACKERS)
    assert found.verdict == Verdict.NO_PERSONAL_INFORMATION
    assert (codes(found), found.attacks, found.unique_share) == (["nothing_personal"], (), 1.0)
    for declared in (
        Release(path, path, quasi_identifiers=("state",)),
        Release(path, path, sensitive=("state",)),
        Release(path, path, person="state"),
    ):
        assert judge(declared).verdict == Verdict.DE_IDENTIFIED


@pytest.fixture
def cattle(tmp_path: Path) -> Path:
    """Write a herd whose columns are called as those of people are."""
    path = tmp_path / "cattle.parquet"
    pl.DataFrame(
        {
            "sex": ["F", "M"] * 30,
            "milk_litres": [row * 7 % 40 for row in range(60)],
            "note": ["healthy", "limps"] * 30,
        }
    ).write_parquet(path)
    return path


def test_what_somebody_cleared_is_nothing_personal(cattle: Path) -> None:
    """A second person looked: the herd is none of people, until one cell names one."""
    assert personal_in(Release(cattle, cattle)).found == ("sex",)
    assert judge(Release(cattle, cattle)).verdict == Verdict.DE_IDENTIFIED
    cleared = Release(cattle, cattle, cleared=("sex", "note"))
    assert judge(cleared).verdict == Verdict.NO_PERSONAL_INFORMATION
    # What is declared is personal, whatever was cleared beside it.
    assert not personal_in(replace(cleared, sensitive=("note",))).is_nothing
    notes = pl.Series("note", ["Mobile 13912345678", *["healthy"] * 59])
    pl.read_parquet(cattle).with_columns(notes).write_parquet(cattle)
    found = personal_in(cleared)
    assert (found.found, found.is_nothing) == (("note",), False)


def test_what_was_cleared_is_attacked_all_the_same(cattle: Path) -> None:
    """Beside anything personal, detectors go on to say what the column is."""
    herd = pl.read_parquet(cattle).with_columns(diagnosis=pl.lit("influenza"))
    herd.write_parquet(cattle)
    plain, cleared = Release(cattle, cattle), Release(cattle, cattle, cleared=("sex",))
    assert "sex" not in personal_in(cleared).found
    assert personal_in(cleared).finding == personal_in(plain).finding
    assert judge(cleared).as_dict() == judge(plain).as_dict()


def test_what_identifies_is_no_anonymity_whatever_it_is_called(release: Release) -> None:
    found = judge(replace(release, identifying=("illness",)), attackers=attackers())
    assert (found.verdict, codes(found)) == (Verdict.DE_IDENTIFIED, ["identifiers_remain"])


def test_limits_and_knowledge_make_sense(release: Release) -> None:
    with pytest.raises(DesensitizeError):
        Limits(k=1)
    with pytest.raises(DesensitizeError):
        Limits(excess=1.5)
    with pytest.raises(DesensitizeError):
        judge(Release(release.source, release.released, known=0))


def test_who_is_sure_of_too_much_has_not_failed(tmp_path: Path) -> None:
    """Groups of one value: the own row decides nothing, and yet everybody's value is told."""
    path = tmp_path / "t.parquet"
    pl.DataFrame({"age": ["1", "2"] * 200, "illness": ["flu", "asthma"] * 200}).write_parquet(path)
    found = judge(Release(path, path, quasi_identifiers=("age",), sensitive=("illness",)))
    (inference,) = (attack for attack in found.attacks if attack.name == "inference")
    assert inference.excess is not None
    assert inference.excess.value == 0
    assert inference.failed
    assert not inference.passed
    assert found.certain == {"illness": 1.0}


@pytest.mark.parametrize(
    ("role", "mask", "verdict"),
    [
        ("direct", "pseudonym", Verdict.DE_IDENTIFIED),
        ("other", "pseudonym", Verdict.DE_IDENTIFIED),
        ("sensitive", "mask_text", Verdict.DE_IDENTIFIED),
        ("sensitive", "keep", Verdict.ANONYMOUS),
    ],
)
def test_what_the_policy_leaves_of_a_person_decides_too(
    release: Release, role: str, mask: str, verdict: Verdict
) -> None:
    """A key or the rest of a number finds whom no attacker without them finds."""
    policy = Policy((ColumnRule("illness", role, mask),))
    found = judge(replace(release, policy=policy), attackers=attackers())
    assert found.verdict == verdict
    assert ("identifiers_remain" in codes(found)) == (verdict == Verdict.DE_IDENTIFIED)
