"""Read a bank statement in whichever format it is: CSV by its header, XML by its namespace."""

import csv

from django.utils.translation import gettext as _

from marketplace.trading.treasury.bank.camt import lines_of_camt
from marketplace.trading.treasury.bank.csv_layouts import lines_of_csv
from marketplace.trading.treasury.bank.statement_lines import (
    MOST_BYTES,
    StatementLine,
    each_reference_once,
    unreadable,
)


def lines_of_statement(content: bytes) -> list[StatementLine]:
    """Read what came in and went out; nothing of a statement in which one line is wrong.

    Raises:
        Invalid: with the line and a sentence (`statement-unreadable`).
    """
    text = _decoded(content)
    read = lines_of_camt if text.lstrip().startswith("<") else lines_of_csv
    try:
        return list(each_reference_once(read(text)))
    except csv.Error:
        raise unreadable(
            1, _("This is no CSV, or a cell is longer than any bank writes.")
        ) from None


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise unreadable(1, _("The file is too large. Split it."))
    if b"\x00" in content:
        raise unreadable(1, _("This is no text. Save the statement as CSV, or as camt.053 XML."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            raise unreadable(1, _("The text is neither UTF-8 nor GB 18030.")) from None
