"""On what mandate somebody signs: as an owner, within a limit, or with a second one's approval."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.limit.selectors import Mandate, mandate_of
from marketplace.accounts.models import Person
from marketplace.accounts.person.selectors import names_of, other_accounts_of
from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed
from marketplace.credentials.verifiable import stamp
from marketplace.trading.orders.approval.deals import Deal
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.selectors import open_approval, signed_alone_before
from marketplace.trading.orders.approval.states import ApprovalState
from marketplace.trading.orders.order.policies import Side, sides_of
from marketplace.web.templatetags.market import money

FUNCTIONS = {Side.SELLER: Role.OFFICER, Side.BUYER: Role.BUYER}
"""In which role a side's people sign."""


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A person's mandate against a deal: `total` is its sum with what they signed alone before."""

    mandate: Mandate
    total: Decimal | None

    @property
    def is_covered(self) -> bool:
        """Return whether they may bind their side alone."""
        return self.mandate.covers(self.total)


@dataclass(frozen=True, kw_only=True)
class Authority:
    """On what somebody signs: their mandate, and who approved where it does not suffice."""

    mandate: Mandate
    approval: SigningApproval | None
    approver: Mandate | None

    @property
    def basis(self) -> str:
        """Return what it rests on, in one word."""
        if self.approval is not None:
            return "approval"
        return "owner" if self.mandate.is_owner else "limit"


def weighed(deal: Deal, person_id: UUID, other_accounts: frozenset[UUID]) -> Weighed:
    """Hold a person's mandate, as it is at this moment, against a deal."""
    mandate = mandate_of(person_id)
    if mandate.is_owner or deal.sum is None or deal.currency != settings.CENTRE["CURRENCY"]:
        # Limits are in the centre's currency: another is above each of them.
        return Weighed(mandate=mandate, total=None)
    if not deal.sum:
        return Weighed(mandate=mandate, total=deal.sum)
    before = signed_alone_before({person_id, *other_accounts}, deal)
    return Weighed(mandate=mandate, total=None if before is None else deal.sum + before)


def weighed_for(deal: Deal, by: Actor) -> Weighed:
    """Hold the actor's mandate against a deal."""
    assert by.person_id is not None, "Whoever signs is a person."
    return weighed(deal, by.person_id, by.other_accounts)


def covers(approval: SigningApproval, deal: Deal) -> Mandate | None:
    """Return the mandate by which an approval still covers a text; None where it covers it no more.

    It is of one text and one sum, and it falls with the mandate of whoever gave it.
    """
    is_same = (approval.digest, approval.sum) == (deal.text.digest, deal.sum)
    if approval.state != ApprovalState.APPROVED or not is_same or approval.decided_by_id is None:
        return None
    person = Person.objects.filter(
        pk=approval.decided_by_id, organization_id=deal.organization_id
    ).first()
    if person is None:
        return None
    by_now = weighed(deal, person.pk, frozenset(other_accounts_of(person)))
    return by_now.mandate if by_now.is_covered else None


def authority_of(deal: Deal, by: Actor) -> Authority:
    """Return on what the actor signs a text for their side.

    Raises:
        NotAllowed: the sum is above their limit, and no second person has approved it
            (`above-limit`).
    """
    own = weighed_for(deal, by)
    if own.is_covered:
        return Authority(mandate=own.mandate, approval=None, approver=None)
    approval = open_approval(deal)
    approver = covers(approval, deal) if approval is not None else None
    if approval is not None and approver is not None:
        row = "approved amendment" if deal.amendment else "approved contract"
        if is_second(row, approval.decided_by_id, by, of=sides_of(deal.order)):
            return Authority(mandate=own.mandate, approval=approval, approver=approver)
    raise NotAllowed(_above(deal, own, is_asked=approval is not None), code="above-limit")


def refuse_above_limit(deal: Deal, by: Actor) -> None:
    """Refuse whoever may not sign a text for their side, as `authority_of` does.

    An owner is taken at their role, so that lists ask nothing; the act reads it anew.

    Raises:
        NotAllowed: the sum is above their limit, and no second person has approved it
            (`above-limit`).
    """
    if not by.has(Role.OWNER):
        authority_of(deal, by)


@dataclass(frozen=True, kw_only=True)
class SigningMandate:
    """What a signature keeps: a signatory with function and mandate, and who approved."""

    told: dict[str, Any]
    approved_by_id: UUID | None


def as_mandate(authority: Authority, deal: Deal) -> SigningMandate:
    """Return a signatory with function and mandate, as the document of both sides names them."""
    mandate, approval, approver = authority.mandate, authority.approval, authority.approver
    decided_by = approval.decided_by_id if approval else None
    givers = [mandate.given_by_id, approver.given_by_id if approver else None]
    names = names_of([mandate.person_id, decided_by, *givers])
    told: dict[str, Any] = {
        "name": names[mandate.person_id],
        "function": FUNCTIONS[deal.side].value,
        "basis": authority.basis,
        "sum": None if deal.sum is None else str(deal.sum),
        "currency": deal.currency,
    }
    if not mandate.is_owner:
        told |= _limit_as_data(mandate, names)
    if approval is not None and approver is not None and approval.decided_at is not None:
        told["approved_by"] = {
            "person": str(approver.person_id),
            "name": names[approver.person_id],
            "basis": "owner" if approver.is_owner else "limit",
            **({} if approver.is_owner else _limit_as_data(approver, names)),
        }
        told["approved_at"] = stamp(approval.decided_at)
    return SigningMandate(told=told, approved_by_id=decided_by)


def _limit_as_data(mandate: Mandate, names: dict[UUID, str]) -> dict[str, Any]:
    """Return a limit with who set it; by the centre where no owner did."""
    told: dict[str, Any] = {"limit": f"{mandate.limit:.2f}"}
    if mandate.given_by_id is None or mandate.given_at is None:
        return told | {"limit_set_by": None, "limit_set_at": None}
    giver = {"person": str(mandate.given_by_id), "name": names[mandate.given_by_id]}
    return told | {"limit_set_by": giver, "limit_set_at": stamp(mandate.given_at)}


def _above(deal: Deal, own: Weighed, *, is_asked: bool) -> str:
    """Say what is above the limit, and what to do."""
    limit = money(own.mandate.limit, settings.CENTRE["CURRENCY"])
    if deal.sum is None or own.total is None:
        what = _(
            "Nothing bounds the sum to which this binds your organization, and you sign alone for "
            "up to %(limit)s."
        ) % {"limit": limit}
    elif own.total > deal.sum:
        what = _(
            "This binds your organization to %(sum)s, with what you signed alone with the other "
            "side in the last %(days)d days to %(total)s, and you sign alone for up to %(limit)s."
        ) % {
            "sum": money(deal.sum, deal.currency),
            "days": settings.CENTRE["SIGNING_DAYS"],
            "total": money(own.total, deal.currency),
            "limit": limit,
        }
    else:
        what = _(
            "This binds your organization to %(sum)s, and you sign alone for up to %(limit)s."
        ) % {"sum": money(deal.sum, deal.currency), "limit": limit}
    then = (
        _("A second person of your organization has to approve it; the question waits.")
        if is_asked
        else _("Ask for the approval of a second person of your organization.")
    )
    return _("%(what)s %(then)s") % {"what": what, "then": then}
