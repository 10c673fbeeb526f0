"""The API of scoring with a model that was bought, for programs with a key or a token."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.authentication import SessionAuthentication

from marketplace.accounts.authentication import TokenAuthentication
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.delivery.scoring.services import score_with_grant
from marketplace.delivery.use.authentication import OwnGrantKeyAuthentication
from marketplace.delivery.use.models import GrantKey
from marketplace.delivery.use.rows_api import key_for
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.serializers import ScoreRowsIn, ScoresOut
from marketplace.web.api import ActView


class ScoreWithGrant(ActView):
    """Give rows to a model that was bought for scoring, one or many; each is counted once.

    A program asks with the key of the grant, or a person's token with the scope `deliver`.
    """

    authentication_classes = (
        OwnGrantKeyAuthentication,
        TokenAuthentication,
        SessionAuthentication,
    )
    scope = Scope.DELIVER
    takes = ScoreRowsIn
    gives = ScoresOut
    compares = False
    operation = "score_with_grant"
    summary = "Score rows with a bought model"

    def act(self, by: Actor, data: dict[str, Any], **ids: UUID) -> list[Scored]:
        """Score and count."""
        is_keyed = isinstance(self.request.auth, GrantKey)
        key_id = key_for(self.request, ids["pk"]).pk if is_keyed else None
        return score_with_grant(ids["pk"], **data, key_id=key_id, by=by)
