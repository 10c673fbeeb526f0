"""Gather the papers of one trade: what was read, agreed, signed, proved and recorded."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice, tee
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import rfc8785
from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.engines.codebook import read_codebook
from marketplace.core import Actor, NotFound, WrongState, clock, visible
from marketplace.credentials.data_integrity import multikey
from marketplace.credentials.documents import canonical_bytes
from marketplace.credentials.identity import issuer_of
from marketplace.credentials.models import Credential
from marketplace.credentials.selectors import all_credentials, document_of, public_keys
from marketplace.credentials.services import STATE_OF_PURPOSE, signed_status_list
from marketplace.delivery.dossier.zipping import Paper, zipped
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grant_of_order
from marketplace.delivery.grant.stored import stored_bytes
from marketplace.ledger import published
from marketplace.ledger.notes import Verifier
from marketplace.ledger.selectors import (
    TimelineEntry,
    count_about,
    log_origin,
    recorded_about,
    signing_keys,
)
from marketplace.ledger.verifier import verify
from marketplace.trading.orders.amendment.selectors import amendment_document, amendments_of
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.contract.selectors import contract_document, contract_of
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to

PROGRAM = verify.__file__
SHOWN_RECEIPTS = 200
"""Receipts that a page lists; the archive holds every one."""

READ, AGREED = gettext_lazy("What the buyer read"), gettext_lazy("What both sides agreed")
PROVED, RECORDED = gettext_lazy("What proves it"), gettext_lazy("What the ledger recorded")
ASKED = gettext_lazy("What was invoiced and disputed")
TO_CHECK = gettext_lazy("To check it with")


@dataclass(frozen=True)
class Papers:
    """The papers that a page lists; `receipts_left` more stand in the archive alone."""

    papers: tuple[Paper, ...]
    receipts_left: int


def papers_of(order_id: UUID, *, by: Actor) -> Papers:
    """Return the papers of an order, to its sides and the centre, whatever has become of it since.

    Where there are more receipts than `SHOWN_RECEIPTS`, what lists all of them is left out too.

    Raises:
        NotFound: there is no such order among those the actor may see.
    """
    order = visible(orders_visible_to(by), pk=order_id)
    grant = grant_of_order(order.pk)
    left = max(count_about(subjects_of(order, grant)) - SHOWN_RECEIPTS, 0)
    return Papers(tuple(_papers(order, grant, by, most=SHOWN_RECEIPTS if left else None)), left)


def paper_named(order_id: UUID, name: str, *, by: Actor) -> Paper:
    """Return one paper of an order.

    Raises:
        NotFound: as for `papers_of`, or it has no paper of this name.
    """
    order = visible(orders_visible_to(by), pk=order_id)
    for paper in _papers(order, grant_of_order(order.pk), by):
        if paper.name == name:
            return paper
    raise NotFound(_("This order has no such paper."))


def archive_of(order_id: UUID, *, by: Actor) -> Iterator[bytes]:
    """Return the papers of an order as one ZIP, piece by piece: no more than one is in memory.

    Raises:
        NotFound: as for `papers_of`.
    """
    order = visible(orders_visible_to(by), pk=order_id)
    papers = _papers(order, grant_of_order(order.pk), by)
    return zipped(papers)


def _papers(
    order: Order, grant: Grant | None, by: Actor, *, most: int | None = None
) -> Iterator[Paper]:
    receipts = receipts_of(recorded_about(subjects_of(order, grant)), by=by)
    return gathered(order, grant, receipts, most=most)


def gathered(
    order: Order,
    grant: Grant | None,
    receipts: Iterator[Paper],
    *,
    more: Iterator[Paper] | tuple[()] = (),
    most: int | None = None,
) -> Iterator[Paper]:
    """Yield every paper, one after the other, last those that list the others.

    `more` are papers beside those that each side keeps. With `most` yield so many receipts, and
    nothing that lists all of them.
    """
    listed = _Listed()
    papers = chain(
        *(shown_papers(order, grant), more),
        islice(receipts, most),
        _to_check(order),
    )
    for paper in papers:
        listed.add(paper)
        yield paper
    if most is None:
        yield (readme := _readme(listed.names))
        listed.add(readme)
        yield _sums(listed)


def shown_papers(order: Order, grant: Grant | None) -> Iterator[Paper]:
    """Yield what was read, what was agreed, and what proves it."""
    return chain(_read(order, grant), _agreed(order), _asked(order), _proofs(order, grant))


@dataclass
class _Listed:
    """The names of papers with their digests."""

    names: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)

    def add(self, paper: Paper) -> None:
        self.names.append(paper.name)
        self.digests.append(paper.sha256)


def _read(order: Order, grant: Grant | None) -> Iterator[Paper]:
    with suppress(NotFound):
        sheet = rfc8785.dumps(bought_sheet(order).sheet)
        yield Paper("sheet.json", sheet, READ, gettext_lazy("Description of the data"))
    # A model is no table: its card says what its features mean.
    if grant is None or not grant.delivery.rows_leave or grant.version.is_model:
        return
    with suppress(WrongState), stored_bytes(grant) as file:
        schema: pa.Schema = pq.read_schema(pa.PythonFile(file, mode="r"))
        book = json.dumps(read_codebook(schema), ensure_ascii=False, indent=2, sort_keys=True)
        yield Paper("codebook.json", book.encode(), READ, gettext_lazy("Codebook"))


def _agreed(order: Order) -> Iterator[Paper]:
    policy = json.dumps(agreement_policy(order), ensure_ascii=False, indent=2).encode()
    yield Paper("terms.jsonld", policy, AGREED, gettext_lazy("Terms as a usage policy"))
    contract = contract_of(order)
    if contract is None:
        return
    with suppress(WrongState):
        document = contract_document(contract)
        yield Paper("contract.json", document, AGREED, gettext_lazy("Contract"))
    for number, amendment in enumerate(reversed(list(amendments_of(contract))), 1):
        with suppress(WrongState):
            document = amendment_document(amendment)
            yield Paper(f"amendment-{number}.json", document, AGREED, gettext_lazy("Amendment"))


def _asked(order: Order) -> Iterator[Paper]:
    for invoice in order.invoices.order_by("created_at"):
        name, title = f"invoices/{invoice.number}.json", invoice.get_kind_display()
        yield Paper(name, canonical_bytes(invoice.content), ASKED, title)
    for number, dispute in enumerate(order.disputes.order_by("created_at"), 1):
        evidence = canonical_bytes(dispute.dossier)
        shows = gettext_lazy("Evidence of a dispute")
        yield Paper(f"disputes/{number}.json", evidence, ASKED, shows)


def credentials_of(order: Order, grant: Grant | None) -> dict[str, tuple[Credential, Promise]]:
    """Return the signed documents that the trade rests on, by the names of their files.

    Those of right, risk and valuation are the ones that the sheet named which the buyer read: a
    listing that was renewed since has others.
    """
    sheet: dict[str, Any] = {}
    with suppress(NotFound):
        sheet = bought_sheet(order).sheet
    named = {
        "right.json": ("right", gettext_lazy("Certificate of the right")),
        "risk.json": ("risk", gettext_lazy("Risk report")),
        "valuation.json": ("valuation", gettext_lazy("Valuation")),
    }
    held: dict[str, tuple[Credential, Promise]] = {}
    for name, (part, title) in named.items():
        pointer = (sheet.get(part) or {}).get("credential")
        credential = all_credentials().filter(pk=pointer["id"]).first() if pointer else None
        if credential is not None:
            held[name] = (credential, title)
    if grant is not None and grant.copy is not None and grant.copy.credential is not None:
        title = gettext_lazy("Risk report of the buyer's copy")
        held["copy-risk.json"] = (grant.copy.credential, title)
    if grant is not None and grant.certificate is not None:
        held["delivery.json"] = (grant.certificate, gettext_lazy("Certificate of the delivery"))
    return held


def _proofs(order: Order, grant: Grant | None) -> Iterator[Paper]:
    lists: dict[str, bytes] = {}
    for name, (credential, title) in credentials_of(order, grant).items():
        yield Paper(name, rfc8785.dumps(document_of(credential)), PROVED, title)
        if credential.status_list is None:
            continue
        for purpose in STATE_OF_PURPOSE:
            with suppress(NotFound):
                signed = signed_status_list(
                    credential.issuer, purpose=purpose, number=credential.status_list
                )
                lists[f"status/{purpose}-{credential.status_list}.json"] = rfc8785.dumps(signed)
    for name, content in sorted(lists.items()):
        yield Paper(name, content, PROVED, gettext_lazy("Status list of this hour"))


def subjects_of(order: Order, grant: Grant | None) -> list[str]:
    """Return what the ledger recorded a trade about."""
    subjects = [f"order:{order.pk}"]
    with suppress(ObjectDoesNotExist):
        subjects.append(f"contract:{order.contract.pk}")
    if grant is not None:
        subjects.append(f"grant:{grant.pk}")
    return subjects


def receipts_of(entries: Iterable[TimelineEntry], *, by: Actor) -> Iterator[Paper]:
    """Yield the receipt of each entry that is sealed."""
    entries, again = tee(entries)
    told = published.receipts((entry.reference for entry in again), by=by)
    for number, (entry, receipt) in enumerate(zip(entries, told, strict=True), 1):
        if receipt is not None:
            name = name_of_receipt(number, entry)
            yield Paper(name, receipt.encode(), RECORDED, entry.label)


def name_of_receipt(number: int, entry: TimelineEntry) -> str:
    fact = entry.kind.rpartition(".")[2].replace("_", "-")
    return f"receipts/{number:04d}-{fact}.tlog-proof"


def _to_check(order: Order) -> Iterator[Paper]:
    with open(PROGRAM, "rb") as program:
        yield Paper("verify.py", program.read(), TO_CHECK, gettext_lazy("The checking program"))
    trust = json.dumps(_trust(order), ensure_ascii=False, indent=2).encode()
    yield Paper(
        "trust.json", trust, TO_CHECK, gettext_lazy("The keys that the centre says are its own")
    )


def _trust(order: Order) -> dict[str, Any]:
    issuers: dict[str, list[str]] = {}
    for key in public_keys():
        issuers.setdefault(issuer_of(key), []).append(multikey(key))
    return {
        "issuers": issuers,
        "logs": [
            str(Verifier(log_origin(), bytes.fromhex(row.public_key))) for row in signing_keys()
        ],
    }


CREDENTIALS = ("right.json", "risk.json", "valuation.json", "copy-risk.json", "delivery.json")


def commands_of(names: Sequence[str]) -> list[str]:
    """Return what checks the papers of these names, in a folder where they lie."""
    signed = [name for name in names if name.startswith(("contract", "amendment"))]
    status = "".join(f" --status {name}" for name in names if name.startswith("status/"))
    at = f"{clock.now():%Y-%m-%dT%H:%M:%S}+00:00"
    return [
        *([f"python verify.py {' '.join(signed)} --trust trust.json"] if signed else []),
        *(
            f"python verify.py {name} --trust trust.json{status} --at {at}"
            for name in names
            if name in CREDENTIALS
        ),
        *(
            f"python verify.py {name} --trust trust.json"
            for name in names
            if name.startswith("receipts/")
        ),
    ]


def _readme(names: Sequence[str]) -> Paper:
    lines = [
        _("Papers of one trade"),
        "",
        _("verify.py checks them without the centre. It needs Python and:"),
        "python -m pip install cryptography",
        "",
        _(
            "trust.json names the keys that the centre says are its own. Before you believe an "
            "answer, compare each with what you have from elsewhere, such as your contract with "
            "the centre or a notary. Whose passkey signed a contract only its holder can tell: add "
            "it under “passkeys”."
        ),
        _(
            "The status lists are those of the hour in which the papers were fetched. They show "
            "what stood then, so that what rests on them is checked as of then."
        ),
        "",
        *commands_of(names),
        "",
    ]
    return Paper("README.txt", "\n".join(lines).encode(), TO_CHECK, gettext_lazy("What to do"))


def _sums(listed: _Listed) -> Paper:
    pairs = zip(listed.digests, listed.names, strict=True)
    lines = "".join(f"{digest}  {name}\n" for digest, name in pairs)
    title = gettext_lazy("Digests of all files")
    return Paper("SHA256SUMS", lines.encode(), TO_CHECK, title)
