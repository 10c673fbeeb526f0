"""One verdict on a release, from what every attacker reached."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desensitize.attacks import inference
from desensitize.attacks.codes import coded
from desensitize.attacks.composition import composition
from desensitize.attacks.contract import Attack, Play, Release
from desensitize.attacks.held_out import making_once
from desensitize.attacks.identifiers import remaining_identifiers
from desensitize.attacks.limits import Limits
from desensitize.attacks.origins import with_other_names
from desensitize.attacks.pairs import as_labels
from desensitize.attacks.personal import Personal, personal_in
from desensitize.attacks.persons import Game
from desensitize.attacks.reasons import (
    CERTAIN,
    IDENTIFIERS_REMAIN,
    NO_SUCH_ATTACKER,
    NOT_TRIED,
    NOTHING_PERSONAL,
    REACHED,
    TOO_FEW_TRIALS,
    WITHSTANDS,
    Reason,
    listed,
)
from desensitize.attacks.registry import ATTACKERS
from desensitize.errors import DesensitizeError


class Verdict(StrEnum):
    """Say what a release is."""

    NO_PERSONAL_INFORMATION = "no-personal-information"
    ANONYMOUS = "anonymous"
    DE_IDENTIFIED = "de-identified"
    NOT_MEASURED = "not-measured"

    @property
    def passes(self) -> bool:
        """Return whether the release needs no basis in law."""
        return self in (Verdict.NO_PERSONAL_INFORMATION, Verdict.ANONYMOUS)


@dataclass(frozen=True)
class Judgement:
    """Hold a verdict with its reasons, and the attacks that it rests on.

    `unique_share` and `share_below_k` are over all released columns, `certain` is by sensitive
    column the share of rows whose value some attacker knows for sure.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    attacks: tuple[Attack, ...]
    unique_share: float
    share_below_k: float
    certain: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Return the judgement as plain values."""
        return {
            "verdict": str(self.verdict),
            "reasons": [reason.as_dict() for reason in self.reasons],
            "attackers": [attack.as_dict() for attack in self.attacks],
            "unique_share_all_columns": self.unique_share,
            "share_below_k_all_columns": self.share_below_k,
            "certain": dict(self.certain),
        }


def judge(
    release: Release,
    limits: Limits | None = None,
    *,
    attackers: Mapping[str, Play] = ATTACKERS,
    game: Game | None = None,
    personal: Personal | None = None,
) -> Judgement:
    """Let every attacker try the release, and say what it is.

    It is `de-identified` as soon as one attacker reaches more than the limit, and `not-measured`
    where one could not be tried to the end; it is `anonymous` only where all were and failed.
    A column that the policy left as a pseudonym, a part or a masked text makes it `de-identified`.
    A `game` has persons of the source guessed whatever kind of release it is. `personal` is what
    `personal_in` says of the release, where that was asked before.

    Raises:
        DesensitizeError: `bad-known`, or what an attacker raises.
        TableError: a table cannot be read.
    """
    if release.known < 1:
        raise DesensitizeError("bad-known")
    with as_labels(release) as shown:
        named = with_other_names(shown)
        return _judged(named, limits or Limits(), attackers, game, personal)


def _judged(
    release: Release,
    limits: Limits,
    attackers: Mapping[str, Play],
    game: Game | None,
    personal: Personal | None,
) -> Judgement:
    if personal is None:
        personal = personal_in(release)
    table = coded(release.released)
    sizes = table.sizes(table.columns)
    unique, below = (int(table.weights[sizes < most].sum()) / table.rows for most in (2, limits.k))
    del table, sizes
    attacks: tuple[Attack, ...] = ()
    reasons: tuple[Reason, ...]
    if personal.is_nothing:
        verdict, reasons = Verdict.NO_PERSONAL_INFORMATION, (NOTHING_PERSONAL(),)
    else:
        with making_once(release) as once:
            attacks = _played(once, limits, personal, attackers, game)
        verdict, reasons = _verdict(attacks, _remaining(release))
    certain: dict[str, float] = {}
    for attack in attacks:
        for column, share in attack.certain.items():
            certain[column] = max(share, certain.get(column, 0.0))
    return Judgement(verdict, reasons, attacks, unique, below, certain)


def judge_together(
    release: Release, limits: Limits | None = None, *, personal: Personal | None = None
) -> tuple[Attack, ...]:
    """Let only the attacker try who puts a release and each earlier one together, one by one.

    `personal` is what `personal_in` says of the release, where that was asked before.

    Raises:
        TableError: a table cannot be read.
    """
    limits = limits or Limits()
    with as_labels(release) as shown:
        if personal is None:
            personal = personal_in(shown)
        # What concerns nobody tells nothing of anybody.
        known = [replace(shown, earlier=(one,)) for one in shown.earlier]
        if personal.is_nothing:
            known = [replace(shown, earlier=()) for _ in shown.earlier]
        return tuple(
            _with_certain(composition(one, limit=limits.excess), personal, limits) for one in known
        )


def held_to(attack: Attack, personal: Personal, limits: Limits | None = None) -> Attack:
    """Return an attack on a release that fails where it knows too many values for sure."""
    return _with_certain(attack, personal, limits or Limits())


def _played(
    release: Release,
    limits: Limits,
    personal: Personal,
    attackers: Mapping[str, Play],
    game: Game | None,
) -> tuple[Attack, ...]:
    """Play all attacks, last those that look at what the others left."""
    played: dict[str, Attack] = {}
    for name, attacker in sorted(ATTACKERS.items(), key=lambda item: item[1].asks_others):
        play, limit = attackers.get(name), min(attacker.limit, limits.excess)
        if play is None:
            # Whatever it could reach, nobody knows.
            played[name] = Attack(name, "", None, limit, not_tried=(NO_SUCH_ATTACKER(),))
        elif play is attacker and attacker.asks_others:
            held = _held(release, played[inference.NAME], personal, limits)
            played[name] = attacker.play(release, limit=limit, limits=limits, held=held, game=game)
        else:
            played[name] = play(release, limit=limit)
    return tuple(_with_certain(played[name], personal, limits) for name in ATTACKERS)


def _with_certain(attack: Attack, personal: Personal, limits: Limits) -> Attack:
    """Return the attack that fails where it knows too many values for sure, whatever its excess."""
    return replace(attack, breaks=(*attack.breaks, *_certain(attack, personal, limits)))


def _held(
    release: Release, inferred: Attack, personal: Personal, limits: Limits
) -> tuple[str, ...]:
    """Name the sensitive columns that the inference attacker cannot tell.

    What somebody is found by is none of these, whatever it is called: a column that was declared a
    quasi-identifier, or that detectors take for one or for an identifier.
    """
    if not inferred.passed or any(_certain(inferred, personal, limits)):
        return ()
    finding = {*release.quasi_identifiers, *personal.finding}
    return tuple(
        name for name in release.sensitive if name in inferred.certain and name not in finding
    )


def _remaining(release: Release) -> list[Reason]:
    """Return the reason why a release is de-identified whatever attackers reach, where one is."""
    names = list(release.identifying)
    if release.policy is not None and not release.is_synthetic:
        names += [one for one in remaining_identifiers(release.policy) if one not in names]
    return [IDENTIFIERS_REMAIN(columns=listed(names))] if names else []


def _verdict(
    attacks: tuple[Attack, ...], remaining: list[Reason]
) -> tuple[Verdict, tuple[Reason, ...]]:
    failures = remaining + [reason for attack in attacks for reason in _failures(attack)]
    if failures:
        return Verdict.DE_IDENTIFIED, tuple(failures)
    unknown = [reason for attack in attacks for reason in _unknown(attack)]
    if unknown:
        return Verdict.NOT_MEASURED, tuple(unknown)
    return Verdict.ANONYMOUS, (WITHSTANDS(),)


def _failures(attack: Attack) -> list[Reason]:
    found = list(attack.breaks)
    excess = attack.excess
    if excess is not None and excess.is_above(attack.limit):
        found.append(
            REACHED(
                attacker=attack.name,
                rate=excess.rate,
                control=excess.control,
                excess=excess.value,
                limit=attack.limit,
            )
        )
    return found


def _certain(attack: Attack, personal: Personal, limits: Limits) -> list[Reason]:
    found = []
    for column, share in attack.certain.items():
        is_sensitive = column in personal.sensitive
        limit = limits.certain_sensitive_personal if is_sensitive else limits.certain
        if share > limit:
            found.append(CERTAIN(column=column, share=share, limit=limit))
    return found


def _unknown(attack: Attack) -> list[Reason]:
    if attack.passed:
        return []
    if attack.excess is None or attack.not_tried:
        what = " ".join(one.sentence for one in attack.not_tried) or "It could not be played."
        return [NOT_TRIED(attacker=attack.name, what=what)]
    return [
        TOO_FEW_TRIALS(
            attacker=attack.name,
            high=attack.excess.high,
            limit=attack.limit,
            trials=attack.excess.trials,
            needed=attack.excess.trials_for(attack.limit),
        )
    ]
