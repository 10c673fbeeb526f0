"""Whether rows may be given to a bought model at this moment."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.core import Actor, share_locked
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_delivered
from marketplace.delivery.grant.selectors import grants_to_open
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.selectors import model_of_asset
from marketplace.ledger.keeping import KeptAnswers
from marketplace.trading.listings.mode.base import Opening


@dataclass(frozen=True)
class Standing:
    """A grant that stands, and its model."""

    grant: Grant
    model: TrainedModel

    @property
    def is_delivered(self) -> bool:
        """Return whether an earlier request marked the order delivered."""
        return self.grant.order.delivered_at is not None


_standing = KeptAnswers[tuple[Actor, UUID], Standing]()


def open_scoring(grant_id: UUID, *, by: Actor) -> Standing:
    """Return a grant to whose model rows may be given now, in the caller's transaction.

    Everything is asked as for a download, unless it was asked a moment before and no act was done
    since. The first request marks the order delivered, so that the next one asks anew.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as for `open_download`; or the data is delivered in another way
            (`another-mode`).
    """
    return _standing.answer(
        (by, grant_id), lambda: _asked(grant_id, by), keeps=lambda found: found.is_delivered
    )


def _asked(grant_id: UUID, by: Actor) -> Standing:
    grant = share_locked(grants_to_open(by), pk=grant_id)
    refuse_unless_open(grant, by=by, is_shared=grant.order.delivered_at is not None)
    check_delivered(grant, Opening.SCORE)
    return Standing(grant, model_of_asset(grant.version_id))
