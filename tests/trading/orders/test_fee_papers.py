"""The centre's own papers to sellers: an invoice of each fee, a credit note of what goes back."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from drafthorse.utils import validate_xml

from marketplace.core import clock
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.dispute.services import withdraw_dispute
from marketplace.trading.orders.settlement.crediting import corrections_of
from marketplace.trading.orders.settlement.en16931 import SCHEMA, en16931_of
from marketplace.trading.orders.settlement.models import FEE_KINDS, Invoice, InvoiceKind
from tests.conftest import ApiClients, PageClients
from tests.given import disputes, money
from tests.given import trading as given
from tests.given.world import World

D = Decimal


def papers() -> list[tuple[str, str, Decimal]]:
    """Return kind, number and amount of each paper about a fee."""
    rows = Invoice.objects.filter(kind__in=FEE_KINDS).order_by("created_at", "number")
    return [(one.kind, one.number, one.amount) for one in rows]


def checked_texts(file: bytes) -> dict[str, list[str]]:
    """Hold a file against the schema of EN 16931; return its texts by the names of elements."""
    validate_xml(file, SCHEMA)
    found: dict[str, list[str]] = {}
    for element in ElementTree.fromstring(file).iter():
        name = element.tag.rpartition("}")[2]
        found.setdefault(name, []).append((element.text or "").strip())
    return found


def test_a_fee_has_its_invoice(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """From the centre to the seller, with tax, order and day; the seller and the centre read it."""
    order, year = given.completed(world), clock.today().year
    assert papers() == [("fee", f"FI-{year}-000001", D("240.00"))]
    paper = Invoice.objects.get(kind=InvoiceKind.FEE)
    content, centre = paper.content, world.organization("reviewer")
    assert content["seller"] == {"name": centre.name, "uscc": centre.uscc}
    assert content["buyer"]["name"] == order.listing.organization.name
    assert (content["tax_rate"], content["tax_included"]) == ("0.06", "13.58")
    assert (content["currency"], content["order"]) == ("CNY", str(order.pk))
    assert paper.digest == hashlib.sha256(canonical_bytes(content)).hexdigest()
    address = reverse("invoice_detail", args=[paper.pk])
    page = page_of("officer").get(address).content.decode()
    for told in (paper.number, centre.name, "226.42", "13.58", "6 %", order.number):
        assert told in page
    assert reverse("invoice_xml", args=[paper.pk]) in page
    assert page_of("treasurer").get(address).status_code == 200
    for person in ("buyer", "stranger"):
        assert page_of(person).get(address).status_code == 404
        listed = api_of(person).get(reverse("api_list_invoices")).json()["results"]
        assert [one for one in listed if one["kind"] in FEE_KINDS] == []
    listed = api_of("officer").get(reverse("api_list_invoices"), {"kind": "fee"}).json()["results"]
    assert [one["number"] for one in listed] == [paper.number]


def test_a_chinese_invoice_names_its_sides_as_invoices_do(
    world: World, page_of: PageClients
) -> None:
    """In China they are 销售方 and 购买方, whoever supplies and demands the data."""
    given.completed(world)
    for paper in Invoice.objects.all():
        address = reverse("invoice_detail", args=[paper.pk])
        page = page_of("treasurer").get(address, headers={"Accept-Language": "zh-hans"})
        [facts] = re.findall(r'<dl class="facts">(.*?)</dl>', page.content.decode(), re.DOTALL)
        heads = re.findall(r"<dt>(.*?)</dt>", facts)
        assert {"销售方", "购买方"} <= set(heads)
        assert not {"供方", "需方"} & set(heads)


def test_its_file_is_of_en_16931(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    order = given.completed(world)
    paper = Invoice.objects.get(kind=InvoiceKind.FEE)
    file = page_of("officer").get(reverse("invoice_xml", args=[paper.pk]))
    assert file["Content-Type"].startswith("application/xml")
    told = checked_texts(file.content)
    with pytest.raises(SyntaxError):
        checked_texts(file.content.replace(b"<ram:TypeCode>380</ram:TypeCode>", b""))
    assert told["TypeCode"][0] == "380"
    assert told["ID"][:2] == ["urn:cen.eu:en16931:2017", paper.number]
    assert told["GrandTotalAmount"] == told["TotalPrepaidAmount"] == ["240.00"]
    assert (told["TaxTotalAmount"], told["DuePayableAmount"]) == (["13.58"], ["0.00"])
    assert told["InvoiceCurrencyCode"] == ["CNY"]
    assert told["IssuerAssignedID"] == [order.number]
    by_program = api_of("officer").get(reverse("api_get_fee_paper_file", args=[paper.pk]))
    assert by_program.content == file.content
    other = money.charge_of(order).invoices.get()
    assert page_of("officer").get(reverse("invoice_xml", args=[other.pk])).status_code == 404


@pytest.mark.parametrize(("tax_rate", "tax"), [("0", "0.00"), ("0.06", "0.01")])
def test_of_cents_and_without_tax_too(world: World, settings: Any, tax_rate: str, tax: str) -> None:
    settings.CENTRE = {**settings.CENTRE, "FEE_TAX_RATE": tax_rate, "FEE_RATE": "0.0000217"}
    given.completed(world)
    paper = Invoice.objects.get(kind=InvoiceKind.FEE)
    told = checked_texts(en16931_of(paper))
    assert (told["GrandTotalAmount"], told["TaxTotalAmount"]) == (["0.26"], [tax])
    assert told["CategoryCode"] == ["S" if D(tax_rate) else "Z"] * 2


def test_a_credit_note_has_the_rates_of_its_invoice(world: World, settings: Any) -> None:
    """A tax that changed in between would take back another tax than was asked for."""
    order = given.completed(world)
    settings.CENTRE = {**settings.CENTRE, "FEE_TAX_RATE": "0.13", "FEE_RATE": "0.05"}
    money.approved(world, money.proposed_refund(world, order, amount="12000.00"))
    fee, note = (Invoice.objects.get(kind=kind) for kind in FEE_KINDS)
    assert note.amount == fee.amount
    for name in ("fee_rate", "tax_rate", "tax_included"):
        assert note.content[name] == fee.content[name]


def test_what_goes_back_has_its_credit_note(world: World, page_of: PageClients) -> None:
    """Each names the other; together they are what stands on the account of fees."""
    order, year = given.completed(world), clock.today().year
    money.approved(world, money.proposed_refund(world, order, amount="3000.00"))
    told = [("fee", f"FI-{year}-000001", D("240.00")), ("fee_cr", f"FC-{year}-000001", D("60.00"))]
    assert papers() == told
    assert Account.objects.get(kind=AccountKind.FEE).balance == D("180.00")
    fee, note = (Invoice.objects.get(kind=kind) for kind in FEE_KINDS)
    assert [(one.number, one.amount) for one in corrections_of(fee)] == [(note.number, D(60))]
    assert note.content["corrects"][0]["number"] == fee.number
    file = checked_texts(en16931_of(note))
    assert (file["TypeCode"][0], file["IssuerAssignedID"][-1]) == ("381", fee.number)
    page = page_of("officer").get(reverse("invoice_detail", args=[note.pk])).content.decode()
    assert "Refund that two people of the centre agreed on" in page


def test_a_dispute_takes_the_fee_back_and_invoices_what_stays(world: World) -> None:
    """Withdrawn, all of it; each paper under the next number."""
    order, year = given.completed(world), clock.today().year
    dispute = disputes.opened(world, order)
    assert papers()[-1] == ("fee_cr", f"FC-{year}-000001", D("240.00"))
    withdraw_dispute(dispute.pk, by=world.actor("buyer"))
    assert papers()[-1] == ("fee", f"FI-{year}-000002", D("240.00"))
    money.approved(world, money.proposed_refund(world, order, amount="12000.00"))
    assert papers()[-1] == ("fee_cr", f"FC-{year}-000002", D("240.00"))
    note = Invoice.objects.get(number=f"FC-{year}-000002")
    assert note.content["corrects"][0]["number"] == f"FI-{year}-000002"
    assert Account.objects.get(kind=AccountKind.FEE).balance == 0


def test_a_payout_names_the_papers_since_the_one_before(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """On its page and in the API; the account of fees names each of them."""
    order = given.completed(world)
    account = Account.objects.get(kind=AccountKind.SELLER)
    first = money.proposed_payout(world, account, amount=D("1000.00"))
    money.approved(world, first)
    money.approved(world, money.proposed_refund(world, order, amount="3000.00"))
    second = money.proposed_payout(world, account, amount=D("1000.00"))
    fee, note = (Invoice.objects.get(kind=kind) for kind in FEE_KINDS)
    for payout, named, unnamed in ((first, fee, note), (second, note, fee)):
        address = reverse("disbursement_detail", args=[payout.pk])
        page = page_of("treasurer").get(address).content.decode()
        assert named.number in page
        assert unnamed.number not in page
        told = api_of("treasurer").get(reverse("api_get_disbursement", args=[payout.pk])).json()
        assert told["fee_papers"] == [str(named.pk)]
    fees = Account.objects.get(kind=AccountKind.FEE)
    statement = page_of("treasurer").get(reverse("account_statement", args=[fees.pk]))
    assert fee.number in statement.content.decode()
    assert note.number in statement.content.decode()
