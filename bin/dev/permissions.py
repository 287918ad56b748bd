"""`bin/permissions`: who may do what, as a table; needs neither Odoo nor a database."""

import argparse
import contextlib
import importlib.util
import re
import sys
import unicodedata

from .console import Failure, say
from .paths import CHECKOUT

WORDS = {
    "en": {
        "title": "Who may do what",
        "legend": "r read, w write, c create, d delete, – nothing; by the relation of "
        "the record's unit to the unit the user acts for.",
        "relations": ("own", "below", "above", "beside", "sector"),
        "role": "role",
        "method": "method",
        "who": "who succeeds",
        "field": "field",
        "seen": "seen by",
        "route": "page",
        "state": "state",
        "nobody": "nobody",
    },
    "vi": {
        "title": "Ai được làm gì",
        "legend": "r đọc, w sửa, c tạo, d xóa, – không; theo quan hệ giữa đơn vị của "
        "bản ghi và đơn vị mà người dùng phụ trách.",
        "relations": ("của mình", "cấp dưới", "cấp trên", "ngang cấp", "ngành dọc"),
        "role": "vai trò",
        "method": "hàm",
        "who": "ai gọi được",
        "field": "trường",
        "seen": "ai thấy",
        "route": "trang",
        "state": "trạng thái",
        "nobody": "không ai",
        "draft": "dự thảo",
        "submitted": "đã nộp",
        "eligible": "đủ điều kiện",
        "planned": "đã lên lịch họp",
        "scoring": "đang chấm",
        "closed": "đã chốt điểm",
        "published": "đã công bố",
        "restricted": "chưa công bố",
        "signed": "đã ký",
        "account": "có tài khoản",
    },
}


def main(arguments):
    """Print the whole matrix, or the part asked for."""
    options = _parser().parse_args(arguments)
    reader = _reader()
    try:
        table = reader.load()
    except reader.TableError as error:
        raise Failure(f"{error}.") from error
    if unknown := set(options.role) - table.roles.keys():
        names = ", ".join(table.roles)
        raise Failure(f"there is no role {', '.join(unknown)}; roles are {names}.")
    printer = Printer(table, reader.RELATIONS, options)
    blocks = [model for model in table.models.values() if options.model in model.key]
    routes = [] if options.model else [*table.routes.values()]
    if not blocks:
        raise Failure(f"no model has “{options.model}” in its name.")
    with contextlib.suppress(BrokenPipeError):
        printer.print(blocks, routes)
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="bin/permissions",
        description="Print the permission matrix that the tests prove, as Markdown.",
    )
    parser.add_argument(
        "--role", action="append", default=[], help="only this role; may be repeated"
    )
    parser.add_argument(
        "--model", default="", help="only models with this in their name"
    )
    parser.add_argument("--lang", choices=sorted(WORDS), default="en")
    return parser


def _reader():
    """Return the module that reads the table, which belongs to the tests."""
    path = CHECKOUT / "tests" / "permission_table.py"
    spec = importlib.util.spec_from_file_location("permission_table", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _model_names(lang):
    """Return model → its name in a language, from the translations."""
    text = (CHECKOUT / "i18n" / "vi.po").read_text(encoding="utf-8")
    pattern = re.compile(
        r"(?P<places>(?:^#.*\n)+)"
        r'^msgid (?P<en>".*"(?:\n".*")*)\nmsgstr (?P<vi>".*"(?:\n".*")*)',
        re.M,
    )
    names = {}
    for entry in pattern.finditer(text):
        name = "".join(re.findall(r'"(.*)"', entry[lang])).replace(r"\"", '"')
        for place in re.findall(r"ir\.model,name:emulation\.model_(\w+)", entry[1]):
            names[place] = name
    return names


class Printer:
    """Aligned Markdown tables in one language."""

    def __init__(self, table, relations, options):
        self.table = table
        self.words = WORDS[options.lang]
        self.names = _model_names(options.lang)
        self.relations = dict(zip(relations, self.words["relations"], strict=True))
        self.labels = {
            role: labels[options.lang == "vi"] for role, labels in table.roles.items()
        }
        self.roles = options.role or [*table.roles]

    def print(self, models, routes):
        say(f"# {self.words['title']}\n\n{self.words['legend']}")
        for model in models:
            self._print_model(model)
        for route in routes:
            say(f"\n## {self.words['route']} `{route.path}`\n")
            self._print_rows(
                [self.words["role"], f"{'/'.join(route.methods)} ({route.auth})"],
                [[self.labels[role], str(route.status[role])] for role in self.roles],
            )

    def _print_model(self, model):
        name = self.names.get(model.name.replace(".", "_"), "")
        state = model.key.partition("/")[2]
        state = self.words.get(state, state)
        note = f", {self.words['state']}: {state}" if state else ""
        say(f"\n## {name} (`{model.name}`{note})\n".replace("##  (", "## ("))
        by_unit = any(len(cells) > 1 for cells in model.rights.values())
        heads = [*self.relations.values()] if by_unit else ["rwcd"]
        rows = []
        for role in self.roles:
            cells = model.rights[role]
            if by_unit and len(cells) == 1:
                cells *= len(heads)
            rows.append([self.labels[role], *(c.replace("-", "–") for c in cells)])
        self._print_rows([self.words["role"], *heads], rows)
        for grants, one, many in (
            (model.fields, "field", "seen"),
            (model.calls, "method", "who"),
        ):
            if grants:
                say()
                self._print_rows(
                    [self.words[one], self.words[many]],
                    [[f"`{what}`", self._who(who)] for what, who in grants.items()],
                )

    def _who(self, grants):
        people = []
        for role, relations in grants.items():
            if role not in self.roles:
                continue
            where = ""
            if len(relations) < len(self.relations):
                where = " (" + ", ".join(self.relations[one] for one in relations) + ")"
            people.append(self.labels[role] + where)
        return ", ".join(people) or self.words["nobody"]

    def _print_rows(self, heads, rows):
        columns = [*zip(heads, *rows, strict=True)]
        widths = [max(map(_width, column)) for column in columns]
        lines = [heads, ["-" * width for width in widths], *rows]
        for line in lines:
            cells = [
                cell + " " * (width - _width(cell))
                for cell, width in zip(line, widths, strict=True)
            ]
            say(f"| {' | '.join(cells)} |")


def _width(text):
    """Return the columns a text takes: marks put on a letter take none."""
    return sum(not unicodedata.combining(letter) for letter in text)
