"""The order of an agenda in which people leave the room as seldom as can be.

Each dossier has a set of members who must stay outside. Between two dossiers those
who differ walk through the door; the walks are what is kept small. Pure functions:
the same agenda gives the same order for ever.
"""


def walks(order, outside):
    """Return how often somebody goes out or comes in, over the whole agenda.

    :param order: keys of the dossiers, in their order
    :param outside: ``{key: set of members who must be outside}``; all begin inside
    """
    count, before = 0, frozenset()
    for key in order:
        now = frozenset(outside[key])
        count += len(before ^ now)
        before = now
    return count


def arrange(keys, outside):
    """Return ``keys`` in an order with few walks, never more than they have now.

    Greedy: dossiers with the same people outside stay together, and each group is
    followed by the one that fewest people walk for; where that is equal, by the one
    that stood first. Within a group the order stays as it was.

    :param keys: the dossiers in their present order
    :param outside: see :func:`walks`
    """
    groups = {}
    for key in keys:
        groups.setdefault(frozenset(outside[key]), []).append(key)
    waiting, order, room = list(groups), [], frozenset()
    while waiting:
        # min() keeps the first of equals: the order they stood in
        room = min(waiting, key=lambda people, now=room: len(now ^ people))
        waiting.remove(room)
        order += groups[room]
    return order if walks(order, outside) <= walks(keys, outside) else list(keys)
