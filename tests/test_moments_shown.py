from lxml import etree

from odoo.tests import tagged

from .common import EmulationCommon

WIDGETS = ("emulation_moment", "remaining_days")


@tagged("post_install", "-at_install")
class TestMomentsShown(EmulationCommon):
    """No screen of the house tells a moment to the second."""

    def test_every_view_shows_day_hour_and_minute(self):
        views = self.env["ir.ui.view"].search(
            [
                ("model", "=like", "emulation.%"),
                ("mode", "=", "primary"),
                ("type", "in", ("form", "list", "kanban")),
            ]
        )
        shown, wrong = 0, []
        for view in views:
            answer = self.env[view.model].get_view(view.id, view.type)
            for path, node in self._moments(
                view.model, etree.fromstring(answer["arch"])
            ):
                shown += 1
                options = node.get("options") or ""
                if node.get("widget") not in WIDGETS and "show_time" not in options:
                    wrong.append(f"{view.xml_id}: {path}")
        self.assertGreater(shown, 15)
        self.assertFalse(wrong, "\n" + "\n".join(wrong))

    def _moments(self, model, element):
        """Yield ``(path, node)`` of the moments that ``element`` shows."""
        for node in element:
            if not isinstance(node.tag, str):
                continue
            inner = model
            if node.tag == "field":
                field = self.env[model]._fields.get(node.get("name"))
                hidden = {node.get("invisible"), node.get("column_invisible")}
                if field is None or hidden & {"1", "True"}:
                    continue
                if field.type == "datetime":
                    yield f"{model}.{field.name}", node
                if field.comodel_name:
                    inner = field.comodel_name
            yield from self._moments(inner, node)
