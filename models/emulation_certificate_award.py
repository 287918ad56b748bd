from odoo import fields, models


class EmulationCertificate(models.Model):
    """The certificate of an award: a commendation or a prize, with its citation."""

    _inherit = "emulation.certificate"

    award_id = fields.Many2one(
        "emulation.award", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    nomination_id = fields.Many2one(
        "emulation.nomination",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    citation = fields.Char(readonly=True, help="What for, e.g. “Đã có thành tích …”")
    prize_name = fields.Char(string="Prize", readonly=True, help="E.g. Giải Nhất")


class EmulationNomination(models.Model):
    _inherit = "emulation.nomination"

    certificate_ids = fields.One2many("emulation.certificate", "nomination_id")
