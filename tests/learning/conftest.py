"""What training needs in the process of the tests themselves."""

from __future__ import annotations

import os

# As for the child: more threads than cores spin for each other. Read when scikit-learn is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")
