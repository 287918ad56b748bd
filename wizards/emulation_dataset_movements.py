from odoo import api, fields, models


class EmulationDatasetExport(models.TransientModel):
    """The yearly statistics on movements, in the shape of form 0601.N."""

    _inherit = "emulation.dataset.export"

    table = fields.Selection(
        selection_add=[("movements", "Statistics on movements (form 0601.N)")],
        ondelete={"movements": "cascade"},
    )

    @api.depends("table")
    def _compute_dossier_count(self):
        counted = self.filtered(lambda export: export.table == "movements")
        for export in counted:
            export.dossier_count = len(export._get_movements())
        others = super(EmulationDatasetExport, self - counted)
        return others._compute_dossier_count()

    def _is_unscoped(self):
        return super()._is_unscoped() or self.table == "movements"

    def _get_nothing_found(self):
        if self.table != "movements":
            return super()._get_nothing_found()
        return self.env._(
            "No movement was launched in these years. Choose other years, or enter the "
            "day of its launch on the movement."
        )

    def _get_movements(self):
        domain = self.env["emulation.dataset"]._get_movement_domain(
            self.year_from, self.year_to
        )
        return self.env["emulation.movement"].search(domain)

    def _fill(self, target):
        if self.table != "movements":
            return super()._fill(target)
        dataset, movements = self.env["emulation.dataset"], self._get_movements()
        sink = self._get_sink(target)
        add = sink.add_sheet("0601.N", dataset._get_movement_columns())
        for row in dataset._count_movements(movements):
            add(row)
        if self.file_type == "xlsx":
            columns = dataset._get_movement_list_columns()
            add = sink.add_sheet(self.env._("Movements"), columns)
            for row in dataset._iterate_movements(movements):
                add(row)
        sink.close()

    def _get_file_name(self):
        name = super()._get_file_name()
        if self.table != "movements":
            return name
        return name.replace("sang-kien", "bieu-0601N")
