"""What a score would be if every member were equally harsh.

Shown beside the official score and never deciding. Each sheet is measured by its
member's own mean and spread and mapped back onto the scale of the whole session (peers,
section 3.4). A spread is no rational number, so these are floats; the official score
(``tools.scoring``) is exact and knows none of it.
"""

from dataclasses import dataclass
from statistics import fmean, pstdev


@dataclass(frozen=True)
class Normal:
    """A dossier beside its official score.

    :param z: mean of the standard scores of its sheets (0 = as they usually give)
    :param score: the same on the scale of the session's points
    :param sheets: number of sheets it rests on
    """

    z: float
    score: float
    sheets: int


def normalise(totals, min_sheets):
    """Return {dossier: ``Normal``} from the totals of the sheets of one session.

    Only members with at least ``min_sheets`` sheets, and not all of them alike, say how
    harsh they are; the sheets of others are left out, and a dossier without a sheet
    that counts is not in the answer.

    :param totals: {(member, dossier): points}
    """
    by_member = {}
    for (member, _dossier), points in totals.items():
        by_member.setdefault(member, []).append(float(points))
    habits = {
        member: (fmean(points), pstdev(points))
        for member, points in by_member.items()
        if len(points) >= min_sheets and len(set(points)) > 1
    }
    counted = {key: float(one) for key, one in totals.items() if key[0] in habits}
    if not counted:
        return {}
    centre, spread = fmean(counted.values()), pstdev(counted.values())
    standard = {}
    for (member, dossier), points in sorted(counted.items()):
        mean, deviation = habits[member]
        standard.setdefault(dossier, []).append((points - mean) / deviation)
    return {
        dossier: Normal(fmean(marks), centre + spread * fmean(marks), len(marks))
        for dossier, marks in standard.items()
    }
