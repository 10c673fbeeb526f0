"""A person chooses which notices reach them by e-mail too."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.notices.choices import Choice, choices_of
from marketplace.notices.events import EmailsChosen
from marketplace.notices.kinds import KINDS
from marketplace.notices.models import EmailChoice


@transaction.atomic
def choose_emails(*, wanted: Mapping[str, bool], by: Actor) -> list[Choice]:
    """Choose by kind whether a notice is e-mailed too; kinds that are not named stay as they are.

    In the site every notice stands anyway. The same choice again changes nothing.

    Raises:
        NotAllowed: nobody is signed in.
        Invalid: there is no such kind (`notice-kind-unknown`), or one is turned off that is always
            e-mailed (`always-emailed`).
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to choose what is e-mailed to you."))
    locked(Person.objects.all(), pk=by.person_id)
    choices = choices_of(by.person_id)
    changed: dict[str, bool] = {}
    for code, is_wanted in wanted.items():
        if code not in KINDS:
            sentence = _("There is no kind of notice called “%(kind)s”.") % {"kind": code[:40]}
            raise Invalid(sentence, code="notice-kind-unknown", fields={"wanted": [sentence]})
        choice = choices[code]
        if choice.is_fixed and not is_wanted:
            sentence = _(
                "“%(kind)s” is always e-mailed: a right ends by it, or a term begins to run."
            ) % {"kind": choice.kind.label}
            raise Invalid(sentence, code="always-emailed", fields={"wanted": [sentence]})
        if choice.is_emailed != is_wanted:
            changed[code] = is_wanted
    for kind, is_wanted in changed.items():
        EmailChoice.objects.update_or_create(
            person_id=by.person_id, kind=kind, defaults={"is_wanted": is_wanted}
        )
    if changed:
        record(
            EmailsChosen(
                subject=f"person:{by.person_id}",
                wanted=tuple(kind for kind, is_wanted in changed.items() if is_wanted),
                unwanted=tuple(kind for kind, is_wanted in changed.items() if not is_wanted),
            ),
            by=by,
        )
    return list(choices_of(by.person_id).values())
