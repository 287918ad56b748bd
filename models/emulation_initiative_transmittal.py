from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    def action_open_transmittal(self):
        """List the dossiers in a new batch of the user's unit and open it.

        :raises UserError: when they are of several rounds, or not all of one of the
            user's units and below
        """
        if len(self.round_id) != 1:
            raise UserError(
                self.env._(
                    "A batch goes to one round. Choose dossiers of the same round: "
                    "%(rounds)s.",
                    rounds=", ".join(self.round_id.mapped("name")),
                )
            )
        paths = self.mapped("unit_path")
        units = self.env.user.emulation_unit_ids.filtered(
            lambda unit: all(path.startswith(unit.parent_path) for path in paths)
        )
        if not units:
            raise UserError(
                self.env._(
                    "These dossiers do not all belong to one of your units or below. "
                    "Choose those of one unit."
                )
            )
        batch = self.env["emulation.transmittal"].create(
            {
                "unit_id": units[0].id,
                "round_id": self.round_id.id,
                "line_ids": [Command.create({"initiative_id": one.id}) for one in self],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": batch._name,
            "res_id": batch.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
