from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang

from ..tools.scoring import show


class EmulationRegulation(models.Model):
    """Who sees what, and when: members of one another, authors of their result."""

    _inherit = "emulation.regulation"

    peer_sheets = fields.Selection(
        [
            ("never", "Never"),
            ("closed", "Without names, once the scores are final"),
            ("published", "Without names, once the results are published"),
        ],
        string="Members see the other sheets",
        required=True,
        default="never",
        help="Whether who scored a dossier may see what the others gave it",
    )
    peer_min_sheets = fields.Integer(
        string="Single sheets told from",
        default=3,
        help="With fewer sheets one could tell who gave what: only the secretariat "
        "then sees single sheets and the means of criteria. Who scored counts the "
        "others",
    )
    author_sight = fields.Selection(
        [
            ("grade", "The grade"),
            ("score", "The grade and the score"),
            ("criteria", "The grade, the score and the mean of each criterion"),
        ],
        string="Authors see",
        required=True,
        default="score",
        help="What authors read of their result on the portal, once it is published",
    )

    _peer_min = models.Constraint(
        "CHECK (peer_min_sheets >= 2)",
        "A single other sheet would tell who gave what. Enter 2 or more.",
    )


class EmulationScoresheet(models.Model):
    """What the others gave the dossier, without names."""

    _inherit = "emulation.scoresheet"

    peer_table = fields.Html(
        string="The other sheets",
        compute="_compute_peer_table",
        compute_sudo=True,
        sanitize=False,
    )

    @api.depends("state", "session_id.state", "session_id.regulation_id.peer_sheets")
    @api.depends_context("uid", "lang")
    def _compute_peer_table(self):
        for sheet in self:
            # as saved: what a form claims meanwhile decides about nobody's sight
            sheets = sheet._origin and sheet._origin._get_peer_sheets()
            sheet.peer_table = sheet._print_peers(sheets) if sheets else False

    def _get_peer_sheets(self):
        """Return the sheets of others that the user may see beside the own one.

        In the order of their random numbers, which say nothing of the members.
        """
        self.ensure_one()
        regulation, state = self.session_id.regulation_id, self.session_id.state
        shown = {"closed": ("closed", "published"), "published": ("published",)}
        is_own = self.user_id == self.env.user and self.state == "submitted"
        if not is_own or state not in shown.get(regulation.peer_sheets, ()):
            return self.browse()
        others = self.evaluation_id.sheet_ids.filtered(
            lambda one: one != self and one.state == "submitted"
        )
        if len(others) < regulation.peer_min_sheets:
            return self.browse()
        return others.sorted("number")

    def _print_peers(self, sheets):
        """Return the table of points: a row a criterion, a column a sheet."""
        cell = Markup('<td class="text-end">%s</td>')
        rows = Markup("")
        for criterion in self.line_ids.criterion_id:
            points = [
                sheet.line_ids.filtered(lambda one, c=criterion: one.criterion_id == c)
                for sheet in sheets
            ]
            cells = Markup("").join(cell % f"{one.points:g}" for one in points)
            rows += Markup("<tr><td>%s</td>%s</tr>") % (criterion.name, cells)
        totals = Markup("").join(
            cell % formatLang(self.env, sheet.total, digits=2) for sheet in sheets
        )
        rows += Markup("<tr><th>%s</th>%s</tr>") % (self.env._("Total"), totals)
        return Markup('<table class="table table-sm">%s</table>') % rows


class EmulationInitiative(models.Model):
    """Authors read of their result what the regulation of the round shows."""

    _inherit = "emulation.initiative"

    def _get_author_results(self):
        results = super()._get_author_results()
        published = self.sudo().verdict_ids.filtered("is_published")
        for result, verdict in zip(results, published, strict=True):
            sight = verdict.regulation_id.author_sight
            result["shows_score"] = sight != "grade"
            told = sight == "criteria" and verdict._has_many_sheets()
            result["criteria"] = verdict._get_criteria() if told else []
            if sight == "grade":
                result["score"] = False
        return results


class EmulationVerdict(models.Model):
    """The mean of each criterion, from the calculation of the result."""

    _inherit = "emulation.verdict"

    def _get_criteria(self):
        """Return name, mean and maximum of each criterion, in rubric order."""
        self.ensure_one()
        step = self._get_step("criteria")
        means = {line["code"]: line["mean"] for line in step.get("criteria", ())}
        criteria = self.evaluation_id.rubric_id.criterion_ids
        return [
            {
                "name": one.name,
                "mean": float(show(means[one.code], 2)),
                "most": one.max_points,
            }
            for one in criteria
            if one.code in means
        ]
