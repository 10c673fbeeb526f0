"""`attack`: let attackers try a release, and say whether it is anonymous."""

from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from desensitize.attacks import Attack, Earlier, Release
from desensitize.attacks.alike import is_drawn_anew
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.personal import Personal, identifying_in, personal_in, seen_in
from desensitize.attacks.persons import Game
from desensitize.attacks.predicates import read_guesses
from desensitize.attacks.verdict import Judgement, judge
from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import FORMS, add_sheet, names, opened
from desensitize.commands.hierarchies import add_hierarchies, given_hierarchies
from desensitize.detectors import classify_table
from desensitize.errors import DesensitizeError, TableError, nearest
from desensitize.policy import Policy, load_policy
from desensitize.tables.kinds import XLSX, FileKind, find_kind

HELP = "let attackers try a release, and say whether it is anonymous"
NOT_ANONYMOUS = 3


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("source", type=Path, help=f"the table before: {FORMS}")
    parser.add_argument("released", type=Path, help="the table that goes out")
    add_sheet(parser)
    add_hierarchies(parser)
    parser.add_argument("--policy", type=Path, help="the policy that made the release, as TOML")
    parser.add_argument(
        "--qi", help="quasi-identifiers, parted by commas (by policy and detectors)"
    )
    parser.add_argument(
        "--sensitive", help="sensitive columns, parted by commas (by policy and detectors)"
    )
    parser.add_argument("--person", help="column of the source that tells persons apart")
    parser.add_argument(
        "--with", dest="earlier", action="append", default=[], type=Path, metavar="EARLIER",
        help="an earlier release of the same people; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--with-source", dest="earlier_sources", action=_SourceOfEarlier, default={}, type=Path,
        metavar="TABLE", help="after --with: the table that this release was made from, if another",
    )  # fmt: skip
    parser.add_argument(
        "--synthetic", metavar="EPSILON",
        help="the rows are nobody's: a copy as `synthesize` draws it at this ε, which attackers "
        "draw again of some of the people (seen by the rows, or by the policy, which says how)",
    )  # fmt: skip
    parser.add_argument("--delta", default="1e-9", help="with --synthetic: its δ (1e-9)")
    parser.add_argument(
        "--changed", default="",
        help="columns whose values were changed by noise or exchange, parted by commas (by policy)",
    )  # fmt: skip
    parser.add_argument(
        "--known", type=int, default=4, help="most columns of a person that are known (4)"
    )
    parser.add_argument(
        "--game", choices=("anonymeter",), help="single persons out by the guesses of this package"
    )
    parser.add_argument(
        "--guesses", type=Path, help="guesses for that game, as JSON [[[column, operator, value]]]"
    )
    add_json(parser)


class _SourceOfEarlier(Action):
    """Keep a table beside the release that was named last."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        """Keep it by the number of the release."""
        if not namespace.earlier:
            parser.error("give --with-source after the --with that it belongs to")
        number = len(namespace.earlier) - 1
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), number: values})


def run(given: Namespace) -> int:
    """Print the verdict; the exit code says whether the release needs no basis in law."""
    with ExitStack() as stack:
        release, personal = _looked_at(_release(given, stack))
        found = judge(release, game=_game(given), personal=personal)
    if given.json:
        print_json(found.as_dict())
    else:
        print("\n".join(_lines(found, person=release.person)))
    return 0 if found.verdict.passes else NOT_ANONYMOUS


def _looked_at(release: Release) -> tuple[Release, Personal]:
    """Return the release with the columns that detectors see to identify, and what is personal."""
    source, released = seen_in(release.source), seen_in(release.released)
    names = identifying_in(release, source, released)
    return (
        replace(release, identifying=names),
        personal_in(release, source=source, released=released),
    )


def _game(given: Namespace) -> Game | None:
    if given.guesses is not None:
        return Game(tuple(read_guesses(given.guesses)))
    return None if given.game is None else Game()


def _release(given: Namespace, stack: ExitStack) -> Release:
    policy = None if given.policy is None else load_policy(given.policy)
    source, _ = stack.enter_context(opened(given.source, given.sheet))
    released, _ = stack.enter_context(opened(given.released))
    source, released = _filled(source), _filled(released)
    schema = pl.Schema(pl.read_parquet_schema(source))
    known = {*schema, *pl.read_parquet_schema(released)}
    quasi, sensitive = _roles(given, source, policy)
    person = given.person or (policy.person if policy is not None else None)
    persons = () if person is None else (person,)
    changed = names(given.changed)
    for name in (*quasi, *sensitive, *changed, *persons):
        columns = schema if name in persons else known
        if name not in columns:
            raise DesensitizeError("unknown-column", column=name, nearest=nearest(name, columns))
    hierarchies = given_hierarchies(given.hierarchies, schema)
    if policy is not None:
        hierarchies = {**made_hierarchies(policy, source), **hierarchies}
    make = _maker(given, source, released, policy, person)
    return Release(
        source=source,
        released=released,
        quasi_identifiers=quasi,
        sensitive=sensitive,
        person=person,
        hierarchies=hierarchies,
        policy=policy,
        earlier=tuple(_earlier(given, stack)),
        known=given.known,
        changed=changed,
        is_synthetic=make is not None or is_drawn_anew(source, released),
        make=make,
        # Of other forms the rows alone are read.
        written=given.released if _is_workbook(given.released) else None,
    )


def _is_workbook(path: Path) -> bool:
    return find_kind(path, path.name) == FileKind(XLSX)


def _earlier(given: Namespace, stack: ExitStack) -> Iterator[Earlier]:
    for number, path in enumerate(given.earlier):
        other = given.earlier_sources.get(number)
        yield Earlier(
            _filled(stack.enter_context(opened(path))[0]),
            None if other is None else _filled(stack.enter_context(opened(other))[0]),
        )


def _filled(path: Path) -> Path:
    """Return the path of a table that has rows.

    Raises:
        TableError: `no-rows`.
    """
    if not pq.read_metadata(path).num_rows:
        raise TableError("no-rows")
    return path


def _maker(
    given: Namespace,
    source: Path,
    released: Path,
    policy: Policy | None,
    person: str | None,
) -> Callable[[Path, Path], object] | None:
    """Return how a synthetic copy is drawn again; None where nobody says that it is one."""
    # Loaded when it is needed: no other release should wait for the mechanisms.
    if given.synthetic is not None:
        copies = import_module("desensitize.treatments.copies")
        there = pl.read_parquet_schema(source)
        columns = [name for name in pl.read_parquet_schema(released) if name in there]
        budget = (given.synthetic, given.delta)
        maker: Callable[[Path, Path], object] = copies.CopyMaker(
            source, columns, budget, person, 0, lambda: None
        )
        return maker
    if policy is None or policy.synthetic is None:
        return None
    by_policy = import_module("desensitize.privacy.synthetic.by_policy")
    return partial(by_policy.synthesize_by_policy, policy=policy)


def _roles(
    given: Namespace, source: Path, policy: Policy | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return quasi-identifiers and sensitive columns: as given, or by policy and detectors."""
    if given.qi is not None and given.sensitive is not None:
        return names(given.qi), names(given.sensitive)
    roles = [(one.name, one.role) for one in classify_table(source)]
    if policy is not None:
        roles += [(rule.name, rule.role) for rule in policy.columns if rule.in_release]
    asked = {"quasi": given.qi, "sensitive": given.sensitive}
    named = {role: set(names(text)) for role, text in asked.items() if text is not None}
    # One column has one role, and what was given goes before what was found.
    taken = set().union(*named.values())
    found = {
        role: named.get(role, {name for name, one in roles if one == role} - taken)
        for role in asked
    }
    order = dict.fromkeys(name for name, _ in roles)
    quasi, sensitive = (
        tuple(name for name in (*order, *sorted(chosen - set(order))) if name in chosen)
        for chosen in (found["quasi"], found["sensitive"])
    )
    return quasi, sensitive


def _lines(found: Judgement, *, person: str | None) -> Iterator[str]:
    yield f"{found.verdict}: " + (
        "each row was taken for a person." if person is None else f"persons are told by “{person}”."
    )
    for attack in found.attacks:
        yield f"  {attack.name:<13}{_told(attack)}"
        if attack.knows:
            yield f"  {'':<13}known: {attack.knows}"
    yield (
        f"By all columns together {found.unique_share:.1%} of the rows are unique, and "
        f"{found.share_below_k:.1%} in groups below k."
    )
    for column, share in found.certain.items():
        yield f"“{column}” is certain in {share:.1%} of the rows."
    yield "Why:"
    for reason in found.reasons:
        yield f"- {reason.sentence}"


def _told(attack: Attack) -> str:
    excess = attack.excess
    if excess is None:
        return "not measured"
    outcome = "withstood" if attack.passed else "failed" if attack.failed else "not measured"
    return (
        f"right {excess.rate:.1%}, guessing {excess.control:.1%}, beyond guessing "
        f"{excess.value:.1%} ({excess.low:.1%} to {excess.high:.1%}): {outcome}"
    )
