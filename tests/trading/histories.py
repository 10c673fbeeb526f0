"""What random histories of money have in common: what each begins with, and that no cent is lost.

Every history runs in one transaction, which is taken back at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from marketplace.core.actor import Actor
from marketplace.core.errors import Refusal
from marketplace.trading.books.account.models import OVERDRAWN
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from tests.given.world import World

NOTHING = Decimal(0)
THROUGH_THE_BANK = (
    *(TransferKind.DEPOSIT, TransferKind.PAYOUT, TransferKind.RETURN, TransferKind.BANK_OWN),
)


class Histories(RuleBasedStateMachine):
    """A world whose people do something, one act after the other, whatever comes of it.

    `looked` counts how often the books were looked through: at each beginning, and after each step.
    """

    looked: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        # An atomic block, not a savepoint by hand: only with it is what waits for a commit dropped
        # too, which each refused act would go through again.
        self.history = ExitStack()
        self.history.enter_context(transaction.atomic())
        self.world = World()

    def teardown(self) -> None:
        """Take back what this history wrote."""
        transaction.set_rollback(True)
        self.history.close()

    def _try(self, act: Callable[[], Any]) -> Any:
        """Return what an act gives, or None for a refusal in words."""
        try:
            with transaction.atomic():
                return act()
        except Refusal:
            return None

    def _by(self, person: str) -> Actor:
        return self.world.actor(person)

    @invariant()
    def no_cent_is_lost(self) -> None:
        """What came in is what stands here and what went out, and every balance is its sum."""
        type(self).looked += 1
        moved: dict[Any, Decimal] = {}
        came = went = NOTHING
        for row in Transfer.objects.all():
            moved[row.debit_id] = moved.get(row.debit_id, NOTHING) - row.amount
            moved[row.credit_id] = moved.get(row.credit_id, NOTHING) + row.amount
        for row in Transfer.objects.filter(kind__in=THROUGH_THE_BANK).select_related(
            "debit", "credit"
        ):
            is_in = row.debit.kind == AccountKind.OUTSIDE
            came += row.amount if is_in else 0
            # What waited to be allocated, and is the bank's own, came in before.
            went += row.amount if not is_in and row.credit.kind == AccountKind.OUTSIDE else 0
        stands = NOTHING
        for account in Account.objects.all():
            assert account.balance == moved.get(account.pk, NOTHING)
            if account.kind != AccountKind.OUTSIDE:
                assert account.balance >= 0 or account.kind in OVERDRAWN
                stands += account.balance
        assert stands + went == came


def run(histories: type[Histories], *, examples: int, steps: int, shrinks: bool = False) -> int:
    """Play so many histories, of so many steps at most; return how many steps they had.

    `shrinks` looks for a shorter history that fails too, which takes minutes.
    """
    before = histories.looked
    run_state_machine_as_test(
        histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=[Phase.generate, *([Phase.shrink] if shrinks else [])],
        ),
    )
    return histories.looked - before - examples
