from odoo import api, fields, models


class EmulationDatasetExport(models.TransientModel):
    """The list for title files: who had which initiative recognised, and how."""

    _inherit = "emulation.dataset.export"

    table = fields.Selection(
        [
            ("dossiers", "Dossiers, with all that is known of them"),
            ("titles", "Recognised initiatives of each person, for title files"),
        ],
        string="What",
        required=True,
        default="dossiers",
    )

    @api.depends("table")
    def _compute_dossier_count(self):
        return super()._compute_dossier_count()

    def _get_content_domain(self):
        if self.table == "titles":
            return self.env["emulation.dataset"]._get_recognised_domain()
        return super()._get_content_domain()

    def _fill(self, target):
        if self.table != "titles":
            return super()._fill(target)
        dataset = self.env["emulation.dataset"]
        sink = self._get_sink(target)
        add = sink.add_sheet(self.env._("Data"), dataset._get_title_columns())
        people = set()
        for author, *rest in dataset._iterate_titles(self._get_domain()):
            add([author, *rest])
            people.add(author)
        if self.file_type == "xlsx":
            self._add_notes(sink, self.dossier_count, len(people))
        sink.close()

    def _get_file_name(self):
        name = super()._get_file_name()
        return f"ho-so-danh-hieu-{name}" if self.table == "titles" else name
