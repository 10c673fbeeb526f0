"""Of several questions at once, budgets let pass what they allow and no more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desensitize.privacy.sandbox import Condition, Question
from marketplace.core.errors import WrongState
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.sandbox.services import ask_question
from marketplace.ledger.models import Entry
from marketplace.trading.listings.budget.models import ReservedBudget
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.signature.services import sign_contract
from tests.given import sandboxes as given
from tests.given import trading
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def question(number: int) -> Question:
    """Return a question unlike the others."""
    return Question("count", where=(Condition("boardings", low=str(number)),))


def test_questions_at_once_never_overspend() -> None:
    """Of six for half the budget each, two are answered."""
    world = World()
    grant, buyer = given.granted(world), world.actor("buyer")
    answers = at_once(
        6,
        lambda number: ask_question(
            grant.pk, question=question(number), epsilon=Decimal("0.5"), by=buyer
        ),
    )
    given_now = [answer for answer in answers if isinstance(answer, Answer)]
    refused = [answer for answer in answers if isinstance(answer, WrongState)]
    assert (len(given_now), len(refused)) == (2, 4), answers
    assert {each.code for each in refused} == {"budget-exhausted"}
    assert QuestionBudget.objects.get().spent == given.spent_of_all() == 1
    assert Entry.objects.filter(kind="delivery.question_answered").count() == 2


def test_buyers_at_once_never_overspend_what_all_may() -> None:
    """Of six questions through two grants, all together are answered what all may spend."""
    world = World()
    offered = replace(given.OFFERED, epsilon_all=Decimal(3), epsilon=Decimal("1.5"))
    listing = given.published(world, offered)
    grants, buyer = [given.granted(world, listing) for _ in range(2)], world.actor("buyer")
    # As of contracts of before budgets were reserved, which promised more than there is.
    Sandbox.objects.update(epsilon_all=Decimal("1.5"))
    answers = at_once(
        6,
        lambda number: ask_question(
            grants[number % 2].pk, question=question(number), epsilon=Decimal("0.5"), by=buyer
        ),
    )
    assert sum(isinstance(answer, Answer) for answer in answers) == 3, answers
    assert given.spent_of_all() == Decimal("1.5")
    assert sum(budget.spent for budget in QuestionBudget.objects.all()) == Decimal("1.5")


def test_the_same_question_at_once_is_one_answer() -> None:
    """It is paid once, and all are given the same."""
    world = World()
    grant, buyer = given.granted(world), world.actor("buyer")
    answers = at_once(
        6,
        lambda number: ask_question(
            grant.pk, question=given.COUNT, epsilon=Decimal("0.5"), by=buyer
        ),
    )
    assert {answer.pk for answer in answers if isinstance(answer, Answer)} == {
        Answer.objects.get().pk
    }
    assert Release.objects.count() == 1
    assert QuestionBudget.objects.get().spent == Decimal("0.5")


def test_the_last_budget_is_promised_to_one_of_two_that_sign_at_once() -> None:
    """Each of two sellers' clerks puts the last signature to a contract over the same ε."""
    world = World()
    offered = replace(given.OFFERED, epsilon_all=Decimal(1))
    listing = given.published(world, offered)
    orders = [trading.accepted(world, trading.placed(world, listing)) for _ in range(2)]
    contracts = [Contract.objects.get(order=order) for order in orders]
    for contract in contracts:
        sign_contract(
            contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("buyer")
        )
    officer = world.actor("officer")
    answers = at_once(
        2,
        lambda number: sign_contract(
            contracts[number].pk, digest=contracts[number].digest, password=PASSWORD, by=officer
        ),
    )
    refused = [answer for answer in answers if isinstance(answer, WrongState)]
    assert [each.code for each in refused] == ["budget-sold"], answers
    assert ReservedBudget.objects.count() == 1
