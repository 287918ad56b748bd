from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

# What the centre answers
CENTRE = {"date_received", "central_reference", "central_date", "publication_note"}


class EmulationNomination(models.Model):
    """The way to the centre: sent, received there, answered, published (R46).

    The centre's council decides by a paper of its own, which is entered with its
    number and date; its certificates and its money are the centre's.
    """

    _inherit = "emulation.nomination"

    date_sent = fields.Date(string="Sent on", readonly=True, copy=False)
    date_received = fields.Date(
        string="Received there on", copy=False, help="Acknowledged by the centre"
    )
    central_reference = fields.Char(
        string="Decision of the centre no.", copy=False, help="E.g. 861/QĐ-MTTW-BTT"
    )
    central_date = fields.Date(string="Decision of the centre of", copy=False)
    publication_note = fields.Char(
        string="Published in",
        copy=False,
        help="E.g. the yearly book “Gương người Việt đoàn kết sáng tạo”, and its page",
    )
    can_record_result = fields.Boolean(compute="_compute_can_record_result")

    @api.depends("state", "track")
    @api.depends_context("uid")
    def _compute_can_record_result(self):
        for one in self:
            one.can_record_result = one.state == "sent" and one._can_move("conferred")

    @api.model_create_multi
    def create(self, vals_list):
        nominations = super().create(vals_list)
        if not self.env.su and any(any(nominations.mapped(one)) for one in CENTRE):
            nominations._check_keeps_centre()
            nominations._check_state("sent", "conferred")
        return nominations

    def write(self, vals):
        central = CENTRE - {"publication_note"}
        if not self.env.su and CENTRE & vals.keys():
            self._check_keeps_centre()
            if central & vals.keys():
                self._check_state("sent")
            else:
                self._check_state("sent", "conferred")
        return super().write(vals)

    def _check_keeps_centre(self):
        """What comes from the centre is entered by the movement office alone."""
        if not self.env.user.has_group("emulation.group_emulation_movement"):
            raise AccessError(
                self.env._("What the centre answers is entered by a movement officer.")
            )

    # ACTIONS

    def action_record_result(self):
        """Record that the centre has conferred the award, by its own decision.

        :raises UserError: without number and date of that decision, or where the days
            are out of order
        """
        self.write({"state": "conferred"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"date_sent"}

    def _may_move(self, target):
        if self.state == "sent" and target in ("conferred", "refused"):
            user = self.env.user
            movement = user.has_group("emulation.group_emulation_movement")
            return movement and not self._is_own(user)
        return super()._may_move(target)

    def _check_ready(self, target):
        if self.state == "sent" and target == "conferred":
            self._check_central()
        return super()._check_ready(target)

    def _check_central(self):
        reference, day = (self.central_reference or "").strip(), self.central_date
        if not reference or not day:
            raise UserError(
                self.env._(
                    "Enter number and date of the decision of the centre on "
                    "“%(nomination)s” first.",
                    nomination=self.display_name,
                )
            )
        today = fields.Date.context_today(self)
        received = self.date_received or self.date_sent
        if not self.date_sent <= received <= day <= today:
            raise UserError(
                self.env._(
                    "“%(nomination)s” was sent on %(sent)s: the centre received it "
                    "after that day, decided after it received it, and not in the "
                    "future. Correct the days.",
                    nomination=self.display_name,
                    sent=format_date(self.env, self.date_sent),
                )
            )

    def _after_transition(self, source, target):
        if source == "sent" and target == "conferred":
            self.sudo().write(
                {
                    "decision_reference": self.central_reference.strip(),
                    "date_conferred": self.central_date,
                }
            )
        return super()._after_transition(source, target)
