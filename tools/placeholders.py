"""Texts with placeholders in braces, such as ``{holder_name}`` (no ORM here)."""

import re

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def unknown(text, names):
    """Return the placeholders of ``text`` not in ``names``, and stray braces."""
    found = {one.strip() for one in PLACEHOLDER.findall(text or "")} - set(names)
    rest = PLACEHOLDER.sub("", text or "")
    return sorted(found) + sorted({sign for sign in "{}" if sign in rest})


def fill(text, values):
    """Return ``text`` with its placeholders replaced, by nothing without a value."""
    return PLACEHOLDER.sub(
        lambda match: str(values.get(match[1].strip()) or ""), text or ""
    )
