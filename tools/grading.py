"""Bands and ranks: what a score is called and where it stands among others."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class BandProblem:
    """A fault of a band scheme: kind, codes of the bands concerned, score where.

    Kinds: none, inverted, start, end, gap, overlap, order (a pass below a failure).
    """

    kind: str
    codes: tuple = ()
    score: Decimal | None = None


def band_for(score, bands):
    """Return the ``Band`` that holds the score, None if the scheme has a hole."""
    for band in bands:
        if band.score_from <= score < band.score_to or score == band.score_to == 100:
            return band
    return None


def check_bands(bands):
    """Return the list of ``BandProblem`` that keep bands from covering 0..100 once."""
    if not bands:
        return [BandProblem("none")]
    inverted = [
        BandProblem("inverted", (band.code,), band.score_from)
        for band in bands
        if band.score_from >= band.score_to
    ]
    if inverted:
        return inverted
    problems = []
    ordered = sorted(bands, key=lambda band: (band.score_from, band.score_to))
    if ordered[0].score_from != 0:
        problems.append(BandProblem("start", (ordered[0].code,), ordered[0].score_from))
    top = ordered[0]
    for band in ordered[1:]:
        codes = (top.code, band.code)
        if band.score_from < top.score_to:
            problems.append(BandProblem("overlap", codes, band.score_from))
        elif band.score_from > top.score_to:
            problems.append(BandProblem("gap", codes, top.score_to))
        if top.is_pass and not band.is_pass:
            problems.append(BandProblem("order", codes, band.score_from))
        top = max(top, band, key=lambda one: one.score_to)
    if top.score_to != 100:
        problems.append(BandProblem("end", (top.code,), top.score_to))
    return problems


def rank(results, tie_keys):
    """Return {key: (rank, deciding tie key or None)} for {key: Result}.

    Passed dossiers stand before the others (a knock-out never outranks a pass),
    then the official score, then the tie keys in their order: criterion and median
    higher first, spread smaller first. What stays equal shares its rank and the
    next rank is skipped (1, 2, 2, 4): never by id or alphabet; the chair decides.
    The deciding key is the last one that separated a dossier from another of the
    same score. A dossier without score has rank None. Peers section 3.5.
    """
    groups = {}
    for key, result in results.items():
        if result.score is not None:
            groups.setdefault((result.passed, result.score), []).append(key)
    ranks = {key: (None, None) for key in results}
    place = 1
    for group in sorted(groups, reverse=True):
        for tied, deciding in _untie(groups[group], results, tuple(tie_keys), None):
            ranks.update({key: (place, deciding) for key in tied})
            place += len(tied)
    return ranks


def _untie(keys, results, tie_keys, deciding):
    """Return [(keys that stay equal, deciding key)], best first."""
    if len(keys) == 1 or not tie_keys:
        return [(keys, deciding)]
    tie_key, rest = tie_keys[0], tie_keys[1:]
    groups = {}
    for key in keys:
        groups.setdefault(_tie_value(results[key], tie_key), []).append(key)
    # A criterion that one of the dossiers was not scored on compares nothing.
    if len(groups) == 1 or None in groups:
        return _untie(keys, results, rest, deciding)
    return [
        part
        for value in sorted(groups, reverse=True)
        for part in _untie(groups[value], results, rest, tie_key)
    ]


def _tie_value(result, tie_key):
    if tie_key.kind == "criterion":
        return result.criterion_means.get(tie_key.criterion_code)
    if tie_key.kind == "median":
        return result.median
    if tie_key.kind == "spread":
        return -result.variance
    raise ValueError(f"unknown tie key: {tie_key.kind!r}")
