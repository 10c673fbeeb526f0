"""Try a handful of treatments of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import polars as pl

from desensitize.attacks.limits import Limits
from desensitize.attacks.verdict import Verdict
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.policy import Policy
from desensitize.treatments.remedies import Facts, facts_of, next_steps, take_seriously, told_by
from desensitize.treatments.steps import Step, apply_steps
from desensitize.treatments.treatment import Treatment, Tried
from desensitize.treatments.trial import Trial

MOST_ROWS = 10_000
"""Of a larger table so many rows are tried."""
MOST_ROUNDS = 7
"""Treatments that answer the attackers one after another."""
MOST_TREATMENTS = 12
LOOSER = 0.3
"""How far classes may lie from the whole where it is tried whether less would do, too."""
PLACE = " place "

Steps = tuple[Step, ...]


def try_treatments(
    source: Path,
    policy: Policy,
    *,
    roles: Mapping[str, str] = MappingProxyType({}),
    limits: Limits | None = None,
    known: int = 4,
    most_rows: int = MOST_ROWS,
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> Tried:
    """Make a handful of treatments, measure what each keeps, and let the attackers try each.

    First the policy as it is; then, for as long as an attacker reaches too much, what answers the
    gravest reason, on top of what was done before. Around the last of these others are tried, and
    a synthetic copy at ε = 1. Nothing is written that stays, and no budget is spent.

    `roles` are those that detectors see in columns which the policy calls impersonal, `known` is
    that of `Release`; earlier releases are not asked about. Whoever looks for rows by their place
    only tries what withstands the others; a shuffled order is drawn from a key alone, so that one
    answer stands for all policies. The same table, policy and seed give the same answer, but for
    the synthetic copy, whose noise nobody can foresee. `progress` hears the share of the work that
    is done, and may raise to cancel.

    Raises:
        DesensitizeError: the policy does not fit the table.
        TableError: `unreadable-table`, or as `run_policy`.
    """
    try:
        schema = pl.read_parquet_schema(source)
        policy.validate(schema)
        with workspace() as folder:
            part, rows = _drawn(source, folder / "part.parquet", policy.person, most_rows, seed)
            told = _Told(progress or (lambda _share: None))
            trial = Trial(
                part,
                policy,
                roles=roles,
                limits=limits or Limits(),
                known=known,
                seed=seed,
                folder=folder,
                tick=told.again,
            )
            _try_all(trial, facts_of(part), told)
            tried = int(pl.scan_parquet(part).select(pl.len()).collect().item())
            return Tried(rows, tried, tuple(trial.found))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable-table") from error


@dataclass
class _Told:
    """Tell how far the work is: of as many treatments as there can be."""

    progress: Callable[[float], None]
    done: int = 0

    def more(self) -> None:
        """Say that one more was tried."""
        self.done += 1
        self.again()

    def again(self) -> None:
        """Say again how many were tried, since there is work going on."""
        self.progress(min(1.0, self.done / MOST_TREATMENTS))


def _try_all(trial: Trial, facts: Facts, told: _Told) -> None:
    trial.is_new(())
    treatment, judgement = trial.try_steps(())
    told.more()
    if treatment.verdict == Verdict.NO_PERSONAL_INFORMATION:
        return
    steps: Steps = ()
    told_columns: list[str] = []
    for number in range(MOST_ROUNDS):
        if treatment.verdict.passes:
            break
        if judgement is None:
            answer = _after_refusal(trial.policy, treatment, facts)
        else:
            answer = next_steps(apply_steps(trial.policy, steps), judgement, facts)
            told_columns += told_by(judgement)
        if not number:
            answer = (*take_seriously(trial.policy, trial.roles), *answer)
        wanted = combined(steps, answer)
        if not answer or not trial.is_new(wanted):
            break
        steps = wanted
        treatment, judgement = trial.try_steps(steps)
        told.more()
    for variant in _variants(trial.policy, steps, told_columns):
        if len(trial.found) < MOST_TREATMENTS - 1 and trial.is_new(variant):
            trial.try_steps(variant)
            told.more()
    trial.try_synthetic()
    told.progress(1.0)


def combined(steps: Sequence[Step], answer: Iterable[Step]) -> Steps:
    """Return all steps, without those that the new ones make needless."""
    new = tuple(answer)
    gone = [name for step in (*steps, *new) if step.code == "leave_out" for name in step.columns]
    cells = [name for step in new if step.code == "by_cell" for name in step.columns]
    found: dict[tuple[str, tuple[str, ...]], Step] = {}
    for step in (*steps, *new):
        needless = {*gone, *cells} if step.code == "generalize" else {*gone}
        columns = tuple(name for name in step.columns if name not in needless)
        if step.code != "leave_out" and (columns or not step.columns):
            found[step.code, columns] = replace(step, columns=columns)
    first = (Step("leave_out", tuple(dict.fromkeys(gone))),) if gone else ()
    return (*first, *found.values())


def _after_refusal(policy: Policy, treatment: Treatment, facts: Facts) -> Steps:
    """Return what may do where a treatment could not be made.

    Where too many columns were to be searched together, those that are no quasi-identifiers are
    made coarser cell by cell. Else the column of the last step that has the most different values
    is left out.
    """
    columns = next((step.columns for step in reversed(treatment.steps) if step.columns), ())
    others = tuple(
        name
        for step in treatment.steps
        for name in step.columns
        if step.code == "generalize" and policy.rule(name).role == "other"
    )
    if treatment.refusal == "search-too-large" and others:
        return (Step("by_cell", others),)
    if not columns:
        return ()
    return (Step("leave_out", (max(columns, key=lambda name: facts.distinct[name]),)),)


def _variants(policy: Policy, steps: Steps, told_columns: Sequence[str]) -> list[Steps]:
    """Return treatments around those that answered the attackers.

    Without the column that was told most of, with larger classes, with less asked of the values,
    and without each other column of which something is asked.
    """
    now = apply_steps(policy, steps)
    asked = [one.name for one in now.columns if one.is_protected]
    there = {one.name for one in now.columns if one.in_release}
    names = [name for name in dict.fromkeys((*reversed(told_columns), *asked)) if name in there]
    without = [combined(steps, [Step("leave_out", (name,))]) for name in names]
    around = [combined(steps, [Step("larger_classes", (), 2 * now.smallest_class)])]
    close = [step for step in steps if step.code == "closeness"]
    if close:
        around.append(combined(steps, [replace(step, figure=LOOSER) for step in close]))
    return [*without[:1], *around, *without[1:]]


def _drawn(
    source: Path, target: Path, person: str | None, most_rows: int, seed: int
) -> tuple[Path, int]:
    """Return the table, or a part of its persons, as a file, and the rows of the whole."""
    table = pl.scan_parquet(source)
    rows = int(table.select(pl.len()).collect(engine="streaming").item())
    if rows <= most_rows:
        return source, rows
    random = np.random.default_rng(seed)
    if person is None:
        chosen = pl.Series(np.sort(random.choice(rows, most_rows, replace=False)))
        part = table.with_row_index(PLACE).filter(pl.col(PLACE).is_in(chosen.implode()))
        part = part.drop(PLACE)
    else:
        persons = table.select(pl.col(person).drop_nulls().unique()).collect(engine="streaming")
        ordered = persons.to_series().sort()
        number = max(1, len(ordered) * most_rows // rows)
        chosen = ordered[np.sort(random.choice(len(ordered), number, replace=False))]
        part = table.filter(pl.col(person).is_in(chosen.implode()))
    part.sink_parquet(target)
    return target, rows
