import json
from collections import OrderedDict

from odoo.http import request

from odoo.addons.web.controllers import export as web_export

from ..tools.cells import neutral


class EmulationExport(web_export.ExportFormat):
    """Standard exports of our data run nothing on the desk of who opens them.

    Odoo keeps formulas out of CSV in part (not after @, tab or line end), and not out
    of workbooks. Here what concerns our models or fields is made neutral in both; the
    import takes the apostrophe off again.
    """

    def base(self, data):
        params = json.loads(data)
        names = [params.get("model", ""), *(one["name"] for one in params["fields"])]
        if any("emulation" in name for name in names):
            request.update_context(emulation_neutral=True)
        return super().base(data)

    def from_data(self, fields, columns_headers, rows):
        if request.env.context.get("emulation_neutral"):
            columns_headers = [neutral(header) for header in columns_headers]
            rows = [[neutral(cell) for cell in row] for row in rows]
        return super().from_data(fields, columns_headers, rows)

    def from_group_data(self, fields, columns_headers, groups):
        if request.env.context.get("emulation_neutral"):
            columns_headers = [neutral(header) for header in columns_headers]
            self._emulation_neutral_tree(groups)
        return super().from_group_data(fields, columns_headers, groups)

    def _emulation_neutral_tree(self, node):
        """Make rows and titles of groups neutral, in place."""
        node.data = [[neutral(cell) for cell in row] for row in node.data]
        children = OrderedDict()
        for key, child in node.children.items():
            if isinstance(key, tuple):
                key = tuple(neutral(part) for part in key)
            children[neutral(key)] = child
            self._emulation_neutral_tree(child)
        node.children = children


class EmulationCSVExport(EmulationExport, web_export.CSVExport):
    """CSV, as above."""


class EmulationExcelExport(EmulationExport, web_export.ExcelExport):
    """Workbooks, as above."""
