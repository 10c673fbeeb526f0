"""The dossier of a trade: told from listing to payout, checked by a stranger, on record."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from marketplace.core.errors import NotFound
from marketplace.delivery.dossier.chapters import Chapter
from marketplace.delivery.dossier.services import read_dossier, save_dossier
from marketplace.delivery.dossier.telling import SHOWN_FACTS, Told
from marketplace.delivery.grant.events import GrantAmended
from marketplace.delivery.grant.services import open_download
from marketplace.ledger.models import Entry
from marketplace.ledger.services.recording import record
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.objection.services import accept_remedy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Invoice
from marketplace.trading.treasury.payout.selectors import payouts_of
from tests.conftest import ApiClients, PageClients
from tests.delivery.conftest import sent
from tests.delivery.test_papers import checked, commands, unpacked
from tests.given import delivery, money, remedies
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.shelf import kept
from tests.given.world import World


@kept
def paid_out(world: World) -> Order:
    """Return a trade with an objection, a remedy, and its money on the way to the seller."""
    grant = delivery.granted(world)
    for piece in open_download(grant.pk, byte_range=None, by=world.actor("buyer")).pieces():
        assert piece
    objected = remedies.objected(world, Order.objects.get(pk=grant.order_id))
    accept_remedy(remedies.offered(world, objected).pk, by=world.actor("buyer"))
    account = Account.objects.get(kind=AccountKind.SELLER)
    money.approved(world, money.proposed_payout(world, account, amount=Decimal("4000.00")))
    return Order.objects.get(pk=grant.order_id)


def told(order: Order, by: str, world: World) -> dict[str, list[Told]]:
    """Return what somebody reads, by chapter."""
    dossier = read_dossier(order.pk, by=world.actor(by))
    return {one.chapter.value: one.facts for one in dossier.chapters}


def kinds(facts: list[Told]) -> set[str]:
    """Return the kinds of facts without their apps."""
    return {fact.row.entry.kind.partition(".")[2] for fact in facts}


def test_an_auditor_reads_it_from_listing_to_payout(world: World) -> None:
    """Each chapter has its facts, each fact who, its entry and its receipt."""
    order = paid_out(world)
    catch_up()
    found = told(order, "auditor", world)
    for chapter, some in {
        "listing": {"certificate_issued", "risk_measured", "appraisal_approved"},
        "order": {"order_placed", "order_accepted"},
        "contract": {"contract_signed"},
        "money": {"charge_opened", "payment_held"},
        "delivery": {"grant_issued", "download_opened", "order_completed"},
        "objection": {"delivery_objected", "remedy_offered", "remedy_accepted"},
        "payout": {"disbursement_proposed", "disbursement_approved"},
    }.items():
        assert some <= kinds(found[chapter]), chapter
    assert {"listing_published", "case_decided"} <= kinds(found["listing"])
    every = [fact for facts in found.values() for fact in facts]
    assert all(fact.receipt and fact.party for fact in every)
    signed = [fact for fact in found["contract"] if fact.row.entry.kind.endswith("_signed")]
    assert [(fact.party, fact.row.person) for fact in signed] == [
        ("Seller", world.person("officer").name),
        ("Buyer", world.person("buyer").name),
    ]
    paid = [fact for fact in found["payout"] if fact.row.entry.kind.endswith("_approved")]
    assert [(fact.party, fact.sum) for fact in paid] == [("Centre", "4,000.00 CNY")]


def test_each_side_reads_its_part(world: World) -> None:
    """The buyer learns nothing of the seller's money, and neither of the other's people."""
    order = paid_out(world)
    buyer, seller = told(order, "buyer", world), told(order, "officer", world)
    assert not kinds(buyer["payout"])
    assert not {"appraisal_drafted", "listing_drafted", "case_decided"} & kinds(buyer["listing"])
    assert "disbursement_approved" in kinds(seller["payout"])
    for side, facts in (("buyer", buyer), ("officer", seller)):
        own = world.organization(side).name
        rows = [fact.row for each in facts.values() for fact in each]
        assert {row.organization for row in rows if row.person} == {own}


def test_a_payout_of_other_money_is_not_told(world: World) -> None:
    """What came first goes first: a payout that this order's money did not reach is another's."""
    order = paid_out(world)
    listing = given.published(world, title="Another offer")
    later = given.placed(world, listing)
    accept_delivery(given.delivered(world, later).pk, by=world.actor("buyer"))
    rest = Account.objects.get(kind=AccountKind.SELLER)
    first, later = payouts_of(order), Order.objects.get(pk=later.pk)
    assert len(first) == 1
    assert payouts_of(later) == []
    second = money.approved(world, money.proposed_payout(world, rest, amount=rest.balance))
    assert payouts_of(order) == [*first, second.pk]
    assert payouts_of(later) == [second.pk]


def test_a_look_is_no_part_of_the_history(world: World, page_of: PageClients) -> None:
    """The order's page tells what was done with it; who read the dossier, the ledger tells."""
    order = given.completed(world)
    client = page_of("buyer")
    before = len(client.get(reverse("order_detail", args=[order.pk])).context["timeline"])
    assert before > 3
    for _look in range(3):
        client.get(reverse("order_dossier", args=[order.pk]))
    page = client.get(reverse("order_detail", args=[order.pk]))
    assert len(page.context["timeline"]) == before
    assert Entry.objects.filter(kind="delivery.dossier_read").count() == 3


def test_each_reading_is_on_record(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """By page, file and API; others do not learn that the trade is there, and leave nothing."""
    order = given.completed(world)
    looks = Entry.objects.filter(kind="delivery.dossier_read")
    for client in (page_of("auditor"), page_of("administrator"), page_of("buyer")):
        assert client.get(reverse("order_dossier", args=[order.pk])).status_code == 200
        assert sent(client.get(reverse("order_dossier_archive", args=[order.pk])))
    read = api_of("auditor").get(reverse("api_read_dossier", args=[order.pk])).json()
    assert [one["chapter"] for one in read["chapters"]] == [each.value for each in Chapter]
    assert sent(api_of("officer").get(reverse("api_save_dossier", args=[order.pk])))
    recorded = [(str(entry.person_id), entry.payload["is_saved"]) for entry in looks.order_by("id")]
    people = ["auditor"] * 2 + ["administrator"] * 2 + ["buyer"] * 2 + ["auditor", "officer"]
    assert recorded == [
        (str(world.person(person).pk), number % 2 == 1) for number, person in enumerate(people)
    ]
    for person in ("stranger", "reviewer", "treasurer"):
        for act in (read_dossier, save_dossier):
            with pytest.raises(NotFound):
                act(order.pk, by=world.actor(person))
    assert looks.count() == len(people)
    page = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "Dossier of the trade read" not in page
    assert reverse("order_dossier", args=[order.pk]) in page
    page = page_of("reviewer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert reverse("order_dossier", args=[order.pk]) not in page


def test_a_stranger_checks_the_archive(world: World, tmp_path: Path) -> None:
    """By the commands that it names, in an empty environment; each signed file altered is found."""
    order = paid_out(world)
    catch_up()
    folder = unpacked(b"".join(save_dossier(order.pk, by=world.actor("auditor"))), tmp_path)
    data = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    receipts = {f"receipts/{path.name}" for path in (folder / "receipts").iterdir()}
    assert {fact["receipt"] for fact in data["facts"]} == receipts
    text = (folder / "dossier.txt").read_text(encoding="utf-8")
    assert all(fact["receipt"] in text for fact in data["facts"])
    asked = commands(folder)
    assert {command[1] for command in asked} > receipts
    once = {command[1].partition("/")[0]: command for command in asked}
    for command in once.values():
        assert "VERIFIED" in checked(folder, command).stdout, command
        paper = folder / command[1]
        whole = paper.read_bytes()
        place = whole.index(b'"') if paper.suffix == ".json" else whole.rindex(b"\n") - 3
        paper.write_bytes(whole[: place + 1] + b"#" + whole[place + 2 :])
        assert checked(folder, command).returncode == 1, command
        paper.write_bytes(whole)
    for path in (folder / "invoices").iterdir():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert Invoice.objects.get(number=path.stem).digest == digest
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (each.split("  ") for each in lines)}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert {"dossier.json", "dossier.txt", "verify.py", "README.txt"} <= set(sums)


def test_what_a_page_leaves_out_is_in_the_archive(world: World, tmp_path: Path) -> None:
    """A page tells the oldest facts, and says how many more there are."""
    order = given.placed(world)
    fact = GrantAmended(subject=f"order:{order.pk}", about=order.concerns, expires_at="2027-03-31")
    for _each in range(SHOWN_FACTS):
        record(fact, by=given.SYSTEM)
    dossier = read_dossier(order.pk, by=world.actor("auditor"))
    shown = sum(len(each.facts) for each in dossier.chapters)
    folder = unpacked(b"".join(save_dossier(order.pk, by=world.actor("auditor"))), tmp_path)
    data = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    assert (shown, len(data["facts"])) == (SHOWN_FACTS, SHOWN_FACTS + dossier.facts_left)
    assert dossier.facts_left > 0
