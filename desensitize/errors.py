"""What the library refuses, as a code with parameters and an English sentence.

The library knows no translations: an application translates by `code` and `parameters`.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from types import MappingProxyType

from desensitize.copy_sentences import COPY_SENTENCES
from desensitize.pair_sentences import PAIR_SENTENCES
from desensitize.quality_sentences import QUALITY_SENTENCES
from desensitize.question_sentences import QUESTION_SENTENCES

TABLE_SENTENCES = {
    "file-missing": "There is no file to read. Upload it again.",
    "not-a-file": "Under this name is a folder or a device, not a file. Give the name of a file.",
    "empty-file": "The file is empty. Upload a file with a header line and at least one row.",
    "no-rows": "The file has a header but no rows. Upload a file with at least one row.",
    "unsupported-kind": (
        "Files named “{extension}” cannot be read. Save the table as XLSX, CSV or Parquet and "
        "upload it."
    ),
    "wrong-content": (
        "The file is named “{extension}”, but its content is {found}. "
        "Save the table as XLSX, CSV or Parquet, with the matching name."
    ),
    "not-a-table": (
        "The file holds {found}, not a table. Upload a CSV file with a header line and rows."
    ),
    "too-large": "The file has {bytes} bytes; at most {limit} are allowed. Split it into parts.",
    "result-too-large": (
        "The table grows beyond {limit} bytes while it is read. Split it into parts."
    ),
    "expands-too-much": (
        "The file unpacks to more than {limit} bytes, far beyond its own size. "
        "Write it again in a plain form, or split it into parts."
    ),
    "too-many-rows": "The table has more than {limit} rows. Split it into parts.",
    "too-many-columns": (
        "The table has {columns} columns; at most {limit} are allowed. Leave out some."
    ),
    "duplicate-column": (
        "Two columns are named “{column}” (capitals do not count). Give each its own name."
    ),
    "invisible-in-name": (
        "The name of column {position} holds characters that nobody sees. Type it anew."
    ),
    "unnamed-column": "Column {position} has no name. Name it in the header line.",
    "column-name-too-long": (
        "The name of column {position} has more than {limit} characters. Shorten it."
    ),
    "ragged-row": (
        "Line {line} has {found} fields, but the header has {expected}. "
        "Correct the line, or quote fields that contain the separator."
    ),
    "days-unfit": (
        "Column “{column}” holds values that are no days in the form that is said. "
        "Choose another form, or read the column as it stands."
    ),
    "reading-unfit": "The table cannot be read so: what is said of the {part} does not fit it.",
    "unclosed-quote": (
        "A quotation mark opened on line {line} is never closed. Close it, or double it if it "
        "belongs to the text."
    ),
    "misplaced-quote": (
        "On line {line} a quotation mark stands inside a field. Double each quotation mark that "
        "belongs to the text."
    ),
    "cell-too-long": "A field on line {line} has more than {limit} characters. Shorten it.",
    "line-too-long": "Line {line} has more than {limit} bytes. Check that the file has line ends.",
    "encoding-unknown": (
        "The encoding of the text cannot be told from line {line} on. "
        "Save the file as “CSV UTF-8” and upload it again."
    ),
    "encoding-mixed": (
        "Line {line} is written in another encoding than the lines around it. "
        "Save the whole file as “CSV UTF-8” and upload it again."
    ),
    "encoding-unsupported": (
        "The file is encoded as {encoding}. Save it as “CSV UTF-8” and upload it again."
    ),
    "other-workbook": (
        "Workbooks named “{extension}” cannot be read. Open it and save it as “.xlsx”."
    ),
    "locked-workbook": (
        "The workbook is protected by a password. Open it, remove the password and save it again."
    ),
    "corrupt-workbook": (
        "The workbook is damaged or incomplete. Open it, save it again and upload the new file."
    ),
    "unsafe-workbook": (
        "The workbook holds XML declarations that no spreadsheet program writes. "
        "Open it and save it again."
    ),
    "digits-lost": (
        "The workbook holds numbers of more than 15 digits, of which a spreadsheet keeps only 15. "
        "Format the column as text and fill it again from its source."
    ),
    "empty-workbook": (
        "No visible sheet of the workbook holds anything. Show the sheet, or choose it by name."
    ),
    "unknown-sheet": ("The workbook has no sheet named “{sheet}”. Choose one of these: {sheets}."),
    "locked-archive": "The archive is protected by a password. Pack the file without one.",
    "corrupt-archive": "The packed file is damaged or incomplete. Pack it again.",
    "archive-members": "The archive holds {found} files. Pack exactly one table.",
    "unsafe-archive": (
        "A name inside the archive points to another folder. Pack the table by itself."
    ),
    "nested-archive": "The archive holds another packed file. Pack the table by itself, once.",
    "corrupt-parquet": (
        "The Parquet file is damaged or incomplete. Export it again and upload the new file."
    ),
    "unsupported-column-type": (
        "Column “{column}” holds values of type {type}, which cannot be read. "
        "Turn it into text, numbers, dates or yes/no values."
    ),
    "nested-column": (
        "Column “{column}” holds lists or records inside its cells. "
        "Give each part a column of its own."
    ),
    "binary-text": "Column “{column}” holds text that is not UTF-8. Write it again as UTF-8.",
    "reader-timed-out": (
        "Reading the file took longer than {seconds} seconds. Split it into parts."
    ),
    "reader-out-of-memory": "The file needs more memory than is allowed. Split it into parts.",
    "reader-crashed": (
        "The file could not be read; it is probably damaged. Export it again and upload that."
    ),
    "reader-not-isolated": (
        "This machine cannot close off the process that reads a stranger's file, so it was not "
        "read. Let somebody look at its state, then try again."
    ),
    "file-changed": "The file changed while it was measured. Measure it again.",
    "unreadable-table": "The table cannot be read. Give a Parquet file that this library wrote.",
    "shards-differ": (
        "File {position} has other columns or types than the first. "
        "Give files of one table, with the same columns in the same order."
    ),
    "target-exists": (
        "There is something under the name of the result already. Remove it, or choose another."
    ),
    "write-failed": "The result could not be written ({reason}). Make room on the disk and retry.",
}

OTHER_SENTENCES = {
    "standard-input-twice": "Standard input can be read once. Name a file for the other argument.",
    "unknown-mask": "There is no mask “{name}”.",
    "unknown-option": "The mask “{mask}” has no option “{option}”.",
    "missing-option": "The mask “{mask}” needs the option “{option}”.",
    "bad-option": "The option “{option}” of the mask “{mask}” must be {expected}.",
    "key-needed": "The mask “{mask}” on column “{column}” needs a key. Give a key file.",
    "bad-key": "A key must have exactly 32 bytes.",
    "bad-ff1-key": (
        "An FF1 key must have 16, 24 or 32 bytes, written as hexadecimal digits where it is typed."
    ),
    "bad-ff1-value": (
        "Value {position} cannot be handled. Use only the first {radix} numerals of 0–9, a–z and "
        "A–Z, at most {most} of them, and enough for a million different values."
    ),
    "bad-ff1-tweak-digits": "The tweak must be written as pairs of hexadecimal digits.",
    "bad-ff1-tweak": "An FF1 tweak must have at most {limit} bytes.",
    "bad-ff1-radix": "The radix of FF1 must be a whole number from {low} to {high}.",
    "bad-separators": "Separators must be ASCII characters that are no numerals of the radix.",
    "unknown-role": "There is no role “{role}”. Use direct, quasi, sensitive or other.",
    "unknown-order": "There is no order of rows “{name}”.",
    "unknown-method": "There is no search method “{name}”.",
    "unknown-template": "There is no policy template “{name}”.",
    "unknown-shape": "There are no values called “{name}”.",
    "unknown-detector": "There is no detector “{name}”.",
    "unknown-column": "The table has no column “{column}”.",
    "uncovered-column": "The policy says nothing about column “{column}”. Add a rule for it.",
    "column-twice": "The policy has two rules for column “{column}”. Keep one.",
    "direct-released": (
        "Column “{column}” identifies people directly, but the policy releases it in clear. "
        "Choose a mask for it."
    ),
    "generalize-needs-quasi": (
        "Column “{column}” is to be made coarser by the search, but it names persons or is "
        "sensitive. Choose another mask."
    ),
    "bad-smallest-class": "The smallest class must be a whole number of at least 1.",
    "bad-suppression-limit": "The suppression limit must be a share between 0 and 1.",
    "bad-policy": "The policy cannot be read: {reason}.",
    "no-columns-left": "The policy drops every column, so nothing would remain.",
    "bad-hierarchy": "The hierarchy of column “{column}” cannot be used: {reason}.",
    "hierarchy-ragged": (
        "Row {row} of the hierarchy of column “{column}” has another number of levels than the "
        "first row. Give all rows the same number."
    ),
    "hierarchy-value-twice": (
        "The value in row {row} of the hierarchy of column “{column}” occurs in an earlier row "
        "too. Keep one of the two."
    ),
    "hierarchy-label-split": (
        "In row {row} of the hierarchy of column “{column}” a label goes to another label at level "
        "{level} than in an earlier row. Levels may only merge what came before."
    ),
    "no-quasi-identifiers": "Name at least one quasi-identifier to generalize.",
    "search-too-large": (
        "The search would have to look at {nodes} combinations of levels; at most {limit} are "
        "allowed. Use fewer quasi-identifiers or hierarchies with fewer levels."
    ),
    "suppression-exceeded": (
        "To reach classes of {smallest_class}, {suppressed} of {rows} rows would have to be "
        "removed, more than the limit allows. Raise the limit, or generalize further columns."
    ),
    "recoding-unfit": (
        "Column “{column}” has {values} values, in {rows} rows, that no label in force stands "
        "for.{named} Earlier tables show labels of their own for what they hold: give the new "
        "values levels in a policy of this table, which is tried with all that went out before."
    ),
    "recoding-open": (
        "The mask “{mask}” of column “{column}” gives every table values by what else is in it, so "
        "that two tables tell more than each. Choose a mask that gives a value the same result in "
        "every table, such as ranges."
    ),
    "unknown-model": "There is no kind “{name}” of this model.",
    "bad-diversity": (
        "The l of diversity must be a number of at least 1, whole but for entropy, and c a number "
        "above 0."
    ),
    "bad-closeness": "The t of closeness must be a number between 0 and 1.",
    "bad-presence": "Presence needs two shares between 0 and 1, the lower one first.",
    "protection-needs-sensitive": (
        "Of column “{column}” l or t is asked, but it is not marked as sensitive. Mark it so."
    ),
    "protection-unseen": (
        "Neither l nor t can be asked of column “{column}” under the mask “{mask}”, which the "
        "search cannot foresee. Ask nothing of it, or choose bins, cut dates or a hierarchy."
    ),
    "bad-model": (
        "The model “{text}” cannot be read. Write COLUMN:NUMBER, COLUMN:NUMBER:KIND or "
        "COLUMN:NUMBER:recursive:CONSTANT."
    ),
    "unknown-report": "A report cannot be written as “{ending}”. Name it .html or .json.",
    "bad-fraction": "A threshold or sampling fraction must be a share above 0 and at most 1.",
    "sensitive-is-quasi": (
        "Column “{column}” is both quasi-identifier and sensitive. Choose one of the two."
    ),
    "unordered-column": (
        "The values of column “{column}” have no order, as numbers and dates have. "
        "Ask for t with equal distances."
    ),
    "population-needed": "What is asked of the population needs a population file. Name it.",
    "out-of-reach": (
        "Not even with “*” in every quasi-identifier do classes of {smallest_class} reach what is "
        "asked. Ask for less of the sensitive columns, or use a larger table."
    ),
    "bad-privacy-budget": (
        "A privacy budget needs an ε above 0 and a δ of at least 0 and below 1, as numbers."
    ),
    "privacy-budget-spent": (
        "The privacy budget does not allow this release: ε {epsilon} and δ {delta} are left. "
        "Ask for less, or release nothing more of this table."
    ),
    "bad-privacy-ledger": "The ledger of the privacy budget cannot be used: {reason}.",
    "bad-contribution": (
        "The rows that count for one person must be a whole number of at least 1, and more than "
        "1 only with a column that tells persons apart."
    ),
    "bad-bounds": (
        "Bounds must be finite numbers in rising order. Choose them without looking at the data."
    ),
    "delta-needed": (
        "The values of column “{column}” are not known beforehand. List them, or count with a δ "
        "above 0, by which small cells are left out."
    ),
    "whole-column-sharded": (
        "The mask “{mask}” on column “{column}” needs all values of the column at once. "
        "Choose another mask, or run the policy on one machine over one file."
    ),
    "unknown-engine": "There is no engine “{name}”.",
    "extra-missing": (
        "The engine “{engine}” needs the package “{package}”, which is not installed. Install it, "
        "or run the policy on this machine."
    ),
    "bad-limits": "The limits need a k of at least 2, and shares between 0 and 1.",
    "bad-guesses": (
        "The guesses cannot be read. Write a JSON list of lists of [column, operator, value], "
        "with values such as the column has."
    ),
    "bad-known": "What an attacker knows must be a whole number of columns, at least 1.",
    "no-rows-left": (
        "No row would remain: the table has fewer rows than the smallest class of "
        "{smallest_class}. Lower the smallest class or use a larger table."
    ),
}

SENTENCES = MappingProxyType(
    TABLE_SENTENCES
    | OTHER_SENTENCES
    | PAIR_SENTENCES
    | QUESTION_SENTENCES
    | COPY_SENTENCES
    | QUALITY_SENTENCES
)

CODES: frozenset[str] = frozenset(SENTENCES)
"""Every code that an error of this library can carry."""


class DesensitizeError(Exception):
    """Refuse with a stable code; `str()` is an English sentence that says what to do.

    Parameters hold names, counts and positions, never a cell of the data. A parameter `nearest` is
    the known name most like the given one, or empty.
    """

    def __init__(self, code: str, **parameters: str | int | float) -> None:
        sentence = SENTENCES[code].format(**parameters)
        if parameters.get("nearest"):
            sentence += f" Did you mean “{parameters['nearest']}”?"
        super().__init__(sentence)
        self.code = code
        self.parameters = parameters


class TableError(DesensitizeError):
    """Refuse a file that cannot be read or written as a table."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like `name`, or an empty string."""
    return next(iter(get_close_matches(name, list(known), n=1)), "")
