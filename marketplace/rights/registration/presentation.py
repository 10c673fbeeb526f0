"""What pages tell of a claim, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.catalog.dataset.models import Dataset, Described
from marketplace.core import Refusal
from marketplace.core.terms import has_passed, last_day_shown
from marketplace.rights.certificate.particulars import reach_in_words
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.claim.origins import chosen_procedure, origin_of, origin_of_dataset
from marketplace.rights.claim.presentation import Fact, rights_in_words
from marketplace.rights.claim.registrability import EVERY_RIGHT, Need, check_claimable, needs
from marketplace.rights.claim.states import ENDED_WITHOUT_RIGHT, ClaimState
from marketplace.rights.procedure.profile import profile
from marketplace.rights.registration.changes import following_facts
from marketplace.rights.registration.rules import check_open_to_claims
from marketplace.rights.right.coverage import covers_updates


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class ShownNeed:
    """Evidence that a claim needs, and whether it is there."""

    need: Need
    is_attached: bool


@dataclass(frozen=True)
class Term:
    """A term that runs; `is_over` where its last day has passed."""

    label: str
    last_day: str
    is_over: bool


_STEP_OF: Mapping[str, int] = {
    ClaimState.DRAFT: 0,
    ClaimState.SUBMITTED: 1,
    ClaimState.SUPPLEMENT_ACCEPTANCE: 1,
    ClaimState.ACCEPTED: 2,
    ClaimState.UNDER_REVIEW: 2,
    ClaimState.SUPPLEMENT_REVIEW: 2,
    ClaimState.PUBLIC_NOTICE: 3,
    ClaimState.OBJECTION: 3,
    ClaimState.DEPOSITED: 4,
}
DONE = 5


def steps_of(claim: Claim) -> list[Step]:
    """Return the procedure with the step that the claim is in; none for one that ended early."""
    if claim.state in ENDED_WITHOUT_RIGHT:
        return []
    reached = _STEP_OF.get(claim.state, DONE)
    labels = [
        _("Evidence"),
        pgettext("of a claim", "Acceptance"),
        _("Review"),
        _("Notice waived") if claim.waive_reason else _("Public notice"),
        _("End of the right") if claim.kind == ClaimKind.CANCEL else _("Certificate"),
    ]
    if claim.kind not in profile(claim.procedure).notice_kinds and claim.notice_from is None:
        del labels[3]
        reached -= reached > 3
    elif claim.waive_reason and reached < 4:
        reached = 4
    return [
        Step(label, "done" if place < reached else "current" if place == reached else "todo")
        for place, label in enumerate(labels)
    ]


def claim_facts(claim: Claim) -> list[Fact]:
    """Return what is claimed, for the parties."""
    years = ngettext("%(years)d year", "%(years)d years", claim.term_years)
    return [
        (_("Number"), claim.number),
        (_("Claimant"), claim.organization.name),
        (_("Kind"), claim.get_kind_display()),
        *transfer_facts(claim),
        *following_facts(claim),
        (_("Procedure"), profile(claim.procedure).title),
        (_("Claimed rights"), rights_in_words(claim.rights)),
        (_("Term"), years % {"years": claim.term_years}),
        (_("Restrictions"), claim.restrictions or _("none")),
        (_("Industry"), claim.get_industry_display()),
        *(
            [
                (_("Version"), _("Version %(number)d") % {"number": claim.version.number}),
                (
                    _("Covers"),
                    reach_in_words("updates" if covers_updates(claim.described) else "version"),
                ),
            ]
            if claim.version
            else []
        ),
        *(
            [(_("Contract"), _("The claimant says that a contract grants the rights."))]
            if claim.contract_grants_right
            else []
        ),
    ]


def progress_facts(claim: Claim) -> list[Fact]:
    """Return the days of the procedure so far."""
    silently = _("%(day)s, because the register did not reply in time")
    accepted = date_format(claim.accepted_on) if claim.accepted_on else ""
    facts = [
        (_("Submitted on"), claim.submitted_on),
        (
            _("Accepted on"),
            silently % {"day": accepted} if claim.was_accepted_silently else claim.accepted_on,
        ),
        (_("More time, because"), claim.extension_reason),
        (_("Notice from"), claim.notice_from),
        (_("No notice, because"), claim.waive_reason),
        (_("Deposited on"), claim.deposited_on),
        (_("Reason"), claim.reason),
    ]
    return [(label, value) for label, value in facts if value]


def terms_of(claim: Claim) -> list[Term]:
    """Return the terms that run now, with their last days."""
    running = [
        (_("The register replies until"), "reply_due_on"),
        (_("The claimant completes until"), "supplement_due_on"),
        (_("The register decides until"), "decision_due_on"),
    ]
    if claim.state in _IN_NOTICE:
        running.append((_("Objections until"), "notice_until"))
    return [
        Term(label, last_day_shown(claim, field), has_passed(claim, field))
        for label, field in running
        if getattr(claim, field) is not None
    ]


def stopped_terms_of(claim: Claim) -> list[str]:
    """Return a sentence for each term that stands still."""
    sentences = []
    if claim.decision_days_left is not None:
        sentences.append(
            ngettext(
                "The term of the decision stands still; %(days)d working day is left.",
                "The term of the decision stands still; %(days)d working days are left.",
                claim.decision_days_left,
            )
            % {"days": claim.decision_days_left}
        )
    if claim.notice_days_left is not None:
        sentences.append(
            ngettext(
                "The notice stands still; %(days)d working day is left.",
                "The notice stands still; %(days)d working days are left.",
                claim.notice_days_left,
            )
            % {"days": claim.notice_days_left}
        )
    return sentences


def shown_needs(claim: Claim, evidence: list[Evidence]) -> list[ShownNeed]:
    attached = {each.kind for each in evidence}
    return [
        ShownNeed(need, need.kind in attached)
        for need in needs(origin_of(claim), rights=frozenset(claim.rights))
    ]


def possible_needs(dataset: Dataset) -> list[Need]:
    """Return the evidence that claiming every right over a dataset would need."""
    origin = origin_of_dataset(
        dataset, contract_grants_right=dataset.source_kind == SourceKind.ENTRUSTED
    )
    return list(needs(origin, rights=EVERY_RIGHT))


def obstacle_to(dataset: Dataset) -> str:
    """Return why no right over a dataset can be claimed at all, as a sentence; else ""."""
    terms = chosen_procedure("", dataset)
    try:
        check_open_to_claims(dataset)
        check_claimable(
            origin_of_dataset(dataset, contract_grants_right=True),
            rights=frozenset(terms.duty_rights) or EVERY_RIGHT,
            years=1,
            terms=terms,
        )
    except Refusal as refusal:
        return refusal.sentence
    return ""


def source_facts(described: Described) -> list[Fact]:
    """Return what a reviewer has to know of the data and its source."""
    return [
        (_("Data"), described.title),
        (_("Abstract"), described.abstract),
        (_("Asset kind"), described.get_asset_kind_display()),
        (_("Source"), described.get_source_kind_display()),
        (_("How it was collected"), described.source_description),
        (_("Legal basis"), described.legal_basis),
        (_("Personal information"), described.get_personal_basis_display() or _("Not known yet")),
        (_("Region"), described.region),
        (_("Time scope"), described.time_scope),
        (_("Update frequency"), described.get_update_frequency_display()),
        (_("Grade"), described.get_grade_display()),
        (_("Contact"), described.contact),
    ]


_IN_NOTICE = frozenset({ClaimState.PUBLIC_NOTICE.value})


def transfer_facts(claim: Claim) -> list[tuple[str, object]]:
    """Return who passes rights, how far and by which contract; nothing of other claims."""
    if claim.preceding is None or claim.transferor is None:
        return []
    joined = date_format(timezone.localtime(claim.joined_at)) if claim.joined_at else ""
    return [
        (_("Holder who transfers"), claim.transferor.name),
        (_("Certificate that passes"), claim.preceding.number),
        (_("Limits of the transfer"), claim.limits or _("none: the rights pass wholly")),
        (_("Contract"), _contract(claim)),
        (_("Joined by the acquirer"), joined or _("not joined yet")),
    ]


def _contract(claim: Claim) -> str:
    if claim.reference.startswith("order:"):
        return _("an order at this centre")
    return claim.reference or _("see the evidence")
