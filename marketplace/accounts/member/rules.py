from django.utils.translation import gettext as _

from marketplace.accounts.organization.rules import check_manages
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.policies import is_owner
from marketplace.accounts.person.selectors import owners_of
from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed, WrongState


def check_set_roles(person: Person, by: Actor) -> None:
    """Refuse to give a person other roles.

    Raises:
        NotAllowed: the actor is no owner of the person's organization, or is that person; at the
            centre it takes two (`takes-two`).
    """
    _check_manages_person(person, by)


def check_make_owner(person: Person, by: Actor) -> None:
    """Refuse to make a person an owner.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they are one already, or cannot sign in.
    """
    _check_manages_person(person, by)
    check_can_own(person)


def check_can_own(person: Person) -> None:
    """Refuse to make somebody an owner who is one, or who cannot sign in.

    Raises:
        WrongState: so it is.
    """
    if not person.is_active:
        raise WrongState(_("This person is deactivated. Take them back first."))
    if is_owner(person):
        raise WrongState(_("This person is an owner already."))


def check_step_down(person: Person, by: Actor) -> None:
    """Refuse to give up one's own part as an owner.

    Raises:
        NotAllowed: the person is somebody else, or no owner.
        WrongState: they are the last one (`last-owner`).
    """
    if not by.is_person(person.pk) or not by.has(Role.OWNER):
        raise NotAllowed(_("Only an owner can step down, and only for themselves."))
    check_not_last_owner(person)


def check_not_last_owner(person: Person) -> None:
    """Refuse to take the last owner of an organization away.

    Raises:
        WrongState: nobody else owns it (`last-owner`).
    """
    assert person.organization_id is not None, "Whoever belongs to none owns none."
    if not owners_of(person.organization_id).exclude(pk=person.pk).exists():
        raise WrongState(
            _("An organization keeps an owner: make another person an owner first."),
            code="last-owner",
        )


def check_lets_go(person: Person, by: Actor) -> None:
    """Refuse who lets nobody of an organization go, and takes nobody back.

    Raises:
        NotAllowed: as for `check_set_roles`.
    """
    _check_manages_person(person, by)


def _check_manages_person(person: Person, by: Actor) -> None:
    if person.organization is None or by.is_person(person.pk):
        raise NotAllowed(_("Nobody decides on themselves."))
    check_manages(person.organization, by)


def check_deactivate_person(person: Person, by: Actor) -> None:
    """Refuse to stop a person from signing in.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they are deactivated already, or own the organization (`is-owner`).
    """
    check_lets_go(person, by)
    if not person.is_active:
        raise WrongState(_("This person is deactivated already."))
    if is_owner(person):
        raise WrongState(
            _("An owner is removed as an owner first: by two other owners, or by the centre."),
            code="is-owner",
        )


def check_reactivate_person(person: Person, by: Actor) -> None:
    """Refuse to let a person sign in again.

    Raises:
        NotAllowed: as for `check_set_roles`.
        WrongState: they can sign in.
    """
    check_lets_go(person, by)
    if person.is_active:
        raise WrongState(_("This person can sign in."))
