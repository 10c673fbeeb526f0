"""Which kinds of notices reach a person by e-mail too."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from marketplace.accounts.models import Organization
from marketplace.core.actor import Actor
from marketplace.notices.kinds import ALWAYS_EMAILED, EMAILED_ON_WISH, GROUPS, NoticeKind
from marketplace.notices.models import EmailChoice, Notice
from marketplace.notices.readers import can_get


@dataclass(frozen=True)
class Choice:
    """A kind of notice: whether it is e-mailed, and whether its person may change that."""

    kind: NoticeKind
    is_emailed: bool

    @property
    def is_fixed(self) -> bool:
        """Return whether the kind is e-mailed to everybody."""
        return self.kind in ALWAYS_EMAILED


@dataclass(frozen=True)
class Group:
    """Kinds that stand together on the page."""

    label: str | Promise
    choices: tuple[Choice, ...]


def choices_of(person_id: UUID) -> dict[NoticeKind, Choice]:
    """Return what a person has chosen, or the default where they have not, in one query."""
    return _choices(_said(person_id))


def _said(person_id: UUID) -> dict[str, bool]:
    return dict(EmailChoice.objects.filter(person_id=person_id).values_list("kind", "is_wanted"))


def _choices(said: dict[str, bool]) -> dict[NoticeKind, Choice]:
    return {
        kind: Choice(
            kind, kind in ALWAYS_EMAILED or said.get(kind.value, kind not in EMAILED_ON_WISH)
        )
        for kind in NoticeKind
    }


def own_choices(by: Actor) -> list[Choice]:
    """Return the choices of the actor; there are none of whoever is no person."""
    return list(choices_of(by.person_id).values()) if by.person_id else []


def own_groups(by: Actor) -> list[Group]:
    """Return the choices of the actor as they stand on the page: what they can get, in groups.

    What somebody has chosen once stays there, whatever they do for their organization now.
    """
    if by.person_id is None:
        return []
    said = _said(by.person_id)
    choices = _choices(said)
    organization = Organization.objects.filter(people=by.person_id).only("kind").first()
    kind_of_organization = organization.kind if organization else ""
    shown = {
        kind
        for kind in NoticeKind
        if kind in said or can_get(kind, roles=by.roles, organization_kind=kind_of_organization)
    }
    groups = [
        Group(label, tuple(choices[kind] for kind in kinds if kind in shown))
        for label, kinds in GROUPS
    ]
    return [group for group in groups if group.choices]


def is_emailed(notice: Notice) -> bool:
    """Return whether a notice reaches its person by e-mail too."""
    return choices_of(notice.person_id)[NoticeKind(notice.kind)].is_emailed
