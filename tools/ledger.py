"""A chain of entries in which each one seals all that were written before it.

The same text is put together in SQL by the invariant that checks the chain
(``tools/invariants.py``): change both, or neither.
"""

import hashlib

SEPARATOR = "\x1f"


def seal(previous, entry):
    """Return the hash (64 hexadecimal digits) of an entry that follows ``previous``.

    :param previous: hash of the entry before, ``""`` for the first of a chain
    :param entry: the values of the entry as texts, in a fixed order
    """
    text = SEPARATOR.join([previous, *entry])
    return hashlib.sha256(text.encode()).hexdigest()


def plain(text):
    """Return a text as it is kept in an entry: nothing in it can end a value early."""
    return str(text or "").replace(SEPARATOR, " ").replace("\x00", "")
