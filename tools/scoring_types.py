"""The vocabulary of the scoring law: frozen values that go in and come out."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from .exact import to_fraction


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric; ``min_points`` 0 means that it knocks nobody out.

    :param weight: what a perfect answer adds to the total of 100; 0 = its points
    :param min_rule: whose points ``min_points`` is asked of: the "mean" of the valid
        sheets, or the "majority" of them (knocked out when more than half are below)
    """

    code: str
    max_points: Decimal
    min_points: Decimal = Decimal(0)
    weight: Decimal = Decimal(0)
    min_rule: str = "mean"

    @property
    def factor(self):
        """What one point of this criterion adds to the total, exact."""
        if not self.weight:
            return Fraction(1)
        return to_fraction(self.weight) / to_fraction(self.max_points)


@dataclass(frozen=True)
class Band:
    """A grade from ``score_from`` (included) to ``score_to`` (excluded, save 100)."""

    code: str
    score_from: Decimal
    score_to: Decimal
    is_pass: bool


@dataclass(frozen=True)
class TieKey:
    """How equal scores are told apart: criterion mean, median or smaller spread."""

    kind: str
    criterion_code: str = ""


@dataclass(frozen=True)
class Rules:
    """Everything that decides a score, frozen: regulation and rubric together.

    ``outlier_points`` and ``doubt_margin`` 0 switch those rules off.
    """

    aggregation: str
    trim_min_sheets: int
    outlier_points: Decimal
    min_valid_sheets: int
    pass_score: Decimal
    rounding_digits: int
    doubt_margin: Decimal
    criteria: tuple
    bands: tuple
    tie_keys: tuple = ()


@dataclass(frozen=True)
class Sheet:
    """The points of one member. Keys are all ``str`` or all ``int`` in one call.

    :param factors: code → what one point adds, where that is not 1 (see ``Criterion``)
    """

    key: object
    points: dict
    factors: dict = field(default_factory=dict)

    @property
    def total(self):
        """Sum of the points, each weighed by its criterion, exact."""
        return sum(
            (
                to_fraction(points) * self.factors.get(code, 1)
                for code, points in self.points.items()
            ),
            Fraction(0),
        )


@dataclass(frozen=True)
class Result:
    """What the sheets of one dossier amount to.

    :param score: official score (``Decimal``, rounded), None if there is none
    :param exact_score: the same before rounding (``Fraction``)
    :param band: code of the grade, None without score or grade
    :param valid_sheets: keys of the sheets that were not invalidated
    :param dropped: pairs (sheet key, "outlier" | "highest" | "lowest")
    :param knocked_out: codes of criteria whose mean is below their minimum
    :param doubtful: the score lies within the margin of a threshold
    :param reason: why there is no score, "" otherwise
    :param steps: JSON-able calculation sheet, enough for ``replay``
    """

    score: Decimal | None = None
    exact_score: Fraction | None = None
    band: str | None = None
    passed: bool = False
    valid_sheets: tuple = ()
    dropped: tuple = ()
    knocked_out: tuple = ()
    doubtful: bool = False
    reason: str = ""
    criterion_means: dict = field(default_factory=dict)
    median: Fraction | None = None
    variance: Fraction | None = None
    steps: tuple = ()
