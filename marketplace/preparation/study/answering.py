"""Compute the results of runs that only look."""

from pathlib import Path
from typing import Any

from desensitize.attacks.limits import Limits
from desensitize.masks import MASKS
from desensitize.policy import Policy
from desensitize.privacy import Hierarchy
from desensitize.profile import profile_table
from desensitize.risk import compare_tables
from desensitize.treatments import try_treatments
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.exclusion.excluding import exclusions_of, opened_source
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.preparation.run.models import Run, RunKind, Step
from marketplace.preparation.study.services import finish_study
from marketplace.vault.services import decrypt_into

STUDY_OPENED, ANSWERED = 0.05, 0.95

MOST_TIES = 12


def study(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Answer the question of a run and keep the answer."""
    source = opened_source(run.version, folder, exclusions_of(run.version.dataset))
    question = run.study.question
    if run.kind == RunKind.TRADEOFF:
        answer = _tradeoff(source, question, heartbeat)
    else:
        answer = _comparison(run, source, question, folder, heartbeat)
    heartbeat.report(ANSWERED, Step.KEEP)
    finish_study(run.pk, attempt=run.attempt, answer=answer, by=by)


def _tradeoff(source: Path, question: dict[str, Any], heartbeat: Heartbeat) -> dict[str, Any]:
    heartbeat.report(STUDY_OPENED, Step.ATTACK)
    return try_treatments(
        source,
        Policy.from_dict(question["policy"]),
        roles=question["roles"],
        limits=Limits(**question["limits"]),
        known=question["known"],
        progress=lambda share: heartbeat.report(
            STUDY_OPENED + (ANSWERED - STUDY_OPENED) * share, Step.ATTACK
        ),
    ).as_dict()


def _comparison(
    run: Run, source: Path, question: dict[str, Any], folder: Path, heartbeat: Heartbeat
) -> dict[str, Any]:
    asked = question["masked"]
    children = {str(child.pk): child for child in run.version.children.select_related("file")}
    compared = []
    for number, one in enumerate(asked):
        heartbeat.report(
            STUDY_OPENED + (ANSWERED - STUDY_OPENED) * number / len(asked), Step.COMPARE
        )
        child = children[one["version"]]
        masked, roles = decrypt_into(child.file, folder), _roles(child, run.version)
        policy = Policy.from_dict(one["policy"])
        found = compare_tables(
            source,
            masked,
            quasi_identifiers=[rule.name for rule in policy.generalized],
            hierarchies=_given(policy),
        ).as_dict()
        heartbeat.report(
            STUDY_OPENED + (ANSWERED - STUDY_OPENED) * (number + 0.7) / len(asked), Step.PROFILE
        )
        found["associations"] = found["associations"][:MOST_TIES]
        found["version"] = one["version"]
        made_by, histograms = policy_that_made(child), dict[str, Any]()
        ends = made_by.ends if made_by else {}
        for profile in profile_table(masked):
            # Of a column that came as two, it is where the intervals begin that is drawn.
            name = ends.get(profile.name, profile.name)
            histograms.setdefault(name, profile.shown(roles[name]).as_dict()["histogram"])
        found["histograms"] = histograms
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
