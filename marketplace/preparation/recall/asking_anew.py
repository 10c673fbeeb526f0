"""Ask signed verdicts again, by the limits of today: do they still keep to them?"""

from django.conf import settings

from desensitize.attacks.limits import Limits
from desensitize.policy import Policy
from marketplace.core import WrongState
from marketplace.preparation.exclusion.excluding import opened_source
from marketplace.preparation.policy.relabelling import counted_roles
from marketplace.preparation.release.composing import (
    Paths,
    judged_beside,
    opened_earlier,
    source_key,
)
from marketplace.preparation.release.life import as_tried
from marketplace.preparation.release.people import released_before, together_with
from marketplace.preparation.release.selectors import chain_before
from marketplace.preparation.report.judging import release_of
from marketplace.preparation.report.measurement import Thresholds, failures_by, limits_of_centre
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.vault.chunks import DamagedFile
from marketplace.vault.services import decrypt_into, work_folder

RANKS = (
    Verdict.NO_PERSONAL_INFORMATION,
    Verdict.ANONYMOUS,
    Verdict.DE_IDENTIFIED,
    Verdict.NOT_MEASURED,
)
"""The verdicts, from the one that promises most."""


def failures_today(report: RiskReport) -> list[str]:
    """Return the codes of what a passed report does not keep of the centre's limits of today.

    Its figures are held against them. Where it was found `anonymous` or without personal
    information, attackers try the very bytes again, beside their source and all that had gone out
    of the same people before; where the source was destroyed, what they reached then is held
    against today's limits, and what those figures cannot tell does not count as kept.
    """
    if report.is_of_model:
        # It was held against a limit that no setting of the centre moves.
        return []
    figures = report.figures
    failures = failures_by(
        Thresholds.of_centre(),
        has_quasi_identifiers=bool(report.quasi_identifiers),
        smallest_class=figures["smallest_class"],
        unique_share=figures["unique_share"],
        prosecutor_max=figures["prosecutor_max"],
        suppressed_share=figures["suppressed_share"],
    )
    if report.verdict in (Verdict.NO_PERSONAL_INFORMATION, Verdict.ANONYMOUS):
        verdict = _verdict_today(report)
        if RANKS.index(verdict) > RANKS.index(Verdict(report.verdict)):
            failures.append(verdict.value)
    return failures


def _verdict_today(report: RiskReport) -> Verdict:
    run = report.measured_by
    assert run.policy is not None, "what was measured was masked by a policy"
    if run.version.raw_destroyed_at is None:
        try:
            with work_folder() as folder:
                source = opened_source(run.version, folder, run.exclusions)
                released = decrypt_into(report.version.file, folder)
                policy, counted = Policy.from_dict(run.policy.document), counted_roles(run.policy)
                opened: Paths = {
                    source_key(run.version_id, run.exclusions): source,
                    report.version_id: released,
                }
                chain = chain_before(report.version)
                others = released_before(report.version).exclude(pk__in=chain)
                earlier = opened_earlier(list(others), folder, opened)
                tried, recoding = as_tried(run, policy, counted, released, folder)
                release = release_of(
                    run, policy, counted, source=source, released=tried, recoding=recoding
                )
                verdict = Verdict(judged_beside(release, run, earlier)[0].verdict)
                is_told = any(
                    one.is_refused
                    for one in together_with(report.version)
                    if one.earlier.pk in chain
                )
                # What all revisions tell was counted when each was made.
                weaker = is_told and RANKS.index(verdict) < RANKS.index(Verdict.DE_IDENTIFIED)
                return Verdict.DE_IDENTIFIED if weaker else verdict
        except (WrongState, DamagedFile):
            pass
    if report.verdict == Verdict.NO_PERSONAL_INFORMATION:
        return Verdict.NO_PERSONAL_INFORMATION
    before = set(released_before(report.version).values_list("pk", flat=True))
    composes = not any(
        one.is_refused for one in together_with(report.version) if one.earlier.pk in before
    )
    keeps = composes and _keeps(report, limits_of_centre())
    return Verdict.ANONYMOUS if keeps else Verdict.NOT_MEASURED


def _keeps(report: RiskReport, limits: Limits) -> bool:
    """Return whether what attackers reached then is within limits, as far as it tells."""
    judgement, then = report.judgement, report.thresholds
    certain = judgement["certain"].values()
    highs = [one["high"] for one in judgement["attackers"]]
    return (
        limits.k <= then["smallest_class"]
        and settings.CENTRE["ATTACK_KNOWN_COLUMNS"] <= then["known_columns"]
        and all(high is not None and high <= limits.excess for high in highs)
        and all(share <= limits.certain for share in certain)
        # Which columns were sensitive personal information is not kept.
        and (
            not any(certain)
            or limits.certain_sensitive_personal >= then["largest_certain_sensitive_share"]
        )
        and judgement["unique_share_all_columns"] <= limits.unique
        and judgement["share_below_k_all_columns"] <= limits.below_k
    )
