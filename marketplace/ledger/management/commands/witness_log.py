"""`manage.py witness_log`: cosign another centre's newest checkpoint, or refuse a fork."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.ledger import notes
from marketplace.ledger.services import witnessing
from marketplace.ledger.services.witnessing import keep_refused_look
from marketplace.ledger.verifier import verify

OPERATOR = Actor.system(Door.COMMAND)


class Command(BaseCommand):
    help = (
        "Fetch the newest checkpoint of another log, check that it goes on from all that was seen "
        "of it before, and cosign it. Exit 1 and record a fork where it does not. Without an "
        "address, print this centre's own witness key."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", help="where the log's files lie: https://…/log")
        parser.add_argument("--key", help="the log's verifier key, learned from its operator")
        parser.add_argument(
            "--compare",
            type=Path,
            help="a checkpoint of the log that another witness saw; a split view is a fork",
        )
        parser.add_argument("--out", type=Path, help="write the cosigned checkpoint to a file")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["address"]:
            self.stdout.write(str(witnessing.witness_verifier()))
            return
        if not options["key"]:
            raise CommandError("Name the log's verifier key by --key.")
        try:
            key = notes.Verifier.parse(options["key"])
            cosigned = self._looked_at(key, options["address"], options["compare"])
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        except (notes.BrokenNote, OSError, UnicodeDecodeError) as problem:
            raise CommandError(str(problem)) from None
        if options["out"]:
            options["out"].write_text(cosigned, encoding="utf-8")
        self.stdout.write(cosigned, ending="")

    def _looked_at(self, key: notes.Verifier, address: str, compare: Path | None) -> str:
        """Look at the log, and at what another witness saw; a look in vain is kept too."""
        try:
            fetch = verify.fetch_from(address)
            cosigned = self._cosigned(fetch("checkpoint").decode(), key, fetch)
        except (verify.Refused, UnicodeDecodeError) as problem:
            keep_refused_look(key.name, tree_size=None, code="", by=OPERATOR)
            raise CommandError(str(problem)) from None
        if compare:
            try:
                self._cosigned(compare.read_text(encoding="utf-8"), key, fetch, only_compare=True)
            except verify.Refused as problem:
                raise CommandError(str(problem)) from None
        return cosigned

    def _cosigned(
        self, note: str, key: notes.Verifier, fetch: Any, *, only_compare: bool = False
    ) -> str:
        try:
            _parsed, tree = witnessing.signed_tree(note, key)
        except Refusal as refusal:
            keep_refused_look(key.name, tree_size=None, code=refusal.code, by=OPERATOR)
            raise
        seen = witnessing.seen_of(tree.origin)
        if seen is not None and only_compare and tree.size <= seen.size:
            return self._compared(note, key, tree, fetch)
        proof = (
            verify.Tiles(fetch, tree.size).consistency_proof(seen.size)
            if seen is not None and 0 < seen.size <= tree.size
            else []
        )
        try:
            return witnessing.cosign_checkpoint(note, log_key=key, proof=proof, by=OPERATOR)
        except Refusal as refusal:
            if refusal.code == witnessing.FORK:
                witnessing.report_fork(note, log_key=key, by=OPERATOR)
            else:
                keep_refused_look(key.name, tree_size=tree.size, code=refusal.code, by=OPERATOR)
            raise

    def _compared(self, note: str, key: notes.Verifier, tree: notes.Tree, fetch: Any) -> str:
        """Check that what another witness saw lies within what was seen here."""
        seen = witnessing.seen_of(tree.origin)
        assert seen is not None
        proof = verify.Tiles(fetch, seen.size).consistency_proof(tree.size) if tree.size else []
        if tree.size and not verify.is_consistent(
            tree.size, seen.size, tree.root, bytes.fromhex(seen.root_hash), proof
        ):
            witnessing.report_fork(note, log_key=key, by=OPERATOR)
            raise CommandError(
                f"FORK: {tree.origin} showed another witness a tree of {tree.size} entries that "
                "is no part of what it showed here. Keep both checkpoints: together they prove it."
            )
        return note
