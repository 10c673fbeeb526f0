"""Programs that make synthetic copies with peers, each run by the Python of its environment.

Each is given a JSON with the codes of the rows to learn from, how many values each column has, the
privacy budget as ε and δ and as ρ of zero-concentrated differential privacy, a seed, and where the
codes of the copy go. Seconds and peak are of its whole process, its imports among them.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.measuring import Spent

PATIENCE = 3 * 3600
START = """
import json, sys, time
asked = json.loads(sys.argv[1])
import numpy
codes = numpy.load(asked["learned"])
names = [f"c{place}" for place in range(len(asked["values"]))]
numpy.random.seed(asked["seed"])
def keep(table):
    numpy.save(asked["copy"], numpy.asarray(table))
"""
OPENDP = """
import opendp.extras.mbi._mst, opendp.prelude as dp, polars
# Else it stops for want of one unit in the last place of its own budget.
opendp.extras.mbi._mst.prior = lambda amount: amount * (1 - 1e-9)
dp.enable_features("contrib")
table = polars.DataFrame({name: codes[:, place] for place, name in enumerate(names)})
rho = asked["rho"]
context = dp.Context.compositor(
    data=table.lazy(), privacy_unit=dp.unit_of(contributions=1), privacy_loss=dp.loss_of(rho=rho)
)
keys = {name: list(range(most)) for name, most in zip(names, asked["values"])}
found = context.query(rho=rho).contingency_table(keys=keys, algorithm=ALGORITHM)
copy = found.release().synthesize(rows=len(codes), method="sample")
# It takes a missing value for possible in each column; there is none.
keep(copy.select(polars.all().cast(polars.Int64)).drop_nulls().to_numpy())
"""
SMARTNOISE = """
import pandas
from snsynth import Synthesizer
table = pandas.DataFrame(codes, columns=names)
maker = Synthesizer.create(ALGORITHM, epsilon=asked["epsilon"], delta=asked["delta"])
# It takes the values that it finds for all that there can be, which spends nothing.
copy = maker.fit_sample(table, categorical_columns=names, preprocessor_eps=0.0)
keep(copy[names].astype(int).to_numpy())
"""
DPMM = """
import pandas
from dpmm.pipelines import ALGORITHM
table = pandas.DataFrame(codes, columns=names).astype("category")
domain = {
    name: {"categories": list(range(most))} for name, most in zip(names, asked["values"])
}
maker = ALGORITHM(
    epsilon=asked["epsilon"], delta=asked["delta"], proc_epsilon=None, n_jobs=1
)
maker.fit(table, domain, random_state=asked["seed"])
copy = maker.generate(n_records=len(codes), random_state=asked["seed"])
# It takes a missing value for possible in each column, too.
keep(copy[names].dropna().astype(int).to_numpy())
"""
PEERS = {
    "OpenDP 0.16 MST, sample": ("opendp", OPENDP, "dp.mbi.MST()"),
    "OpenDP 0.16 AIM, two-way, sample": ("opendp", OPENDP, "dp.mbi.AIM(queries=2)"),
    "smartnoise-synth 1.0.8 MST": ("smartnoise", SMARTNOISE, '"mst"'),
    "smartnoise-synth 1.0.8 AIM": ("smartnoise", SMARTNOISE, '"aim"'),
    "dpmm 0.1.9 MST": ("dpmm", DPMM, "MSTPipeline"),
    "dpmm 0.1.9 PrivBayes": ("dpmm", DPMM, "PrivBayesPipeline"),
}
"""Each by the folder of its environment below build/, its program, and the algorithm in it."""
MEASURED = """
import json, resource, runpy, sys, time
started = time.perf_counter()
exec(sys.argv.pop(1))
spent = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
processor = sum(one.ru_utime + one.ru_stime for one in spent)
print(json.dumps([time.perf_counter() - started, processor, spent[0].ru_maxrss * 1024 / 1e6]))
"""


class PeerFailed(Exception):
    """Hold the last lines of what a peer said when it failed."""


def copied_by(
    peer: str, environments: Path, learned: Path, copy: Path, **asked: Any
) -> tuple[npt.NDArray[np.int64], Spent]:
    """Return the codes of a copy that a peer made, and what it took.

    Raises:
        PeerFailed: it is not installed, or stopped with an error.
    """
    folder, program, algorithm = PEERS[peer]
    python = environments / folder / "bin" / "python"
    if not python.exists():
        raise PeerFailed(f"There is no {python}.")
    request = json.dumps({"learned": str(learned), "copy": str(copy), **asked})
    code = START + program.replace("ALGORITHM", algorithm)
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", MEASURED, code, request],
        env=os.environ | {"JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise PeerFailed(" ".join(done.stderr.split())[-2000:])
    return np.load(copy), Spent(*json.loads(done.stdout.splitlines()[-1]))
