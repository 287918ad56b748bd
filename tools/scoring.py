"""The scoring law as pure functions: sheets and rules give a score, band and rank.

Nothing here knows the ORM, the user or the clock: the same sheets and rules give
the same result for ever, whatever their order (architecture section 6). Numbers are
``Decimal`` on the way in and ``Fraction`` inside; a score is rounded once, at the
end, half up. The rounded score is the official one: it alone decides band, pass and
rank, so that what is printed never contradicts what was decided.

Order of the law: totals, weighed where the rubric has weights -> sheets too far from
the first mean are invalidated, once -> minimum of valid sheets -> highest and lowest
valid sheet left out of a trimmed mean -> aggregate -> round -> knock-outs -> band ->
zone of doubt. A sheet that was
only trimmed stays valid: it counts towards the minimum, the knock-out means and the
tie keys; an invalidated sheet counts nowhere.
"""

from dataclasses import asdict, replace
from decimal import Decimal
from fractions import Fraction

from .exact import (
    as_text,
    check_shares,
    meets_ratio,
    needed_votes,
    round_half_up,
    show,
    to_decimal,
    to_fraction,
)
from .grading import BandProblem, band_for, check_bands, rank
from .scoring_types import Band, Criterion, Result, Rules, Sheet, TieKey

__all__ = [
    "Band",
    "BandProblem",
    "Criterion",
    "Result",
    "Rules",
    "Sheet",
    "TieKey",
    "band_for",
    "check_bands",
    "check_shares",
    "evaluate",
    "meets_ratio",
    "needed_votes",
    "rank",
    "replay",
    "round_half_up",
    "show",
    "to_decimal",
]

AGGREGATIONS = ("mean", "median", "trimmed")
TOO_FEW_SHEETS = "too_few_valid_sheets"
OUTLIER, HIGHEST, LOWEST = "outlier", "highest", "lowest"


def evaluate(sheets, rules):
    """Return the ``Result`` of the submitted sheets of one dossier under the rules.

    Deterministic and independent of the order of sheets, criteria and bands. Raises
    ``ValueError`` when a sheet is not a complete answer to the criteria (points
    missing, unknown, negative or above the maximum) or two sheets share a key: such
    sheets must not have been accepted. R56; domain section 6.
    """
    if rules.aggregation not in AGGREGATIONS:
        raise ValueError(f"unknown aggregation: {rules.aggregation!r}")
    if any(criterion.weight for criterion in rules.criteria):
        factors = {criterion.code: criterion.factor for criterion in rules.criteria}
        sheets = [replace(sheet, factors=factors) for sheet in sheets]
    ordered = sorted(sheets, key=lambda sheet: (sheet.total, sheet.key))
    _check_sheets(ordered, rules)
    steps = [_rules_step(rules), _sheets_step(ordered)]
    valid, outliers = _drop_outliers(ordered, rules, steps)
    required = max(1, rules.min_valid_sheets)
    steps.append({"step": "valid", "count": len(valid), "required": required})
    facts = {"valid_sheets": tuple(sorted(sheet.key for sheet in valid))}
    if len(valid) < required:
        return Result(
            dropped=outliers, reason=TOO_FEW_SHEETS, steps=tuple(steps), **facts
        )
    counted, trimmed = _trim(valid, rules, steps)
    exact_score = _aggregate(counted, rules, steps)
    score = _round(exact_score, rules, steps)
    means, knocked_out = _knock_outs(valid, rules, steps)
    band, passed = _grade(score, bool(knocked_out), rules, steps)
    doubtful = _in_doubt(score, rules, steps)
    return Result(
        score=score,
        exact_score=exact_score,
        band=band,
        passed=passed,
        dropped=outliers + trimmed,
        knocked_out=knocked_out,
        doubtful=doubtful,
        criterion_means=means,
        median=_median([sheet.total for sheet in valid]),
        variance=_variance([sheet.total for sheet in valid]),
        steps=tuple(steps),
        **facts,
    )


def replay(steps):
    """Return the ``Result`` computed again from a stored calculation sheet alone.

    The first two steps hold the rules and the sheets, so a printed or archived
    sheet proves itself: ``replay(result.steps) == result``, also after JSON.
    """
    rules, sheets = steps[0]["rules"], steps[1]["sheets"]
    return evaluate(
        [
            Sheet(sheet["key"], {c: Decimal(p) for c, p in sheet["points"].items()})
            for sheet in sheets
        ],
        Rules(
            **{
                **rules,
                **_decimals(rules, "outlier_points", "pass_score", "doubt_margin"),
                "criteria": tuple(map(_read_criterion, rules["criteria"])),
                "bands": tuple(
                    Band(**{**one, **_decimals(one, "score_from", "score_to")})
                    for one in rules["bands"]
                ),
                "tie_keys": tuple(TieKey(**key) for key in rules["tie_keys"]),
            }
        ),
    )


def _read_criterion(one):
    # a calculation of earlier days knows no weights
    names = {"max_points", "min_points", "weight"} & one.keys()
    return Criterion(**{**one, **_decimals(one, *names)})


def _check_sheets(sheets, rules):
    limits = {criterion.code: criterion.max_points for criterion in rules.criteria}
    if len({sheet.key for sheet in sheets}) != len(sheets):
        raise ValueError("two sheets share a key")
    for sheet in sheets:
        if set(sheet.points) != set(limits):
            raise ValueError(f"sheet {sheet.key!r} does not answer the criteria")
        for code, points in sheet.points.items():
            if not 0 <= to_fraction(points) <= limits[code]:
                raise ValueError(f"sheet {sheet.key!r}: points of {code} out of range")


def _drop_outliers(sheets, rules, steps):
    """Split sheets into valid ones and outliers of the FIRST mean; never iterated."""
    limit = to_fraction(rules.outlier_points)
    if not limit or not sheets:
        return sheets, ()
    totals = [sheet.total for sheet in sheets]
    mean = _mean(totals)
    far = [sheet for sheet in sheets if abs(sheet.total - mean) > limit]
    steps.append(
        {
            "step": "outliers",
            "sum": as_text(sum(totals)),
            "divisor": len(totals),
            "mean": as_text(mean),
            "limit": as_text(limit),
            "dropped": [
                _named(sheet, distance=as_text(abs(sheet.total - mean)))
                for sheet in far
            ],
        }
    )
    valid = [sheet for sheet in sheets if sheet not in far]
    return valid, tuple((sheet.key, OUTLIER) for sheet in far)


def _trim(sheets, rules, steps):
    """Leave out one lowest and one highest sheet; sheets come ordered by total, key.

    Among equal extremes the order of keys chooses, so the same sheet is named on
    every recomputation.
    """
    if rules.aggregation != "trimmed":
        return sheets, ()
    # Two sheets cannot lose both ends and still have a mean.
    required = max(3, rules.trim_min_sheets)
    applied = len(sheets) >= required
    dropped = [(sheets[-1], HIGHEST), (sheets[0], LOWEST)] if applied else []
    steps.append(
        {
            "step": "trim",
            "applied": applied,
            "count": len(sheets),
            "required": required,
            "dropped": [_named(sheet, reason=why) for sheet, why in dropped],
        }
    )
    counted = sheets[1:-1] if applied else sheets
    return counted, tuple((sheet.key, why) for sheet, why in dropped)


def _aggregate(sheets, rules, steps):
    totals = [sheet.total for sheet in sheets]
    median = rules.aggregation == "median"
    exact_score = _median(totals) if median else _mean(totals)
    step = {"step": "aggregate", "method": rules.aggregation}
    step["totals"] = [as_text(total) for total in totals]
    if not median:
        step.update(sum=as_text(sum(totals)), divisor=len(totals))
    steps.append({**step, "exact": as_text(exact_score)})
    return exact_score


def _round(exact_score, rules, steps):
    digits = rules.rounding_digits
    score = round_half_up(exact_score, digits)
    steps.append({"step": "round", "digits": digits, "score": str(score)})
    return score


def _knock_outs(sheets, rules, steps):
    """Return the criterion means over valid sheets, and the codes below minimum."""
    means, lines, failed = {}, [], []
    for criterion in sorted(rules.criteria, key=lambda one: one.code):
        given = [to_fraction(sheet.points[criterion.code]) for sheet in sheets]
        means[criterion.code] = mean = _mean(given)
        limit = to_fraction(criterion.min_points)
        below = sum(1 for points in given if points < limit)
        by_majority = criterion.min_rule == "majority"
        met = 2 * below <= len(given) if by_majority else mean >= limit
        if not met:
            failed.append(criterion.code)
        line = {"code": criterion.code, "mean": as_text(mean), "met": met}
        line["min"] = as_text(limit)
        if by_majority:
            line.update(below=below, count=len(given))
        lines.append(line)
    steps.append({"step": "criteria", "criteria": lines})
    return means, tuple(failed)


def _grade(score, knocked_out, rules, steps):
    """Return (band code, passed).

    A dossier whose score lies in a passing band but which may not pass (knock-out,
    or below the pass score of the regulation) gets the highest failing band below
    its score, none if the scheme has no failing band: it never carries a grade it
    has not earned, and the step names the grade its score alone would have given.
    """
    own = band_for(score, rules.bands)
    enough = score >= rules.pass_score
    passed = bool(own and own.is_pass and enough and not knocked_out)
    band = own
    if own and own.is_pass and not passed:
        failing = [
            one for one in rules.bands if not one.is_pass and one.score_from <= score
        ]
        band = max(failing, key=lambda one: one.score_from, default=None)
    steps.append(
        {
            "step": "grade",
            "band_of_score": own.code if own else None,
            "band": band.code if band else None,
            "pass_score": as_text(rules.pass_score),
            "pass_score_met": enough,
            "knocked_out": knocked_out,
            "passed": passed,
        }
    )
    return band.code if band else None, passed


def _in_doubt(score, rules, steps):
    """Tell whether the score lies within the margin of any threshold above 0."""
    marks = {Decimal(band.score_from) for band in rules.bands} | {rules.pass_score}
    thresholds = sorted(mark for mark in marks if mark > 0)
    margin = rules.doubt_margin
    near = [mark for mark in thresholds if margin and abs(score - mark) <= margin]
    steps.append(
        {
            "step": "doubt",
            "margin": as_text(margin),
            "near": [as_text(mark) for mark in near],
            "doubtful": bool(near),
        }
    )
    return bool(near)


def _mean(values):
    values = list(values)
    return sum(values, Fraction(0)) / len(values)


def _variance(values):
    mean = _mean(values)
    return _mean((value - mean) ** 2 for value in values)


def _median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return _mean(ordered[len(ordered) - 1 - half : half + 1])


def _named(sheet, **more):
    return {"key": sheet.key, "total": as_text(sheet.total), **more}


def _decimals(values, *names):
    return {name: Decimal(values[name]) for name in names}


def _sheets_step(sheets):
    return {
        "step": "sheets",
        "sheets": [
            _named(
                sheet,
                points={code: as_text(p) for code, p in sorted(sheet.points.items())},
            )
            for sheet in sorted(sheets, key=lambda sheet: sheet.key)
        ],
    }


def _rules_step(rules):
    """Return the rules as JSON, in an order of their own: codes, bands by score."""
    values = asdict(rules)
    values["criteria"] = sorted(values["criteria"], key=lambda one: one["code"])
    values["bands"] = sorted(values["bands"], key=lambda one: one["score_from"])
    return {"step": "rules", "rules": _jsonable(values)}


def _jsonable(value):
    if isinstance(value, dict):
        return {key: _jsonable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(one) for one in value]
    return as_text(value) if isinstance(value, (Decimal, Fraction)) else value
