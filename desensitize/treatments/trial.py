"""Make one treatment after another of a table, and let the attackers try each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

import polars as pl

from desensitize.attacks.contract import Attack, Attacker, Play, Release, Remedy
from desensitize.attacks.limits import Limits
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.personal import personal_in, seen_in
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.verdict import Judgement, Verdict, judge
from desensitize.crypto import KeyRing
from desensitize.detectors import Proposal
from desensitize.engines import run_policy
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import PERSONAL_ROLES, ColumnRule, Policy
from desensitize.treatments.copies import CopyMaker
from desensitize.treatments.steps import Step, apply_steps
from desensitize.treatments.treatment import Treatment
from desensitize.treatments.usefulness import Usefulness

EPSILON, DELTA = 1.0, "1e-9"


class Trial:
    """Try treatments of one table, each policy once; `found` holds them in their order."""

    def __init__(
        self,
        source: Path,
        policy: Policy,
        *,
        roles: Mapping[str, str],
        limits: Limits,
        known: int,
        seed: int,
        folder: Path,
        tick: Callable[[], None],
    ) -> None:
        """Read what all treatments are measured by; see `try_treatments`."""
        self.source, self.policy, self.folder = source, policy, folder
        self.roles, self.person, self.limits = roles, policy.person, limits
        self.known, self.seed, self.tick = known, seed, tick
        counted = [one.name for one in policy.columns if self._role(one) != "direct"]
        self.usefulness = Usefulness(source, counted)
        self.found: list[Treatment] = []
        self._policies: list[Policy] = []
        self._shuffled: dict[str, Attack] = {}

    def is_new(self, steps: Sequence[Step]) -> bool:
        """Return whether the steps lead to a policy that was not asked about before."""
        policy = apply_steps(self.policy, steps)
        if policy in self._policies:
            return False
        self._policies.append(policy)
        return True

    def try_steps(self, steps: Sequence[Step]) -> tuple[Treatment, Judgement | None]:
        """Make the policy with some steps, and let it be judged; a refusal has no judgement.

        Raises:
            TableError: as `run_policy`.
        """
        kept, target = tuple(steps), self.folder / "tried.parquet"
        judgement = None
        try:
            policy = apply_steps(self.policy, kept)
            made = run_policy(self.source, target, policy, keys=self._keys(), work=self.folder)
        except TableError:
            raise
        except DesensitizeError as error:
            treatment = Treatment(kept, refusal=error.code)
        else:
            drawn = max(1, made.rows_read - made.undrawn_rows)
            release = Release(
                source=self.source,
                released=target,
                quasi_identifiers=self._of(policy, "quasi"),
                sensitive=self._of(policy, "sensitive"),
                person=self.person,
                hierarchies=made_hierarchies(policy, self.source),
                policy=policy,
                known=self.known,
                seed=self.seed,
            )
            judgement, treatment = self._judged(release, kept, made.suppressed_rows / drawn)
        self.found.append(treatment)
        return treatment, judgement

    def try_synthetic(self) -> None:
        """Try a synthetic copy of the columns that the policy releases, but direct identifiers.

        Raises:
            TableError: as `synthesize`.
        """
        steps, target = (Step("synthetic", (), EPSILON),), self.folder / "tried.parquet"
        rules = [one for one in self.policy.columns if one.in_release]
        names = [one.name for one in rules if one.name in self.usefulness.columns]
        try:
            maker = CopyMaker(
                self.source,
                names,
                (EPSILON, DELTA),
                self.person,
                self.seed,
                self.tick,
            )
            maker(self.source, target)
        except TableError:
            raise
        except DesensitizeError as error:
            self.found.append(Treatment(steps, refusal=error.code))
            return
        there = set(pl.read_parquet_schema(target))
        quasi, sensitive = (
            tuple(one.name for one in rules if self._role(one) == role and one.name in there)
            for role in ("quasi", "sensitive")
        )
        release = Release(
            source=self.source,
            released=target,
            quasi_identifiers=quasi,
            sensitive=sensitive,
            person=self.person,
            known=self.known,
            is_synthetic=True,
            seed=self.seed,
            make=maker,
        )
        self.found.append(self._judged(release, steps, 0.0)[1])

    def _judged(
        self, release: Release, steps: tuple[Step, ...], left_out: float
    ) -> tuple[Judgement, Treatment]:
        judgement = self._judgement(release)
        attacks = [(one.excess.high, one.name) for one in judgement.attacks if one.excess]
        excess, attacker = max(attacks, default=(None, ""))
        return judgement, Treatment(
            steps=steps,
            usefulness=self.usefulness.of(release, left_out=left_out),
            attacker=attacker,
            excess=excess,
            verdict=judgement.verdict,
            reasons=tuple(dict.fromkeys(reason.code for reason in judgement.reasons)),
            left_out=left_out,
        )

    def _judgement(self, release: Release) -> Judgement:
        whole: dict[str, Play] = {name: self._playing(one) for name, one in ATTACKERS.items()}
        # What looks at the order plays last.
        quick = {
            name: play for name, play in whole.items() if ATTACKERS[name].remedy != Remedy.SHUFFLE
        }
        personal = personal_in(release, source=self._seen)
        # Looking for a row that stands alone takes long in a synthetic copy, and is not played
        # twice there.
        first = whole if release.is_synthetic else quick
        judgement = judge(release, self.limits, attackers=first, personal=personal)
        if judgement.verdict != Verdict.NOT_MEASURED or first is whole:
            return judgement
        return judge(release, self.limits, attackers=whole, personal=personal)

    @cached_property
    def _seen(self) -> tuple[Proposal, ...]:
        """Return what detectors take the columns of the source for, which stays the same."""
        return seen_in(self.source)

    def _playing(self, attacker: Attacker) -> Play:
        if attacker.asks_others:
            return attacker
        if attacker.remedy == Remedy.SHUFFLE:
            return partial(self._placed, attacker)
        return _once(attacker, self.tick)

    def _placed(self, attacker: Attacker, release: Release, /, *, limit: float) -> Attack:
        """Look for rows by their place; where they were shuffled, only once for all policies.

        The order is drawn from the key and the number of the row alone.
        """
        self.tick()
        shuffled = release.policy is not None and release.policy.shuffles
        if not shuffled:
            return attacker(release, limit=limit)
        if attacker.name not in self._shuffled:
            self._shuffled[attacker.name] = attacker(release, limit=limit)
        return self._shuffled[attacker.name]

    def _role(self, rule: ColumnRule) -> str:
        """Return what a column is: as the policy says, or else as detectors took it."""
        return rule.role if rule.role in PERSONAL_ROLES else self.roles.get(rule.name, rule.role)

    def _of(self, policy: Policy, role: str) -> tuple[str, ...]:
        return tuple(
            one.name for one in policy.columns if one.in_release and self._role(one) == role
        )

    def _keys(self) -> KeyRing:
        return KeyRing(hashlib.sha256(f"treatments {self.seed}".encode()).digest())


def _once(attacker: Attacker, tick: Callable[[], None]) -> Play:
    """Return an attacker that plays on one release, and says the same when asked again.

    It calls `tick` before it plays.
    """
    played: list[Attack] = []

    def play(release: Release, /, *, limit: float) -> Attack:
        if not played:
            tick()
            played.append(attacker(release, limit=limit))
        return played[0]

    return play
