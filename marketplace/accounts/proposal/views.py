from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.selectors import names_of, people_visible_to
from marketplace.accounts.proposal.kinds import CHANGES
from marketplace.accounts.proposal.models import ChangeProposal, ProposalKind
from marketplace.accounts.proposal.rules import (
    acts_on_proposal,
    change_open_to_invite,
    changes_open_on_person,
)
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.services import (
    propose_change,
    propose_invitation,
    refuse_change,
)
from marketplace.accounts.roles import Role, roles_to_choose
from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def proposal_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return proposal_page(request, pk)


def proposal_page(request: HttpRequest, pk: UUID, *, form: ActForm | None = None) -> HttpResponse:
    by, form = actor(request), form or form_of(refuse_change)()
    proposal = visible(proposals_visible_to(by), pk=pk)
    names = names_of([proposal.proposed_by_id, proposal.decided_by_id])
    context = {
        "proposal": proposal,
        "proposed_by": names.get(proposal.proposed_by_id) if proposal.proposed_by_id else None,
        "decided_by": names.get(proposal.decided_by_id) if proposal.decided_by_id else None,
        "roles": [Role(role).label for role in proposal.roles],
        "waits": CHANGES[proposal.kind].takes_effect_after,
        "acts": acts_on_proposal(proposal, by),
        "reason_form": form,
        "timeline": timeline_of(f"change_proposal:{proposal.pk}", by=by),
    }
    return render(request, "accounts/change_detail.html", context, status=form_status(form))


@signed_in
def person_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    person = visible(people_visible_to(by).exclude(organization=None), pk=pk)
    assert person.organization is not None
    changes = changes_open_on_person(person, by)
    offered = [(kind, ProposalKind(kind).label) for kind in changes or CHANGES]
    roles = roles_to_choose(person.organization.kind)
    form = form_of(propose_change)(
        request.POST or None,
        offered={"kind": offered, "roles": roles},
        without=() if ProposalKind.CENTRE_ROLES in changes else ("roles",),
    )
    if request.method == "POST" and form.is_valid():
        proposal = attempt(form, lambda: propose_change(pk, **form.taken(), by=by))
        if proposal is not None:
            return _proposed(request, proposal)
    context = {"form": form, "person": person, "changes": changes}
    return render(request, "accounts/person_propose.html", context, status=form_status(form))


@signed_in
def organization_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose to invite somebody."""
    by = actor(request)
    organization = visible(organizations_visible_to(by), pk=pk)
    change = change_open_to_invite(organization, by)
    form = form_of(propose_invitation)(
        request.POST or None,
        offered={"roles": roles_to_choose(organization.kind)},
        without=() if change == ProposalKind.JOIN_CENTRE else ("roles",),
    )
    if request.method == "POST" and form.is_valid():
        proposal = attempt(form, lambda: propose_invitation(pk, **form.taken(), by=by))
        if proposal is not None:
            return _proposed(request, proposal)
    context = {"form": form, "organization": organization, "change": change}
    return render(request, "accounts/organization_propose.html", context, status=form_status(form))


def _proposed(request: HttpRequest, proposal: ChangeProposal) -> HttpResponse:
    messages.success(request, _("It is proposed: another person decides on it."))
    return redirect("change_detail", pk=proposal.pk)
