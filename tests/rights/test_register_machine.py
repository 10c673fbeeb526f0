"""The register under random histories: people act in any order while days pass.

What the acts may answer is checked against what this file keeps by itself, and the present holders
against a replay of the ledger alone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from marketplace.core import clock
from marketplace.core.errors import Refusal
from marketplace.rights.claim.models import Claim
from marketplace.rights.due.services import advance_due_claims
from marketplace.rights.freeze.services import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.rights.hearing.services import decide_objection, refer_objection
from marketplace.rights.objection.models import Objection
from marketplace.rights.registration.services import (
    accept_claim,
    ask_supplement,
    confirm_claim,
    extend_decision,
    open_notice,
    refuse_claim,
    start_review,
    submit_claim,
    waive_notice,
    withdraw_claim,
)
from marketplace.rights.remark.models import Remark
from marketplace.rights.right.choices import Right
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.remarks import judicially_frozen, lifted_freeze
from tests.given.world import World
from tests.rights.holders_acts import HoldersActs
from tests.rights.register_rules import WAITING

FIRST_DAY = date(2026, 11, 2)
REASON = "It follows from the file."


class Register(HoldersActs):
    """One dataset, its owner, two who object, two reviewers, and time."""

    def __init__(self) -> None:
        super().__init__()
        # An atomic block, not a savepoint by hand: only with it is what waits for a commit dropped
        # too, which each refused act would go through again.
        self.history = ExitStack()
        self.history.enter_context(transaction.atomic())
        self.clock = ExitStack()
        self.today, self.second = FIRST_DAY, 0
        self._stop_clock()
        self.world = World()
        self.dataset = approved_dataset(self.world)
        self.objections: list[Objection] = []

    def teardown(self) -> None:
        """Take back what this history wrote."""
        self.clock.close()
        transaction.set_rollback(True)
        self.history.close()

    def _stop_clock(self) -> None:
        self.clock.close()
        moment = given.at(self.today.isoformat()) + timedelta(seconds=self.second)
        self.clock.enter_context(clock.stopped_at(moment))

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Return what an act gives, or None for a refusal in words; no two share a moment."""
        self.second += 1
        self._stop_clock()
        try:
            with transaction.atomic():
                return act()
        except Refusal:
            return None

    @property
    def claim(self) -> Claim | None:
        """Return the newest claim."""
        return Claim.objects.order_by("-created_at", "kind").first()

    @initialize(is_certified=st.booleans())
    def begin(self, is_certified: bool) -> None:
        """Half of the histories begin with a certificate."""
        if is_certified:
            self.go_all_the_way(is_published=False)

    @rule(days=st.sampled_from([0, 1, 2, 3, 7, 15, 100, 340]))
    def let_days_pass(self, days: int) -> None:
        """Days pass, and the centre's software does what is due."""
        self.today += timedelta(days=days)
        self._stop_clock()
        advance_due_claims(by=given.software())

    @rule(rights=st.sets(st.sampled_from([right.value for right in Right]), min_size=1))
    def claim_rights(self, rights: set[str]) -> None:
        """The owner claims, for one year."""

        def act() -> Claim:
            claim = given.drafted_claim(
                self.world, dataset=self.dataset, rights=frozenset(rights), term_years=1
            )
            given.attached(self.world, claim)
            return claim

        self.attempt(act)

    @precondition(lambda self: self.claim is not None)
    @rule(
        act=st.sampled_from(
            ["submit", "submit", "accept", "supplement", "start", "extend", "notice", "waive"]
        )
    )
    def go_on(self, act: str) -> None:
        """The claimant or a reviewer takes the next step, or tries one out of turn."""
        claim, officer, reviewer = self.claim, self.world.actor("officer"), None
        assert claim is not None
        reviewer, pk = self.world.actor("reviewer"), claim.pk
        acts: dict[str, Callable[[], Any]] = {
            "submit": lambda: submit_claim(pk, by=officer),
            "accept": lambda: accept_claim(pk, by=reviewer),
            "supplement": lambda: ask_supplement(pk, missing=["A seal"], by=reviewer),
            "start": lambda: start_review(pk, by=reviewer),
            "extend": lambda: extend_decision(pk, reason=REASON, by=reviewer),
            "notice": lambda: open_notice(pk, by=reviewer),
            "waive": lambda: waive_notice(pk, reason=REASON, by=reviewer),
        }
        self.attempt(acts[act])

    @rule(is_published=st.booleans())
    def go_all_the_way(self, is_published: bool) -> None:
        """Whatever claim runs is taken as far as it goes without waiting."""
        self.claim_rights({"use", "operate"})
        for act in ("submit", "accept", "start", "notice" if is_published else "waive"):
            self.go_on(act)
        self.confirm()

    @precondition(lambda self: self.claim is not None)
    @rule(is_refused=st.booleans())
    def end(self, is_refused: bool) -> None:
        """The claim is refused or withdrawn."""
        assert self.claim is not None
        pk = self.claim.pk
        if is_refused:
            self.attempt(lambda: refuse_claim(pk, reason=REASON, by=self.world.actor("reviewer")))
        else:
            self.attempt(lambda: withdraw_claim(pk, by=self.world.actor("officer")))

    @precondition(lambda self: self.claim is not None)
    @rule(who=st.sampled_from(["stranger", "buyer"]))
    def object(self, who: str) -> None:
        """Somebody objects."""
        claim = self.claim
        assert claim is not None
        raised = self.attempt(lambda: given.raised_objection(self.world, claim, by=who))
        if raised is not None and raised not in self.objections:
            self.objections.append(raised)

    @precondition(lambda self: self.objections)
    @rule(data=st.data(), act=st.sampled_from(["uphold", "reject", "reject", "refer"]))
    def decide(self, data: st.DataObject, act: str) -> None:
        """A reviewer decides or refers any objection, be it decided before or not."""
        pk, by = data.draw(st.sampled_from(self.objections)).pk, self.world.actor("reviewer")
        if act == "refer":
            self.attempt(lambda: refer_objection(pk, reason=REASON, by=by))
        else:
            self.attempt(
                lambda: decide_objection(pk, is_upheld=act == "uphold", reason=REASON, by=by)
            )

    @precondition(lambda self: self.claim is not None)
    @rule()
    def confirm(self) -> None:
        """A second reviewer confirms; never within notice or against an open objection."""
        before = self.claim
        assert before is not None
        objected = Objection.objects.filter(claim=before, state__in=WAITING).exists()
        in_notice = before.notice_until is not None and self.today <= before.notice_until
        was_published = before.notice_from is not None or bool(before.waive_reason)
        needs_no_notice = before.kind == "cancel"
        passing = before.preceding
        is_over = (
            passing is not None
            and before.kind != "renewal"
            and (passing.state != "in_force" or self.today > passing.valid_until)
        )
        passes_doubt = passing is not None and (
            is_over
            or passing.state not in ("in_force", "expired")
            or Objection.objects.filter(claim=passing.claim, state__in=WAITING).exists()
        )
        certificate = self.attempt(
            lambda: confirm_claim(
                before.pk,
                checklist=given.RIGHT_CHECKLIST,
                by=self.world.actor("second_reviewer"),
            )
        )
        if certificate is not None:
            assert not objected
            assert not in_notice
            assert not passes_doubt
            assert was_published or needs_no_notice

    @precondition(lambda self: self.certificate is not None)
    @rule(act=st.sampled_from(["freeze", "unfreeze", "cancel", "court", "lift"]))
    def act_on_certificate(self, act: str) -> None:
        """The centre and a court freeze and let go; the centre cancels."""
        assert self.certificate is not None
        pk, by = self.certificate.pk, self.world.actor("reviewer")
        if act == "freeze":
            self.attempt(lambda: freeze_certificate(pk, reason=REASON, by=by))
        elif act == "unfreeze":
            self.attempt(lambda: unfreeze_certificate(pk, by=by))
        elif act == "court":
            certificate = self.certificate
            self.attempt(lambda: judicially_frozen(self.world, certificate))
        elif act == "lift":
            for remark in Remark.objects.filter(certificate_id=pk, state="in_force"):
                self.attempt(partial(lifted_freeze, self.world, remark))
        else:
            self.attempt(lambda: cancel_certificate(pk, reason=REASON, by=by))


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_random_histories_keep_the_rules(db: None) -> None:
    """A few of them each time."""
    _run(examples=5, steps=25)


@pytest.mark.campaign
def test_many_random_histories_keep_the_rules(db: None) -> None:
    """And many when asked."""
    _run(examples=400, steps=60)


def _run(*, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
