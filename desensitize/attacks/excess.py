"""How much oftener an attacker is right than somebody who only guesses."""

from dataclasses import dataclass
from math import ceil, sqrt

NORMAL_95 = 1.959963984540054
"""The quantile of the standard normal distribution for an interval of 95 %."""
EXACT = 0
"""The trials of a share that is computed, not counted in a sample."""


@dataclass(frozen=True)
class Share:
    """Hold how often something happened: `successes` of `trials`, or an exact share.

    An exact share has EXACT trials and stands in `successes`, from 0 to 1.
    """

    successes: float
    trials: int

    @classmethod
    def exactly(cls, share: float) -> "Share":
        """Return a share that was computed."""
        return cls(share, EXACT)

    @property
    def rate(self) -> float:
        """Return the share as it was counted."""
        return self.successes if self.trials == EXACT else self.successes / self.trials

    def interval(self) -> tuple[float, float]:
        """Return Wilson's centre and half-width at 95 % (Wilson, JASA 22, 1927)."""
        if self.trials == EXACT:
            return self.rate, 0.0
        square = NORMAL_95**2
        spread = 1 + square / self.trials
        centre = (self.rate + square / (2 * self.trials)) / spread
        inner = self.rate * (1 - self.rate) / self.trials + square / (4 * self.trials**2)
        return centre, NORMAL_95 * sqrt(max(0.0, inner)) / spread


def added(*shares: Share) -> Share:
    """Return counted shares together."""
    return Share(sum(one.successes for one in shares), sum(one.trials for one in shares))


@dataclass(frozen=True)
class Excess:
    """Hold the excess (rate − control) / (1 − control) with its bounds at 95 %.

    Of exact shares value and bounds are the same. `trials` are those of the attack, or of the
    control where the attack is exact.
    """

    rate: float
    control: float
    value: float
    low: float
    high: float
    trials: int

    def is_above(self, limit: float) -> bool:
        """Return whether more than the limit was reached, and not by luck: the lower bound is."""
        return self.low > limit

    def trials_for(self, limit: float) -> int:
        """Return how many trials would show that the limit is kept, if nothing is reached.

        What luck reaches and the width of the interval both shrink with the root of the trials.
        """
        return ceil(self.trials * (self.high / limit) ** 2) if limit > 0 else 0


def weigh(attack: Share, control: Share) -> Excess:
    """Return what an attack reaches beyond a control, with an interval of 95 %.

    `value` is of the shares as counted; the interval is that of Giomi et al. (PoPETs 2023): it
    stands around the excess of Wilson's centres, and both errors are propagated to first order.
    A control that is always right leaves nothing to reach: the excess is 0 there.
    """
    rate, rate_error = attack.interval()
    guess, guess_error = control.interval()
    trials = attack.trials if attack.trials != EXACT else control.trials
    if control.rate >= 1 or guess >= 1:
        return Excess(attack.rate, control.rate, 0.0, 0.0, 0.0, trials)
    value = (attack.rate - control.rate) / (1 - control.rate)
    centre = (rate - guess) / (1 - guess)
    error = sqrt(
        (rate_error / (1 - guess)) ** 2 + ((1 - rate) / (1 - guess) ** 2 * guess_error) ** 2
    )
    low, high = centre - error, centre + error
    return Excess(
        rate=attack.rate,
        control=control.rate,
        value=max(0.0, value),
        low=max(0.0, min(low, value)),
        high=min(1.0, max(high, value, 0.0)),
        trials=trials,
    )


def gravity(excess: Excess, limit: float) -> tuple[bool, float]:
    """Return by what the worst of several outcomes is chosen.

    One that fails goes before all others, by how much was reached for sure; of those that do not,
    the one whose upper bound is the highest, since it is the bound that must be within the limit.
    """
    failed = excess.is_above(limit)
    return failed, excess.low if failed else excess.high
