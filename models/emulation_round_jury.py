from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationRound(models.Model):
    """A contest names its jury (ban giám khảo; R92)."""

    _inherit = "emulation.round"

    jury_id = fields.Many2one(
        "emulation.council",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="The council that judges this contest: its sessions are held by it alone",
    )


class EmulationSession(models.Model):
    """The sessions of a contest are held by its jury."""

    _inherit = "emulation.session"

    @api.onchange("round_id")
    def _onchange_round_id(self):
        """Propose the jury of the contest."""
        jury = self.round_id.jury_id
        if self.round_id.kind == "contest" and jury:
            self.council_id = jury

    @api.constrains("council_id", "round_id")
    def _check_jury(self):
        for session in self:
            rnd = session.round_id
            jury = rnd.kind == "contest" and rnd.jury_id
            if jury and session.council_id != jury:
                raise UserError(
                    self.env._(
                        "The contest “%(round)s” is judged by “%(jury)s”, not by "
                        "“%(council)s”. Choose the jury for “%(session)s”.",
                        round=rnd.name,
                        jury=jury.name,
                        council=session.council_id.name,
                        session=session.name,
                    )
                )
