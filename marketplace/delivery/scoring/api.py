"""The API of scoring with a model that was bought, for programs with a key or a token."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from marketplace.accounts.authentication import TokenAuthentication
from marketplace.core import Actor, Scope
from marketplace.delivery.grant.api import AnyAccept
from marketplace.delivery.scoring.parsers import TableParser
from marketplace.delivery.scoring.serializers import ScoredTableOut, ScoreTableIn
from marketplace.delivery.scoring.services import (
    ScoredTable,
    repeat_scored_table,
    score_table_with_grant,
    score_with_grant,
)
from marketplace.delivery.use.authentication import OwnGrantKeyAuthentication
from marketplace.delivery.use.models import GrantKey
from marketplace.delivery.use.rows_api import key_for
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.serializers import ScoreRowsIn, ScoresOut
from marketplace.ledger.keeping import one_mark
from marketplace.web.api import ActView
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import CSV


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
    is_short = True
    compares = False
    summary = "Score rows with a bought model"

    def dispatch(self, request: HttpRequest, *args: Any, **ids: Any) -> HttpResponseBase:
        """Ask once whether anything was recorded: for the key, and for what stands."""
        with one_mark():
            return super().dispatch(request, *args, **ids)

    def act(self, by: Actor, data: dict[str, Any], **ids: UUID) -> list[Scored]:
        """Score and count."""
        key_id = _key_of(self.request, ids["pk"])
        return score_with_grant(ids["pk"], **data, key_id=key_id, by=by)


class ScoreTableWithGrant(ActView):
    """Give up to 100,000 rows as a CSV table to a model that was bought; all are counted, or none.

    The answer is a CSV table with the label of each row and how probable each label is, in the
    order in which the rows were sent. A program asks as it does for single rows.
    """

    authentication_classes = ScoreWithGrant.authentication_classes
    content_negotiation_class = AnyAccept
    parser_classes = (TableParser,)
    scope = Scope.DELIVER
    takes = ScoreTableIn
    gives = ScoredTableOut
    media = CSV
    compares = False
    summary = "Score a table with a bought model"
    scored: ScoredTable | None = None

    def act(self, by: Actor, data: dict[str, Any], **ids: UUID) -> ScoredTable:
        """Score and count."""
        key_id = _key_of(self.request, ids["pk"])
        self.scored = score_table_with_grant(ids["pk"], **data, key_id=key_id, by=by)
        return self.scored

    def _answer(self, status: int, body: Any) -> HttpResponse:
        """Return the table; a request that is repeated has it computed anew, and counts nothing.

        Such an answer is too large to be kept, and a model says the same of the same rows.
        """
        sent: Any = self.request.data
        scored = self.scored or repeat_scored_table(
            self.kwargs["pk"], table=sent["table"], by=actor(self.request)
        )
        return HttpResponse(scored.content, content_type=f"{CSV}; charset=utf-8", status=status)


def _key_of(request: Request, grant_id: UUID) -> UUID | None:
    return key_for(request, grant_id).pk if isinstance(request.auth, GrantKey) else None
