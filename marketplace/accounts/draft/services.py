"""Keep drafts of forms and forget them; nothing is decided by one, and the ledger names none."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.draft.models import FormDraft
from marketplace.accounts.draft.selectors import drafts_of
from marketplace.core import Actor, Invalid, NotAllowed, clock

LARGEST: Final = 500_000
"""Characters of a draft as JSON."""
LIFE: Final = timedelta(days=90)


@transaction.atomic
def keep_draft(place: str, *, fields: Mapping[str, Sequence[str]], by: Actor) -> FormDraft:
    """Keep what was filled in, in place of what was kept of the same form.

    Raises:
        NotAllowed: nobody is signed in.
        Invalid: it is larger than a draft may be, or holds a sign that no database keeps.
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to keep a draft."))
    kept = {name: list(values) for name, values in fields.items()}
    text = json.dumps(kept)
    if len(text) > LARGEST:
        raise Invalid(_("This is too long to be kept as a draft. Save it, or shorten it."))
    if "\\u0000" in text:
        raise Invalid(_("A character was sent that cannot be kept. Remove it."))
    draft, _made = FormDraft.objects.update_or_create(
        person_id=by.person_id,
        place=place,
        defaults={"fields": kept, "kept_at": clock.now()},
    )
    # The oldest go first.
    surplus = drafts_of(by).values_list("pk", flat=True)[settings.CENTRE["FORM_DRAFTS"] :]
    FormDraft.objects.filter(pk__in=list(surplus)).delete()
    return draft


@transaction.atomic
def forget_draft(place: str, *, by: Actor) -> None:
    """Forget what the actor filled in on a form; nothing happens where nothing was kept."""
    drafts_of(by).filter(place=place).delete()


@transaction.atomic
def forget_old_drafts(*, by: Actor) -> int:
    """Forget drafts that nobody went on with for a long time; return how many.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software forgets old drafts."))
    old = FormDraft.objects.filter(kept_at__lt=clock.now() - LIFE)
    return old.delete()[0]
