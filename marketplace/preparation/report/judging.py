"""Let attackers try a masked version, with all that the centre knows of how it was made."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from desensitize.attacks import Release
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.verdict import Judgement, judge
from desensitize.policy import PERSONAL_ROLES, Policy
from desensitize.privacy import Recoding
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.policy.relabelling import CountedRoles
from marketplace.preparation.policy.synthetic import drawing_again
from marketplace.preparation.report.measurement import limits_of_centre
from marketplace.preparation.run.models import Run


def release_of(
    run: Run,
    policy: Policy,
    counted: CountedRoles,
    *,
    source: Path,
    released: Path,
    recoding: Recoding | None = None,
) -> Release:
    """Return what a run wrote as attackers are given it, by the labels in force.

    A column that nobody calls personal counts as what detectors took it for, unless a reviewer
    agreed: who calls it impersonal alone does not take it out of an attacker's hands.

    Raises:
        DesensitizeError: a table cannot be read.
    """
    roles = attacked_roles(run, counted)
    return Release(
        source=source,
        released=released,
        quasi_identifiers=_of(roles, ColumnRole.QUASI),
        sensitive=_of(roles, ColumnRole.SENSITIVE),
        hierarchies=made_hierarchies(policy, source, recoding),
        policy=policy,
        person=policy.person,
        cleared=counted.cleared,
        identifying=counted.identifying,
        is_synthetic=policy.synthetic is not None,
        make=drawing_again(policy),
        known=settings.CENTRE["ATTACK_KNOWN_COLUMNS"],
    )


def judged(
    run: Run,
    policy: Policy,
    counted: CountedRoles,
    *,
    source: Path,
    released: Path,
    told: Callable[[], object] = lambda: None,
) -> Judgement:
    """Return what attackers make of what a run wrote, without what went out before.

    `told` is called each time the release is to be made again for them, which takes long.

    Raises:
        DesensitizeError: a table cannot be read.
    """
    release = release_of(run, policy, counted, source=source, released=released)
    make = release.make

    def make_again(people: Path, target: Path) -> None:
        assert make is not None
        told()
        make(people, target)

    return judge(release if make is None else replace(release, make=make_again), limits_of_centre())


def attacked_roles(run: Run, counted: CountedRoles) -> dict[str, str]:
    """Return the role of each released column: as it counts, else that which detectors saw."""
    found = dict(findings_of(run.version).values_list("name", "role"))
    return {
        name: role if role in PERSONAL_ROLES or name in counted.cleared else found.get(name, role)
        for name, role in counted.roles.items()
    }


def _of(roles: dict[str, str], role: ColumnRole) -> tuple[str, ...]:
    return tuple(name for name, one in roles.items() if one == role)
