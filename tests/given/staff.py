"""A table of invented staff that has to be treated before it is anonymous."""

from __future__ import annotations

from functools import cache
from random import Random

TOWNS = ("Northport", "Eastwick", "Westhaven", "Southam")
JOBS = ("clerk", "nurse", "driver", "teacher")
OLDER = 45


@cache
def staff(rows: int = 800) -> str:
    """Make up staff as CSV: a number for each, and a pay grade that goes with age."""
    random = Random(3)
    lines = ["staff_no,age,sex,city,occupation,income"]
    for number in range(rows):
        age = random.randrange(20, 66)
        pay = "high" if random.random() < (0.45 if age > OLDER else 0.2) else "low"
        town, job = random.choice(TOWNS), random.choice(JOBS)
        # Numbers in no order, as they would be after some years.
        lines.append(f"{70001 + number * 7919 % 10007},{age},{'FM'[number % 2]},{town},{job},{pay}")
    return "\n".join(lines) + "\n"
