"""Of several requests at once, the rate of a grant lets pass what it allows and no more."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.core.errors import WrongState
from marketplace.delivery.use.models import Use, UseKind
from marketplace.delivery.use.services import Answered, record_use
from tests.given import delivery as given
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def test_requests_at_once_never_pass_the_rate(settings: Any) -> None:
    """Of six at the same moment with room for two, two are counted and answered."""
    settings.CENTRE = {**settings.CENTRE, "GRANT_REQUESTS_PER_MINUTE": 2}
    world = World()
    issued, buyer = given.keyed(world), world.actor("buyer")
    answers = at_once(
        6,
        lambda number: record_use(
            issued.key.grant_id,
            key_id=issued.key.pk,
            kind=UseKind.ROWS,
            rows=1,
            size=1,
            answered=Answered(f"question {number}", "answer"),
            by=buyer,
        ),
    )
    refused = [answer for answer in answers if isinstance(answer, WrongState)]
    assert (len(refused), {each.code for each in refused}) == (4, {"rate-used"}), answers
    assert Use.objects.count() == 2
    assert given.rows_of(issued, limit=1).status_code == 429
