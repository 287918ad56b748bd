from odoo import fields, models
from odoo.exceptions import AccessError


class EmulationPriorArtRecord(models.TransientModel):
    """Say what an earlier entry means for a dossier."""

    _name = "emulation.prior.art.record"
    _inherit = ["emulation.dossier.reference.mixin"]
    _description = "Record a Verdict on an Earlier Entry"
    _dossier_links = ("initiative_id", "other_id")

    initiative_id = fields.Many2one(
        "emulation.initiative", string="Dossier", required=True, readonly=True
    )
    other_id = fields.Many2one(
        "emulation.initiative",
        string="Earlier entry",
        required=True,
        domain="[('id', '!=', initiative_id), ('state', '!=', 'draft')]",
    )
    relation = fields.Selection(
        lambda self: (
            self.env["emulation.prior.art"]
            ._fields["relation"]
            ._description_selection(self.env)
        ),
        string="Verdict",
        required=True,
    )
    note = fields.Text(
        string="Reasons",
        help="Read by everybody who may read the dossier: do not quote from an entry "
        "that is not open to them",
    )

    def _check_links(self, *each):
        """A dialog shows the titles of its dossiers: only of those open to the user."""
        dossiers = self.env["emulation.initiative"].browse(self._get_linked(each))
        if not self.env.su and dossiers != dossiers._filtered_access("read"):
            raise AccessError(
                self.env._(
                    "This entry is not open to you. Ask the organiser of its round."
                )
            )

    def action_confirm(self):
        """Record the verdict in the name of the user.

        :raises UserError: when the user may not judge, or a reason is missing
        """
        self.ensure_one()
        self.initiative_id._record_prior_art(self.other_id, self.relation, self.note)
        return {"type": "ir.actions.act_window_close"}
