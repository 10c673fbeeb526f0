"""Send the bytes behind a signed address."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from marketplace.core import Door, NotFound
from marketplace.delivery.grant.ranges import whole
from marketplace.delivery.grant.responses import answer_bytes
from marketplace.delivery.sharing.protocol import read_ticket
from marketplace.delivery.sharing.services import (
    look_at_shared,
    look_at_shared_changes,
    open_shared,
)
from marketplace.delivery.use.selectors import actor_of_key


def shared_response(request: HttpRequest, signed: str) -> HttpResponseBase:
    """Return a GET or HEAD for the bytes behind a signed address, as `download_response` does.

    The address holds no longer than the key that asked for it, and opens no more than the key's
    maker may have at this moment.

    Raises:
        NotFound: the address is unknown or too old, or its key was revoked or has expired.
        NotAllowed, WrongState: as for `open_shared`.
    """
    ticket = read_ticket(signed)
    by = actor_of_key(ticket.key_id, door=Door.API)
    if by is None:
        raise NotFound(_("The key of this address was revoked or has expired."))
    number = ticket.number
    if ticket.of_changes:
        grant = look_at_shared_changes(ticket.grant_id, number=number, by=by)
    else:
        grant = look_at_shared(ticket.grant_id, as_of=number, by=by)
    return answer_bytes(
        request,
        grant,
        lambda part: open_shared(
            grant.pk,
            byte_range=part or whole(grant.size),
            number=number,
            of_changes=ticket.of_changes,
            by=by,
        ),
    )
