from odoo import api, fields, models

from ..tools.normalise import normalise


class EmulationVerdict(models.Model):
    """The standard score beside the official one: for discussion, never deciding."""

    _inherit = "emulation.verdict"

    z_score = fields.Float(
        string="Standard score",
        digits=(6, 2),
        aggregator=None,
        help="How far above or below their usual points the members scored it, in "
        "standard deviations; it decides nothing",
    )
    normal_score = fields.Float(
        string="Score if all were equally harsh",
        digits=(6, 2),
        aggregator=None,
        help="The standard score on the scale of this session; it decides nothing",
    )
    normal_sheets = fields.Integer(
        string="Sheets of the standard score",
        aggregator=None,
        help="0 where no member of the session had enough sheets to tell",
    )

    @api.model
    def _compute_session(self, session):
        verdicts = super()._compute_session(session)
        verdicts._set_normal_scores(session)
        return verdicts

    def _set_normal_scores(self, session):
        """Write what the sheets would come to if every member were equally harsh."""
        least = session.regulation_id.zscore_min_sheets
        if not least:
            return
        totals = self.env["emulation.scoresheet"]._read_group(
            [
                # what was deferred or returned has sheets that do not count
                (
                    "evaluation_id",
                    "in",
                    self.filtered(lambda one: not one.is_disposed).evaluation_id.ids,
                ),
                ("state", "=", "submitted"),
            ],
            ["member_id", "evaluation_id"],
            ["total:sum"],
        )
        normals = normalise(
            {(member.id, one.id): total for member, one, total in totals}, least
        )
        for verdict in self:
            normal = normals.get(verdict.evaluation_id.id)
            if normal:
                verdict.write(
                    {
                        "z_score": normal.z,
                        "normal_score": normal.score,
                        "normal_sheets": normal.sheets,
                    }
                )
