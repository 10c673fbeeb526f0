"""Name what `make quick` runs for what changed since BASE: `python -m tests.changed [BASE]`.

The house's rules and what changed itself come first, then the tests of files that import what
changed: directly, then over one module, over two, those of the same noun and app before others. A
test that opens pages or asks the API imports the addresses of its app, and whoever renders a
template that changed imports it; a catalog of translations is read on the pages of its app. As many
are named as fit into the time, by the seconds in `tests/long.txt`, and the
others are told: `make test` runs them. What changed is what differs from BASE, by default the last
commit, with what git does not track yet.

Arguments for pytest are printed, one a line; what is left out is said on the other output.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.plugins.turns import LONG, read

ROOT = Path(__file__).parent.parent
PACKAGES = ("marketplace", "desensitize", "valuation", "tests")
HOUSE = "tests/architecture/"
TOO_LONG = ("tests/browser/", "tests/campaigns/", "tests/journeys/")
"""What is left to `make test`, unless it changed itself."""
SECONDS = 70.0
"""What the tests may take by the list, which is of whole runs: there others have built what a test
begins with. Alone they take three times as long, and with lint beside them three minutes."""
MOST = 15.0
"""What one case may take."""
EACH = 0.06
"""What a test takes whose seconds nobody noted, since it is short."""
DOORS = ("page_of", "api_of", "reverse(")
"""By these words a test is known that opens pages, or asks the API."""


@dataclass
class Selection:
    """What runs and what is left out.

    files: those to run, without the cases that are left out.
    cases: the cases of those files that are left out.
    others: files that reach what changed and are left out.
    """

    seconds: float = 0.0
    files: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def arguments(self) -> list[str]:
        """Return the arguments for pytest."""
        return [*self.files, *(f"--deselect={case}" for case in self.cases)]

    def summary(self) -> str:
        """Return what is left out, in words; nothing where all of it runs."""
        if not self.cases and not self.others:
            return ""
        lines = [
            f"make quick ran {len(self.files)} files of about {self.seconds:.0f} s. It left out "
            f"{len(self.cases)} longer cases of them and {len(self.others)} other files that reach "
            "what changed, the nearest first. `make test` has them in their turn.",
            *(f"  {path}" for path in self.others[:10]),
        ]
        return "\n".join(lines)


def changed_files(base: str) -> list[str]:
    """Return the paths that differ from a commit, and those that git does not know."""
    differing = _git("diff", "--name-only", "--diff-filter=d", base)
    return sorted({*differing, *_git("ls-files", "--others", "--exclude-standard")})


def tests_for(changed: list[str]) -> list[str]:
    """Return the test files that reach what changed, the nearest first."""
    themselves = [path for path in changed if _is_test(path)]
    begun = {path for path in changed if path.endswith(".py")} - set(themselves)
    begun |= {path for name in changed for path in renderers(name)}
    far = distances(begun)
    pages = [f"tests/{_app_of(path)}/test_pages.py" for path in changed if path.endswith(".po")]
    nouns = {_noun_of(path) for path in begun} - {""}
    apps = {_app_of(path) for path in begun}

    def nearness(path: str) -> tuple[int, bool, bool, str]:
        """Order the tests of a noun, and those that name it, as what imports it directly."""
        is_of_noun = any(noun in Path(path).stem for noun in nouns) and _app_of(path) in apps
        return (1 if is_of_noun else far[path], not is_of_noun, _app_of(path) not in apps, path)

    reaching = sorted((path for path in far if _is_test(path) and path not in begun), key=nearness)
    short = [path for path in reaching if not path.startswith((*TOO_LONG, HOUSE))]
    found = dict.fromkeys([*themselves, *pages, *short])
    return [path for path in found if (ROOT / path).exists()]


def rules_of_the_house() -> list[str]:
    """Return the test files that read the whole tree."""
    return [path for path in _sources() if _is_test(path) and path.startswith(HOUSE)]


def fitting(files: Iterable[str], long: Mapping[str, float], most: float = SECONDS) -> Selection:
    """Return what fits into the time, in the order of the files, of each the shorter cases."""
    found = Selection()
    by_file: dict[str, dict[str, float]] = {}
    for case, seconds in long.items():
        by_file.setdefault(case.partition("::")[0], {})[case] = seconds
    for path in files:
        text = (ROOT / path).read_text(encoding="utf-8")
        seconds = EACH * len(re.findall(r"^def test_", text, re.MULTILINE))
        if found.seconds + seconds > most:
            found.others.append(path)
            continue
        found.files.append(path)
        found.seconds += seconds
        for case, taken in sorted(by_file.get(path, {}).items(), key=lambda row: row[1]):
            if taken <= MOST and found.seconds + taken <= most:
                found.seconds += taken
            else:
                found.cases.append(case)
    return found


def distances(begun: Iterable[str]) -> dict[str, int]:
    """Return over how many imports each file reaches what changed; 0 for what changed."""
    importers: dict[str, set[str]] = {}
    for path in _sources():
        for other in imported(path):
            importers.setdefault(other, set()).add(path)
    found = dict.fromkeys(begun, 0)
    last, far = set(found), 0
    while last:
        far += 1
        last = {path for one in last for path in importers.get(one, ())} - found.keys()
        found |= dict.fromkeys(last, far)
    return found


def renderers(path: str) -> set[str]:
    """Return the modules that name a template, or one that includes it."""
    if not path.startswith("templates/"):
        return set()
    found, names, last = set(), set(), {path.removeprefix("templates/")}
    while last:
        names |= last
        words = {f'"{name}"' for name in last} | {f"'{name}'" for name in last}
        found |= {one for one in _sources() if any(word in _text(one) for word in words)}
        including = {one for one in _templates() if any(word in _text(one) for word in words)}
        last = {one.removeprefix("templates/") for one in including} - names
    return found


@cache
def imported(path: str) -> frozenset[str]:
    """Return the files of ours that a file imports; `from a import b` may mean `a.b` too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(_text(path))):
        if isinstance(node, ast.Import):
            found |= {file for name in node.names if (file := _file_of(name.name))}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                file = _file_of(f"{node.module}.{name.name}") or _file_of(node.module)
                found |= {file} if file else set()
    if _is_test(path) and any(word in _text(path) for word in DOORS):
        found |= _addresses(path)
    return frozenset(found)


def _addresses(test: str) -> set[str]:
    """Return the file of the addresses of the app whose tests lie in the same place, if any."""
    for folder in Path(test).relative_to("tests").parents:
        file = f"marketplace/{folder}/urls.py"
        if folder != Path() and (ROOT / file).is_file():
            return {file}
    return set()


@cache
def _file_of(module: str) -> str:
    """Return the file of a module of ours; nothing for others."""
    if module.partition(".")[0] not in PACKAGES:
        return ""
    path = module.replace(".", "/")
    for file in (f"{path}.py", f"{path}/__init__.py"):
        if (ROOT / file).is_file():
            return file
    return ""


@cache
def _sources() -> tuple[str, ...]:
    """Return all files in Python, with those that git does not know yet."""
    listed = _git("ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES)
    return tuple(path for path in listed if path.endswith(".py") and (ROOT / path).is_file())


@cache
def _templates() -> tuple[str, ...]:
    listed = _git("ls-files", "--cached", "--others", "--exclude-standard", "templates")
    return tuple(path for path in listed if (ROOT / path).is_file())


@cache
def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and Path(path).name.startswith("test_")


def _app_of(path: str) -> str:
    """Return the app that a source, template, catalog or test belongs to, or the library."""
    first, *rest = path.split("/")
    if first in ("desensitize", "valuation"):
        return first
    return rest[0] if len(rest) > 1 else ""


def _noun_of(path: str) -> str:
    """Return the noun whose folder a module lies in; nothing where its app has but one."""
    first, *rest = path.split("/")
    return rest[-2] if first == "marketplace" and len(rest) > 2 else ""


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def main(arguments: list[str]) -> None:
    """Print the arguments for pytest, and tell what is left out."""
    house = [path for path in _sources() if _is_test(path) and path.startswith(HOUSE)]
    files = dict.fromkeys(
        [*house, *tests_for(changed_files(arguments[0] if arguments else "HEAD"))]
    )
    selection = fitting(files, read(LONG.read_text(encoding="utf-8")))
    print("\n".join(selection.arguments()))
    print(selection.summary(), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
