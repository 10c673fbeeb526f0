"""Approved payouts leave as one file, each in one batch at most; the bank's statement confirms."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from stdnum import iso11649

from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.binding import digest_of, unlike_bound
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.treasury.batch.files import NAMESPACE, pain_001
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.batch.selectors import lines_of, payouts_to_hand
from marketplace.trading.treasury.batch.services import make_batch, refuse_batch_line
from marketplace.trading.treasury.models import BankAccount
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.rules import acts_on_disbursement
from marketplace.trading.treasury.payout.services import approve_disbursement
from tests.conftest import PageClients
from tests.given import money
from tests.given import trading as given
from tests.given.by_owner import altered
from tests.given.world import World

HEADER = ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
BLOCK = [
    *("PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "ReqdExctnDt"),
    *("Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr"),
]
TRANSACTION = ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"]
"""The elements of pain.001.001.09 that are used, in the order of its sequences (ISO 20022,
Payments Initiation, message definition report 2019); no schema is at hand to hold it against."""


def local(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    space, _, name = element.tag.rpartition("}")
    assert space == "{" + NAMESPACE
    return name


def check_pain_001(content: bytes) -> dict[str, Decimal]:
    """Hold a file against the published rules; return the amounts by their references."""
    document = ElementTree.fromstring(content)
    assert local(document) == "Document"
    (root,) = document
    assert local(root) == "CstmrCdtTrfInitn"
    header, block = root
    assert [local(one) for one in header] == HEADER
    transactions = block[len(BLOCK) :]
    assert [local(one) for one in block][: len(BLOCK)] == BLOCK
    assert {local(one) for one in transactions} == {"CdtTrfTxInf"}
    space = {"x": NAMESPACE}
    sums = {}
    for one in transactions:
        assert [local(each) for each in one] == TRANSACTION
        reference = one.findtext("x:PmtId/x:EndToEndId", namespaces=space) or ""
        assert len(reference) <= 35
        assert iso11649.is_valid(reference)
        amount = one.find("x:Amt/x:InstdAmt", space)
        assert amount is not None
        assert re.fullmatch(r"[A-Z]{3}", amount.attrib["Ccy"])
        assert re.fullmatch(r"\d{1,16}\.\d{2}", amount.text or "")
        assert 1 <= len(one.findtext("x:Cdtr/x:Nm", namespaces=space) or "") <= 140
        sums[reference] = Decimal(amount.text or 0)
    for part in (header, block):
        assert part.findtext("x:NbOfTxs", namespaces=space) == str(len(transactions))
        told = Decimal(part.findtext("x:CtrlSum", namespaces=space) or 0)
        assert told == sum(sums.values())
    assert re.fullmatch(r"[A-Z0-9-]{1,35}", header.findtext("x:MsgId", namespaces=space) or "")
    return sums


def two_payouts(world: World) -> list[Disbursement]:
    """Approve a payout of a seller in China, and one of a buyer with an IBAN."""
    seller = money.paid_out(world)
    money.pay_in(world, money.charge_of(given.signed(world, given.placed(world))), "12500.00")
    account = Account.objects.get(kind=AccountKind.BUYER)
    sent = money.proposed_payout(world, account, amount=Decimal("500.00"))
    return [seller, money.approved(world, sent)]


def test_a_file_has_what_two_people_approved(world: World, page_of: PageClients) -> None:
    """With count and control sum, by the published rules; what is proposed is not in it."""
    payouts = two_payouts(world)
    money.proposed_payout(world, payouts[0].account, amount=Decimal("1.00"))
    batch = make_batch(currency="CNY", request_key="a-batch", by=world.actor("treasurer"))
    assert (batch.count, batch.control_sum) == (2, Decimal("1500.00"))
    treasurer = page_of("treasurer")
    file = treasurer.get(reverse("batch_xml", args=[batch.pk]))
    assert check_pain_001(file.content) == {one.reference: one.amount for one in payouts}
    assert b"<IBAN>DE89370400440532013000</IBAN>" in file.content
    assert b"<MmbId>102100099996</MmbId>" in file.content
    sheet = treasurer.get(reverse("batch_csv", args=[batch.pk])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(sheet.splitlines()))
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal(rows[0]["control_sum"])
    assert {row["reference"] for row in rows} == {one.reference for one in payouts}
    page = treasurer.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    assert payouts[0].reference in page
    # Each names the account as it was proved.
    assert payouts[0].bank_account is not None
    digest = digest_of(payouts[0].bank_account)
    assert digest in {row["account_digest"] for row in rows}
    assert f"<InstrId>{digest[:32]}</InstrId>".encode() in file.content


def test_nothing_goes_to_an_account_that_was_altered(world: World, page_of: PageClients) -> None:
    """By a hand on the database: the page says so, it is not approved, and no file is made."""
    payouts = two_payouts(world)
    waiting = money.proposed_payout(world, payouts[0].account, amount=Decimal("1.00"))
    page, address = page_of("second_treasurer"), reverse("disbursement_detail", args=[waiting.pk])
    assert b"The account is as it was proved" in page.get(address).content
    altered(BankAccount.objects.all(), number="6222000011112222")
    shown = page.get(address).content
    assert b"This is not the account that was proved" in shown
    # What would be refused is not offered, and the history keeps its own heading.
    assert b"Approve and book" not in shown
    waiting.refresh_from_db()
    offered = acts_on_disbursement(waiting, world.actor("second_treasurer"))
    assert not offered["approve_disbursement"]
    assert offered["reject_disbursement"]
    with pytest.raises(WrongState) as refused:
        approve_disbursement(waiting.pk, by=world.actor("second_treasurer"))
    assert refused.value.code == "account-altered"
    with pytest.raises(WrongState) as refused:
        make_batch(currency="CNY", request_key="altered", by=world.actor("treasurer"))
    assert refused.value.code == "account-altered"


def test_accounts_are_compared_in_two_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """However many payouts there are."""
    two_payouts(world)
    accounts = list(BankAccount.objects.all())
    assert len(accounts) == 2
    with django_assert_num_queries(2):
        assert unlike_bound(accounts) == []
    altered(BankAccount.objects.filter(pk=accounts[0].pk), number="6222000011112222")
    assert unlike_bound(list(BankAccount.objects.all())) == accounts[:1]


def test_no_file_names_an_account_that_was_altered_since(
    world: World, page_of: PageClients
) -> None:
    """The batch was made before a hand on the database wrote another number."""
    batch, treasurer = money.batch(world), page_of("treasurer")
    files = [reverse(name, args=[batch.pk]) for name in ("batch_xml", "batch_csv")]
    assert [treasurer.get(address).status_code for address in files] == [200, 200]
    altered(BankAccount.objects.all(), number="6222000011112222")
    for address in files:
        refused = treasurer.get(address)
        assert refused.status_code == 409
        assert b"6222000011112222" not in refused.content


def test_no_file_without_the_account_that_pays(
    world: World, page_of: PageClients, settings: Any
) -> None:
    """No bank takes it: the page says so in place of the link, and the address refuses."""
    settings.CENTRE = {**settings.CENTRE, "PAYING_ACCOUNT": ""}
    batch, treasurer = money.batch(world), page_of("treasurer")
    address = reverse("batch_xml", args=[batch.pk])
    page = treasurer.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    assert address not in page
    assert "CENTRE_PAYING_ACCOUNT" in page
    refused = treasurer.get(address)
    assert refused.status_code == 409
    assert "CENTRE_PAYING_ACCOUNT" in refused.content.decode()
    assert treasurer.get(reverse("batch_csv", args=[batch.pk])).status_code == 200


def test_a_payout_is_in_one_batch_at_most(world: World) -> None:
    """By the act, and by the database for whoever writes into it by hand."""
    batch = money.batch(world)
    by = world.actor("treasurer")
    assert make_batch(currency="CNY", request_key="one-batch", by=by) == batch
    with pytest.raises(Invalid) as refused:
        make_batch(currency="CNY", request_key="another", by=by)
    assert refused.value.code == "batch-empty"
    again = BatchLine(batch=batch, disbursement=batch.lines.get().disbursement)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    assert PayoutBatch.objects.count() == 1


def test_what_the_bank_refused_comes_back_line_by_line(world: World) -> None:
    """And goes into the next file; the others stay."""
    payouts = two_payouts(world)
    by = world.actor("treasurer")
    batch = make_batch(currency="CNY", request_key="a-batch", by=by)
    line = batch.lines.get(disbursement=payouts[1])
    refuse_batch_line(line.pk, reason="Account closed.", by=by)
    assert [one.pk for one in payouts_to_hand(by)] == [payouts[1].pk]
    second = make_batch(currency="CNY", request_key="the-next", by=by)
    assert check_pain_001(pain_001(second, list(lines_of(second)), paid_from="6222")) == {
        payouts[1].reference: Decimal("500.00")
    }


def test_what_the_statement_has_is_not_refused(world: World, page_of: PageClients) -> None:
    """The bank's own word counts: nobody has it paid twice by saying that it was refused."""
    batch = money.batch(world)
    line = batch.lines.get()
    money.line_out(world, line.disbursement, text=line.disbursement.reference)
    with pytest.raises(WrongState) as refused:
        refuse_batch_line(line.pk, reason="Never came.", by=world.actor("treasurer"))
    assert refused.value.code == "payout-executed"
    page = page_of("treasurer").get(reverse("batch_detail", args=[batch.pk])).content.decode()
    assert "On the bank's statement" in page
