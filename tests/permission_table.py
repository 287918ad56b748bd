"""Reads permissions.txt, for the tests and for ``bin/permissions``.

Standard library only: the command that prints the table runs without Odoo.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

TABLE = Path(__file__).with_name("permissions.txt")
RELATIONS = ("own", "below", "above", "sibling", "sector")
LETTERS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
OTHERS = "others"
CELL = re.compile(r"-|r?w?c?d?")
GRANT = re.compile(r"(\w+)(?:\(([\w ]+)\))?")


class TableError(ValueError):
    """A line of the table that nobody can read; the text names it."""


@dataclass
class Model:
    """Rights on the records of a model, or of one in a certain state."""

    #: ``emulation.round`` or, for records in another state, ``emulation.round/draft``
    key: str
    #: role → a cell per relation, or one cell that holds for all of them
    rights: dict = field(default_factory=dict)
    #: method → role → relations in which the role may call it
    calls: dict = field(default_factory=dict)
    #: field → roles that may read it, where fewer than may read the record
    fields: dict = field(default_factory=dict)

    @property
    def name(self):
        return self.key.partition("/")[0]

    def cell(self, role, relation):
        """Return the letters granted to ``role`` in ``relation``, ``-`` for none."""
        cells = self.rights[role]
        return cells[RELATIONS.index(relation)] if len(cells) > 1 else cells[0]


@dataclass
class Route:
    """Who gets which answer from a route of the addon."""

    path: str
    methods: tuple
    auth: str
    #: role → status of the response
    status: dict = field(default_factory=dict)


@dataclass
class Table:
    #: role → (English label, Vietnamese label)
    roles: dict = field(default_factory=dict)
    #: short name → the roles it stands for
    aliases: dict = field(default_factory=dict)
    models: dict = field(default_factory=dict)
    routes: dict = field(default_factory=dict)

    def calls(self):
        """Return model → method → role → relations, over all states of a model."""
        found = {}
        for model in self.models.values():
            found.setdefault(model.name, {}).update(model.calls)
        return found


def load(path=TABLE):
    """Return the table of the file; raises :class:`TableError` naming a bad line."""
    table, block = Table(), None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = line.partition("#")[0].rstrip()
        if not text:
            continue
        try:
            if text[0].isspace():
                _read_row(table, block, _spelt_out(table, text.split()))
            else:
                _close(table, block)
                block = _open(table, text)
        except (TableError, KeyError, ValueError) as error:
            raise TableError(f"{path.name}, line {number}: {error}: {line}") from error
    _close(table, block)
    return table


def _open(table, text):
    kind, *words = text.split()
    if kind == "role":
        name, english, vietnamese = (
            part.strip() for part in text.removeprefix("role").split("|")
        )
        table.roles[name] = (english, vietnamese)
        return None
    if kind == "alias":
        name, *words = words
        table.aliases[name] = _spelt_out(table, words)
        return None
    if kind == "model":
        (key,) = words
        return _enter(table.models, key, Model(key))
    if kind == "route":
        path, methods, auth = words
        return _enter(table.routes, path, Route(path, (*methods.split(","),), auth))
    raise TableError("expected role, alias, model or route")


def _spelt_out(table, words):
    """Return the words with the roles that an alias stands for in its place."""
    return [role for word in words for role in table.aliases.get(word, [word])]


def _enter(blocks, key, block):
    if key in blocks:
        raise TableError(f"{key} stands there twice")
    blocks[key] = block
    return block


def _read_row(table, block, words):
    if block is None:
        raise TableError("a row outside of a model or a route")
    if words[0] in ("call", "field"):
        kind, name, *words = words
        grants = _grants(table, " ".join(words))
        target = block.calls if kind == "call" else block.fields
        _enter(target, name, grants)
        return
    roles = [word for word in words if word in table.roles or word == OTHERS]
    cells = words[len(roles) :]
    if not roles or words[: len(roles)] != roles:
        raise TableError("expected roles, then their rights")
    if isinstance(block, Route):
        values, target = int(*cells), block.status
    else:
        values, target = _cells(cells), block.rights
    for role in roles:
        _enter(target, role, values)


def _cells(cells):
    if len(cells) not in (1, len(RELATIONS)):
        raise TableError(f"expected 1 cell or {len(RELATIONS)}")
    for cell in cells:
        if not CELL.fullmatch(cell):
            raise TableError(f"“{cell}” is neither “-” nor letters of “rwcd”")
    return tuple(cells)


def _grants(table, text):
    grants = {}
    if text == "-":
        return grants
    for role, relations in GRANT.findall(text):
        if role not in table.roles:
            raise TableError(f"“{role}” is no role")
        chosen = tuple(relations.split()) or RELATIONS
        if unknown := set(chosen) - set(RELATIONS):
            raise TableError(f"{unknown} is no relation")
        grants[role] = chosen
    return grants


def _close(table, block):
    """Give the roles a block does not name what it gives to ``others``."""
    if block is None:
        return
    rows = block.rights if isinstance(block, Model) else block.status
    rest = rows.pop(OTHERS, None)
    missing = [role for role in table.roles if role not in rows]
    if rest is not None:
        rows.update(dict.fromkeys(missing, rest))
    elif missing:
        key = block.key if isinstance(block, Model) else block.path
        raise TableError(f"{key} has no row for {', '.join(missing)}")
