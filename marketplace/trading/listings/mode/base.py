"""What is said of a way of delivery, and by what the rest of the centre tells one from another."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.utils.functional import Promise

from marketplace.catalog.version.models import DatasetVersion

Words = str | Promise


class Opening(Enum):
    """By which of the centre's acts a buyer has what was bought."""

    DOWNLOAD = "download"
    ROWS = "rows"
    TABLE = "table"
    SCORE = "score"
    QUESTION = "question"
    REPORT = "report"
    ENTRY = "entry"


@dataclass(frozen=True)
class Snippet:
    """A program to copy."""

    title: Words
    code: str


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What a program to copy needs to know; `address` is the site's, `secret` that of a key."""

    grant_id: UUID
    sha256: str
    version: DatasetVersion
    file_name: str
    address: str
    secret: str


@dataclass(frozen=True, kw_only=True)
class Mode:
    """A way of delivery. No attribute has a default, so that none is forgotten.

    name: at most ten characters; sheets and grants keep it, so that it never changes.
    label, buyer_then, contract_note: what it is called, what a buyer then does, and in English
    what a data contract tests or why it tests nothing.
    opened_by: by which act a buyer has the data.
    page, partial: the address of a grant's own page, else the piece of the common one; "" of none.
    takes_key: programs have it by a key to the grant.
    rows_leave: the buyer then has rows of the data.
    leaves_whole: the bytes themselves leave, so that a part is written and measured first.
    is_counted: each row that leaves, or is scored, counts towards a quota.
    is_for_data, is_for_models: a table, or a trained model, can be delivered so.
    is_for_important: allowed for data of which no row may leave the centre.
    follows: a licence can have each later revision.
    snippets: programs to copy.
    """

    name: str
    label: Words
    buyer_then: Words
    contract_note: str
    opened_by: Opening
    page: str
    partial: str
    takes_key: bool
    rows_leave: bool
    leaves_whole: bool
    is_counted: bool
    is_for_data: bool
    is_for_models: bool
    is_for_important: bool
    follows: bool
    snippets: Callable[[Bought], tuple[Snippet, ...]]

    @property
    def is_file(self) -> bool:
        """Return whether a person downloads the very bytes that were sold."""
        return self.opened_by == Opening.DOWNLOAD

    @property
    def sells_right(self) -> bool:
        """Return whether the right itself is sold, and no licence."""
        return self.opened_by == Opening.ENTRY

    @property
    def shows_rows(self) -> bool:
        """Return whether the table reaches the buyer, so that a sample of it may be shown."""
        return self.rows_leave or self.sells_right

    @property
    def is_cut_when_read(self) -> bool:
        """Return whether columns and rows are left out only when they are asked for."""
        return self.rows_leave and not self.leaves_whole

    @property
    def needs_sandbox(self) -> bool:
        return self.opened_by == Opening.QUESTION

    @property
    def needs_report(self) -> bool:
        return self.opened_by == Opening.REPORT


def no_snippets(bought: Bought) -> tuple[Snippet, ...]:
    """Return none: no program has what is delivered."""
    return ()
