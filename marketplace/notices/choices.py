"""Which kinds of notices reach a person by e-mail too."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from marketplace.accounts.models import Organization
from marketplace.core import Actor
from marketplace.notices.kinds import KINDS, Email, Group, NoticeKind
from marketplace.notices.models import EmailChoice, Notice
from marketplace.notices.readers import readers_of


@dataclass(frozen=True)
class Choice:
    """A kind of notice: whether it is e-mailed, and whether its person may change that."""

    kind: NoticeKind
    is_emailed: bool

    @property
    def is_fixed(self) -> bool:
        """Return whether the kind is e-mailed to everybody."""
        return self.kind.email is Email.ALWAYS


@dataclass(frozen=True)
class ChoiceGroup:
    """Kinds that stand together on the page."""

    label: str | Promise
    choices: tuple[Choice, ...]


def choices_of(person_id: UUID) -> dict[str, Choice]:
    """Return what a person has chosen, or the default where they have not, in one query."""
    return _choices(_said(person_id))


def _said(person_id: UUID) -> dict[str, bool]:
    return dict(EmailChoice.objects.filter(person_id=person_id).values_list("kind", "is_wanted"))


def _choices(said: dict[str, bool]) -> dict[str, Choice]:
    return {
        code: Choice(
            kind,
            kind.email is Email.ALWAYS or said.get(code, kind.email is Email.UNLESS_DECLINED),
        )
        for code, kind in KINDS.items()
    }


def own_choices(by: Actor) -> list[Choice]:
    """Return the choices of the actor; there are none of whoever is no person."""
    return list(choices_of(by.person_id).values()) if by.person_id else []


def own_groups(by: Actor) -> list[ChoiceGroup]:
    """Return the choices of the actor as they stand on the page: what they can get, in groups.

    What somebody has chosen once stays there, whatever they do for their organization now.
    """
    if by.person_id is None:
        return []
    said = _said(by.person_id)
    organization = Organization.objects.filter(people=by.person_id).only("kind").first()
    readers = readers_of(by.roles, organization_kind=organization.kind if organization else "")
    shown = [
        choice
        for code, choice in _choices(said).items()
        if code in said or choice.kind.can_reach(readers)
    ]
    groups = [
        ChoiceGroup(group.label, tuple(each for each in shown if each.kind.group == group))
        for group in Group
    ]
    return [group for group in groups if group.choices]


def is_emailed(notice: Notice) -> bool:
    """Tell whether a notice reaches its person by e-mail too."""
    return choices_of(notice.person_id)[notice.kind].is_emailed
