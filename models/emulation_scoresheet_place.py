from odoo import api, fields, models


class EmulationScoresheet(models.Model):
    """Where a sheet stands among all its member has to score, and the way on."""

    _inherit = "emulation.scoresheet"

    place = fields.Json(
        string="Among my sheets", compute="_compute_place", compute_sudo=False
    )

    @api.depends("state", "session_id.state")
    @api.depends_context("uid")
    def _compute_place(self):
        mine = self._get_own_open() if self else self
        for sheet in self:
            sheet.place = sheet in mine and sheet._get_place_among(mine)

    def _get_own_open(self):
        """Return the user's own sheets to score on screen now, in their order."""
        domain = [
            ("user_id", "=", self.env.uid),
            ("session_id.state", "=", "scoring"),
            ("session_id.sheet_medium", "=", "screen"),
        ]
        return self.search_fetch(domain, ["state"])

    def _get_place_among(self, mine):
        """Return the position, the neighbours and the next one still to score."""
        ids = mine.ids
        index = ids.index(self.id)
        # those after this one come first, then from the top
        todo = mine.browse([*ids[index + 1 :], *ids[:index]]).filtered(
            lambda sheet: sheet.state == "draft"
        )
        return {
            "position": index + 1,
            "count": len(ids),
            "handed_in": len(mine.filtered(lambda sheet: sheet.state == "submitted")),
            "previous": ids[index - 1] if index else False,
            "next": ids[index + 1] if index + 1 < len(ids) else False,
            "todo": todo[:1].id,
        }

    def action_next(self):
        """Open the member's next sheet to score, or the list when none is left."""
        self.ensure_one()
        following = (self.place or {}).get("todo")
        if not following:
            return self.env["ir.actions.act_window"]._for_xml_id(
                "emulation.emulation_scoresheet_action"
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": following,
            "view_mode": "form",
            "views": [(False, "form")],
        }
