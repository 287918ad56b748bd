from odoo import api, fields, models

# What a sender may be told of: a thing done, not one under way
TOLD = ("sent", "conferred", "revoked")


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    nomination_ids = fields.One2many(
        "emulation.nomination",
        "initiative_id",
        string="Nominations",
        groups="emulation.group_emulation_officer,emulation.group_emulation_award,"
        "emulation.group_emulation_leader",
    )


class EmulationTransmittalLine(models.Model):
    """What became of a dossier after its grade: commended, sent to the centre (R90)."""

    _inherit = "emulation.transmittal.line"

    award_outcome = fields.Char(
        string="Awards", compute="_compute_award_outcome", compute_sudo=True
    )

    @api.depends("initiative_id.nomination_ids.state")
    @api.depends_context("lang")
    def _compute_award_outcome(self):
        for line in self:
            told = line.initiative_id.nomination_ids.filtered(
                lambda one: one.state in TOLD
            )
            line.award_outcome = "; ".join(
                dict.fromkeys(
                    f"{one._printed_award()} ({one._state_label(one.state).lower()})"
                    for one in told
                )
            )
