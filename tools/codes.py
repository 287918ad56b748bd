"""Codes that a person can read aloud and a machine cannot guess."""

import re
import secrets

# Without 0 O 1 I L U V: no two signs that look or sound alike.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 12
GROUP = 4


def random_code():
    """Return a new code of 12 signs (58 bits), grouped: ``ABCD-EFGH-JKMN``."""
    return grouped("".join(secrets.choice(ALPHABET) for _sign in range(LENGTH)))


def grouped(signs):
    """Return the signs in groups of four, joined by dashes."""
    return "-".join(
        signs[start : start + GROUP] for start in range(0, len(signs), GROUP)
    )


def normalised(text):
    """Return what a person typed in the printed form of a code, or ``""``.

    Case, blanks and dashes do not matter; anything that cannot be a code of ours
    gives an empty text.
    """
    signs = re.sub(r"[\s\-–—._]", "", text or "").upper()
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return ""
    return grouped(signs)
