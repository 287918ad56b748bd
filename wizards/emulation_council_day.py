from odoo import api, fields, models


class EmulationCouncilDay(models.TransientModel):
    """Who sat on a council on a given day, and by which decisions (R64)."""

    _name = "emulation.council.day"
    _description = "Members on a Day"

    council_id = fields.Many2one("emulation.council", required=True, readonly=True)
    date = fields.Date(string="Day", required=True, default=fields.Date.context_today)
    member_ids = fields.Many2many(
        "emulation.council.member", string="Members", compute="_compute_member_ids"
    )
    count_text = fields.Char(compute="_compute_member_ids")

    @api.depends("council_id", "date")
    @api.depends_context("lang")
    def _compute_member_ids(self):
        for question in self:
            council, day = question.council_id, question.date
            members = council._get_members(day) if day else council.member_ids.browse()
            question.member_ids = members.sudo(False)
            scoring = members.filtered("is_scoring")
            question.count_text = self.env._(
                "%(count)s members, %(scoring)s of them score",
                count=len(members),
                scoring=len(scoring),
            )
