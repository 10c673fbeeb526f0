"""Turn what the table reader refuses into sentences in the reader's language."""

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desensitize.errors import TableError
from marketplace.core import Invalid

SENTENCES: Mapping[str, Promise] = {
    "file-missing": _("There is no file to read. Upload it again."),
    "not-a-file": _(
        "Under this name is a folder or a device, not a file. Give the name of a file."
    ),
    "empty-file": _("The file is empty. Upload a file with a header line and at least one row."),
    "no-rows": _("The file has a header but no rows. Upload a file with at least one row."),
    "unsupported-kind": _(
        "Files named “%(extension)s” cannot be read. Save the table as XLSX, CSV or Parquet and "
        "upload that."
    ),
    "wrong-content": _(
        "The file is named “%(extension)s”, but its content is %(found)s. Save the table as XLSX, "
        "CSV or Parquet, with the matching name."
    ),
    "not-a-table": _(
        "The file holds %(found)s, not a table. Upload a CSV file with a header line and rows."
    ),
    "too-large": _("The file has %(bytes)s; at most %(limit)s are allowed. Split it into parts."),
    "result-too-large": _(
        "The table grows beyond %(limit)s while it is read. Split it into parts."
    ),
    "expands-too-much": _(
        "The file unpacks to more than %(limit)s, far beyond its own size. Write it again in a "
        "plain form, or split it into parts."
    ),
    "too-many-rows": _("The table has more than %(limit)s rows. Split it into parts."),
    "too-many-columns": _(
        "The table has %(columns)s columns; at most %(limit)s are allowed. Leave out what is not "
        "needed."
    ),
    "duplicate-column": _(
        "Two columns are named “%(column)s” (capitals do not count). Give each its own name."
    ),
    "invisible-in-name": _(
        "The name of column %(position)s holds characters that nobody sees. Type it anew."
    ),
    "unnamed-column": _("Column %(position)s has no name. Name it in the header line."),
    "column-name-too-long": _(
        "The name of column %(position)s has more than %(limit)s characters. Shorten it."
    ),
    "ragged-row": _(
        "Line %(line)s has %(found)s fields, but the header has %(expected)s. Correct the line, or "
        "quote fields that contain the separator."
    ),
    "days-unfit": _(
        "Column “%(column)s” holds values that are no days in the form that is said. Choose "
        "another form, or read the column as it stands."
    ),
    "reading-unfit": _(
        "The table cannot be read so: what is said of the %(part)s does not fit it."
    ),
    "unclosed-quote": _(
        "A quotation mark opened on line %(line)s is never closed. Close it, or double it if it "
        "belongs to the text."
    ),
    "misplaced-quote": _(
        "On line %(line)s a quotation mark stands inside a field. Double each quotation mark that "
        "belongs to the text."
    ),
    "cell-too-long": _("A field on line %(line)s has more than %(limit)s characters. Shorten it."),
    "line-too-long": _(
        "Line %(line)s is longer than %(limit)s. Check that the file has line ends."
    ),
    "encoding-unknown": _(
        "The encoding of the text cannot be told from line %(line)s on. Save the file as “CSV "
        "UTF-8” and upload it again."
    ),
    "encoding-mixed": _(
        "Line %(line)s is written in another encoding than the lines around it. Save the whole "
        "file as “CSV UTF-8” and upload it again."
    ),
    "encoding-unsupported": _(
        "The file is encoded as %(encoding)s. Save it as “CSV UTF-8” and upload it again."
    ),
    "other-workbook": _(
        "Workbooks named “%(extension)s” cannot be read. Open it and save it as “.xlsx”."
    ),
    "locked-workbook": _(
        "The workbook is protected by a password. Open it, remove the password and save it again."
    ),
    "corrupt-workbook": _(
        "The workbook is damaged or incomplete. Open it, save it again and upload the new file."
    ),
    "unsafe-workbook": _(
        "The workbook holds XML declarations that no spreadsheet program writes. Open it and save "
        "it again."
    ),
    "digits-lost": _(
        "The workbook holds numbers of more than 15 digits, of which a spreadsheet keeps only 15. "
        "Format the column as text and fill it again from its source."
    ),
    "empty-workbook": _(
        "No visible sheet of the workbook holds anything. Show the sheet, or choose it by name."
    ),
    "unknown-sheet": _(
        "The workbook has no sheet named “%(sheet)s”. Choose one of these: %(sheets)s."
    ),
    "locked-archive": _("The archive is protected by a password. Pack the file without one."),
    "corrupt-archive": _("The packed file is damaged or incomplete. Pack it again."),
    "archive-members": _("The archive holds %(found)s files. Pack exactly one table."),
    "unsafe-archive": _(
        "A name inside the archive points to another folder. Pack the table by itself."
    ),
    "nested-archive": _("The archive holds another packed file. Pack the table by itself, once."),
    "corrupt-parquet": _(
        "The Parquet file is damaged or incomplete. Export it again and upload the new file."
    ),
    "unsupported-column-type": _(
        "Column “%(column)s” holds values of type %(type)s, which cannot be read. Turn it into "
        "text, numbers, dates or yes/no values."
    ),
    "nested-column": _(
        "Column “%(column)s” holds lists or records inside its "
        "cells. Give each part its own column."
    ),
    "binary-text": _("Column “%(column)s” holds text that is not UTF-8. Write it again as UTF-8."),
    "reader-timed-out": _(
        "Reading the file took longer than %(seconds)s seconds. Split it into parts."
    ),
    "reader-out-of-memory": _("The file needs more memory than is allowed. Split it into parts."),
    "shards-differ": _(
        "File %(position)s has other columns or types than the first. Give files of one table, "
        "with the same columns in the same order."
    ),
    "target-exists": _(
        "There is something under the name of the result already. Tell the centre, then start "
        "again."
    ),
    "reader-crashed": _(
        "The file could not be read; it is probably damaged. Export it again and upload that."
    ),
    "reader-not-isolated": _(
        "The centre cannot close off the process that reads a stranger's file, so it was not read. "
        "Tell the centre, then try again."
    ),
    "file-changed": _("The file changed while it was measured. Measure it again."),
    "unreadable-table": _("The stored table cannot be read. Upload the data again."),
    "write-failed": _(
        "The result could not be written (%(reason)s). Tell the centre, then try again."
    ),
}
"""One sentence a code of `desensitize.errors.TABLE_SENTENCES`."""

PHRASES: Mapping[str, Promise] = {
    "a Parquet file": _("a Parquet file"),
    "a ZIP archive or an Excel workbook": _("a ZIP archive or an Excel workbook"),
    "a ZIP archive": _("a ZIP archive"),
    "an old Excel or Word file": _("an old Excel or Word file"),
    "a PDF document": _("a PDF document"),
    "a picture": _("a picture"),
    "a compressed file": _("a compressed file"),
    "a database": _("a database"),
    "a program": _("a program"),
    "a text document": _("a text document"),
    "something else": _("something else"),
    "a web page": _("a web page"),
    "an XML document": _("an XML document"),
    "no columns": _("no columns"),
    "binary data": _("binary data"),
    "of this kind": _("of this kind"),
    "encoding": _("encoding"),
    "separator": _("separator"),
    "header": _("header"),
    "rows": _("rows"),
    "columns": _("columns"),
    "ragged": _("rows of another length"),
}
"""Words that the reader puts into its sentences; what is missing here needs no translation."""

IN_BYTES = frozenset({"too-large", "result-too-large", "expands-too-much", "line-too-long"})


def refusal_of(error: TableError, *, field: str = "") -> Invalid:
    """Turn a refusal of the table reader into `Invalid`, on a field where one is named."""
    sentence = str(SENTENCES[error.code]) % {
        name: _worded(error.code, name, value) for name, value in error.parameters.items()
    }
    return Invalid(sentence, code=error.code, fields={field: [sentence]} if field else None)


def _worded(code: str, name: str, value: str | int | float) -> str:
    if isinstance(value, str):
        return str(PHRASES.get(value, value))
    if code in IN_BYTES and name in ("bytes", "limit"):
        return filesizeformat(value)
    return number_format(value, use_l10n=True, force_grouping=True)
