"""Run a model's bytes with onnxruntime. Imported when a model is first asked, not before."""

import os

import numpy as np

from marketplace.learning.training.table import Floats, Inputs

# It reports its uses to its maker unless this stands there when it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort

BATCH = 2048
"""So many rows are computed at a time: of texts each takes as much room as there are sequences."""


class Runner:
    """A model that is loaded; several threads may ask it."""

    def __init__(self, model: bytes, *, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._names = [one.name for one in self._session.get_inputs()]

    def probabilities(self, inputs: Inputs) -> Floats:
        """Return how probable each label is for each row."""
        parts = [
            self._run(inputs.at(slice(start, start + BATCH)))
            for start in range(0, len(inputs), BATCH)
        ]
        found: Floats = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return found

    def _run(self, inputs: Inputs) -> Floats:
        given = {
            "numbers": inputs.numbers,
            "categories": inputs.categories,
            "text": inputs.texts,
        }
        names = {name: given[name] for name in self._names}
        found: Floats = self._session.run(["probabilities"], names)[0]
        return found
