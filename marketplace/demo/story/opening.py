"""The centre opens: it is founded, lets organizations in, and invites its people."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.founding.events import AdministratorTookOffice, CentreFounded
from marketplace.accounts.founding.services import found_centre, take_office
from marketplace.accounts.invitation.events import InvitationAccepted, PersonInvited
from marketplace.accounts.invitation.selectors import invitations_visible_to
from marketplace.accounts.invitation.services import accept_invitation, invite_person
from marketplace.accounts.limit.events import SigningLimitSet
from marketplace.accounts.limit.selectors import mandate_of
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.organization.checklist import POINTS, OrganizationDocumentKind
from marketplace.accounts.organization.events import (
    OrganizationApplied,
    OrganizationExamined,
    OrganizationVerified,
)
from marketplace.accounts.organization.rules import missing_documents
from marketplace.accounts.organization.services import (
    apply_organization,
    examine_organization,
    verify_organization,
)
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.events import AddressProved
from marketplace.accounts.person.services import prove_address
from marketplace.accounts.proposal.events import ChangeProposed
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.services import approve_change, propose_invitation
from marketplace.core import Actor, Door
from marketplace.demo.story.cast import (
    ADMINISTRATOR,
    ADMINISTRATORS,
    APPLICANTS,
    BUYER,
    CENTRE,
    CLERK,
    COLLEAGUES,
    NEWCOMERS,
    SECOND_ADMINISTRATOR,
    SIGNING_LIMIT,
    Part,
)
from marketplace.demo.story.findings import organization_of, person_of
from marketplace.demo.story.letters import link_in
from marketplace.demo.story.past import FOUNDED
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, the
from marketplace.demo.story.telling import Chapter, Done, Step, in_one
from marketplace.review.events import DocumentAttached
from marketplace.review.services import attach_document
from marketplace.vault.services import work_folder
from marketplace.vault.uploads import upload_of_path
from marketplace.web.templatetags.market import money

VISITOR = Actor(door=Door.COMMAND)
Way = tuple[Callable[[Part, Stage], Done | None], Callable[[Part, Stage], object]]
"""How a step of a person is looked for, and how it is played."""


def opening() -> Chapter:
    steps = [Step(gettext_lazy("The centre is founded"), look_founded, found)]
    for title, people, look, play in (
        (gettext_lazy("{name} applies"), APPLICANTS, look_applied, apply),
        (gettext_lazy("{name} joins"), ADMINISTRATORS, look_joined, join),
        (gettext_lazy("{name} signs in first"), ADMINISTRATORS, look_in_office, sign_in),
        (gettext_lazy("{name} is proposed"), COLLEAGUES, look_proposed, propose),
        (gettext_lazy("{name} is invited"), COLLEAGUES, look_invited, invite),
        (gettext_lazy("{name} proves the address"), APPLICANTS, look_proved, prove),
        (gettext_lazy("{name} joins"), COLLEAGUES, look_joined, join),
        (gettext_lazy("{name} shows its documents"), APPLICANTS, look_documented, attach),
        (gettext_lazy("{name} is examined"), APPLICANTS, look_examined, examine),
        (gettext_lazy("{name} is verified"), APPLICANTS, look_verified, verify),
    ):
        steps += [
            Step(
                format_lazy(title, name=_named(part, look)),
                partial(look, part),
                partial(play, part),
            )
            for part in people
        ]
    for title, look, play in (
        (gettext_lazy("{name} is invited"), look_invited, invite_clerk),
        (gettext_lazy("{name} joins"), look_joined, join),
        (gettext_lazy("{name} may sign up to a limit"), look_limited, limit),
    ):
        named = format_lazy(title, name=CLERK.name)
        steps.append(Step(named, partial(look, CLERK), partial(play, CLERK)))
    steps += [_let_in(part) for part in NEWCOMERS]
    return Chapter(gettext_lazy("The centre and its people"), tuple(steps), days_ago=FOUNDED)


def _let_in(part: Part) -> Step:
    """Return the way of an organization into the centre as one step."""
    steps = [*_applying(part), *_steps(part, (look_examined, examine), (look_verified, verify))]
    return in_one(format_lazy(gettext_lazy("{name} is let in"), name=part.house.name), steps)


def applying(part: Part) -> Step:
    """Return the way of an organization up to the administrators, for whom it waits."""
    title = format_lazy(gettext_lazy("{name} waits to be let in"), name=part.house.name)
    return in_one(title, _applying(part))


def _applying(part: Part) -> list[Step]:
    return _steps(part, (look_applied, apply), (look_proved, prove), (look_documented, attach))


def _steps(
    part: Part, *ways: tuple[Callable[..., Done | None], Callable[..., object]]
) -> list[Step]:
    return [Step("", partial(look, part), partial(play, part)) for look, play in ways]


def _named(part: Part, look: object) -> str:
    return part.house.name if look in BY_HOUSE else part.name


def look_founded(stage: Stage) -> Done | None:
    centre = organization_of(CENTRE)
    return Done(centre.name, f"organization:{centre.pk}", CentreFounded) if centre else None


def found(stage: Stage) -> None:
    """Found the centre with two administrators, who get their links by e-mail."""
    found_centre(
        name=CENTRE.name,
        uscc=CENTRE.uscc,
        contact=CENTRE.contact,
        administrators=(ADMINISTRATOR.email, SECOND_ADMINISTRATOR.email),
        by=CLOCKWORK,
    )


def look_applied(part: Part, stage: Stage) -> Done | None:
    applied = organization_of(part.house)
    if applied is None:
        return None
    return Done(
        _("%(kind)s, with %(person)s") % {"kind": applied.get_kind_display(), "person": part.name},
        f"organization:{applied.pk}",
        OrganizationApplied,
    )


def apply(part: Part, stage: Stage) -> None:
    apply_organization(
        name=part.house.name,
        kind=part.house.kind,
        uscc=part.house.uscc,
        contact=part.house.contact,
        person_name=part.name,
        email=part.email,
        password=stage.passwords[part.email],
        roles=frozenset({part.role.value}),
        by=VISITOR,
    )


def look_proved(part: Part, stage: Stage) -> Done | None:
    person = the(person_of(part))
    if person.address_proved_at is None:
        return None
    return Done(part.email, f"person:{person.pk}", AddressProved)


def prove(part: Part, stage: Stage) -> None:
    """Let an applicant follow the link that goes to their address."""
    prove_address(signed=_link(part, stage, "/addresses/"), by=VISITOR)


def look_documented(part: Part, stage: Stage) -> Done | None:
    applied = the(organization_of(part.house))
    if missing_documents(applied):
        return None
    kinds = ", ".join(str(kind.label) for kind in OrganizationDocumentKind)
    return Done(kinds, f"organization:{applied.pk}", DocumentAttached)


def attach(part: Part, stage: Stage) -> None:
    """Attach the documents of a person's organization, as whoever applied."""
    applied = the(organization_of(part.house))
    with work_folder() as folder:
        for kind in OrganizationDocumentKind:
            path = folder / f"{kind.value}.txt"
            path.write_text(f"{kind.label}: {applied.name}", encoding="utf-8")
            with upload_of_path(path, content_type="text/plain") as sent:
                attach_document(applied.pk, kind=kind, upload=sent, by=stage.actor(part))


def look_examined(part: Part, stage: Stage) -> Done | None:
    applied = the(organization_of(part.house))
    if not applied.evidence:
        return None
    return Done(applied.evidence, f"organization:{applied.pk}", OrganizationExamined)


def examine(part: Part, stage: Stage) -> None:
    """Examine the documents of a person's organization, as the other administrator."""
    examine_organization(
        the(organization_of(part.house)).pk,
        checklist=[code for code, _sentence in POINTS],
        evidence=_("Licence, extract of the register, mandate"),
        by=stage.actor(SECOND_ADMINISTRATOR),
    )


def look_verified(part: Part, stage: Stage) -> Done | None:
    applied = the(organization_of(part.house))
    if applied.state != OrganizationState.VERIFIED:
        return None
    return Done(applied.get_state_display(), f"organization:{applied.pk}", OrganizationVerified)


def verify(part: Part, stage: Stage) -> None:
    verify_organization(the(organization_of(part.house)).pk, by=stage.actor(ADMINISTRATOR))


def look_in_office(part: Part, stage: Stage) -> Done | None:
    """Look whether an administrator has signed in, of whom the centre waits for two."""
    person = the(person_of(part))
    if person.took_office_at is None:
        return None
    centre = the(organization_of(part.house))
    return Done(centre.get_state_display(), f"person:{person.pk}", AdministratorTookOffice)


def sign_in(part: Part, stage: Stage) -> None:
    """Let an administrator sign in for the first time; with the second the centre opens."""
    take_office(by=stage.actor(part))


def look_proposed(part: Part, stage: Stage) -> Done | None:
    proposal = proposals_visible_to(CLOCKWORK).filter(email=part.email).first()
    if proposal is None:
        return None
    return Done(str(part.role.label), f"change_proposal:{proposal.pk}", ChangeProposed)


def propose(part: Part, stage: Stage) -> None:
    """Propose a colleague for the centre, as one administrator."""
    propose_invitation(
        the(organization_of(part.house)).pk,
        email=part.email,
        roles=frozenset({part.role.value}),
        reason=_("Contract of employment"),
        by=stage.actor(ADMINISTRATOR),
    )


def look_invited(part: Part, stage: Stage) -> Done | None:
    invitation = invitations_visible_to(CLOCKWORK).filter(email=part.email).first()
    if invitation is None:
        return None
    return Done(str(part.role.label), f"invitation:{invitation.pk}", PersonInvited)


def invite(part: Part, stage: Stage) -> None:
    """Approve a colleague as the other administrator: the link goes to the colleague alone."""
    proposal = proposals_visible_to(CLOCKWORK).filter(email=part.email).first()
    approve_change(the(proposal).pk, by=stage.actor(SECOND_ADMINISTRATOR))


def invite_clerk(part: Part, stage: Stage) -> None:
    """Invite a clerk as the owner of their organization: the link goes to the clerk alone."""
    invite_person(
        the(organization_of(part.house)).pk,
        email=part.email,
        roles=frozenset({part.role.value}),
        by=stage.actor(BUYER),
    )


def look_limited(part: Part, stage: Stage) -> Done | None:
    """Look whether the owner has said for what sum the clerk signs alone."""
    person = the(person_of(part))
    mandate = mandate_of(person.pk)
    if mandate.given_at is None:
        return None
    limit_of = money(mandate.limit, settings.CENTRE["CURRENCY"])
    return Done(limit_of, f"person:{person.pk}", SigningLimitSet)


def limit(part: Part, stage: Stage) -> None:
    """Say as the owner for what sum the clerk signs alone."""
    set_signing_limit(the(person_of(part)).pk, limit=SIGNING_LIMIT, by=stage.actor(BUYER))


def look_joined(part: Part, stage: Stage) -> Done | None:
    person = person_of(part)
    if person is None:
        return None
    return Done(str(part.role.label), f"person:{person.pk}", InvitationAccepted)


def join(part: Part, stage: Stage) -> None:
    """Let a colleague follow the link and choose a password."""
    accept_invitation(
        secret=_link(part, stage, "/invitations/"),
        name=part.name,
        password=stage.passwords[part.email],
        by=VISITOR,
    )


def _link(part: Part, stage: Stage, before: str) -> str:
    """Wait for the letter to a person, and return what its link ends with."""

    def look() -> Glimpse:
        is_there = link_in(stage.letter_to(part.email), before) != ""
        return Glimpse(float(is_there), _("a letter comes"), is_there)

    stage.hands.work_until(look)
    return link_in(stage.letter_to(part.email), before)


BY_HOUSE = (look_applied, look_documented, look_examined, look_verified)
"""What is told of an organization, and not of its person."""
