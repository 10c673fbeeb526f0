"""Members of bookshops that do not exist, with what they bought; all of them are made up."""

import csv
import io
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final

SEED: Final = 20250701
MEMBERS: Final = 4_000
FEWEST: Final = 600

MEMBER_COLUMNS: Final = (
    "member_number", "age", "sex", "district", "purchases", "spent", "favourite_subject",
)  # fmt: skip
DISTRICTS: Final = {
    "Harbour": 26, "Old Town": 21, "North Hill": 17, "Riverside": 14, "University": 12,
    "Airport": 10,
}  # fmt: skip
SUBJECTS: Final = ("Novels", "Children", "Science", "History", "Cooking", "Travel")
# How many of a hundred choose each subject, below 35, from 35 to 54, and above.
_LIKED: Final = ((34, 8, 24, 9, 7, 18), (22, 30, 12, 10, 15, 11), (28, 6, 8, 29, 12, 17))


def write_members(target: Path, rows: int | None = None) -> None:
    """Write the members as CSV, the same ones each time; at most so many, but never below 600."""
    random = Random(SEED)
    number = MEMBERS if rows is None else max(FEWEST, min(rows, MEMBERS))
    numbers = random.sample(range(100_000, 1_000_000), MEMBERS)
    districts, weights = list(DISTRICTS), list(accumulate(DISTRICTS.values()))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(MEMBER_COLUMNS)
    for place in range(number):
        age = min(88, 16 + int(random.gammavariate(3.2, 8.5)))
        liked = _LIKED[(age >= 35) + (age >= 55)]
        purchases = 1 + int(random.expovariate(1 / 6))
        writer.writerow(
            [
                f"LB-{numbers[place]}",
                age,
                "F" if random.random() < 0.56 else "M",
                random.choices(districts, cum_weights=weights)[0],
                purchases,
                sum(round(random.uniform(18, 120)) for _ in range(purchases)),
                random.choices(SUBJECTS, weights=liked)[0],
            ]
        )
    target.write_text(text.getvalue(), encoding="utf-8", newline="")
