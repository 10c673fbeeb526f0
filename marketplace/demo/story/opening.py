"""The centre opens: it is founded, lets organizations in, and invites its people."""

from __future__ import annotations

from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.events import (
    CentreFounded,
    InvitationAccepted,
    OrganizationApplied,
    OrganizationVerified,
)
from marketplace.accounts.services import (
    Applicant,
    accept_invitation,
    apply_organization,
    found_centre,
    invite_person,
    verify_organization,
)
from marketplace.accounts.states import OrganizationState
from marketplace.core.actor import Actor, Door
from marketplace.demo.story.cast import ADMINISTRATOR, APPLICANTS, CENTRE, COLLEAGUES, Part
from marketplace.demo.story.findings import organization_of, person_of
from marketplace.demo.story.stage import CLOCKWORK, Stage, the
from marketplace.demo.story.telling import Chapter, Done, Step

VISITOR = Actor(door=Door.COMMAND)


def opening() -> Chapter:
    """Return the first chapter."""
    steps = [Step(gettext_lazy("The centre is founded"), look_founded, found)]
    for applicant in APPLICANTS:
        steps += [
            Step(
                format_lazy(gettext_lazy("{name} applies"), name=applicant.house.name),
                partial(look_applied, applicant),
                partial(apply, applicant),
            ),
            Step(
                format_lazy(gettext_lazy("{name} is verified"), name=applicant.house.name),
                partial(look_verified, applicant),
                partial(verify, applicant),
            ),
        ]
    steps += [
        Step(
            format_lazy(gettext_lazy("{name} is invited and joins"), name=colleague.name),
            partial(look_joined, colleague),
            partial(join, colleague),
        )
        for colleague in COLLEAGUES
    ]
    return Chapter(gettext_lazy("The centre and its people"), tuple(steps))


def look_founded(stage: Stage) -> Done | None:
    """Look whether there is the centre."""
    centre = organization_of(CENTRE)
    return Done(centre.name, f"organization:{centre.pk}", CentreFounded) if centre else None


def found(stage: Stage) -> None:
    """Found the centre with its administrator."""
    found_centre(
        name=CENTRE.name,
        uscc=CENTRE.uscc,
        contact=CENTRE.contact,
        administrator=_applicant(ADMINISTRATOR, stage),
        by=CLOCKWORK,
    )


def look_applied(part: Part, stage: Stage) -> Done | None:
    """Look whether a person's organization has applied."""
    applied = organization_of(part.house)
    if applied is None:
        return None
    return Done(
        _("%(kind)s, with %(person)s") % {"kind": applied.get_kind_display(), "person": part.name},
        f"organization:{applied.pk}",
        OrganizationApplied,
    )


def apply(part: Part, stage: Stage) -> None:
    """Let a person's organization apply."""
    apply_organization(
        name=part.house.name,
        kind=part.house.kind,
        uscc=part.house.uscc,
        contact=part.house.contact,
        applicant=_applicant(part, stage),
        roles=frozenset({part.role.value}),
        by=VISITOR,
    )


def look_verified(part: Part, stage: Stage) -> Done | None:
    """Look whether a person's organization was let in."""
    applied = the(organization_of(part.house))
    if applied.state != OrganizationState.VERIFIED:
        return None
    return Done(applied.get_state_display(), f"organization:{applied.pk}", OrganizationVerified)


def verify(part: Part, stage: Stage) -> None:
    """Let a person's organization in."""
    verify_organization(the(organization_of(part.house)).pk, by=stage.actor(ADMINISTRATOR))


def look_joined(part: Part, stage: Stage) -> Done | None:
    """Look whether a colleague has joined."""
    person = person_of(part)
    if person is None:
        return None
    return Done(str(part.role.label), f"person:{person.pk}", InvitationAccepted)


def join(part: Part, stage: Stage) -> None:
    """Invite a colleague, who accepts."""
    issued = invite_person(
        the(organization_of(part.house)).pk,
        email=part.email,
        roles=frozenset({part.role.value}),
        by=stage.actor(ADMINISTRATOR),
    )
    accept_invitation(
        secret=issued.secret, name=part.name, password=stage.passwords[part.email], by=VISITOR
    )


def _applicant(part: Part, stage: Stage) -> Applicant:
    return Applicant(part.name, part.email, stage.passwords[part.email])
