"""A seller declares the sandbox of a listing: what answers rest on, and what they may spend."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.errors import DesensitizeError
from desensitize.privacy.sandbox import Declaration
from desensitize.privacy.sandbox.declaration import MOST_ROWS
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import Choice, Column, Number, Whole, refused
from marketplace.ledger.services.recording import record
from marketplace.preparation.adapters import refusal_of
from marketplace.preparation.budget.selectors import most_epsilon
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.sandbox import rules
from marketplace.trading.listings.sandbox.events import SandboxDeclared
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox, promised
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.terms.terms import Terms

LEAST_EPSILON = Decimal("0.001")
MOST_EPSILON = Decimal(10)
THOUSANDTH = Decimal("0.001")
PERSON = Column(
    label=gettext_lazy("What tells persons apart"),
    help=gettext_lazy("The pseudonym of a person, a card or a firm. Nobody can ask about it."),
    told="The column that tells persons apart; null where each row is a person.",
)
ROWS = Whole(
    label=gettext_lazy("Rows of one person that count"),
    help=gettext_lazy("More rows need more noise. Without a column for persons it is 1."),
    told="How many rows of one person count.",
    least=1,
    most=MOST_ROWS,
)
OF_QUESTION = Number(label=gettext_lazy("Most ε for one question"), digits=9, places=3)
OF_BUYER = Number(
    label=gettext_lazy("ε that one buyer may spend"),
    help=gettext_lazy("1 protects a person well; above 5 there is little protection left."),
    digits=9,
    places=3,
)
OF_ALL = Number(
    label=gettext_lazy("ε that all buyers together may spend"),
    help=gettext_lazy("For ever. It also bounds what buyers learn who put their answers together."),
    digits=9,
    places=3,
)
PERIOD = Choice(label=gettext_lazy("For how long"), choices=BudgetPeriod)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Whose rows are counted, and how many of one person: a part of a declaration."""

    person: Annotated[str | None, PERSON] = None
    rows: Annotated[int, ROWS] = 1


@dataclass(frozen=True, kw_only=True)
class SandboxOffer:
    """What a sandbox answers about, and with how much ε for a question, a buyer and all buyers."""

    declaration: Declaration
    epsilon_question: Annotated[Decimal, OF_QUESTION] = Decimal("0.5")
    epsilon: Annotated[Decimal, OF_BUYER] = Decimal(2)
    epsilon_all: Annotated[Decimal, OF_ALL] = Decimal(10)
    period: Annotated[str, PERIOD] = BudgetPeriod.LICENCE.value

    def problems(self) -> dict[str, list[str]]:
        found = refused(SandboxOffer, period=self.period)
        for name, most in (
            ("epsilon_question", MOST_EPSILON),
            ("epsilon", MOST_EPSILON),
            ("epsilon_all", most_epsilon()),
        ):
            amount = getattr(self, name)
            if not (amount.is_finite() and LEAST_EPSILON <= amount <= most) or (
                amount != amount.quantize(THOUSANDTH)
            ):
                found[name] = [
                    _("Choose %(least)s to %(most)s, in thousandths.")
                    % {"least": LEAST_EPSILON, "most": most}
                ]
        if not found and self.epsilon_question > self.epsilon:
            found["epsilon_question"] = [_("One question may spend no more than a buyer.")]
        if not found and self.epsilon > self.epsilon_all:
            found["epsilon"] = [_("A buyer may spend no more than all buyers together.")]
        return found


@transaction.atomic
def declare_sandbox(listing_id: UUID, *, offered: SandboxOffer, by: Actor) -> Sandbox:
    """Say what the sandbox of a drafted listing answers. The same again changes nothing.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted, or is not delivered as a sandbox (`not-a-sandbox`).
        Invalid: a column is not in the data, or the budgets need corrections.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_declare_sandbox(listing, by)
    wanted = _columns(offered, listing)
    declared = sandbox_of(listing)
    if declared is None:
        declared = Sandbox.objects.create(listing=listing, **wanted)
    elif all(getattr(declared, name) == value for name, value in wanted.items()):
        return declared
    else:
        for name, value in wanted.items():
            setattr(declared, name, value)
        declared.save(update_fields=list(wanted))
    canonical = offered.declaration.canonical().encode("utf-8")
    record(
        SandboxDeclared(
            subject=f"listing:{listing.pk}",
            about=listing.concerns,
            declaration_sha256=hashlib.sha256(canonical).hexdigest(),
            epsilon=str(declared.epsilon),
            epsilon_question=str(declared.epsilon_question),
            epsilon_all=str(declared.epsilon_all),
            period=declared.period,
        ),
        by=by,
    )
    return declared


def _columns(offered: SandboxOffer, listing: Listing) -> dict[str, object]:
    found = offered.problems()
    months = Terms.from_json(listing.terms).licence_months
    wanted = promised(offered.epsilon, offered.period, months)
    if not found and wanted > offered.epsilon_all:
        found["epsilon_all"] = [
            _(
                "One buyer is promised ε %(wanted)s while the licence lasts, so that nobody could "
                "order. Allow at least as much to all, or give less to a buyer."
            )
            % {"wanted": wanted.normalize()}
        ]
    if found:
        raise Invalid(_("Correct the fields that are marked."), fields=found)
    try:
        offered.declaration.check_columns(
            column.name for column in columns_of(listing.revision.version)
        )
    except DesensitizeError as error:
        raise refusal_of(error) from error
    return {
        "declaration": offered.declaration.as_json(),
        "epsilon": offered.epsilon.quantize(THOUSANDTH),
        "epsilon_question": offered.epsilon_question.quantize(THOUSANDTH),
        "epsilon_all": offered.epsilon_all.quantize(THOUSANDTH),
        "period": offered.period,
    }
