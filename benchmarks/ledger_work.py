"""What the benchmark of the ledger times, once Django is set up."""

import time
from datetime import UTC, date
from uuid import uuid4

from benchmarks.figures import Figure, say
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.services import issuing
from marketplace.ledger.authentication import mac_of
from marketplace.ledger.lines import digest_of, line_of
from marketplace.ledger.models import Entry, Mention, Seal
from marketplace.ledger.selectors import inclusion_proof, signed_head
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.services.verification import verify_ledger

PROOFS = 200
CHUNK = 5000
SOFTWARE = Actor.system(Door.COMMAND)


def write(seconds: float, *, recording: bool) -> None:
    """Issue credentials for some seconds, and print how many a second."""
    if not recording:
        issuing.record = lambda fact, *, by: None
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        issuing.issue_credential(
            kind=CredentialKind.RIGHT,
            subject="certificate:1",
            number=uuid4().hex,
            claims={"right": "hold"},
            valid_from=date(2026, 1, 1),
            valid_until=date(2029, 1, 1),
            by=SOFTWARE,
        )
        count += 1
    print(count / (time.perf_counter() - began))


def seal_prove_audit(rows: int) -> None:
    """Seal invented entries, prove some of them, audit all."""
    seal_all()
    invent(rows)
    began = time.perf_counter()
    sealed = seal_all()
    rate = sealed / (time.perf_counter() - began)
    say(Figure("sealing", rate, 15_000, False, "entries/s", f"{sealed:,} entries"))
    head = signed_head()
    times = []
    for seal in Seal.objects.filter(leaf_index__in=range(0, rows, max(rows // PROOFS, 1))):
        began = time.perf_counter()
        inclusion_proof(seal, head)
        times.append(time.perf_counter() - began)
    worst = sorted(times)[int(len(times) * 0.95)]
    note = f"95th percentile of {len(times)}, tree of {head.tree_size:,}"
    say(Figure("an inclusion proof", 1000 * worst, 5, True, "ms", note))
    began = time.perf_counter()
    found = verify_ledger()
    seconds = time.perf_counter() - began
    if found.faults:
        raise RuntimeError(found.faults[0])
    note = f"{found.entries:,} entries took {seconds:,.1f} s"
    scaled = seconds * 1_000_000 / found.entries
    say(Figure("a full audit, for 1,000,000 entries", scaled, 60, True, "s", note))


def invent(rows: int) -> None:
    """Record invented facts in bulk, as record() would one by one."""
    for first in range(0, rows, CHUNK):
        entries = Entry.objects.bulk_create(map(_entry, range(first, min(first + CHUNK, rows))))
        Mention.objects.bulk_create(
            Mention(entry=entry, subject=about) for entry in entries for about in entry.about
        )


def _entry(number: int) -> Entry:
    entry = Entry(
        kind="benchmarks.invented",
        subject=f"thing:{uuid4()}",
        about=[f"thing:{number}"],
        organization_id=uuid4(),
        door="page",
        happened_at=clock.now().astimezone(UTC),
        payload={"number": number, "digest": "0" * 64},
    )
    line = line_of(entry)
    entry.digest, entry.mac = digest_of(line).hex(), mac_of(line)
    return entry
