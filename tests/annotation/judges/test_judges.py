"""Programs of others read what we write, and refuse what we refuse."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from marketplace.annotation.formats.croissant import DataFile, croissant
from marketplace.annotation.formats.label_studio import labelling_config, read_tasks, write_tasks
from marketplace.annotation.formats.tables import write_parquet
from marketplace.annotation.formats.tc609 import faults, records
from marketplace.annotation.kinds.registry import KINDS
from tests.annotation.formats.sets import labelled
from tests.annotation.formats.test_formats import BROKEN

Judge = Callable[[str, str, Path], str]

LABEL_STUDIO = """
import json, sys
from pathlib import Path
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk._extensions.label_studio_tools.core.label_config import parse_config

found = {}
for folder in Path(sys.argv[1]).iterdir():
    config = (folder / "config.xml").read_text(encoding="utf-8")
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    interface = LabelInterface(config)
    interface.validate()
    (control,) = parse_config(config).values()
    for task in tasks:
        assert interface.validate_task({"data": task["data"]}), task
        for one in task["annotations"]:
            assert interface.validate_annotation(one), one
        for one in task["predictions"]:
            assert interface.validate_prediction(one), one
    converter = Converter(config, str(folder), upload_dir=str(folder))
    converter.convert_to_json(str(folder / "tasks.json"), str(folder / "exported"), is_dir=False)
    converter.convert_to_json_min(str(folder / "tasks.json"), str(folder / "small"), is_dir=False)
    found[folder.name] = control["labels"]
print(json.dumps(found))
"""
CROISSANT = """
import json, sys
from pathlib import Path
import mlcroissant

folder = Path(sys.argv[1])
dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
told = dataset.metadata.to_json()
rows = [
    {key.split("/")[-1]: value for key, value in row.items()} for row in dataset.records("items")
]
for row in rows:
    for name, value in row.items():
        row[name] = value.decode() if isinstance(value, bytes) else value
print(json.dumps({"rows": rows, "told": told, "issues": sorted(
    [*dataset.metadata.ctx.issues.errors, *dataset.metadata.ctx.issues.warnings], key=str)},
    default=str))
"""
DINGO = """
import json, sys
from pathlib import Path
from dingo.io import Data
from dingo.model.rule.guobiao.rule_tc609_quality import (
    Rule_TC609_0203_AnnotationCompliance as labels,
    Rule_TC609_0204_StructuralCompleteness as whole,
)

given = json.loads((Path(sys.argv[1]) / "records.json").read_text(encoding="utf-8"))
found = [[bool(rule.eval(Data(**one)).status) for rule in (labels, whole)] for one in given]
print(json.dumps(found))
"""


def test_label_studio_takes_our_tasks_and_we_take_its_export(judge: Judge, tmp_path: Path) -> None:
    """By its development kit, which checks and converts as its server does."""
    sets = {kind: labelled(kind) for kind in KINDS}
    for name, made in sets.items():
        (tmp_path / name).mkdir()
        config = labelling_config(made.scheme)
        (tmp_path / name / "config.xml").write_text(config, encoding="utf-8")
        (tmp_path / name / "tasks.json").write_bytes(write_tasks(made))
    found = json.loads(judge("label-studio", LABEL_STUDIO, tmp_path))
    for name, made in sets.items():
        assert found[name] == [one.code for one in made.scheme.classes]
        (exported,) = (tmp_path / name / "exported").glob("*.json")
        again = read_tasks(json.loads(exported.read_bytes()), made.scheme)
        assert [one.text for one in again] == [one.text for one in made.items]
        assert [one.accepted for one in again] == [one.accepted for one in made.items]
        assert [[each.value for each in one.labels] for one in again] == [
            [each.value for each in one.labels] for one in made.items
        ]


def test_mlcroissant_validates_and_loads(judge: Judge, tmp_path: Path) -> None:
    made = labelled()
    path = tmp_path / "items.parquet"
    write_parquet(made, path)
    content = path.read_bytes()
    told = croissant(
        made,
        DataFile(path.name, path.name, hashlib.sha256(content).hexdigest(), len(content)),
    )
    (tmp_path / "croissant.json").write_text(json.dumps(told), encoding="utf-8")
    found = json.loads(judge("croissant", CROISSANT, tmp_path))
    assert [row["item_id"] for row in found["rows"]] == [one.item_id for one in made.items]
    assert [row["text"] for row in found["rows"]] == [one.text for one in made.items]
    assert [row["label"] for row in found["rows"] if row["label"]] == [
        one.accepted.classes[0] for one in made.items if one.accepted
    ]
    assert found["issues"] == []
    responsible = {name for name in told if name.startswith("rai:")}
    assert responsible <= {*found["told"]}


def test_dingo_passes_our_records_and_refuses_what_we_refuse(judge: Judge, tmp_path: Path) -> None:
    """Rules 0203 and 0204; of what only our checker asks, dingo knows nothing."""
    good = [one for kind in KINDS for one in records(labelled(kind))]
    broken = []
    for change, _reason in BROKEN:
        (record,) = list(records(labelled()))[2:3]
        change(record)
        broken.append(record)
    (tmp_path / "records.json").write_text(json.dumps([*good, *broken]), encoding="utf-8")
    found = [any(one) for one in json.loads(judge("dingo", DINGO, tmp_path))]
    assert not any(found[: len(good)])
    refused = [
        one for one, is_refused in zip(broken, found[len(good) :], strict=True) if is_refused
    ]
    assert len(refused) >= 7
    assert all(faults(one) for one in refused)
