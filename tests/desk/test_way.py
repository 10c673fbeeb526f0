"""The way from an application to a payout, act by act: whose desk shows what, before and after.

What it finds is the table in `docs/reference/desks.md`. Where the table differs, this test writes
it anew into `build/desks.md`, to be read and copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.services import examine_organization, verify_organization
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    return_appraisal,
    submit_appraisal,
)
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    return_ceiling,
    submit_ceiling,
)
from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.desk.selectors.waiting import own_paths, tasks_of
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.services import confirm_policy
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.run.models import RunKind
from marketplace.review.services import attach_document
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.services import (
    accept_claim,
    ask_supplement,
    confirm_claim,
    start_review,
    submit_claim,
    waive_notice,
)
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import draft_listing
from marketplace.trading.listings.publication.services import (
    publish_listing,
    return_listing,
    submit_listing,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from marketplace.trading.treasury.payout.models import Disbursement
from tests.given import appraisal, catalog, ceilings, money, preparation, rights, trading
from tests.given.letters import proved
from tests.given.vault import scan
from tests.given.world import EXAMINATION, PASSWORD, PEOPLE, World

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "reference" / "desks.md"
FOUND = ROOT / "build" / "desks.md"
HEAD = """# Desks

*Made by `tests/desk/test_way.py`, which plays each act and compares this table.*

Each act from an application to a payout, and whose desk it changes. Of each desk stands what it
showed before the act and does not show after it, and what it shows since; *(until a day)* where a
last day stands beside it, and after a colon why something is to be done again.

| act | by | whose desk | before | after |
|---|---|---|---|---|
"""
NOBODY = "—"
Step = tuple[str, str, Callable[[], object]]


@dataclass
class Way:
    """The acts in their order, as the people of the world take them."""

    world: World

    def actor(self, name: str) -> Any:
        return self.world.actor(name)

    def steps(self) -> Iterator[Step]:
        """Yield each act with who takes it, when the one before it is done."""
        yield from self._of_an_applicant()
        yield from self._of_data()
        yield from self._of_rights()
        yield from self._of_a_valuation()
        yield from self._of_a_ceiling()
        yield from self._of_an_offer()
        yield from self._of_an_order()
        yield from self._of_money()

    def _of_an_applicant(self) -> Iterator[Step]:
        pending = self.world.organization("pending").pk
        yield "prove_address", "pending", lambda: proved(self.world.person("pending"))
        for kind in OrganizationDocumentKind:
            yield (
                f"attach_document: {kind.label}",
                "pending",
                lambda kind=kind: attach_document(  # type: ignore[misc]
                    pending, kind=kind, upload=scan(kind.label), by=self.actor("pending")
                ),
            )
        second = "second_administrator"
        yield (
            "examine_organization",
            second,
            lambda: examine_organization(pending, **EXAMINATION, by=self.actor(second)),
        )
        yield (
            "verify_organization",
            "administrator",
            lambda: verify_organization(pending, by=self.actor("administrator")),
        )

    def _of_data(self) -> Iterator[Step]:
        yield "register_dataset", "officer", self._register
        pk = Dataset.objects.get().pk
        officer, reviewer = self.actor("officer"), self.actor("reviewer")
        yield (
            "keep_table, annotate_columns",
            "officer",
            lambda: catalog.annotated_version(
                self.world, Dataset.objects.get(), table=preparation.people()
            ),
        )
        yield (
            "grade_dataset",
            "officer",
            lambda: grade_dataset(pk, impacts=catalog.SLIGHT, negative_list=(), by=officer),
        )
        yield "submit_dataset", "officer", lambda: submit_dataset(pk, by=officer)
        yield (
            "return_dataset",
            "reviewer",
            lambda: return_dataset(pk, reason="Say who counted.", by=reviewer),
        )
        yield "submit_dataset", "officer", lambda: submit_dataset(pk, by=officer)
        yield (
            "approve_dataset",
            "reviewer",
            lambda: approve_dataset(pk, checklist=catalog.CONTENT_CHECKLIST, by=reviewer),
        )
        yield from self._of_masking()

    def _register(self) -> None:
        catalog.draft_dataset(self.world, personal_basis="law")

    def _of_masking(self) -> Iterator[Step]:
        source = catalog.source_version(Dataset.objects.get())
        yield "start_profile", "officer", lambda: start_profile(source.pk, by=preparation.SYSTEM)
        yield "finish_profile", "a worker", lambda: self._work(RunKind.PROFILE)
        yield "confirm_policy", "officer", self._confirm
        yield "start_masking", "officer", self._mask
        yield "finish_masking, refused", "a worker", self._work_in_vain
        yield "start_masking", "officer", self._mask
        yield "finish_masking", "a worker", lambda: self._work(RunKind.MASK)

    def _confirm(self) -> None:
        version = catalog.source_version(Dataset.objects.get())
        document = preparation.without_trace(version)
        reasons = {rule["name"]: preparation.REASON for rule in document["columns"]}
        confirm_policy(version.pk, policy=document, reasons=reasons, by=self.actor("officer"))

    def _mask(self) -> None:
        version = catalog.source_version(Dataset.objects.get())
        start_masking(version.pk, by=self.actor("officer"))

    def _work(self, kind: RunKind) -> None:
        version = catalog.source_version(Dataset.objects.get())
        run = preparation.newest_run(version, kind)
        execute_run(run.pk)
        run.refresh_from_db()
        assert run.state == "done", (run.error_code, run.error_parameters)

    def _work_in_vain(self) -> None:
        with override_settings(CENTRE={**settings.CENTRE, "SMALLEST_CLASS": 20}):
            self._work(RunKind.MASK)

    def _of_rights(self) -> Iterator[Step]:
        dataset = Dataset.objects.get()
        officer, reviewer = self.actor("officer"), self.actor("reviewer")
        yield (
            "draft_claim, attach_evidence",
            "officer",
            lambda: rights.complete_claim(self.world, dataset=dataset),
        )
        claim = Claim.objects.get().pk
        yield "submit_claim", "officer", lambda: submit_claim(claim, by=officer)
        yield (
            "ask_supplement",
            "reviewer",
            lambda: ask_supplement(claim, missing=["The calibration record"], by=reviewer),
        )
        yield "submit_claim", "officer", lambda: submit_claim(claim, by=officer)
        yield "accept_claim", "reviewer", lambda: accept_claim(claim, by=reviewer)
        yield "start_review", "reviewer", lambda: start_review(claim, by=reviewer)
        yield (
            "waive_notice",
            "reviewer",
            lambda: waive_notice(claim, reason=rights.WAIVER, by=reviewer),
        )
        second = "second_reviewer"
        yield (
            "confirm_claim",
            second,
            lambda: confirm_claim(claim, checklist=rights.RIGHT_CHECKLIST, by=self.actor(second)),
        )

    def _of_a_valuation(self) -> Iterator[Step]:
        officer, reviewer = self.actor("officer"), self.actor("reviewer")
        drafted = []
        dataset = Dataset.objects.get()
        yield (
            "draft_appraisal",
            "officer",
            lambda: drafted.append(appraisal.drafted(self.world, dataset).pk),
        )
        [pk] = drafted
        yield "submit_appraisal", "officer", lambda: submit_appraisal(pk, by=officer)
        yield (
            "return_appraisal",
            "reviewer",
            lambda: return_appraisal(pk, reason="The tax has no voucher.", by=reviewer),
        )
        yield "submit_appraisal", "officer", lambda: submit_appraisal(pk, by=officer)
        yield (
            "approve_appraisal",
            "reviewer",
            lambda: approve_appraisal(pk, checklist=appraisal.CHECKLIST, by=reviewer),
        )

    def _of_a_ceiling(self) -> Iterator[Step]:
        dataset, drafted = Dataset.objects.get(), []
        yield (
            "draft_ceiling",
            "officer",
            lambda: drafted.append(ceilings.drafted(self.world, dataset).pk),
        )
        [pk] = drafted
        officer, reviewer = self.actor("officer"), self.actor("reviewer")
        yield "submit_ceiling", "officer", lambda: submit_ceiling(pk, by=officer)
        yield (
            "return_ceiling",
            "reviewer",
            lambda: return_ceiling(pk, reason="The tax has no voucher.", by=reviewer),
        )
        yield "submit_ceiling", "officer", lambda: submit_ceiling(pk, by=officer)
        yield (
            "approve_ceiling",
            "reviewer",
            lambda: approve_ceiling(pk, checklist=ceilings.CHECKLIST, by=reviewer),
        )

    def _of_an_offer(self) -> Iterator[Step]:
        officer, reviewer = self.actor("officer"), self.actor("reviewer")
        yield "draft_listing", "officer", self._draft_listing
        listing = Listing.objects.get()
        trading.assessed(self.world, listing)
        yield "submit_listing", "officer", lambda: submit_listing(listing.pk, by=officer)
        yield (
            "return_listing",
            "reviewer",
            lambda: return_listing(listing.pk, reason="Say more of the delays.", by=reviewer),
        )
        yield "submit_listing", "officer", lambda: submit_listing(listing.pk, by=officer)
        second = self.actor("second_reviewer")
        checklist = trading.LISTING_CHECKLIST
        yield (
            "publish_listing",
            "second_reviewer",
            lambda: publish_listing(listing.pk, checklist=checklist, by=second),
        )

    def _draft_listing(self) -> None:
        version = catalog.source_version(Dataset.objects.get())
        masked = preparation.newest_run(version, RunKind.MASK).result_version
        assert masked is not None
        draft_listing(masked.pk, offer=trading.OFFER, by=self.actor("officer"))

    def _of_an_order(self) -> Iterator[Step]:
        yield "place_order", "buyer", lambda: trading.placed(self.world, Listing.objects.get())
        order = Order.objects.get().pk
        yield (
            "accept_order",
            "officer",
            lambda: accept_order(order, by=self.actor("officer")),
        )
        for name in ("officer", "buyer"):
            yield "sign_contract", name, lambda name=name: self._sign(name)  # type: ignore[misc]
        yield (
            "record_payment",
            "treasurer",
            lambda: record_payment(order, reference="BANK-1", by=self.actor("treasurer")),
        )
        payment = Payment.objects.get().pk
        yield (
            "confirm_payment",
            "second_treasurer",
            lambda: confirm_payment(payment, by=self.actor("second_treasurer")),
        )
        yield (
            "mark_delivered",
            "the centre's software",
            lambda: mark_delivered(order, by=trading.SYSTEM),
        )
        yield "accept_delivery", "buyer", lambda: accept_delivery(order, by=self.actor("buyer"))

    def _sign(self, name: str) -> None:
        contract = Contract.objects.get()
        sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=self.actor(name))

    def _of_money(self) -> Iterator[Step]:
        yield "state_bank_account", "finance", lambda: money.stated_account(self.world)
        yield "confirm_statement", "second_treasurer", lambda: money.tried_account(self.world)
        yield "vouch, prove_bank_account", "treasurers", lambda: money.bank_account(self.world)
        account = Account.objects.get(kind=AccountKind.SELLER)
        yield (
            "propose_payout",
            "treasurer",
            lambda: money.proposed_payout(self.world, account, amount=Decimal("1000.00")),
        )
        proposed = Disbursement.objects.get()
        yield "approve_disbursement", "reviewer", lambda: money.approved(self.world, proposed)


def desks(world: World) -> dict[str, list[str]]:
    """Return what each person's desk shows."""
    return {name: lines(world, name) for name in PEOPLE}


def lines(world: World, name: str) -> list[str]:
    by = world.actor(name)
    return [
        str(task.what)
        + (f" ×{task.count}" if task.count > 1 else "")
        + (" (until a day)" if task.due_on else "")
        + (f": {task.reason}" if task.reason else "")
        for task in tasks_of(by, own_paths(by).unfinished)
    ]


def played(world: World) -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    """Yield for each act the desks that it changes, with what is gone and what is new."""
    before = desks(world)
    for act, by, take in Way(world).steps():
        take()
        after = desks(world)
        changed = [name for name in PEOPLE if before[name] != after[name]]
        for name in changed or [NOBODY]:
            was, now = before.get(name, []), after.get(name, [])
            gone = [one for one in was if one not in now]
            new = [one for one in now if one not in was]
            yield act, by, name, gone, new
        before = after


def page_of_turns(rows: list[tuple[str, str, str, list[str], list[str]]]) -> str:
    """Write the table."""
    table = [
        f"| {act} | {by} | {name} | {'<br>'.join(gone) or NOBODY} | {'<br>'.join(new) or NOBODY} |"
        for act, by, name, gone, new in rows
    ]
    return HEAD + "\n".join(table) + "\n"


@pytest.mark.django_db
def test_each_act_moves_what_waits_to_whom_it_waits_for(world: World) -> None:
    """The table of the docs is what the acts do."""
    found = list(played(world))
    text = page_of_turns(found)
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text(text, encoding="utf-8")
    for act, by, name, _gone, new in found:
        if act.startswith(("submit_", "start_", "record_", "propose_")) and name == by:
            assert not new, f"{by} handed it in by {act}, and it waits for them as {new}"
        if act.startswith(("return_", "ask_")) and name == "officer":
            assert all(": " in line for line in new), f"{act} gives no reason: {new}"
    assert text == TABLE.read_text(encoding="utf-8"), "Read build/desks.md, and copy it if right."
