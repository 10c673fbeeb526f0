"""What a terminal is shown while the story is told, and what is done when nothing moves."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from pathlib import Path

import pytest
import redis
from django.core.management.base import OutputWrapper

from marketplace.accounts.founding.events import CentreFounded
from marketplace.demo.story import hands
from marketplace.demo.story.hands import ProcessHands
from marketplace.demo.story.showing import TerminalTeller
from marketplace.demo.story.sign_ins import sign_ins
from marketplace.demo.story.stage import Glimpse, StoryBroken
from marketplace.demo.story.telling import Done
from marketplace.embedded.children import Child
from marketplace.embedded.tree import ProcessTree
from tests.given.preparation import queued_profile
from tests.given.world import World


class Terminal(io.StringIO):
    """A text stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def done(world: World) -> Done:
    """Return a step that the ledger of the world proves."""
    centre = world.organization("administrator")
    return Done("Minjiang", f"organization:{centre.pk}", CentreFounded)


def test_a_terminal_sees_a_bar_and_then_one_line(world: World) -> None:
    """The bar is drawn over itself without wrapping; what stays is the line of the outcome."""
    out = Terminal()
    teller = TerminalTeller(OutputWrapper(out))
    teller.begin(3, "The centre masks")
    teller.show(0.5, "Writing")
    teller.end(done(world), seconds=1.24, was_there=False)
    shown = out.getvalue()
    assert "████████░░░░░░░░  50%  The centre masks: Writing" in shown
    assert shown.count("\r\033[K\033[?7l") == shown.count("\033[?7h") == 3
    last = shown.rpartition("\033[?7h")[2]
    assert last == f"   3  The centre masks: Minjiang (1.2 s; ledger {done(world).reference})\n"


def test_a_file_gets_one_line_a_step(world: World) -> None:
    """Where nobody watches, nothing is drawn over."""
    out = io.StringIO()
    teller = TerminalTeller(OutputWrapper(out))
    teller.open_chapter("The end")
    teller.begin(3, "The centre masks")
    teller.show(0.5, "Writing")
    teller.end(done(world), seconds=1.24, was_there=True)
    teller.close_chapter(seconds=2.51)
    assert out.getvalue() == (
        "\nThe end\n"
        f"   3  The centre masks: Minjiang (already there; ledger {done(world).reference})\n"
        "      this chapter: 2.5 s\n"
    )


def test_passwords_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    """The same file answers the same passwords; a half-written one from before does no harm."""
    path = tmp_path / "var" / "demo-sign-ins.json"
    path.parent.mkdir()
    path.with_suffix(".new").write_text("{")
    made = sign_ins(path)
    assert sign_ins(path) == made
    assert len(set(made.values())) == len(made)
    assert min(map(len, made.values())) >= 20
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_story_gives_up_when_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as anything moves it waits; then the sentence says what it waited for."""
    monkeypatch.setattr(hands, "PATIENCE_SECONDS", 0.2)
    looks = iter([Glimpse(share / 10, "Searching", is_over=False) for share in range(10)])
    still = Glimpse(0.9, "Searching", is_over=False)
    shown: list[float] = []
    with ProcessTree(say=print) as tree:
        waiting = ProcessHands(tree, show=lambda share, _doing: shown.append(share))
        with pytest.raises(StoryBroken, match="Searching"):
            waiting.work_until(lambda: next(looks, still))
    assert shown == [share / 10 for share in range(10)]


def test_waiting_mends_the_tree(tmp_path: Path) -> None:
    """A process that dies while the story waits is started again."""
    sleeper = Child("sleeper", (sys.executable, "-c", "import signal; signal.pause()"), tmp_path)
    said: list[str] = []
    with ProcessTree(say=said.append) as tree:
        tree.start([sleeper])
        before = tree.pids["sleeper"]
        os.kill(before, signal.SIGKILL)
        began = time.monotonic()

        def look() -> Glimpse:
            assert time.monotonic() - began < 30, said
            return Glimpse(0.0, "Waiting", is_over=tree.pids["sleeper"] != before)

        ProcessHands(tree, show=lambda _share, _doing: None).work_until(look)
    assert "sleeper: ended with exit code -9" in " ".join(said)


def test_runs_that_wait_are_offered_again(world: World, valkey: redis.Redis) -> None:
    """A run whose task was lost with the story before is handed to a worker anew."""
    queued_profile(world)
    valkey.flushall()
    with ProcessTree(say=print) as tree:
        ProcessHands(tree, show=lambda _share, _doing: None).offer_waiting_runs()
    assert valkey.llen("celery") == 1
