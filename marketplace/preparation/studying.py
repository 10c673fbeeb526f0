"""Answer the questions of runs that only look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desensitize.engines import compare_methods
from desensitize.policy import Policy
from desensitize.privacy import Hierarchy
from desensitize.profile import profile_table
from desensitize.risk import compare_tables
from marketplace.core.actor import Actor
from marketplace.preparation.heartbeat import Heartbeat
from marketplace.preparation.models import Run, RunKind, Step
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
    heartbeat.report(OPENED, Step.SEARCH)
    points = compare_methods(
        source,
        Policy.from_dict(question["policy"]),
        smallest_classes=question["smallest_classes"],
        progress=lambda share: heartbeat.report(OPENED + (ANSWERED - OPENED) * share, Step.SEARCH),
    )
    return {"points": [point.as_dict() for point in points]}


def _comparison(
    run: Run, source: Path, question: dict[str, Any], folder: Path, heartbeat: Heartbeat
) -> dict[str, Any]:
    asked = question["masked"]
    children = {str(child.pk): child for child in run.version.children.select_related("file")}
    compared = []
    for number, one in enumerate(asked):
        heartbeat.report(OPENED + (ANSWERED - OPENED) * number / len(asked), Step.COMPARE)
        masked = decrypt_into(children[one["version"]].file, folder)
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
            profile.name: profile.as_dict()["histogram"] for profile in profile_table(masked)
        }
        compared.append(found)
    return {"compared": compared}


def _given(policy: Policy) -> dict[str, Hierarchy]:
    rows = {rule.name: rule.make_mask().options.table("hierarchy") for rule in policy.generalized}
    return {name: Hierarchy.checked(name, one) for name, one in rows.items() if one}
