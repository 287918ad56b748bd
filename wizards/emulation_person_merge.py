from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EmulationPersonMerge(models.TransientModel):
    """Which contact to keep when several are the same person."""

    _name = "emulation.person.merge"
    _description = "Merge People"

    partner_ids = fields.Many2many(
        "res.partner", string="The same person", required=True
    )
    keep_id = fields.Many2one(
        "res.partner",
        required=True,
        compute="_compute_keep_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'in', partner_ids)]",
        help="Its name stays; what it lacks is filled in from the others",
    )
    is_unlike = fields.Boolean(
        compute="_compute_is_unlike",
        help="They share neither name and birth date, nor e-mail, nor telephone",
    )
    reason = fields.Char(
        string="Why they are one person", help="Kept on the person and the dossiers"
    )
    refusal = fields.Char(compute="_compute_refusal")

    @api.depends("partner_ids")
    def _compute_keep_id(self):
        """Suggest the contact with an account, else the oldest one."""
        for wizard in self:
            wizard.keep_id = wizard.partner_ids.sorted(
                lambda one: (one.emulation_has_user, -one._origin.id)
            )[-1:]._origin

    @api.depends("partner_ids", "keep_id")
    def _compute_is_unlike(self):
        for wizard in self:
            kept = wizard.keep_id._origin
            unlike = kept and kept._emulation_get_unlike(wizard.partner_ids._origin)
            wizard.is_unlike = bool(unlike)

    @api.depends("partner_ids", "keep_id", "reason")
    @api.depends_context("uid")
    def _compute_refusal(self):
        for wizard in self:
            kept = wizard.keep_id._origin
            wizard.refusal = False
            if not kept:
                continue
            try:
                others = wizard.partner_ids._origin - kept
                kept._emulation_check_merge(others, wizard.reason)
            except (UserError, AccessError) as error:
                wizard.refusal = error.args[0]

    def action_merge(self):
        """Merge the contacts into the one that is kept (identity, invariant 17).

        :raises UserError: when they cannot be one person, naming the remedy
        """
        self.ensure_one()
        kept, others = self.keep_id, self.partner_ids - self.keep_id
        late = kept._emulation_merge(others, self.is_unlike and self.reason)
        done = {"type": "ir.actions.act_window_close"}
        if not late:
            return done
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("A council member turns out to be an author"),
                "message": self.env._(
                    "The session is closed already: %(dossiers)s. Ask a movement "
                    "manager to reopen it.",
                    dossiers=", ".join(
                        f"{one.initiative_id.display_name} ({one.session_id.name})"
                        for one in late
                    ),
                ),
                "next": done,
            },
        }
