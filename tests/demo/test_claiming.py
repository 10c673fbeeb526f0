"""The story finds a claim wherever it broke off, and does not hand it in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace.demo.story import claiming
from marketplace.demo.story.stage import Glimpse, Stage
from marketplace.demo.story.survey import SURVEY
from marketplace.rights.claim.models import Claim
from tests.given import rights
from tests.given.letters import letter_to
from tests.given.world import World


class Nobody:
    """Hands that have nothing to do."""

    def work_until(self, look: Callable[[], Glimpse]) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("reach", "is_submitted"),
    [
        (rights.drafted_claim, False),
        (rights.submitted_claim, True),
        (rights.accepted_claim, True),
        (rights.reviewed_claim, True),
    ],
)
def test_a_claim_that_has_gone_on_is_not_submitted_again(
    reach: Callable[[World], Claim],
    is_submitted: bool,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The step looks done from the submission on, in whatever state the claim is by then."""
    claim = reach(world)
    monkeypatch.setattr(claiming, "claim_of", lambda goods: claim)
    done = claiming.look_submitted(SURVEY, Stage(Nobody(), {}, tmp_path, letter_to))
    assert (done is not None) == is_submitted
