"""Judge tables that follow each other: what all revisions of a product tell together."""

from desensitize.revisions.candidates import Candidates
from desensitize.revisions.counting import Columns, row_keys
from desensitize.revisions.moving import Enough
from desensitize.revisions.revising import Asked, Before, Revised, own_rows, revise, shuffled
from desensitize.revisions.told import Part, Told, packed, unpacked

__all__ = [
    "Asked",
    "Before",
    "Candidates",
    "Columns",
    "Enough",
    "Part",
    "Revised",
    "Told",
    "own_rows",
    "packed",
    "revise",
    "row_keys",
    "shuffled",
    "unpacked",
]
