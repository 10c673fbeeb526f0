"""What holders ask for in the register's random histories: transfers, renewals, changes, ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.models import Claim
from marketplace.rights.objection.models import Objection
from marketplace.rights.right.choices import Right
from tests.given import following
from tests.given import rights as given
from tests.rights.register_rules import WAITING, RegisterRules


class HoldersActs(RegisterRules):
    """The rules by which rights pass and follow one another."""

    @property
    def certificate(self) -> Certificate | None:
        """Return the newest certificate."""
        return Certificate.objects.order_by("-number").first()

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Return what an act gives, or None for a refusal in words."""
        raise NotImplementedError

    def confirm(self) -> None:
        """A second reviewer confirms the newest claim."""
        raise NotImplementedError

    @precondition(lambda self: self.certificate is not None)
    @rule(
        data=st.data(),
        rights=st.sets(st.sampled_from([right.value for right in Right])),
        limits=st.sampled_from(["", "Half"]),
        is_finished=st.booleans(),
    )
    def transfer(
        self, data: st.DataObject, rights: set[str], limits: str, is_finished: bool
    ) -> None:
        """A holder passes rights to the other one, as far as it goes without waiting."""
        chosen = data.draw(st.sampled_from(list(Certificate.objects.order_by("number"))))
        is_owner = chosen.organization_id == self.world.organization("officer").pk
        doubted = Objection.objects.filter(claim=chosen.claim, state__in=WAITING).exists()
        claim = self.attempt(
            lambda: given.waived_transfer(
                self.world,
                chosen,
                rights=frozenset(rights),
                limits=limits,
                acquirer="stranger" if is_owner else "officer",
            )
        )
        if claim is not None:
            assert not doubted
            assert chosen.state == "in_force"
            if is_finished:
                self.confirm()

    @precondition(lambda self: self.certificate is not None)
    @rule(
        data=st.data(),
        kind=st.sampled_from(["renewal", "renewal", "change", "cancel"]),
        years=st.sampled_from([1, 2]),
        limits=st.sampled_from(["", "In Fujian", "Half"]),
        is_finished=st.booleans(),
    )
    def follow_up(
        self, data: st.DataObject, kind: str, years: int, limits: str, is_finished: bool
    ) -> None:
        """A holder renews, changes or gives up, as far as it goes without waiting."""
        chosen = data.draw(st.sampled_from(list(Certificate.objects.order_by("number"))))
        is_owner = chosen.organization_id == self.world.organization("officer").pk
        by = "officer" if is_owner else "stranger"
        asks: dict[str, Callable[[], Claim]] = {
            "renewal": lambda: following.asked_renewal(self.world, chosen, by=by, term_years=years),
            "change": lambda: following.asked_change(
                self.world, chosen, by=by, restrictions=limits, term_years=years
            ),
            "cancel": lambda: following.asked_cancellation(self.world, chosen, by=by),
        }
        doubted = Objection.objects.filter(claim=chosen.claim, state__in=WAITING).exists()
        claim = self.attempt(asks[kind])
        if claim is None:
            return
        assert not doubted
        assert chosen.state == "in_force"
        assert chosen.valid_from <= self.today <= chosen.valid_until
        if kind == "renewal":
            assert chosen.renewal_from <= self.today < chosen.valid_until
        self.attempt(lambda: following.waived_following(self.world, claim, by=by))
        if is_finished:
            self.confirm()
