"""Join accounts that are found to be one person's, in the caller's transaction."""

from marketplace.accounts.identity.events import AccountsLinked
from marketplace.accounts.person.models import Person
from marketplace.core import Actor
from marketplace.core.locking import lock_name
from marketplace.ledger.services.recording import record


def link_accounts(person: Person, *, by: Actor) -> None:
    """Join an account with those of the same mailbox or document.

    What was decided before stays as it is; from here on they are one person.
    """
    lock_name(f"mailbox:{person.mailbox}")
    same = Person.objects.filter(mailbox=person.mailbox)
    if person.identity_digest:
        same |= Person.objects.filter(identity_digest=person.identity_digest)
    held = list(same.select_for_update(of=("self",)).order_by("pk"))
    known = {each.human_id for each in held if each.human_id}
    if len(held) < 2 or (len(known) == 1 and all(each.human_id for each in held)):
        return
    human_id = min(known, default=held[0].pk)
    Person.objects.filter(pk__in=[each.pk for each in held]).update(human_id=human_id)
    # Accounts that are joined with one of these already come along.
    Person.objects.filter(human_id__in=known).update(human_id=human_id)
    person.human_id = human_id
    others = tuple(f"person:{each.pk}" for each in held if each.pk != person.pk)
    record(AccountsLinked(subject=f"person:{person.pk}", about=others), by=by)
