from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import text


class EmulationAwardRecord(models.Model):
    """An award won before the program knew of it, with its evidence.

    What a law asks for over years (three years in a row a lower title) is counted from
    conferred nominations and from these, once somebody of the board has seen the
    evidence. Lists of earlier titles are imported here.
    """

    _name = "emulation.award.record"
    _inherit = ["emulation.unit.mixin", "emulation.recipient.mixin"]
    _description = "Earlier Award"
    _order = "year desc, recipient_name, id"
    _rec_name = "recipient_name"

    unit_id = fields.Many2one(string="Recorded by the unit")
    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="restrict"
    )
    year = fields.Integer(required=True, aggregator=None)
    decision_reference = fields.Char(
        string="Decision no.", required=True, help="E.g. 512/QĐ-UBND"
    )
    decision_date = fields.Date(string="Decision of", required=True)
    decided_by = fields.Char(help="E.g. Chairman of the People's Committee")
    evidence = fields.Binary(
        attachment=True, help="Scan of the decision or the certificate"
    )
    evidence_name = fields.Char()
    is_verified = fields.Boolean(
        string="Verified",
        readonly=True,
        copy=False,
        help="Somebody of the board has seen the evidence; only then does it count",
    )
    verified_user_id = fields.Many2one(
        "res.users", string="Verified by", readonly=True, copy=False
    )
    can_verify = fields.Boolean(compute="_compute_can_verify")

    _year_makes_sense = models.Constraint(
        "CHECK (year BETWEEN 1945 AND 2200)", "Enter the year with four digits."
    )
    _once_a_year = models.UniqueIndex(
        "(award_id, year, lower(recipient_name), partner_id, recipient_unit_id)"
        " NULLS NOT DISTINCT",
        "This award of the year is on record for this recipient already.",
    )

    @api.depends("award_id.name", "recipient_name", "year")
    def _compute_display_name(self):
        for record in self:
            name = f"{record.recipient_name} – {record.award_id.name}"
            record.display_name = f"{name} ({record.year})"

    @api.depends("is_verified")
    @api.depends_context("uid")
    def _compute_can_verify(self):
        board = self._is_board()
        for record in self:
            record.can_verify = board and not record.is_verified

    @api.constrains("year", "decision_date")
    def _check_year(self):
        """A title of a year is decided in it or soon after, never before."""
        for record in self:
            if record.decision_date and record.decision_date.year < record.year:
                raise ValidationError(
                    self.env._(
                        "“%(record)s”: the decision is older than the year of the "
                        "award. Correct one of the two.",
                        record=record.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # a context or a personal default would set it as well
        offered = self.default_get(["is_verified", "verified_user_id"])
        self._check_given({name: one for name, one in offered.items() if one})
        for vals in vals_list:
            self._check_given(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_given(vals)
        if not self.env.su:
            self._check_open()
        return super().write(vals)

    def copy_data(self, default=None):
        """A copy is for the year after: a title is won once a year."""
        copies = super().copy_data(default)
        for record, vals in zip(self, copies, strict=True):
            vals.setdefault("decision_date", record.decision_date)
            if "year" not in (default or {}):
                vals["year"] = record.year + 1
                vals["decision_date"] = fields.Date.add(record.decision_date, years=1)
        return copies

    @api.ondelete(at_uninstall=False)
    def _unlink_except_verified(self):
        self._check_open()

    def action_verify(self):
        """Confirm that the evidence shows what is recorded.

        :raises AccessError: for anybody but the Award board and the movement office,
            and for what one has won or recorded oneself
        """
        self.check_access("read")
        for record in self:
            user = self.env.user
            own = record.sudo().partner_id
            is_own = own and user.partner_id._emulation_is_one_of(own)
            if not self._is_board() or is_own or record.sudo().create_uid == user:
                raise AccessError(
                    self.env._(
                        "“%(record)s” is verified by another officer of the Award "
                        "board or of the movement office.",
                        record=record.display_name,
                    )
                )
        self.sudo().write({"is_verified": True, "verified_user_id": self.env.uid})

    def _is_board(self):
        user = self.env.user
        return user.has_group("emulation.group_emulation_award") or user.has_group(
            "emulation.group_emulation_movement"
        )

    @api.model
    def _check_given(self, vals):
        if vals.get("recipient_name"):
            vals["recipient_name"] = text.clean(vals["recipient_name"])
        forged = {"is_verified", "verified_user_id"} & vals.keys()
        if forged and not self.env.su:
            raise AccessError(
                self.env._("An earlier award is verified by its button alone.")
            )

    def _check_open(self):
        for record in self:
            if record.is_verified:
                raise UserError(
                    self.env._(
                        "“%(record)s” is verified and stays on record as it is.",
                        record=record.display_name,
                    )
                )
