"""Who is notified: the sides of an order or claim, and the offices of the centre."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from uuid import UUID

from marketplace.accounts.models import Person
from marketplace.accounts.organization.selectors import people_with_role
from marketplace.accounts.person.selectors import (
    administrators_in_office,
    owners_of,
    people_visible_to,
)
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source.selectors import drawings_visible_to
from marketplace.core import visible
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.states import GrantState
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.ledger.models import Entry
from marketplace.notices.readers import EVERYBODY, Reader
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.pipeline.notices.row import Audience
from marketplace.pipeline.things import PIPELINE, claim_of, id_of, kind_of, order_of
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.review.selectors import cases_visible_to
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.objection.selectors import objections_visible_to
from marketplace.trading.listings.assessment.selectors import assessments_visible_to
from marketplace.trading.listings.demand.selectors import demands_visible_to
from marketplace.trading.listings.income_share.selectors import income_shares_visible_to
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.listing.events import OrganizationsInvited
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.sale.values import Visibility
from marketplace.trading.orders.approval.authority import weighed
from marketplace.trading.orders.approval.rules import deal_of
from marketplace.trading.orders.approval.selectors import approvals_visible_to
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.person_request.selectors import person_requests_visible_to
from marketplace.trading.orders.recall.selectors import reidentifications_visible_to
from marketplace.trading.orders.recall.states import UNDECIDED
from marketplace.trading.treasury.bank.selectors import statements_visible_to
from marketplace.trading.treasury.bank_account.selectors import bank_accounts_visible_to
from marketplace.trading.treasury.bank_item.selectors import bank_items_visible_to
from marketplace.trading.treasury.closing.selectors import closing_proposals_visible_to
from marketplace.trading.treasury.held_line.selectors import held_lines_visible_to
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to

SIDES = frozenset({Reader.OFFICER, Reader.BUYER})


def at(organization_id: UUID, *roles: Role) -> list[Person]:
    """Return who has one of some roles in an organization."""
    return [
        person
        for role in roles
        for person in people_with_role(role, organization_id=organization_id)
    ]


def _buyers(order: Order) -> Iterable[Person]:
    return people_with_role(Role.BUYER, organization_id=order.buyer_id)


def _sellers(order: Order) -> Iterable[Person]:
    return people_with_role(Role.OFFICER, organization_id=order.listing.organization_id)


def _payers(order: Order) -> Iterable[Person]:
    return at(order.buyer_id, Role.BUYER, Role.FINANCE)


def _both_sides(order: Order) -> Iterable[Person]:
    return chain(_buyers(order), _sellers(order))


def _of_order(
    people: Callable[[Order], Iterable[Person]], entry: Entry, subject: str
) -> Iterable[Person]:
    return people(order_of(subject))


BUYERS = Audience(frozenset({Reader.BUYER}), partial(_of_order, _buyers))
SELLERS = Audience(frozenset({Reader.OFFICER}), partial(_of_order, _sellers))
PAYERS = Audience(frozenset({Reader.BUYER, Reader.PAYER}), partial(_of_order, _payers))
"""Who buys for the order's buyer, and who keeps its money."""
BOTH_SIDES = Audience(SIDES, partial(_of_order, _both_sides))


def _others(order: Order, side: str) -> Iterable[Person]:
    return _buyers(order) if side == "seller" else _sellers(order)


def _other_side(entry: Entry, subject: str) -> Iterable[Person]:
    order, side = order_of(subject), entry.payload.get("side", "")
    return _others(order, side) if side else _both_sides(order)


OTHER_SIDE = Audience(SIDES, _other_side)
"""The side of the order that did not act; both where neither did."""


def _other_side_in_dispute(entry: Entry, subject: str) -> Iterable[Person]:
    dispute = visible(disputes_visible_to(PIPELINE), pk=id_of(subject))
    opener = "buyer" if dispute.organization_id == dispute.order.buyer_id else "seller"
    return _others(dispute.order, entry.payload.get("side", opener))


OTHER_SIDE_IN_DISPUTE = Audience(SIDES, _other_side_in_dispute)
"""The side that did not act; where the entry names none, its opener did."""


def _reviewers(entry: Entry, subject: str) -> Iterable[Person]:
    return people_with_role(Role.REVIEWER)


def _second_reviewers(entry: Entry, subject: str) -> Iterable[Person]:
    return [each for each in people_with_role(Role.REVIEWER) if each.pk != entry.person_id]


def _case_reviewers(entry: Entry, subject: str) -> Iterable[Person]:
    case = visible(cases_visible_to(PIPELINE), pk=id_of(subject))
    return people_with_role(Role.REVIEWER).exclude(pk=case.submitted_by_id)


def _examiners(entry: Entry, subject: str) -> Iterable[Person]:
    doubt = visible(reidentifications_visible_to(PIPELINE), pk=id_of(subject))
    if doubt.state not in UNDECIDED:
        return []
    return [
        person
        for person in people_with_role(Role.REVIEWER)
        if person.pk != doubt.examined_by_id
        and person.organization_id != doubt.risk_report.organization_id
    ]


_REVIEWER = frozenset({Reader.REVIEWER})
REVIEWERS = Audience(_REVIEWER, _reviewers)
SECOND_REVIEWERS = Audience(_REVIEWER, _second_reviewers)
"""All reviewers but who acted."""
CASE_REVIEWERS = Audience(_REVIEWER, _case_reviewers)
"""All reviewers but who submitted."""
EXAMINERS = Audience(_REVIEWER, _examiners)
"""The reviewers who may examine a report next: all but the one who has done their part."""


def _treasurers(entry: Entry, subject: str) -> Iterable[Person]:
    return people_with_role(Role.FINANCE).filter(organization__kind=OrganizationKind.CENTRE)


def _second_persons(entry: Entry, subject: str) -> Iterable[Person]:
    proposer = visible(disbursements_visible_to(PIPELINE), pk=id_of(subject)).proposed_by_id
    deciding = chain(_reviewers(entry, subject), _treasurers(entry, subject))
    return [person for person in deciding if person.pk != proposer]


def _proposer(entry: Entry, subject: str) -> Iterable[Person]:
    proposer = visible(disbursements_visible_to(PIPELINE), pk=id_of(subject)).proposed_by_id
    people = people_visible_to(PIPELINE).filter(is_active=True)
    return people.filter(pk=proposer) if proposer is not None else []


def _importer(entry: Entry, subject: str) -> Iterable[Person]:
    importer = visible(statements_visible_to(PIPELINE), pk=id_of(subject)).imported_by_id
    return people_visible_to(PIPELINE).filter(is_active=True, pk=importer)


def _closing_proposer(entry: Entry, subject: str) -> Iterable[Person]:
    proposal = visible(closing_proposals_visible_to(PIPELINE), pk=id_of(subject))
    return people_visible_to(PIPELINE).filter(is_active=True, pk=proposal.proposed_by_id)


def _item_proposer(entry: Entry, subject: str) -> Iterable[Person]:
    item = visible(bank_items_visible_to(PIPELINE), pk=id_of(subject))
    return people_visible_to(PIPELINE).filter(is_active=True, pk=item.proposed_by_id)


def _reversal_proposer(entry: Entry, subject: str) -> Iterable[Person]:
    proposer = visible(bank_items_visible_to(PIPELINE), pk=id_of(subject)).reversal_by_id
    people = people_visible_to(PIPELINE).filter(is_active=True)
    return people.filter(pk=proposer) if proposer is not None else []


def _held_proposer(entry: Entry, subject: str) -> Iterable[Person]:
    proposer = visible(held_lines_visible_to(PIPELINE), pk=id_of(subject)).proposed_by_id
    people = people_visible_to(PIPELINE).filter(is_active=True)
    return people.filter(pk=proposer) if proposer is not None else []


def _account_owners(entry: Entry, subject: str) -> Iterable[Person]:
    owner = visible(disbursements_visible_to(PIPELINE), pk=id_of(subject)).account.organization_id
    return at(owner, Role.FINANCE, Role.OFFICER, Role.BUYER) if owner is not None else []


def _account_keepers(entry: Entry, subject: str) -> Iterable[Person]:
    account = visible(bank_accounts_visible_to(PIPELINE), pk=id_of(subject))
    return at(account.organization_id, Role.OWNER, Role.FINANCE)


ACCOUNT_KEEPERS = Audience(frozenset({Reader.OWNER, Reader.PAYER}), _account_keepers)
"""Who states an organization's bank account: its owners and finance officers."""
TREASURERS = Audience(frozenset({Reader.TREASURER}), _treasurers)
SECOND_PERSONS = Audience(frozenset({Reader.TREASURER, Reader.REVIEWER}), _second_persons)
"""Who may decide on outgoing money: whoever proposed it may not."""
IMPORTER = Audience(frozenset({Reader.TREASURER}), _importer)
"""Who imported a bank statement."""
CLOSING_PROPOSER = Audience(frozenset({Reader.TREASURER}), _closing_proposer)
"""Who proposed to close a day."""
ITEM_PROPOSER = Audience(frozenset({Reader.TREASURER}), _item_proposer)
"""Who said what a line of the bank's own is."""
REVERSAL_PROPOSER = Audience(frozenset({Reader.TREASURER}), _reversal_proposer)
"""Who proposed to reverse what was booked of a line."""
HELD_PROPOSER = Audience(frozenset({Reader.TREASURER}), _held_proposer)
"""Who said what a held line is."""
PROPOSER = Audience(frozenset({Reader.TREASURER}), _proposer)
ACCOUNT_OWNERS = Audience(SIDES | {Reader.PAYER}, _account_owners)


def _administrators(entry: Entry, subject: str) -> Iterable[Person]:
    return people_with_role(Role.ADMINISTRATOR)


def _members(entry: Entry, subject: str) -> Iterable[Person]:
    return people_visible_to(PIPELINE).filter(organization=id_of(subject), is_active=True)


def _deciders(entry: Entry, subject: str) -> Iterable[Person]:
    proposal = visible(proposals_visible_to(PIPELINE), pk=id_of(subject))
    people = (
        administrators_in_office() if proposal.is_by_centre else owners_of(proposal.organization_id)
    )
    return people.exclude(pk__in=[proposal.proposed_by_id, proposal.person_id])


def _concerned(entry: Entry, subject: str) -> Iterable[Person]:
    """Whom a change is about, who owns the organization that it is about, and who made it."""
    proposal = visible(proposals_visible_to(PIPELINE), pk=id_of(subject))
    people = people_visible_to(PIPELINE).filter(is_active=True)
    made = (proposal.proposed_by_id, proposal.decided_by_id, proposal.person_id)
    told = people.filter(pk__in=[pk for pk in made if pk is not None])
    return chain(told, owners_of(proposal.organization_id))


def _person_and_owners(entry: Entry, subject: str) -> Iterable[Person]:
    person = visible(people_visible_to(PIPELINE), pk=id_of(subject))
    owners = owners_of(person.organization_id) if person.organization_id else ()
    return chain([person] if person.is_active else [], owners)


DECIDERS = Audience(frozenset({Reader.ADMINISTRATOR, Reader.OWNER}), _deciders)
"""Who may be the second person of a change."""
CONCERNED = Audience(EVERYBODY, _concerned)
PERSON_AND_OWNERS = Audience(EVERYBODY, _person_and_owners)
"""Whom the entry is about, and who owns their organization."""

ADMINISTRATORS = Audience(frozenset({Reader.ADMINISTRATOR}), _administrators)
MEMBERS = Audience(EVERYBODY, _members)
"""Everybody of the organization that the notice is about."""


def _person_concerned(entry: Entry, subject: str) -> Iterable[Person]:
    concerned = [each for each in (entry.subject, *entry.about) if kind_of(each) == "person"]
    people = people_visible_to(PIPELINE).filter(is_active=True)
    return people.filter(pk__in=[id_of(each) for each in concerned])


PERSON_CONCERNED = Audience(EVERYBODY, _person_concerned)
"""The person whose account it is about."""


def _submitters(entry: Entry, subject: str) -> Iterable[Person]:
    return at(visible(cases_visible_to(PIPELINE), pk=id_of(subject)).organization_id, Role.OFFICER)


def _run_officers(entry: Entry, subject: str) -> Iterable[Person]:
    if kind_of(subject) == "drawing":
        drawing = visible(drawings_visible_to(PIPELINE), pk=id_of(subject))
        return at(drawing.source.dataset.organization_id, Role.OFFICER)
    return at(visible(runs_visible_to(PIPELINE), pk=id_of(subject)).organization_id, Role.OFFICER)


def _dataset_officers(entry: Entry, subject: str) -> Iterable[Person]:
    dataset = visible(datasets_visible_to(PIPELINE), pk=id_of(subject))
    return at(dataset.organization_id, Role.OFFICER)


def _followers(entry: Entry, subject: str) -> Iterable[Person]:
    grants = grants_visible_to(PIPELINE).filter(
        listing__product__dataset_id=id_of(subject), state=GrantState.ACTIVE
    )
    organizations = dict.fromkeys(each.organization_id for each in grants if each.order.follows)
    return chain.from_iterable(at(each, Role.BUYER) for each in organizations)


def _listing_officers(entry: Entry, subject: str) -> Iterable[Person]:
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(subject))
    return at(listing.organization_id, Role.OFFICER)


def _guests(entry: Entry, subject: str) -> Iterable[Person]:
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(subject))
    if listing.visibility != Visibility.INVITED:
        return []
    guests = list(listing.invitations.values_list("organization_id", flat=True))
    if entry.kind == OrganizationsInvited.kind:
        # Where guests were invited later, the entry names those.
        guests = [guest for guest in guests if f"organization:{guest}" in entry.about]
    return [person for guest in guests for person in at(guest, Role.BUYER)]


def _askers(entry: Entry, subject: str) -> Iterable[Person]:
    return at(visible(demands_visible_to(PIPELINE), pk=id_of(subject)).buyer_id, Role.BUYER)


def _asked_sellers(entry: Entry, subject: str) -> Iterable[Person]:
    inquiry = visible(inquiries_visible_to(PIPELINE), pk=id_of(subject))
    return at(inquiry.product.organization_id, Role.OFFICER)


def _inquirers(entry: Entry, subject: str) -> Iterable[Person]:
    inquiry = visible(inquiries_visible_to(PIPELINE), pk=id_of(subject))
    return at(inquiry.organization_id, Role.BUYER)


def _measurers(entry: Entry, subject: str) -> Iterable[Person]:
    measurement = visible(measurements_visible_to(PIPELINE), pk=id_of(subject))
    return at(measurement.organization_id, Role.BUYER)


def _sharers(entry: Entry, subject: str) -> Iterable[Person]:
    share = visible(income_shares_visible_to(PIPELINE), pk=id_of(subject))
    return at(share.organization_id, Role.OFFICER)


def _sharing_sellers(entry: Entry, subject: str) -> Iterable[Person]:
    share = visible(income_shares_visible_to(PIPELINE), pk=id_of(subject))
    return at(share.listing.organization_id, Role.OFFICER)


def _hook_keepers(entry: Entry, subject: str) -> Iterable[Person]:
    endpoint = visible(endpoints_visible_to(PIPELINE), pk=id_of(subject))
    owners = owners_of(endpoint.organization_id)
    return chain(owners, at(endpoint.organization_id, Role.OFFICER, Role.BUYER))


def _grantees(entry: Entry, subject: str) -> Iterable[Person]:
    return at(visible(grants_visible_to(PIPELINE), pk=id_of(subject)).organization_id, Role.BUYER)


SUBMITTERS = Audience(frozenset({Reader.OFFICER}), _submitters)
DATASET_OFFICERS = Audience(frozenset({Reader.OFFICER}), _dataset_officers)
FOLLOWERS = Audience(frozenset({Reader.BUYER}), _followers)
"""The buyers who get each later revision of a dataset."""
RUN_OFFICERS = Audience(frozenset({Reader.OFFICER}), _run_officers)
LISTING_OFFICERS = Audience(frozenset({Reader.OFFICER}), _listing_officers)
GUESTS = Audience(frozenset({Reader.BUYER}), _guests)
"""The buyers of the organizations that are invited to a listing."""
ASKERS = Audience(frozenset({Reader.BUYER}), _askers)
ASKED_SELLERS = Audience(frozenset({Reader.OFFICER}), _asked_sellers)
MEASURERS = Audience(frozenset({Reader.BUYER}), _measurers)
"""The buyers of the organization that has an offer measured."""
SHARERS = Audience(frozenset({Reader.OFFICER}), _sharers)
SHARING_SELLERS = Audience(frozenset({Reader.OFFICER}), _sharing_sellers)
INQUIRERS = Audience(frozenset({Reader.BUYER}), _inquirers)
"""Who is asked about data on offer, and who asks."""
HOOK_KEEPERS = Audience(SIDES | {Reader.OWNER}, _hook_keepers)
"""Who looks after the webhooks of an organization."""
GRANTEES = Audience(frozenset({Reader.BUYER}), _grantees)


def _rights_holders(organization_id: UUID, dataset: Dataset) -> list[Person]:
    """Return an organization's officers, and its buyers too where it acquired the right."""
    is_acquired = dataset.organization_id != organization_id
    return at(organization_id, Role.OFFICER, *([Role.BUYER] if is_acquired else []))


def _holders(entry: Entry, subject: str) -> Iterable[Person]:
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(subject))
    return _rights_holders(certificate.organization_id, certificate.dataset)


def _claimants(entry: Entry, subject: str) -> Iterable[Person]:
    claim = claim_of(subject)
    people = _rights_holders(claim.organization_id, claim.dataset)
    if claim.transferor is not None:
        people += _rights_holders(claim.transferor.pk, claim.dataset)
    return people


def _acquirers(entry: Entry, subject: str) -> Iterable[Person]:
    return at(claim_of(subject).organization_id, Role.OFFICER, Role.BUYER)


def _transferors(entry: Entry, subject: str) -> Iterable[Person]:
    transferor = claim_of(subject).transferor
    assert transferor is not None
    return at(transferor.pk, Role.OFFICER)


def _new_holders(entry: Entry, subject: str) -> Iterable[Person]:
    certificate = visible(certificates_visible_to(PIPELINE), pk=id_of(subject))
    return at(certificate.organization_id, Role.OFFICER, Role.BUYER)


def _objectors(entry: Entry, subject: str) -> Iterable[Person]:
    objection = visible(objections_visible_to(PIPELINE), pk=id_of(subject))
    return at(objection.organization_id, Role.OFFICER, Role.BUYER)


def _whose_turn(entry: Entry, subject: str) -> Iterable[Person]:
    if entry.payload["what"] == "renewal":
        return _holders(entry, subject)
    if entry.payload["what"] == "supplement":
        return _claimants(entry, subject)
    return _reviewers(entry, subject)


def _parties(entry: Entry, subject: str) -> Iterable[Person]:
    if kind_of(subject) not in ("claim", "objection"):
        return _both_sides(order_of(subject))
    objectors = _objectors(entry, subject) if kind_of(subject) == "objection" else ()
    return chain(_claimants(entry, subject), objectors, _reviewers(entry, subject))


HOLDERS = Audience(SIDES, _holders)
CLAIMANTS = Audience(SIDES, _claimants)
"""Who looks after the claimant's rights; of a transfer, the people of both sides."""
ACQUIRERS = Audience(SIDES, _acquirers)
TRANSFERORS = Audience(SIDES, _transferors)
NEW_HOLDERS = Audience(SIDES, _new_holders)
OBJECTORS = Audience(SIDES, _objectors)
WHOSE_TURN = Audience(SIDES | _REVIEWER, _whose_turn)
"""The reviewers, or the officers who have to act before a last day."""
PARTIES = Audience(SIDES | _REVIEWER, _parties)
"""Whom a last day binds: of a claim both parties and the reviewers, of a trade both sides."""


def _approvers(entry: Entry, subject: str) -> Iterable[Person]:
    approval = visible(approvals_visible_to(PIPELINE), pk=id_of(subject))
    deal = deal_of(approval)
    colleagues = at(deal.organization_id, Role.OFFICER, Role.BUYER, Role.FINANCE)
    own = [person for person in colleagues if weighed(deal, person.pk, frozenset()).is_covered]
    told = {person.pk: person for person in chain(owners_of(deal.organization_id), own)}
    told.pop(approval.asked_by_id, None)
    return told.values()


def _asker(entry: Entry, subject: str) -> Iterable[Person]:
    approval = visible(approvals_visible_to(PIPELINE), pk=id_of(subject))
    return people_visible_to(PIPELINE).filter(pk=approval.asked_by_id, is_active=True)


APPROVERS = Audience(SIDES | {Reader.OWNER, Reader.PAYER}, _approvers)
"""Who may approve that a colleague signs: owners, and those whose limit suffices."""
ASKER = Audience(SIDES, _asker)
"""Who asked to sign above their limit."""


def _person_officers(entry: Entry, subject: str) -> Iterable[Person]:
    asked = visible(person_requests_visible_to(PIPELINE), pk=id_of(subject))
    return at(asked.dataset.organization_id, Role.OFFICER)


def _person_reviewers(entry: Entry, subject: str) -> Iterable[Person]:
    asked = visible(person_requests_visible_to(PIPELINE), pk=id_of(subject))
    return [
        person
        for person in people_with_role(Role.REVIEWER)
        if person.organization_id != asked.dataset.organization_id
        and person.pk != asked.decided_by_id
    ]


PERSON_OFFICERS = Audience(frozenset({Reader.OFFICER}), _person_officers)
"""The officers of whoever holds the data that a person asks about."""
PERSON_REVIEWERS = Audience(_REVIEWER, _person_reviewers)
"""The reviewers who look after a person's request: not who granted it."""


def _second_of_assessment(entry: Entry, subject: str) -> Iterable[Person]:
    assessment = visible(assessments_visible_to(PIPELINE), pk=id_of(subject))
    deciding = chain(at(assessment.organization_id, Role.OFFICER), people_with_role(Role.REVIEWER))
    return [person for person in deciding if person.pk != assessment.made_by_id]


def _assessors(entry: Entry, subject: str) -> Iterable[Person]:
    assessment = visible(assessments_visible_to(PIPELINE), pk=id_of(subject))
    return at(assessment.organization_id, Role.OFFICER)


SECOND_OF_ASSESSMENT = Audience(frozenset({Reader.OFFICER}) | _REVIEWER, _second_of_assessment)
"""Who may decide on an impact assessment: not who made it."""
ASSESSORS = Audience(frozenset({Reader.OFFICER}), _assessors)
