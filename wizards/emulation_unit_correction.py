from odoo import api, fields, models


class EmulationUnitCorrection(models.TransientModel):
    """What was entered wrongly about a unit in use, and why it is corrected (R10)."""

    _name = "emulation.unit.correction"
    _description = "Correction of a Unit"

    unit_id = fields.Many2one("emulation.unit", required=True, readonly=True)
    company_id = fields.Many2one(related="unit_id.company_id")
    name = fields.Char(
        required=True,
        compute="_compute_identity",
        store=True,
        readonly=False,
        precompute=True,
    )
    parent_id = fields.Many2one(
        "emulation.unit",
        string="Higher unit",
        compute="_compute_identity",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', '!=', unit_id), ('is_ended', '=', False),"
        " ('company_id', '=', company_id)]",
    )
    kind_id = fields.Many2one(
        "emulation.unit.kind",
        required=True,
        compute="_compute_identity",
        store=True,
        readonly=False,
        precompute=True,
    )
    level_id = fields.Many2one(
        "emulation.unit.level",
        required=True,
        compute="_compute_identity",
        store=True,
        readonly=False,
        precompute=True,
    )
    reason = fields.Char(required=True, help="Kept with the unit")

    @api.depends("unit_id")
    def _compute_identity(self):
        """Begin with what the unit is now."""
        for wizard in self:
            unit = wizard.unit_id
            wizard.name = unit.name
            wizard.parent_id = unit.parent_id
            wizard.kind_id = unit.kind_id
            wizard.level_id = unit.level_id

    def action_confirm(self):
        """Correct the unit and note what changed, and why, on it.

        :raises AccessError: for anybody but a movement manager
        :raises UserError: without a reason, or when nothing would change
        """
        for wizard in self:
            vals = {
                "name": wizard.name,
                "parent_id": wizard.parent_id.id,
                "kind_id": wizard.kind_id.id,
                "level_id": wizard.level_id.id,
            }
            wizard.unit_id._correct(vals, wizard.reason)
        return {"type": "ir.actions.act_window_close"}
