"""Amounts of privacy: ε and δ, added up exactly."""

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from desensitize.errors import DesensitizeError


@dataclass(frozen=True)
class Budget:
    """Hold an amount of ε and δ (Dwork and Roth, 2014, definition 2.4).

    Fractions hold exactly what was written, so that ten tenths are one.
    """

    epsilon: Fraction
    delta: Fraction

    @classmethod
    def of(cls, epsilon: float | str, delta: float | str = 0) -> "Budget":
        """Read ε above 0 and δ from 0 to below 1, in decimal notation.

        Raises:
            DesensitizeError: `bad-privacy-budget`.
        """
        amounts = []
        for value in (epsilon, delta):
            try:
                number = float(value)
                # A text may name a number too small for a float; the mechanisms take it for 0.
                amounts.append(Fraction(Decimal(str(value))) if number else Fraction(0))
            except (ValueError, TypeError, ArithmeticError) as error:
                raise DesensitizeError("bad-privacy-budget") from error
        read = cls(*amounts)
        if not (read.epsilon > 0 and 0 <= read.delta < 1):
            raise DesensitizeError("bad-privacy-budget")
        return read

    def __add__(self, other: "Budget") -> "Budget":
        return Budget(self.epsilon + other.epsilon, self.delta + other.delta)

    def __sub__(self, other: "Budget") -> "Budget":
        return Budget(self.epsilon - other.epsilon, self.delta - other.delta)

    def as_dict(self) -> dict[str, str]:
        """Return both amounts in decimal notation."""
        return {"epsilon": _decimal(self.epsilon), "delta": _decimal(self.delta)}

    @property
    def overdrawn(self) -> bool:
        """Return whether ε or δ lies below zero."""
        return self.epsilon < 0 or self.delta < 0


def _decimal(amount: Fraction) -> str:
    # Sums of decimals are decimals; no float's digits go beyond these.
    exact = Context(prec=800).divide(Decimal(amount.numerator), Decimal(amount.denominator))
    return f"{exact.normalize():f}"


NOTHING = Budget(Fraction(0), Fraction(0))
