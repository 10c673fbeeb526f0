"""Treatments are really made and attacked, and advice is what was shown to help."""

from __future__ import annotations

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.limits import Limits
from desensitize.attacks.verdict import Verdict, judge
from desensitize.cli import main
from desensitize.commands.treatments import _lines
from desensitize.crypto import KeyRing
from desensitize.detectors import classify_table
from desensitize.engines import run_policy
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy, propose_policy
from desensitize.treatments import (
    Step,
    Treatment,
    Tried,
    advise,
    apply_steps,
    try_treatments,
)
from desensitize.treatments.trial import Trial
from tests.given.staff import staff


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a table of staff."""
    path = tmp_path_factory.mktemp("staff") / "staff.parquet"
    pl.read_csv(StringIO(staff(400))).write_parquet(path)
    return path


@pytest.fixture(scope="module")
def policy(table: Path) -> Policy:
    """Return the policy that is proposed for it."""
    return propose_policy(classify_table(table))


@pytest.fixture(scope="module")
def tried(table: Path, policy: Policy) -> Tried:
    """Try treatments once for all tests."""
    return try_treatments(table, policy)


def test_the_command_prints_the_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each treatment with its figures, and the most useful of those that withstood."""
    table = tmp_path / "staff.csv"
    table.write_text(staff(120), encoding="utf-8")
    assert main(["treatments", str(table), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    passing = {
        place: one["usefulness"]
        for place, one in enumerate(found["treatments"])
        if one["verdict"] == "anonymous"
    }
    best = found.pop("adopt")
    assert best == (max(passing, key=passing.__getitem__) if passing else None)
    lines = list(_lines(Tried.from_dict(found), best))
    assert len(lines) == len(found["treatments"]) + 2
    assert "the policy as it is" in lines[1]
    assert lines[-1].startswith("None of them" if best is None else f"Adopt {best + 1}:")
    assert main(["treatments", str(table), "--known", "0"]) == 1


def test_the_best_is_the_most_useful_that_withstood() -> None:
    """Of two that are as useful the one that changes less; what could not be made is none."""
    anonymous, personal = Verdict.ANONYMOUS, Verdict.DE_IDENTIFIED
    found = [
        Treatment((), usefulness=0.9, verdict=personal),
        Treatment((Step("shuffle"),), usefulness=0.5, verdict=anonymous),
        Treatment((Step("larger_classes", (), 10),), usefulness=0.5, verdict=anonymous),
        Treatment((Step("synthetic", (), 1.0),), refusal="bad-domains"),
    ]
    assert Tried(9, 9, tuple(found)).best == 1
    assert Tried(9, 9, tuple(found[:1])).best is None
    assert Tried(9, 9, (Treatment((), usefulness=0.9, verdict=anonymous), *found)).best == 0


def test_first_that_withstands_is_reached_step_by_step(tried: Tried) -> None:
    assert (tried.rows, tried.rows_tried) == (400, 400)
    first, *others = tried.treatments
    assert first.steps == ()
    assert first.verdict == Verdict.DE_IDENTIFIED
    assert "identifiers_remain" in first.reasons
    assert others[0].steps == (Step("leave_out", ("staff_no",)),)
    assert {step.code for one in others for step in one.steps} >= {
        "leave_out",
        "diversity",
        "closeness",
        "larger_classes",
        "synthetic",
    }
    assert any(one.helps for one in others)
    assert all(one.excess is not None for one in others if not one.refusal)
    assert Tried.from_dict(tried.as_dict()) == tried


def test_treatment_that_helps_does_so_when_it_is_taken(
    tried: Tried, table: Path, policy: Policy, tmp_path: Path
) -> None:
    one = next(one for one in tried.treatments if one.helps)
    made, target = apply_steps(policy, one.steps), tmp_path / "released.parquet"
    # In another order of so few rows their places may leave too few trials to say anything.
    keys = KeyRing(hashlib.sha256(b"treatments 0").digest())
    run_policy(table, target, made, keys=keys, work=tmp_path)
    judgement = judge(
        Release(
            source=table,
            released=target,
            quasi_identifiers=made.released_quasi_identifiers,
            sensitive=made.released_sensitive,
            policy=made,
        )
    )
    assert judgement.verdict == one.verdict == Verdict.ANONYMOUS
    reached = {attack.name: attack.excess for attack in judgement.attacks}
    inference = reached["inference"]
    assert inference is not None
    assert inference.high <= (one.excess or 0.0)


def test_table_taken_for_impersonal_is_taken_seriously(table: Path, tmp_path: Path) -> None:
    few = pl.read_parquet(table).head(120)
    path = tmp_path / "few.parquet"
    few.write_parquet(path)
    kept = Policy(tuple(ColumnRule(name, "other", "keep") for name in few.columns))
    roles = {one.name: one.role for one in classify_table(path)}
    heard: list[float] = []
    found = try_treatments(path, kept, roles=roles, most_rows=60, progress=heard.append)
    assert (found.rows, found.rows_tried) == (120, 60)
    assert found.treatments[0].verdict == Verdict.DE_IDENTIFIED
    steps = found.treatments[1].steps
    assert Step("leave_out", ("staff_no",)) in steps
    assert any(step.code == "sensitive" and "income" in step.columns for step in steps)
    assert heard[-1] == 1.0
    assert all(0 <= share <= 1 for share in heard)


def test_same_seed_gives_the_same_answer(
    tried: Tried, table: Path, policy: Policy, tmp_path: Path
) -> None:
    again = Trial(
        table,
        policy,
        roles={},
        limits=Limits(),
        known=4,
        seed=0,
        folder=tmp_path,
        tick=lambda: None,
    )
    for one in tried.treatments[:3]:
        assert again.try_steps(one.steps)[0] == one


def test_nobody_personal_leaves_nothing_to_treat(tmp_path: Path) -> None:
    path = tmp_path / "weather.parquet"
    pl.DataFrame({"rain": [1.5, 0.0, 2.5] * 20, "wind": [3, 4, 5] * 20}).write_parquet(path)
    kept = Policy(tuple(ColumnRule(name, "other", "keep") for name in ("rain", "wind")))
    [only] = try_treatments(path, kept).treatments
    assert only.verdict == Verdict.NO_PERSONAL_INFORMATION
    assert not only.helps


def test_work_can_be_cancelled_and_must_fit(table: Path, policy: Policy) -> None:
    class Stop(Exception):
        pass

    def stop(share: float) -> None:
        raise Stop

    with pytest.raises(Stop):
        try_treatments(table, policy, progress=stop)
    with pytest.raises(DesensitizeError) as caught:
        try_treatments(table, Policy((ColumnRule("nobody", "other", "keep"),)))
    assert caught.value.code == "unknown-column"


def judged(name: str, *reasons: dict[str, Any], **attack: Any) -> dict[str, Any]:
    """Return a judgement in which one attacker came too far."""
    failed = {"name": name, "passed": False, "breaks": [], "excess": 0.4, "worst": {}} | attack
    withstood = {"name": "position", "passed": True, "breaks": [], "excess": 0.0, "worst": {}}
    return {
        "verdict": "de-identified",
        "reasons": [{"code": "reached", "parameters": {"attacker": name}}, *reasons],
        "attackers": [withstood, failed],
    }


AS_IS = Treatment((), 0.9, "linkage", 0.4, Verdict.DE_IDENTIFIED)
HELPS = Treatment((Step("leave_out", ("town",)),), 0.7, "position", 0.02, Verdict.ANONYMOUS)
DEARER = Treatment((Step("leave_out", ("age",)),), 0.4, "position", 0.01, Verdict.ANONYMOUS)
FAILS = Treatment((Step("leave_out", ("sex",)),), 0.8, "linkage", 0.2, Verdict.DE_IDENTIFIED)
REFUSED = Treatment((Step("larger_classes", (), 90.0),), refusal="no-rows-left")
ALL = Tried(9, 9, (AS_IS, FAILS, DEARER, HELPS, REFUSED))


def test_advice_is_the_most_useful_that_withstood() -> None:
    found = advise(judged("linkage", worst={"columns": ["age", "town"]}), ALL)
    assert found is not None
    assert (found.attacker, found.column) == ("linkage", "town")
    assert (found.treatment, found.place) == (HELPS, 3)
    assert found.cost == pytest.approx(0.2)
    key = {"code": "record_key", "parameters": {"column": "staff_no", "share": 0.9}}
    named = advise(judged("singling out", key), ALL)
    assert named is not None
    assert named.column == "staff_no"


@pytest.mark.parametrize(
    ("attacker", "tried"),
    [
        ("linkage", None),
        ("linkage", Tried(9, 9, (AS_IS, FAILS, REFUSED))),
        ("composition", ALL),
    ],
)
def test_no_treatment_is_guessed(attacker: str, tried: Tried | None) -> None:
    found = advise(judged(attacker, worst={"column": "illness"}), tried)
    assert found is not None
    assert (found.column, found.treatment, found.cost) == ("illness", None, None)


def test_what_passes_needs_no_advice() -> None:
    passed = judged("linkage") | {"verdict": "anonymous"}
    assert advise(passed, ALL) is None
