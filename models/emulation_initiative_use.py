from odoo import api, fields, models
from odoo.exceptions import AccessError


class EmulationInitiative(models.Model):
    """What became of an initiative: its use, with benefit claimed and verified."""

    _inherit = "emulation.initiative"

    adoption_ids = fields.One2many(
        "emulation.initiative.adoption",
        "initiative_id",
        groups="emulation.group_emulation_officer,emulation.group_emulation_leader,"
        "emulation.group_emulation_data",
    )
    adoption_count = fields.Integer(
        string="Places of use", compute="_compute_adoptions", compute_sudo=True
    )
    claimed_total = fields.Monetary(
        string="Benefit claimed",
        compute="_compute_adoptions",
        compute_sudo=True,
        help="A year, in all places of use, not verified by anybody yet",
    )
    verified_total = fields.Monetary(
        string="Benefit verified",
        compute="_compute_adoptions",
        compute_sudo=True,
        help="A year, in all places of use, as somebody without a stake found it",
    )
    is_usable = fields.Boolean(compute="_compute_is_usable")

    @api.depends("adoption_ids.state", "adoption_ids.claimed_amount")
    def _compute_adoptions(self):
        groups = self.env["emulation.initiative.adoption"]._read_group(
            [
                ("initiative_id", "in", self.ids),
                ("state", "in", ("claimed", "verified")),
            ],
            ["initiative_id", "state"],
            ["__count", "claimed_amount:sum", "verified_amount:sum"],
        )
        totals = {one.id: [0, 0, 0] for one in self._origin}
        for initiative, state, count, claimed, verified in groups:
            total = totals[initiative.id]
            total[0] += count
            if state == "claimed":
                total[1] += claimed
            else:
                total[2] += verified
        for initiative in self:
            count, claimed, verified = totals.get(initiative._origin.id, (0, 0, 0))
            initiative.adoption_count = count
            initiative.claimed_total = claimed
            initiative.verified_total = verified

    @api.model
    def _get_counted_tables(self):
        adoptions = self.env["emulation.initiative.adoption"]
        adoptions.flush_model(["initiative_id"])
        totals = ("adoption_count", "claimed_total", "verified_total")
        return {
            **super()._get_counted_tables(),
            (adoptions._table, "initiative_id"): totals,
        }

    @api.depends("state", "recognition_level_id")
    def _compute_is_usable(self):
        for initiative in self:
            initiative.is_usable = initiative._is_usable()

    def _is_usable(self):
        """Return whether it is recognised, by a decision of any level or its unit."""
        self.ensure_one()
        reached = self.recognition_level_id and self.state not in ("draft", "withdrawn")
        return self.state == "recognised" or bool(reached)

    @api.model
    def _check_known(self, numbers):
        """Refuse dossiers that the user neither reads nor finds in the library.

        To be asked before anything else is said of them: no message, and no name of
        a linked record, may tell a hidden title.

        :param numbers: ids of dossiers; empty ones are left out
        """
        wanted = {number for number in numbers if number}
        if self.env.su or not wanted:
            return
        mine = [("id", "in", list(wanted))]
        unknown = wanted - set(self.with_context(active_test=False).search(mine).ids)
        entries = self.env["emulation.initiative.entry"]
        if unknown and unknown - set(entries.search(mine).ids):
            raise AccessError(
                self.env._(
                    "This initiative is not in the library: it is not recognised, or "
                    "it is confidential. Ask its unit."
                )
            )

    def action_view_adoptions(self):
        """Open the places where this initiative is used."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_initiative_adoption_action"
        )
        return {
            **action,
            "domain": [("initiative_id", "=", self.id)],
            "context": {
                "default_initiative_id": self.id,
                "default_unit_id": self.unit_id.id,
            },
            "path": False,
        }
