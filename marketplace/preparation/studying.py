"""Compute the results of runs that only look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desensitize.attacks.limits import Limits
from desensitize.masks import MASKS
from desensitize.policy import Policy
from desensitize.privacy import Hierarchy
from desensitize.profile import profile_table
from desensitize.risk import compare_tables
from desensitize.treatments import try_treatments
from marketplace.catalog.models import DatasetVersion
from marketplace.core.actor import Actor
from marketplace.preparation.heartbeat import Heartbeat
from marketplace.preparation.models import ColumnRole, Run, RunKind, Step
from marketplace.preparation.selectors import findings_of, policy_that_made
from marketplace.preparation.services.studies import finish_study
from marketplace.vault.services.work import decrypt_into

OPENED, ANSWERED = 0.05, 0.95
MOST_TIES = 12


def study(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Answer the question of a run and keep the answer."""
    source = decrypt_into(run.version.file, folder)
    question = run.study.question
    if run.kind == RunKind.TRADEOFF:
        answer = _tradeoff(source, question, heartbeat)
    else:
        answer = _comparison(run, source, question, folder, heartbeat)
    heartbeat.report(ANSWERED, Step.KEEP)
    finish_study(run.pk, attempt=run.attempt, answer=answer, by=by)


def _tradeoff(source: Path, question: dict[str, Any], heartbeat: Heartbeat) -> dict[str, Any]:
    heartbeat.report(OPENED, Step.ATTACK)
    return try_treatments(
        source,
        Policy.from_dict(question["policy"]),
        roles=question["roles"],
        limits=Limits(**question["limits"]),
        known=question["known"],
        progress=lambda share: heartbeat.report(OPENED + (ANSWERED - OPENED) * share, Step.ATTACK),
    ).as_dict()


def _comparison(
    run: Run, source: Path, question: dict[str, Any], folder: Path, heartbeat: Heartbeat
) -> dict[str, Any]:
    asked = question["masked"]
    children = {str(child.pk): child for child in run.version.children.select_related("file")}
    compared = []
    for number, one in enumerate(asked):
        heartbeat.report(OPENED + (ANSWERED - OPENED) * number / len(asked), Step.COMPARE)
        child = children[one["version"]]
        masked, roles = decrypt_into(child.file, folder), _roles(child, run.version)
        policy = Policy.from_dict(one["policy"])
        found = compare_tables(
            source,
            masked,
            quasi_identifiers=[rule.name for rule in policy.generalized],
            hierarchies=_given(policy),
        ).as_dict()
        heartbeat.report(OPENED + (ANSWERED - OPENED) * (number + 0.7) / len(asked), Step.PROFILE)
        found["associations"] = found["associations"][:MOST_TIES]
        found["version"] = one["version"]
        found["histograms"] = {
            profile.name: profile.shown(roles[profile.name]).as_dict()["histogram"]
            for profile in profile_table(masked)
        }
        compared.append(found)
    return {"compared": compared}


def _roles(masked: DatasetVersion, source: DatasetVersion) -> dict[str, str]:
    """Return the class by which each masked column's profile is shown: the stricter of two.

    A pseudonym and a text with marks in it still speak of one person.
    """
    found = {finding.name: finding.role for finding in findings_of(source)}
    policy = policy_that_made(masked)
    for rule in policy.columns if policy else ():
        one_person = rule.masks_within or MASKS[rule.mask].description.pseudonymous
        if one_person or rule.role == ColumnRole.DIRECT:
            found[rule.name] = ColumnRole.DIRECT
        elif found[rule.name] == ColumnRole.OTHER:
            found[rule.name] = rule.role
    return found


def _given(policy: Policy) -> dict[str, Hierarchy]:
    rows = {rule.name: rule.make_mask().options.table("hierarchy") for rule in policy.generalized}
    return {name: Hierarchy.checked(name, one) for name, one in rows.items() if one}
