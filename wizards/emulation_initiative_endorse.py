from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationInitiativeEndorse(models.TransientModel):
    """The act of a unit's head: recognise dossiers by decision, or endorse them."""

    _name = "emulation.initiative.endorse"
    _description = "Recognise or Endorse Dossiers"

    initiative_ids = fields.Many2many("emulation.initiative", string="Dossiers")
    act = fields.Selection(
        [
            ("recognise", "Recognise by a decision of the unit"),
            ("endorse", "Endorse only"),
        ],
        required=True,
        compute="_compute_act",
        store=True,
        readonly=False,
    )
    must_recognise = fields.Boolean(compute="_compute_choice")
    may_recognise = fields.Boolean(compute="_compute_choice")
    number = fields.Char(
        string="Decision no.", help="Number and symbol as they stand on the decision"
    )
    date = fields.Date(string="Of")
    scan = fields.Binary(string="Scan of the decision")
    scan_name = fields.Char()

    @api.depends("initiative_ids")
    def _compute_choice(self):
        for wizard in self:
            acts = set(wizard.initiative_ids.mapped("unit_act"))
            wizard.must_recognise = "recognise" in acts
            wizard.may_recognise = bool(acts - {"endorse"})

    @api.depends("initiative_ids")
    def _compute_act(self):
        """Propose what the kinds ask for."""
        for wizard in self:
            proposed = "recognise" if wizard.must_recognise else "endorse"
            wizard.act = wizard.act or proposed

    def action_confirm(self):
        """Recognise or endorse the dossiers, all or none.

        :raises UserError: naming the dossier and what stands against it
        """
        self.ensure_one()
        if not self.initiative_ids:
            raise UserError(self.env._("Choose at least one dossier to endorse."))
        if self.act == "endorse":
            self.initiative_ids._endorse()
            return
        # an idea among the dossiers is endorsed beside those of the decision
        recognised = self.initiative_ids.filtered(lambda one: one.unit_act != "endorse")
        (recognised or self.initiative_ids)._endorse(
            {
                "number": self.number,
                "date": self.date,
                "scan": self.scan,
                "scan_name": self.scan_name,
            }
        )
        (self.initiative_ids - recognised)._endorse()
