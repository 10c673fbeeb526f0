"""The file of a batch: ISO 20022 pain.001.001.09 for banks abroad, CSV for domestic ones."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.conf import settings

from marketplace.ledger.binding import digest_of
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
COLUMNS = (
    *("number", "payee", "account_number", "bank_code", "amount", "currency"),
    *("reference", "count", "control_sum", "account_digest"),
)
LONGEST_NAME = 140
LONGEST_INSTRUCTION = 32


def pain_001(batch: PayoutBatch, lines: Sequence[BatchLine], *, paid_from: str) -> bytes:
    """Return the batch as a customer credit transfer initiation, version 9.

    `paid_from` is the number of the centre's account.
    """
    document = Element("Document", xmlns=NAMESPACE)
    root = SubElement(document, "CstmrCdtTrfInitn")
    header = SubElement(root, "GrpHdr")
    _text(header, "MsgId", batch.reference)
    _text(header, "CreDtTm", batch.created_at.isoformat(timespec="seconds"))
    _control(header, batch)
    _text(SubElement(header, "InitgPty"), "Nm", settings.CENTRE_NAME[:LONGEST_NAME])
    block = SubElement(root, "PmtInf")
    _text(block, "PmtInfId", batch.reference)
    _text(block, "PmtMtd", "TRF")
    _control(block, batch)
    _text(SubElement(block, "ReqdExctnDt"), "Dt", batch.execute_on.isoformat())
    _text(SubElement(block, "Dbtr"), "Nm", settings.CENTRE_NAME[:LONGEST_NAME])
    _account(SubElement(block, "DbtrAcct"), paid_from)
    _bank(SubElement(block, "DbtrAgt"), settings.CENTRE["PAYING_BANK"])
    _text(block, "ChrgBr", "SHAR")
    for line in lines:
        _transaction(block, line)
    indent(document)
    written: bytes = tostring(document, encoding="utf-8", xml_declaration=True)
    return written


def _control(parent: Element, batch: PayoutBatch) -> None:
    _text(parent, "NbOfTxs", str(batch.count))
    _text(parent, "CtrlSum", f"{batch.control_sum:.2f}")


def _transaction(block: Element, line: BatchLine) -> None:
    sent, account = line.disbursement, line.disbursement.bank_account
    assert account is not None
    one = SubElement(block, "CdtTrfTxInf")
    identity = SubElement(one, "PmtId")
    # For the bank alone: what names the account as it was proved does not reach the payee.
    _text(identity, "InstrId", digest_of(account)[:LONGEST_INSTRUCTION])
    _text(identity, "EndToEndId", sent.reference)
    amount = SubElement(SubElement(one, "Amt"), "InstdAmt", Ccy=sent.currency)
    amount.text = f"{sent.amount:.2f}"
    _bank(SubElement(one, "CdtrAgt"), account.bank_code)
    _text(SubElement(one, "Cdtr"), "Nm", account.organization.name[:LONGEST_NAME])
    _account(SubElement(one, "CdtrAcct"), account.number)
    _text(SubElement(one, "RmtInf"), "Ustrd", sent.reference)


def _account(parent: Element, number: str) -> None:
    identity = SubElement(parent, "Id")
    if number[:2].isalpha():
        _text(identity, "IBAN", number)
    else:
        _text(SubElement(identity, "Othr"), "Id", number)


def _bank(parent: Element, code: str) -> None:
    bank = SubElement(parent, "FinInstnId")
    if code.isdecimal():
        clearing = SubElement(bank, "ClrSysMmbId")
        _text(SubElement(clearing, "ClrSysId"), "Cd", "CNAPS")
        _text(clearing, "MmbId", code)
    elif code:
        _text(bank, "BICFI", code)
    else:
        _text(SubElement(bank, "Othr"), "Id", "NOTPROVIDED")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def rows_of(batch: PayoutBatch, lines: Sequence[BatchLine]) -> Iterator[tuple[object, ...]]:
    """Yield the batch as rows for a domestic bank; each bears count and control sum."""
    yield COLUMNS
    for number, line in enumerate(lines, start=1):
        sent, account = line.disbursement, line.disbursement.bank_account
        assert account is not None
        yield (
            number,
            account.organization.name,
            account.number,
            account.bank_code,
            sent.amount,
            sent.currency,
            sent.reference,
            batch.count,
            batch.control_sum,
            digest_of(account),
        )
