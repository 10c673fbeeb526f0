"""Count how much code there is, and in how many files one small thing lies.

    python -m tests.counting [COMMIT ...]

prints a table of Markdown with a column for each commit, by default for what `docs/decisions`
compares: the commit before the house was laid out anew, and the last one. Read from git alone, so
the same commits give the same figures everywhere.

- Statements are the nodes of Python's syntax tree that are statements, in `marketplace` without
  migrations. Imports are among them. So are docstrings, which are counted once more by themselves:
  fewer of them is no simpler code.
- For the same abilities there is no other measure than how many there are: statements are also told
  for each act, and for each address that a page or a program has.
- A thing lies in a file that names it. Each is one that exists, of usual size, found by all of its
  names in the code, the templates, the tests and the docs, apart from what follows from the code by
  a command: translations, and what `GENERATED` names. The names of a thing are in `THINGS`. Left
  out of a text's are what merely
  share its word: an entry of a calendar, one of an Atom feed, and the report that is sold in place
  of rows have a summary of their own.
- A notice is counted in places: the lines of `marketplace` that name it or the fact that it tells
  of, without those that state the fact itself.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
BEFORE = "dcef3589"
CODE = "marketplace/"
LIBRARIES = ("desensitize/", "valuation/")
OURS = (CODE, "templates/", "tests/", "docs/")
ADDRESSES = ("path", "act_page", "form_page", "list_of", "act_view", "list_view", "thing_view")
GENERATED = ("docs/reference/openapi.yaml", "docs/reference/facts.md", "tests/long.txt")


@dataclass(frozen=True)
class Thing:
    """What somebody adds in a day, and the names by which its files are found."""

    label: str
    names: str
    within: tuple[str, ...] = OURS
    only: str = ""
    """Files whose path does not match are of other things with the same name."""


THINGS = (
    Thing(
        "files of a licence term: the quota of rows",
        r"\b(quota_rows|quota_window|QuotaWindow|row_quota|RowQuota|LARGEST_QUOTA)\b",
    ),
    Thing(
        "files of a delivery mode: the shared table, without its protocol and its tests",
        r"""\b(SHARING|_sharing_snippets)\b|["'](sharing|delivery/partials/sharing\.html)["']""",
        within=(CODE, "templates/"),
        only=r"^(?!.*/demo/)",
    ),
    Thing(
        "files of a small act with page and API: declining an order",
        r"\b(decline_order|check_decline_order|check_decline|DeclineOrder|order_decline"
        r"|OrderDeclined|order_declined|ORDER_DECLINED)\b",
    ),
    Thing(
        "files of a plain text on a listing: its summary",
        r'(?<!event\.add\(")(?<!content\.)(?<!"kind", "title", ")(?<!atom})'
        r'\bsummary\b(?! = "|=_?\(?")',
        only=r"^(?!.*(/story/|/demo/|report|marketplace/web/)).*"
        r"(listing|market|sheet|offer|draft|trading/(models|forms|serializers|presentation))",
    ),
    Thing(
        "files of a plain text on a listing: its application scenarios",
        r"\bscenarios\b",
        only=r"^(?!marketplace/accounting/)",
    ),
)
NOTICE = re.compile(r"\b(DISPUTE_APPEALED|dispute_appealed|DisputeAppealed)\b")
STATES_THE_FACT = re.compile(r"(events|migrations/\w+|api|services(/\w+)*|decisions)\.py$")


def sources(commit: str) -> dict[str, str]:
    """Return the text of each file of ours at a commit, by its path."""
    listed = subprocess.run(
        [
            *("git", "ls-tree", "--name-only", commit),
            *(folder.rstrip("/") for folder in (*OURS, *LIBRARIES)),
        ],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    packed = subprocess.run(
        ["git", "archive", commit, *listed],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    found: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        for member in files:
            read = files.extractfile(member) if member.isfile() else None
            if read is not None and member.name.endswith((".py", ".html", ".txt", ".md", ".yaml")):
                found[member.name] = read.read().decode()
    return found


def statements(texts: dict[str, str]) -> tuple[int, int]:
    """Return how many statements the centre has without its migrations, and docstrings of them."""
    every = docstrings = 0
    for path, text in texts.items():
        if not (path.startswith(CODE) and path.endswith(".py")) or "/migrations/" in path:
            continue
        for node in ast.walk(ast.parse(text)):
            every += isinstance(node, ast.stmt)
            docstrings += (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            )
    return every, docstrings


def abilities(texts: dict[str, str]) -> tuple[int, int]:
    """Return how many acts the centre has, and how many addresses of pages and of the API."""
    acts = addresses = 0
    for path, text in texts.items():
        if path.startswith(CODE) and path.endswith(".py") and "/migrations/" not in path:
            nodes = list(ast.walk(ast.parse(text)))
            acts += sum(
                isinstance(node, ast.FunctionDef)
                and any(
                    ast.unparse(one).startswith("transaction.atomic") for one in node.decorator_list
                )
                and any(argument.arg == "by" for argument in node.args.kwonlyargs)
                for node in nodes
            )
            addresses += sum(
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ADDRESSES
                and bool(node.args)
                and path.endswith("urls.py")
                for node in nodes
            )
    return acts, addresses


def is_by_hand(path: str) -> bool:
    """Return whether somebody writes a file who adds a thing; a command makes the others."""
    return (
        path not in GENERATED
        and not path.startswith(("tests/counting", "docs/decisions/"))
        and not any(made in path for made in ("/migrations/", "/locale/"))
    )


def files_of(thing: Thing, texts: dict[str, str]) -> list[str]:
    """Return the paths of the files that name a thing."""
    return [
        path
        for path, text in sorted(texts.items())
        if path.startswith(thing.within)
        and is_by_hand(path)
        and re.search(thing.only, path)
        and re.search(thing.names, text)
    ]


def places_of_notice(texts: dict[str, str]) -> list[str]:
    """Return path and number of each line that one notice lies on, without where its fact does."""
    return [
        f"{path}:{number}"
        for path, text in sorted(texts.items())
        if path.startswith(CODE) and path.endswith(".py") and not STATES_THE_FACT.search(path)
        for number, line in enumerate(text.splitlines(), 1)
        if NOTICE.search(line) and "import" not in line
    ]


def figures(commit: str) -> dict[str, int]:
    """Return what is counted at a commit, by what each figure is of."""
    texts = sources(commit)
    every, docstrings = statements(texts)
    acts, addresses = abilities(texts)
    return {
        "statements in `marketplace`": every,
        "of these docstrings": docstrings,
        "acts": acts,
        "addresses": addresses,
        "statements for each act": round(every / acts),
        "statements for each address": round(every / addresses),
        **{thing.label: len(files_of(thing, texts)) for thing in THINGS},
        "places of a notice: a decision appealed": len(places_of_notice(texts)),
    }


def main(commits: list[str]) -> None:
    """Print the table, and with `--files COMMIT` the files behind its figures."""
    if commits[:1] == ["--files"]:
        texts = sources(commits[1])
        for thing in THINGS:
            print(thing.label, *files_of(thing, texts), sep="\n  ")
        print("places of a notice", *places_of_notice(texts), sep="\n  ")
        return
    counted = {commit: figures(commit) for commit in commits or [BEFORE, "HEAD"]}
    print("| counted |", " | ".join(counted), "|")
    print("|---|" + "---|" * len(counted))
    for label in next(iter(counted.values())):
        print("|", label, "|", " | ".join(f"{row[label]:,}" for row in counted.values()), "|")


if __name__ == "__main__":
    main(sys.argv[1:])
