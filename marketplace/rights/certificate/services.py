"""Note what of a higher app rests on a certificate, so that a transfer can wait for its end."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, locked
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.events import RelianceNoted
from marketplace.rights.certificate.models import Reliance
from marketplace.rights.certificate.selectors import certificates_visible_to


@transaction.atomic
def note_reliance(
    certificate_id: UUID, *, subject: str, is_current: bool, by: Actor
) -> Reliance | None:
    """Note that a thing of the ledger rests on a certificate, or does no longer.

    What is noted already, and the end of what was never noted, changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        NotFound: there is no such certificate.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    certificate = locked(certificates_visible_to(by), pk=certificate_id)
    noted = Reliance.objects.filter(certificate=certificate, subject=subject).first()
    if noted is None and not is_current:
        return None
    if noted is None:
        noted = Reliance.objects.create(certificate=certificate, subject=subject)
    elif noted.is_current == is_current:
        return noted
    else:
        noted.is_current = is_current
        noted.save(update_fields=["is_current"])
    record(
        RelianceNoted(
            subject=f"certificate:{certificate.pk}", about=(subject,), is_current=is_current
        ),
        by=by,
    )
    return noted
