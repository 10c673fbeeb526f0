"""Statements as banks write them: camt.053 in two versions and CSV in five layouts, laid down."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.core.errors import Invalid
from marketplace.trading.treasury.bank.csv_layouts import COMMON, LAYOUTS
from marketplace.trading.treasury.bank.models import BankLine, BankStatement
from marketplace.trading.treasury.bank.statement_lines import StatementLine
from marketplace.trading.treasury.bank.statements import lines_of_statement
from marketplace.trading.treasury.reconciliation.comparing import reconciliation_of_statement
from tests.conftest import ApiClients, PageClients
from tests.given import money
from tests.given.world import World

FILES = Path(__file__).parent / "bank_files"
NAMES = (
    "signed.csv",
    "marked-gb18030.csv",
    "debit-and-credit.csv",
    "paid-out-and-in.csv",
    "both-accounts-gb18030.csv",
    "camt.053.001.02.xml",
    "camt.053.001.08.xml",
)
STORY = [
    ("LS-2026-0001", "2026-03-30", "12000.00", "CNY", "12000.00", "RF972026033100000001"),
    ("", "2026-03-31", "-15.00", "CNY", "11985.00", ""),
    ("INT-0001", "2026-03-31", "3.21", "CNY", "11988.21", ""),
]
"""What every file tells: a buyer paid, the bank took its fee and gave interest."""
CAMT = (FILES / "camt.053.001.08.xml").read_text(encoding="utf-8")
MARKED = (FILES / "marked-gb18030.csv").read_bytes().decode("gb18030")
SIDES = (FILES / "debit-and-credit.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_file_tells_the_same(name: str, world: World) -> None:
    """Whichever bank wrote it; a pending entry, titles and totals are no lines."""
    lines = lines_of_statement((FILES / name).read_bytes())
    assert [
        (
            line.reference,
            line.booked_on.isoformat(),
            f"{line.amount:.2f}",
            line.currency,
            f"{line.balance:.2f}",
            line.claimed_reference,
        )
        for line in lines
    ] == STORY


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_imported_by_page_once(name: str, world: World, page_of: PageClients) -> None:
    """The same file again is the same statement; its balance is compared with the books."""
    for _turn in range(2):
        file = SimpleUploadedFile(name, (FILES / name).read_bytes())
        sent = page_of("treasurer").post(reverse("statement_import"), {"statement": file})
        assert sent.status_code == 302
    statement = BankStatement.objects.get()
    assert statement.lines_count == len(STORY)
    page_of("second_treasurer").post(reverse("statement_confirm", args=[statement.pk]))
    statement.refresh_from_db()
    [sheet] = reconciliation_of_statement(statement).sheets
    assert (sheet.before.at_bank, sheet.after.at_bank) == (Decimal(0), Decimal("11988.21"))
    money.booked_item(world, BankLine.objects.get(amount__lt=0))
    [sheet] = reconciliation_of_statement(statement).sheets
    assert sheet.after.difference == 0


def test_by_program_too(world: World, api_of: ApiClients) -> None:
    """XML is sent as text, whatever encoding it says of itself."""
    text = CAMT.replace('encoding="UTF-8"', 'encoding="GB18030"')
    sent = api_of("treasurer").post(
        reverse("api_import_statement"), {"statement": text}, content_type="application/json"
    )
    assert (sent.status_code, sent.json()["lines_count"]) == (200, len(STORY))


@pytest.mark.parametrize("guide", ["keep-the-money.md", "zh/keep-the-money.md"])
def test_the_guide_names_columns_that_are_read(guide: str) -> None:
    """Each name in its tables of columns is one by which a column is found."""
    text = (Path("docs/how-to") / guide).read_text(encoding="utf-8")
    table = re.findall(r"^   \|[^|]+\|([^|]+)\|$", text, re.MULTILINE)
    told = {name for cell in table for name in re.split(r"[`、，；;,\s]+", cell) if name}
    read = {
        name
        for columns in (COMMON, *(layout.columns for layout in LAYOUTS))
        for names in columns.values()
        for name in names
    }
    heads = {"names", "it", "may", "have", "columns", "可用名称", "列", "---"}
    assert told - heads == (told & read)
    assert len(told & read) > 40


BATCH = """<NtryDtls><TxDtls><Refs><AcctSvcrRef>A-0001</AcctSvcrRef></Refs>
<Amt Ccy="CNY">9000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>
<TxDtls><Amt Ccy="CNY">3000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls>"""


def test_a_booking_of_several_transactions_is_several_lines(world: World) -> None:
    """Each with its own reference, or the booking's with its place; else it is one line."""
    begin, end = CAMT.partition("<NtryDtls>")[0], CAMT.partition("</NtryDtls>")[2]
    lines = lines_of_statement((begin + BATCH + end).encode())
    assert [(one.reference, f"{one.amount:.2f}", f"{one.balance:.2f}") for one in lines[:2]] == [
        ("A-0001", "9000.00", "9000.00"),
        ("LS-2026-0001-2", "3000.00", "12000.00"),
    ]
    other = BATCH.replace("3000.00", "2999.00")
    lines = lines_of_statement((begin + other + end).encode())
    assert [(one.reference, f"{one.amount:.2f}") for one in lines[:1]] == [
        ("LS-2026-0001", "12000.00")
    ]


DOCTYPE = '<!DOCTYPE Document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<Document'
REFUSED = {
    "entities": (CAMT.replace("<Document", DOCTYPE, 1), "document type is not read"),
    "broken XML": (CAMT[:-40], "no XML that can be read"),
    "another version": (CAMT.replace("001.08", "001.04"), "neither camt.053.001.02 nor"),
    "another message": (CAMT.replace("camt.053", "camt.054"), "neither camt.053.001.02 nor"),
    "another account": (
        CAMT.replace("0000000000000000", "6222000011112222"),
        "another account, which ends in 2222",
    ),
    "another currency": (
        CAMT.replace('<Amt Ccy="CNY">15.00', '<Amt Ccy="EUR">15.00'),
        "another currency than the account",
    ),
    "a wrong balance": (CAMT.replace("11988.21", "11988.22"), "do not lead from the opening"),
    "no direction": (
        CAMT.replace("15.00</Amt><CdtDbtInd>DBIT", "15.00</Amt><CdtDbtInd>OUT"),
        "whether money came in or went out",
    ),
    "no day": (
        CAMT.replace("<BookgDt><DtTm>2026-03-30T09:15:22+08:00</DtTm></BookgDt>", "").replace(
            "<ValDt><Dt>2026-03-30</Dt></ValDt>", "", 1
        ),
        "Line 1: The date is none",
    ),
    "no reference of the bank": (
        CAMT.replace("<AcctSvcrRef>INT-0001</AcctSvcrRef>", ""),
        "Line 3: The bank's reference is not",
    ),
    "nothing booked": (
        CAMT.replace("BOOK", "PDNG").replace("11988.21", "0.00"),
        "The statement has no line",
    ),
    "another account in a title": (
        MARKED.replace("0000 0000 0000 0000", "6222 0000 1111 2222"),
        "another account, which ends in 2222",
    ),
    "two currencies": (
        MARKED.replace("对方户名", "币种").replace("某某公司", "EUR"),
        "another currency than the title",
    ),
    "no mark": (MARKED.replace(",借,", ",,"), "neither 借 nor 贷"),
    "a mark and a sign": (MARKED.replace("15.00", "-15.00"), "is below zero"),
    "a comma for the point": (
        SIDES.replace("12000.00", '"12000,00"', 1),
        "The amount is no number",
    ),
    "a comma anywhere": (SIDES.replace("15.00", '"1,5.00"', 1), "The amount is no number"),
    "a formula": (SIDES.replace("15.00", "=SUM(A1:A9)", 1), "The amount is no number"),
    "a day that is missing": (SIDES.replace("2026-03-30", ""), "Line 2: The date is none"),
    "no column of days": (SIDES.replace("记账日期", "备注"), "These columns are missing"),
    "a total alone": (SIDES.splitlines()[0] + "\n合计,,15.00,,,,\n", "The statement has no line"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_wrong_is_refused_with_a_sentence(
    name: str, world: World, page_of: PageClients
) -> None:
    """The page says what to do, and nothing is kept."""
    text, said = REFUSED[name]
    file = SimpleUploadedFile("bank", text.encode())
    answer = page_of("treasurer").post(reverse("statement_import"), {"statement": file})
    assert answer.status_code == 422
    assert said.replace("'", "&#x27;") in answer.content.decode()
    assert not BankStatement.objects.exists()


def read_or_refused(content: bytes) -> list[StatementLine]:
    """Return the lines of a file, none where it is refused with a sentence."""
    with suppress(Invalid):
        return lines_of_statement(content)
    return []


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_a_fault_of_ours(name: str, world: World) -> None:
    """Bytes that are lost, doubled or changed leave lines or a refusal, and nothing else."""
    content, draw = (FILES / name).read_bytes(), random.Random(name)
    for _turn in range(300):
        broken = bytearray(content)
        for _place in range(draw.randint(1, 4)):
            at, length = draw.randrange(len(broken)), draw.randint(1, 30)
            others = (b"", bytes(draw.randbytes(3)), broken[at : at + 2 * length], b"<", b'"', b",")
            broken[at : at + length] = draw.choice(others)
        lines = read_or_refused(bytes(broken))
        assert all(line.amount and line.booked_on for line in lines)
