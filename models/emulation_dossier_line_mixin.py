from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationDossierLineMixin(models.AbstractModel):
    """A line of a dossier: it stays with it, and freezes when it is handed in.

    ``_dossier_field`` names the field of the dossier whose content the line is.
    """

    _name = "emulation.dossier.line.mixin"
    _description = "Line of a Dossier"

    _dossier_field = None

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_dossier_editable()
        return lines

    def write(self, vals):
        self._check_dossier_editable()
        moved = "initiative_id" in vals and self.filtered(
            lambda line: line.initiative_id.id != vals["initiative_id"]
        )
        if moved and not self.env.su:
            raise UserError(
                self.env._(
                    "“%(line)s” stays with the dossier “%(initiative)s”. Enter it "
                    "anew in the other dossier.",
                    line=moved[0].display_name,
                    initiative=moved[0].initiative_id.display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        self._check_dossier_editable()

    def _check_dossier_editable(self):
        self.initiative_id._check_editable({self._dossier_field})
