"""Codes that a person can read aloud and a machine cannot guess."""

import re
import secrets

# Without 0 O 1 I L U V: no two signs that look or sound alike.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LENGTH = 12
# What anybody may ask for without login: 28 signs are 136 bits
PUBLIC_LENGTH = 28
GROUP = 4


def random_code(length=LENGTH):
    """Return a new random code, grouped by four: ``ABCD-EFGH-JKMN``.

    Twelve signs are 58 bits, enough for papers that only staff can look up.
    """
    return grouped("".join(secrets.choice(ALPHABET) for _sign in range(length)))


def grouped(signs):
    """Return the signs in groups of four, joined by dashes."""
    return "-".join(
        signs[start : start + GROUP] for start in range(0, len(signs), GROUP)
    )


def normalised(text, lengths=(LENGTH,)):
    """Return what a person typed in the printed form of a code, or ``""``.

    Case, blanks and dashes do not matter; anything that cannot be a code of ours
    gives an empty text.
    """
    signs = re.sub(r"[\s\-–—._]", "", text or "").upper()
    if len(signs) not in lengths or not set(signs) <= set(ALPHABET):
        return ""
    return grouped(signs)
