"""The shares of an authors' cell, made to total exactly 100 or refused."""

from decimal import Decimal

HUNDRED = Decimal(100)
CENT = Decimal("0.01")


class AuthorsError(ValueError):
    """A cell that cannot be understood without guessing.

    ``code`` says why, ``values`` what the message names:
    ``empty``; ``too_long`` (count, most); ``unclear`` (text); ``others`` (text:
    people meant without being named); ``one_word`` (text); ``born`` (text);
    ``twice`` (text); ``share`` (text: name, share); ``some`` (text: names without a
    share); ``total`` (total); ``count`` (shares, authors); ``decimals`` (text, share).
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def number(text):
    """Return a number as written, comma or point, with its decimals."""
    return Decimal(text.replace(",", "."))


def settle(items, rule, notices):
    """Return the shares of the authors in their order, in total exactly 100.

    :param items: objects with ``name``, ``share`` (Decimal or None) and ``sign``
    :param rule: what the cell says of all shares at once, or None: ``("each", n)``,
        ``("evenly", None)`` or ``("ratio", [n, …])``
    :param notices: list that takes (code, text) of what was repaired
    :raises AuthorsError: where the shares cannot be told exactly
    """
    written = [item.share for item in items]
    if rule:
        written = _by_rule(rule, written, items)
    if all(share is None for share in written):
        if len(items) > 1 and not (rule and rule[0] == "evenly"):
            notices.append(("equal", str(len(items))))
        return _evenly(len(items))
    missing = [
        item.name for item, share in zip(items, written, strict=True) if share is None
    ]
    if missing:
        raise AuthorsError("some", text=", ".join(missing))
    written = _as_percent(items, written, notices)
    for item, share in zip(items, written, strict=True):
        if not 0 < share <= HUNDRED:
            raise AuthorsError("share", text=item.name, share=_show(share))
    return _to_hundred(items, written, notices)


def _by_rule(rule, written, items):
    kind, value = rule
    if any(share is not None for share in written):
        names = [
            i.name for i, share in zip(items, written, strict=True) if share is not None
        ]
        raise AuthorsError("unclear", text=", ".join(names))
    if kind == "each":
        return [value] * len(items)
    if kind == "ratio":
        if len(value) != len(items):
            raise AuthorsError("count", shares=len(value), authors=len(items))
        return value
    return written


def _evenly(count):
    """Return equal shares; the first takes what does not divide."""
    share = (HUNDRED / count).quantize(CENT, rounding="ROUND_DOWN")
    return [HUNDRED - share * (count - 1)] + [share] * (count - 1)


def _as_percent(items, written, notices):
    """Read 0,6 and 0,4 as 60 and 40, where no sign says otherwise."""
    bare = not any(item.sign for item in items)
    if bare and sum(written) == 1 and any(share != int(share) for share in written):
        notices.append(("fraction", ", ".join(map(_show, written))))
        return [share * 100 for share in written]
    return written


def _to_hundred(items, written, notices):
    """Return the shares if they total 100, or did before they were cut off."""
    total, count = sum(written), len(written)
    if total == HUNDRED:
        for item, share in zip(items, written, strict=True):
            if share != share.quantize(CENT):
                raise AuthorsError("decimals", text=item.name, share=_show(share))
        return [share.quantize(CENT) for share in written]
    unit = Decimal(1).scaleb(max(share.as_tuple().exponent for share in written))
    if len(set(written)) == 1 and abs(written[0] - HUNDRED / count) < unit:
        notices.append(("rounded", _show(total)))
        return _evenly(count)
    cut = all(share.as_tuple().exponent == -2 for share in written)
    if cut and abs(total - HUNDRED) <= CENT * count and count > 1:
        notices.append(("rounded", _show(total)))
        return [written[0] + HUNDRED - total, *written[1:]]
    raise AuthorsError("total", total=_show(total))


def _show(share):
    text = format(share, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
