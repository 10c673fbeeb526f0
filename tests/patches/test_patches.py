"""An invented thing is added, or a state renamed, by a patch that touches few files and works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.copies import Copy
from tests.mutants.listed import ROOT
from tests.mutants.trials import checked, trial
from tests.patches.read import Patch, patches

ALL = pytest.mark.parametrize("patch", patches(), ids=lambda patch: patch.name)


@pytest.mark.house
@ALL
def test_a_patch_touches_few_files(patch: Patch) -> None:
    """It applies to the tree as it is, so that what it shows cannot rot."""
    patch.apply(ROOT, "--check")
    assert len(patch.by_hand) <= patch.most, patch.by_hand
    assert patch.tries


@ALL
def test_what_a_patch_adds_works(patch: Patch, tmp_path: Path) -> None:
    copy = Copy(tmp_path / "tree")
    patch.apply(copy.folder)
    ended = checked(trial(copy, patch.tries, ("sqlite", False), to_the_end=True))
    assert not ended.is_named, ended.last_lines
