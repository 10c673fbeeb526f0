"""What holds of the register after every step, whatever the history."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis.stateful import RuleBasedStateMachine, invariant

from marketplace.catalog.dataset.models import Dataset
from marketplace.ledger.models import Entry
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificate_in_force, rights_held
from marketplace.rights.certificate.transfers import rights_passed_on
from marketplace.rights.objection.models import Objection
from marketplace.rights.remark.choices import FREEZING
from marketplace.rights.remark.models import Remark
from marketplace.rights.right.choices import Right
from marketplace.rights.right.title import present_titles
from tests.given.world import World

WAITING = ("open", "referred")
FROZEN = "rights.certificate_frozen"


def is_held(one: Certificate) -> bool:
    """Return whether a certificate is frozen, or was frozen when it expired."""
    if one.state != "expired":
        return bool(one.state == "frozen")
    told = Entry.objects.filter(subject=f"certificate:{one.pk}")
    last = told.filter(kind__in=(FROZEN, "rights.certificate_unfrozen")).order_by("pk").last()
    return last is not None and last.kind == FROZEN


class RegisterRules(RuleBasedStateMachine):
    """One dataset, whose owner and another organization may hold rights, and a day."""

    world: World
    dataset: Dataset
    today: date

    @invariant()
    def nothing_in_force_is_doubtful(self) -> None:
        """Whoever asks for a right finds none that is over, frozen or objected to."""
        holders = [self.world.organization(name).pk for name in ("officer", "stranger")]
        for holder, right in product(holders, Right):
            found = certificate_in_force(self.dataset.pk, holder, right.value, on=self.today)
            if found is not None:
                assert found.valid_from <= self.today <= found.valid_until
                assert right.value in found.rights
                assert not self.held_by(found)

    def held_by(self, certificate: Certificate) -> set[str]:
        """Return what holds a certificate, itself or another of the same right."""
        holds = set()
        for one in Certificate.objects.filter(
            dataset_id=certificate.dataset_id, organization_id=certificate.organization_id
        ):
            if not set(one.rights) & set(certificate.rights):
                continue
            remarks = Remark.objects.filter(certificate=one, state__in=("in_force", "lifting"))
            holds |= set(remarks.values_list("kind", flat=True)) & FREEZING
            if Objection.objects.filter(claim_id=one.claim_id, state__in=WAITING).exists():
                holds.add("objection")
            if one.freeze_order and one.state == "frozen":
                holds.add("ordered")
        return holds

    @invariant()
    def what_holds_one_holds_every_certificate_of_the_right(self) -> None:
        """None of them is in force meanwhile, and none is frozen by nothing."""
        for one in Certificate.objects.filter(state__in=("in_force", "frozen")):
            assert (one.state == "frozen") == bool(self.held_by(one)), self.held_by(one)

    @invariant()
    def the_ledger_replays_to_the_present_holders(self) -> None:
        """What entries alone tell of each certificate is what the register says of it."""
        told: dict[str, str] = {}
        for entry in Entry.objects.filter(subject__startswith="certificate:").order_by("pk"):
            state = {
                "rights.certificate_issued": "in_force",
                "rights.certificate_frozen": "frozen",
                "rights.certificate_unfrozen": "in_force",
                "rights.certificate_cancelled": "cancelled",
                "rights.certificate_expired": "expired",
                "rights.certificate_superseded": "superseded",
            }.get(entry.kind)
            if state is not None:
                told[entry.subject] = state
        kept = {f"certificate:{each.pk}": each.state for each in Certificate.objects.all()}
        assert told == kept

    @invariant()
    def the_chain_of_title_replays_to_the_present_titles(self) -> None:
        """Holder, rights, last day and freeze of each, by the ledger alone."""
        lasting = Certificate.objects.filter(state__in=("in_force", "frozen"))
        kept = {
            (one.pk, one.organization_id, tuple(one.rights), one.valid_until, one.state)
            for one in lasting
        }
        assert kept == {
            (
                title.certificate_id,
                title.organization_id,
                title.rights,
                title.valid_until,
                "frozen" if title.is_frozen else "in_force",
            )
            for title in present_titles(self.dataset.pk)
        }

    @invariant()
    def a_suspension_names_what_weighs_most(self) -> None:
        """A frozen certificate's credential says why by the weightiest of its reasons."""
        for one in Certificate.objects.select_related("credential", "claim"):
            holds = self.held_by(one)
            causes = [
                ("judicial", "judicial_freeze" in holds),
                ("controlled", "administrative_control" in holds),
                ("ordered", "ordered" in holds),
                ("objection", True),
            ]
            weightiest = next(cause for cause, holds in causes if holds)
            if one.state == "frozen":
                assert one.credential.reason == weightiest
            assert (one.credential.state == "suspended") == is_held(one)

    @invariant()
    def what_is_replaced_has_one_follower(self) -> None:
        """A change or transfer ends its certificate with its claim, a cancellation has none."""
        for one in Certificate.objects.select_related("claim"):
            assert (one.state == "superseded") == (one.claim.state in ("superseded", "transferred"))
            if one.state == "superseded":
                assert one.successors.exclude(claim__kind="renewal").exists()
        assert not Certificate.objects.filter(claim__kind="cancel").exists()

    @invariant()
    def who_passed_a_right_on_wholly_keeps_nothing_of_it(self) -> None:
        """Unless it came back."""
        for name in ("officer", "stranger"):
            pk = self.world.organization(name).pk
            passed = rights_passed_on(self.dataset.pk, pk)
            assert not passed & rights_held(self.dataset.pk, pk, on=self.today)
