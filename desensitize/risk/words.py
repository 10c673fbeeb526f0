"""Say in plain words what somebody could do with a file."""

from collections.abc import Sequence

from desensitize.risk.figures import RiskFigures
from desensitize.risk.linkage import Linkage


def plain_words(
    figures: RiskFigures,
    linkage: Linkage | None = None,
    *,
    quasi_identifiers: Sequence[str],
) -> list[str]:
    """Return one sentence for each thing that a re-identifier would try, the gravest first.

    Where no quasi-identifier was named, nothing was tried, and that alone is said.
    """
    if not figures.rows:
        return ["The file has no rows: nobody can be found in it."]
    if not quasi_identifiers:
        return [
            "No quasi-identifier was named, so that nothing was measured of finding a person: "
            "name the columns that somebody may know of a person."
        ]
    words = [_finding(figures), _guessing(figures)]
    words += [_learning(name, figures) for name in figures.by_column]
    if figures.population is not None:
        words.append(
            f"Who knows everybody the file was drawn from, but not who is in it, finds at least "
            f"{figures.population.k_map} persons for each row."
        )
    if figures.estimated_population_uniques is not None:
        words.append(
            f"By estimate {share(figures.estimated_population_uniques)} of the rows that are "
            "unique here are unique in the whole population too."
        )
    if linkage is not None:
        words.append(
            f"Of {linkage.reference_rows} known persons {linkage.linked_rows} fit some row of the "
            f"file, and {linkage.unique_rows} fit exactly one."
        )
    return words


def _finding(figures: RiskFigures) -> str:
    if figures.unique_rows:
        return (
            f"Who knows the quasi-identifiers of a person can single out {figures.unique_rows} of "
            f"{figures.rows} rows with certainty."
        )
    return (
        f"Who knows that a person is in the file, and all quasi-identifiers, is still left with at "
        f"least {figures.smallest_class} rows that look alike."
    )


def _guessing(figures: RiskFigures) -> str:
    return (
        f"Such a guess is right once in {figures.smallest_class} at best, and for the average row "
        f"with a chance of {share(figures.prosecutor_mean)}."
    )


def _learning(name: str, figures: RiskFigures) -> str:
    found = figures.by_column[name]
    if found.disclosed_rows:
        return (
            f"For {found.disclosed_rows} rows “{name}” is known as soon as the class is found, "
            "since everybody in it has the same value."
        )
    return (
        f"In every class “{name}” has at least {found.different} different values; guessing the "
        f"commonest is right for {share(found.best_guess)} of the rows, and for "
        f"{share(found.blind_guess)} without looking at classes."
    )


def share(part: float) -> str:
    """Write a share in percent."""
    return f"{part:.1%}" if part >= 0.001 or part == 0 else f"{part:.2g}"
