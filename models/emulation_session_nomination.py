from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationSession(models.Model):
    """What comes after published results: whoever deserves an award is nominated."""

    _inherit = "emulation.session"

    nomination_count = fields.Integer(
        compute="_compute_nomination_count", string="Nominations"
    )
    can_nominate = fields.Boolean(compute="_compute_can_nominate")
    waits_for_nominations = fields.Boolean(
        compute="_compute_waits_for_nominations",
        search="_search_waits_for_nominations",
        groups="emulation.group_emulation_movement",
        help="Something was recognised and told this year, and nobody is nominated yet",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_nomination_count(self):
        counts = dict.fromkeys(self.ids, 0)
        Nomination = self.env["emulation.nomination"]
        told = self.filtered(lambda one: one.state == "published")
        if told and Nomination.has_access("read"):
            groups = Nomination._read_group(
                [("verdict_id.session_id", "in", told.ids)],
                ["verdict_id"],
                ["__count"],
            )
            for verdict, count in groups:
                counts[verdict.sudo().session_id.id] += count
        for session in self:
            session.nomination_count = counts.get(session.id, 0)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_nominate(self):
        movement = self.env.user.has_group("emulation.group_emulation_movement")
        for session in self:
            session.can_nominate = movement and session.state == "published"

    @api.depends("state", "date_public")
    def _compute_waits_for_nominations(self):
        waiting = self._get_waiting_for_nominations()
        for session in self:
            session.waits_for_nominations = session in waiting

    def _search_waits_for_nominations(self, operator, value):
        # a search asks no group of a field that is worked out
        self._check_field_access(self._fields["waits_for_nominations"], "read")
        if operator != "in":
            return NotImplemented
        domain = Domain("id", "in", self._get_waiting_for_nominations().ids)
        return domain if True in value else ~domain

    @api.model
    def _get_waiting_for_nominations(self):
        """Return the sessions told this year that led to no nomination yet."""
        year = fields.Date.context_today(self).year
        told = self.env["emulation.verdict"].sudo()
        told = told.search(
            [
                ("active", "=", True),
                ("is_published", "=", True),
                ("is_pass", "=", True),
                ("session_id.date_public", ">=", f"{year}-01-01"),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        nominations = self.env["emulation.nomination"].sudo()
        done = nominations.search([("verdict_id", "in", told.ids)]).verdict_id
        return (told.session_id - done.session_id).with_env(self.env)

    # ACTIONS

    def action_nominate(self):
        """Open the dialog that nominates out of the results of this session.

        :raises UserError: while its results are not published, or when the user does
            not nominate for the whole jurisdiction
        """
        self.ensure_one()
        self.check_access("read")
        if not self.can_nominate:
            raise UserError(
                self.env._(
                    "Nominations are made by a movement officer, out of published "
                    "results. Wait until those of “%(session)s” are told, or ask the "
                    "movement office.",
                    session=self.name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_nomination_propose_action"
        )
        return {**action, "context": {"default_session_id": self.id}}

    def action_view_nominations(self):
        """Open the nominations that rest on results of this session."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_nomination_action"
        )
        return {
            **action,
            "domain": [("verdict_id.session_id", "=", self.id)],
            "context": {},
            "path": False,
        }
