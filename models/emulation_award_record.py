from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ..tools import text

# What is claimed, and what it is proved by: whoever wrote of it does not verify it
FACTS = {
    "award_id", "year", "partner_id", "recipient_unit_id", "recipient_name",
    "decision_reference", "decision_date", "decided_by", "evidence", "evidence_name",
}  # fmt: skip


class EmulationAwardRecord(models.Model):
    """An award won before the program knew of it, with its evidence.

    What a law asks for over years (three years in a row a lower title) is counted from
    conferred nominations and from these, once somebody of the board has verified them
    (``emulation_award_record_verify``). Lists of earlier titles are imported here.
    """

    _name = "emulation.award.record"
    _inherit = [
        "emulation.scan.mixin",
        "emulation.unit.mixin",
        "emulation.recipient.mixin",
    ]
    _description = "Earlier Award"
    _order = "year desc, recipient_name, id"
    _rec_name = "recipient_name"
    _scan_fields = {"evidence": "evidence_name"}

    unit_id = fields.Many2one(string="Recorded by the unit")
    award_id = fields.Many2one(
        "emulation.award", required=True, index=True, ondelete="restrict"
    )
    year = fields.Integer(required=True, aggregator=None)
    decision_reference = fields.Char(
        string="Decision no.", required=True, help="E.g. 512/QĐ-UBND"
    )
    decision_date = fields.Date(string="Decision of", required=True)
    decided_by = fields.Char(
        string="Decided by", help="E.g. Chairman of the People's Committee"
    )
    evidence = fields.Binary(
        string="Scan of the decision",
        attachment=True,
        copy=False,
        help="PDF, JPEG or PNG; it is verified with it",
    )
    evidence_name = fields.Char(copy=False)
    claimant_user_ids = fields.Many2many(
        "res.users",
        "emulation_award_record_claimant_rel",
        string="Entered by",
        readonly=True,
        copy=False,
        help="Whoever entered or changed what is claimed: somebody else verifies it",
    )

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

    @api.constrains("year", "decision_date")
    def _check_year(self):
        """A title of a year is decided in it or soon after, never before."""
        today = fields.Date.context_today(self)
        for record in self:
            if record.decision_date and record.decision_date > today:
                raise ValidationError(
                    self.env._(
                        "“%(record)s”: the decision is dated %(day)s, which is yet to "
                        "come. Enter the date that stands on it.",
                        record=record.display_name,
                        day=format_date(self.env, record.decision_date),
                    )
                )
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
        for vals in vals_list:
            self._tidy(vals)
        records = super().create(vals_list)
        records._add_claimant()
        return records

    def write(self, vals):
        vals = dict(vals)
        self._tidy(vals)
        result = super().write(vals)
        if FACTS & vals.keys() and not self.env.su:
            self._add_claimant()
        return result

    def copy_data(self, default=None):
        """A copy is for the year after: a title is won once a year."""
        copies = super().copy_data(default)
        for record, vals in zip(self, copies, strict=True):
            vals.setdefault("decision_date", record.decision_date)
            if "year" not in (default or {}):
                vals["year"] = record.year + 1
                vals["decision_date"] = fields.Date.add(record.decision_date, years=1)
        return copies

    def _add_claimant(self):
        """Remember who has entered or changed what is claimed."""
        self.sudo().write({"claimant_user_ids": [Command.link(self.env.uid)]})

    @api.model
    def _tidy(self, vals):
        for name in ("recipient_name", "decision_reference", "decided_by"):
            if vals.get(name):
                vals[name] = text.clean(vals[name])
