"""A data dictionary: what columns are, as a table that leaves and comes back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final
from uuid import UUID

import polars as pl
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from desensitize.errors import TableError
from desensitize.tables import Limits
from desensitize.tables.header import plain_name
from marketplace.catalog.dataset.rules import check_change_dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.adapters import refusal_of
from marketplace.catalog.version.annotations import LONGEST, ColumnAnnotation, faults_of, stripped
from marketplace.catalog.version.models import Column
from marketplace.catalog.version.reading import read_table
from marketplace.catalog.version.selectors import columns_of, latest_reviewed_version
from marketplace.core import Actor, Invalid, WrongState, visible
from marketplace.vault import services as vault
from marketplace.vault.uploads import EncryptedUpload
from marketplace.web.spreadsheets import without_guard

LIMITS: Final = Limits(max_bytes=4 * 1024**2, max_rows=5_000, max_columns=60, max_seconds=30.0)
NAME: Final = "name"
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NAME: "column, column name, field, field name, name, variable, variable name, "
        "字段, 字段名, 字段名称, 列, 列名, 列名称, 英文名, 英文名称, 字段英文名, 数据项, "
        "数据项名称, 变量, 变量名, 字段代码",
        "label": "label, title, caption, display name, column label, "
        "标签, 显示名, 显示名称, 中文名, 中文名称, 字段中文名, 名称, 列标签, 字段标签, 变量标签",
        "unit": "unit, units, unit of measure, 单位, 计量单位, 量纲",
        "meaning": "meaning, description, definition, explanation, "
        "含义, 说明, 描述, 定义, 字段说明, 字段描述, 业务含义, 注释, 解释",
        "code_list": "code list, codes, values, value labels, allowed values, "
        "代码表, 码表, 代码, 代码列表, 值域, 取值, 取值说明, 取值范围, 代码说明, 枚举值",
    }
)
"""What heads the columns of a dictionary, in the words that people use."""
MOST_TOLD: Final = 40


@dataclass(frozen=True)
class Dictionary:
    """What a dictionary says of a version's columns, by name, and by row what it does not."""

    said: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...]

    def over(self, column: Column) -> ColumnAnnotation:
        """Return what is said of a column, where the dictionary is silent as it stands."""
        said = self.said.get(column.name, {})
        texts = {part: said.get(part) or getattr(column, part) for part in LONGEST}
        harm = {"harmed": column.harmed, "degree": column.degree}
        return ColumnAnnotation(name=column.name, **texts, **harm)

    def columns(self) -> list[ColumnAnnotation]:
        texts = ({part: said.get(part, "") for part in LONGEST} for said in self.said.values())
        return [
            ColumnAnnotation(name=name, **one) for name, one in zip(self.said, texts, strict=True)
        ]


def rows_of_dictionary(columns: Sequence[Column]) -> Iterator[list[str]]:
    """Return the dictionary of columns row by row, as it is read again."""
    yield [_("Column"), _("Type"), _("Label"), _("Unit"), _("Meaning"), _("Code list")]
    for one in columns:
        yield [one.name, one.get_dtype_display(), one.label, one.unit, one.meaning, one.code_list]


def read_dictionary(dataset_id: UUID, *, upload: EncryptedUpload, by: Actor) -> Dictionary:
    """Read what a file says of the columns of the newest source version. Nothing is kept.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review or retired, or has no data yet.
        Invalid: the file is too large, no table, or nothing in its header names the columns
            (`no-column-names`).
    """
    dataset = visible(datasets_visible_to(by), pk=dataset_id)
    check_change_dataset(dataset, by)
    version = latest_reviewed_version(dataset)
    if version is None:
        raise WrongState(
            _("Upload the data first; then its columns can be explained."), code="no-data"
        )
    return matched(_table(upload), list(columns_of(version)))


def _table(upload: EncryptedUpload) -> pl.DataFrame:
    """Return the table of a file as texts, read by a process that is closed off."""
    if upload.sent > LIMITS.max_bytes:
        sentence = _("The file has %(size)s; a dictionary has at most %(limit)s.") % {
            "size": filesizeformat(upload.sent),
            "limit": filesizeformat(LIMITS.max_bytes),
        }
        raise Invalid(sentence, code="too-large", fields={"upload": [sentence]})
    incoming = upload.received()
    with vault.work_folder() as folder:
        source, target = folder / "upload", folder / "table.parquet"
        with incoming.opened() as encrypted:
            vault.write_plain(encrypted, source)
        name = vault.plain_name(upload.name or "")
        try:
            read_table(source, target, name=name, limits=LIMITS)
        except TableError as error:
            raise refusal_of(error, field="upload") from error
        return pl.read_parquet(target).cast(pl.String)


def matched(table: pl.DataFrame, columns: Sequence[Column]) -> Dictionary:
    """Return what a table says of columns, matched by their names.

    Raises:
        Invalid: nothing in its header names the columns (`no-column-names`).
    """
    parts = _parts(table.columns)
    if NAME not in parts:
        sentence = _(
            "Nothing in the first row says which column of the file holds the names of the "
            "columns. Call it “Column”, and the others “Label”, “Unit”, “Meaning”, “Code list”."
        )
        raise Invalid(sentence, code="no-column-names", fields={"upload": [sentence]})
    names = {plain_name(column.name): column.name for column in columns}
    said: dict[str, Mapping[str, str]] = {}
    notes: list[str] = []
    for number, row in enumerate(table.iter_rows(named=True), start=2):
        cells = {part: without_guard((row[header] or "").strip()) for part, header in parts.items()}
        if not any(cells.values()):
            continue
        written = cells.pop(NAME)
        name = names.get(plain_name(written), "")
        if not name:
            notes.append(_told(number, written, _unmatched(written, names)))
        elif name in said:
            notes.append(_told(number, written, _("it stands here twice; the first row counts")))
        else:
            said[name], faults = _fitting(name, cells)
            notes += [_told(number, name, fault) for fault in faults]
    silent = [column.name for column in columns if column.name not in said]
    if silent:
        notes.append(
            _("Nothing is said of: %(columns)s.") % {"columns": ", ".join(silent[:MOST_TOLD])}
        )
    return Dictionary(said, tuple(notes))


def _parts(headers: Sequence[str]) -> dict[str, str]:
    """Return which header stands for which part; the first of two that could counts."""
    by_word = {plain_name(word): part for part, words in WORDS.items() for word in words.split(",")}
    parts: dict[str, str] = {}
    for header in headers:
        part = by_word.get(plain_name(header))
        if part is not None:
            parts.setdefault(part, header)
    return parts


def _fitting(name: str, cells: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return what of a row can be said of its column, and why the rest cannot."""
    taken: dict[str, str] = {}
    faults: list[str] = []
    for part, text in cells.items():
        value = code_lines(text) if part == "code_list" else text
        wrong = faults_of(stripped(ColumnAnnotation(**{"name": name, "label": "", part: value})))
        if wrong:
            faults += wrong
        elif value:
            taken[part] = value
    return taken, faults


def code_lines(text: str) -> str:
    """Return a code list one code a line, of what people write: `1=男；2=女`, `1：男`."""
    lines = [line for line in text.replace("；", ";").splitlines() if line.strip()]
    parts = [part for line in lines for part in line.split(";") if part.strip()]
    pairs = [_pair(part.replace("＝", "=").replace("：", ":")) for part in parts]
    if parts and all(pairs):
        return "\n".join(pairs)
    return "\n".join(line.strip() for line in lines)


def _pair(part: str) -> str:
    """Return `code = meaning`, which a colon may part too; "" where it is none."""
    code, _sign, text = part.partition("=" if "=" in part else ":")
    return f"{code.strip()} = {text.strip()}" if code.strip() and text.strip() else ""


def _unmatched(written: str, names: Mapping[str, str]) -> str:
    if not written:
        return _("no column is named")
    near = get_close_matches(plain_name(written), names, n=1)
    if near:
        return _("no column has this name; did you mean “%(near)s”?") % {"near": names[near[0]]}
    return _("no column has this name")


def _told(number: int, column: str, sentence: str) -> str:
    return _("Row %(number)d, “%(column)s”: %(sentence)s") % {
        "number": number,
        "column": column[:60],
        "sentence": sentence,
    }
