"""A buyer asks a sandbox: spent and answered in one transaction, the same question only once."""

from decimal import Decimal
from uuid import UUID, uuid4

import polars as pl
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget
from desensitize.privacy.sandbox import Declaration, Question, answer, digest_of
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, WrongState
from marketplace.delivery.grant.locks import locked_grant
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.sandbox.events import QuestionAnswered
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.sandbox.selectors import period_of
from marketplace.ledger.services.recording import record
from marketplace.preparation.adapters import refusal_of
from marketplace.preparation.budget.models import BudgetUse
from marketplace.preparation.budget.selectors import NOTHING, budget_of
from marketplace.preparation.budget.services import charge_budget
from marketplace.trading.listings.budget.promises import spend_reserved, unspent_of
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.vault.services import open_stored

THOUSANDTH = Decimal("0.001")
DELTA = Decimal("1e-9")
"""The chance by which an answer of large groups may show a group that its persons alone make."""


@transaction.atomic
def ask_question(grant_id: UUID, *, question: Question, epsilon: Decimal, by: Actor) -> Answer:
    """Answer a question of a bought sandbox with noise, for an amount of ε.

    What was answered at least as precisely before is answered the same and costs nothing: asking
    again tells nothing new. What another buyer was answered is answered the same too, and costs
    this buyer's budget alone. Grant, budgets and proofs are locked until answer and spending are
    committed together. Pure ε adds up (basic composition); δ is only for groups that nobody listed.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as `refuse_unless_open`; the grant is of another way of delivery
            (`another-mode`), or a budget does not allow it (`budget-exhausted`,
            `budget-of-all-exhausted`).
        Invalid: the question cannot be answered, whatever the data, or ε is out of range.
    """
    grant = locked_grant(grants_visible_to(by), pk=grant_id)
    person_id = refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.QUESTION)
    sandbox = Sandbox.objects.get(listing_id=grant.listing_id)
    declaration = Declaration.from_json(sandbox.declaration)
    try:
        asked = question.canonical(declaration)
        digest = digest_of(asked, declaration)
    except DesensitizeError as error:
        raise refusal_of(error) from error
    epsilon = _allowed(epsilon, sandbox)
    given = _given_before(grant, digest, epsilon)
    if given is not None:
        return given
    period = _spend_of_grant(grant, sandbox, epsilon)
    release = Release.objects.filter(
        version_id=grant.version_id, digest=digest, epsilon=epsilon
    ).first()
    is_new = release is None
    if release is None:
        release = _released(grant, sandbox, asked, digest, epsilon, by)
    spend_reserved(grant.order_id, epsilon, is_new=is_new)
    mark_delivered(grant.order_id, by=Actor.system(by.door))
    given = Answer.objects.create(grant=grant, release=release, person_id=person_id, period=period)
    record(
        QuestionAnswered(
            subject=f"grant:{grant.pk}",
            about=grant.concerns,
            question_sha256=digest,
            epsilon=str(release.epsilon),
        ),
        by=by,
    )
    return given


def _allowed(epsilon: Decimal, sandbox: Sandbox) -> Decimal:
    most = sandbox.epsilon_question
    if not (epsilon.is_finite() and THOUSANDTH <= epsilon <= most) or (
        epsilon != epsilon.quantize(THOUSANDTH)
    ):
        sentence = _("Spend %(least)s to %(most)s of ε on one question, in thousandths.") % {
            "least": THOUSANDTH,
            "most": most.normalize(),
        }
        raise Invalid(sentence, code="epsilon-out-of-range", fields={"epsilon": [sentence]})
    return epsilon.quantize(THOUSANDTH)


def _given_before(grant: Grant, digest: str, epsilon: Decimal) -> Answer | None:
    rows = Answer.objects.select_related("release").filter(
        grant=grant,
        release__version_id=grant.version_id,
        release__digest=digest,
        release__epsilon__gte=epsilon,
    )
    return rows.order_by("-release__epsilon").first()


def _spend_of_grant(grant: Grant, sandbox: Sandbox, epsilon: Decimal) -> int:
    """Take ε from the budget of this buyer; return the period that it is taken from."""
    QuestionBudget.objects.get_or_create(grant=grant, defaults={"epsilon": sandbox.epsilon})
    budget = QuestionBudget.objects.select_for_update().get(grant=grant)
    period = period_of(grant, sandbox)
    if period > budget.period:
        budget.period, budget.spent = period, Decimal(0)
    if budget.spent + epsilon > budget.epsilon:
        raise WrongState(
            _("The budget does not allow this question: ε %(left)s is left. Ask with less ε.")
            % {"left": (budget.epsilon - budget.spent).normalize()},
            code="budget-exhausted",
        )
    budget.spent += epsilon
    budget.save(update_fields=["period", "spent"])
    return budget.period


def _released(
    grant: Grant, sandbox: Sandbox, question: Question, digest: str, epsilon: Decimal, by: Actor
) -> Release:
    """Spend of what all buyers may learn together, then look at the data."""
    declaration = Declaration.from_json(sandbox.declaration)
    delta = DELTA if question.is_thresholded(declaration) else NOTHING
    release_id = uuid4()
    try:
        charge_budget(
            grant.version_id,
            epsilon=epsilon,
            delta=delta,
            use=BudgetUse.ANSWER,
            cause=f"release:{release_id}",
            promised=unspent_of(grant.order_id),
            by=by,
        )
    except WrongState as refusal:
        raise _all_learnt() from refusal
    # The charge has locked the budget, and is in the sum.
    if budget_of(grant.version.dataset_id).uses[BudgetUse.ANSWER] > sandbox.epsilon_all:
        raise _all_learnt()
    budget = Budget.of(str(epsilon), str(delta))
    table = _table(grant.version, question.columns(declaration))
    try:
        result = answer(table, question, declaration, budget)
    except DesensitizeError as error:
        raise refusal_of(error) from error
    return Release.objects.create(
        pk=release_id,
        version_id=grant.version_id,
        digest=digest,
        question=question.as_json(),
        epsilon=epsilon,
        is_thresholded=bool(delta),
        result=result.as_json(),
    )


def _all_learnt() -> WrongState:
    return WrongState(
        _(
            "All buyers together have learnt what may be learnt of this data, so nothing new "
            "is answered. What was answered before stays open. Without any answer you can "
            "terminate the contract on the order's page, and the money comes back; after one, "
            "object to the delivery."
        ),
        code="budget-of-all-exhausted",
    )


def _table(version: DatasetVersion, columns: list[str]) -> pl.DataFrame:
    """Read whole columns: which rows are asked for must not change how much is read."""
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as file:
        # A count without conditions names no column, and still needs the number of rows.
        read = file.read(columns=columns or file.schema_arrow.names[:1])
    table = pl.from_arrow(read)
    assert isinstance(table, pl.DataFrame)
    return table
