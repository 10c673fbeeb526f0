"""What the benchmark of the ledger times, once Django is set up."""

import json
import os
import sys
import time
from datetime import UTC
from pathlib import Path
from uuid import uuid4

from django.db import connection

from benchmarks import trades_work
from benchmarks.figures import Figure, say
from marketplace.core import clock
from marketplace.ledger.authentication import mac_of
from marketplace.ledger.lines import digest_of, line_of
from marketplace.ledger.models import Entry, Mention, Seal
from marketplace.ledger.selectors import inclusion_proof, signed_head
from marketplace.ledger.services.recording import record
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.services.verification import verify_ledger

PROOFS = 200
CHUNK = 5000


def made() -> str:
    """Build the world and publish what the writers trade; answer it as they read it."""
    return json.dumps(trades_work.made())


def write(made_before: str, seconds: float, *, recording: bool) -> None:
    """Trade for some seconds through the acts, after one trade that is not counted.

    Without `recording`, every act of the trade leaves its entry out. Prints the trades, the seconds
    by the clock, and those of the processors for this writer and its server process.
    """
    # The first trade loads what later ones find at hand.
    trades_work.trade_by_acts(made_before, 0.001)
    if not recording:
        for name, module in list(sys.modules.items()):
            if name.startswith("marketplace.") and getattr(module, "record", None) is record:
                module.record = lambda fact, *, by: None  # type: ignore[attr-defined]
    before = processors()
    count, spent, *_processor = json.loads(trades_work.trade_by_acts(made_before, seconds))
    print(json.dumps([count, spent, processors() - before]))


def processors() -> float:
    """Return the processor seconds of this process and of its server's for it: what no load adds.

    The two wait for each other, so that on a quiet machine they are the seconds by the clock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def seal_prove_audit(rows: int) -> None:
    """Seal invented entries, prove some of them, audit all."""
    seal_all()
    invent(rows)
    began, before = time.perf_counter(), processors()
    sealed = seal_all()
    rate = sealed / (time.perf_counter() - began)
    note = f"{sealed:,} entries, {sealed / (processors() - before):,.0f} a processor second"
    say(Figure("sealing", rate, 15_000, False, "entries/s", note))
    head = signed_head()
    times, before = [], processors()
    for seal in Seal.objects.filter(leaf_index__in=range(0, rows, max(rows // PROOFS, 1))):
        began = time.perf_counter()
        inclusion_proof(seal, head)
        times.append(time.perf_counter() - began)
    worst = sorted(times)[int(len(times) * 0.95)]
    each = 1000 * (processors() - before) / len(times)
    note = (
        f"95th percentile of {len(times)}, tree of {head.tree_size:,}, "
        f"{each:.1f} ms of the processors each"
    )
    say(Figure("an inclusion proof", 1000 * worst, 5, True, "ms", note))
    began, before = time.perf_counter(), processors()
    found = verify_ledger()
    seconds = time.perf_counter() - began
    if found.faults:
        raise RuntimeError(found.faults[0])
    used = (processors() - before) * 1_000_000 / found.entries
    note = f"{found.entries:,} entries took {seconds:,.1f} s; {used:,.1f} s of the processors"
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
