"""What ties a council member to a dossier: pure rules over facts, without a database.

A person is a set of marks (contact, e-mail, telephone, name with birth date): two
records with a common mark are one person, so that a second account hides nothing. A
unit is its path from the root, e.g. "1/4/9/".
"""

from dataclasses import dataclass

# In the order of weight: what is found first is shown first
AUTHOR, COAUTHOR, UNIT, LINE, HANDLING = (
    "author",
    "coauthor",
    "unit",
    "line",
    "handling",
)
GROUNDS = (AUTHOR, COAUTHOR, UNIT, LINE, HANDLING)


@dataclass(frozen=True)
class Seat:
    """What is known of a member: who they are, where they work, with whom they wrote.

    :param marks: marks of the person
    :param coauthors: marks of those the person wrote with, in the years that count
    :param paths: paths of the units the person acts for, works in or represents
    """

    marks: frozenset
    coauthors: frozenset = frozenset()
    paths: frozenset = frozenset()


@dataclass(frozen=True)
class Dossier:
    """What is known of a dossier: its authors, its units, who has worked on it.

    :param authors: marks of the authors
    :param paths: paths of the dossier's unit and of the authors' units
    :param handlers: marks of those who handed it in, endorsed or examined it
    """

    authors: frozenset
    paths: frozenset = frozenset()
    handlers: frozenset = frozenset()


def relation(one, other, organiser):
    """Return how two units stand to each other: ``UNIT``, ``LINE`` or None.

    ``LINE`` is the direct line: one of them stands above the other. The organiser
    and what stands above it are above everybody alike: being in their line tells
    nothing of a single dossier, and would leave a small province without a council.
    The same unit counts for the organiser as for everybody else.

    :param organiser: path of the unit that runs the round, "" when there is none
    """
    if one == other:
        return UNIT
    upper, lower = sorted((one, other), key=len)
    if not lower.startswith(upper) or (organiser and organiser.startswith(upper)):
        return None
    return LINE


def find_grounds(seat, dossier, organiser):
    """Return the grounds that tie ``seat`` to ``dossier``, the weightiest first.

    Authorship stands alone: it says all that the others could add.
    """
    if seat.marks & dossier.authors:
        return (AUTHOR,)
    found = set()
    if seat.coauthors & dossier.authors:
        found.add(COAUTHOR)
    if seat.marks & dossier.handlers:
        found.add(HANDLING)
    ties = {
        relation(one, other, organiser) for one in seat.paths for other in dossier.paths
    }
    if UNIT in ties:
        found.add(UNIT)
    elif LINE in ties:
        found.add(LINE)
    return tuple(ground for ground in GROUNDS if ground in found)
