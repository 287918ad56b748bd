from odoo import fields, models


class EmulationCertificate(models.Model):
    _inherit = "emulation.certificate"

    initiative_id = fields.Many2one(
        "emulation.initiative", readonly=True, index=True, ondelete="restrict"
    )


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    certificate_ids = fields.One2many("emulation.certificate", "initiative_id")


class EmulationSession(models.Model):
    """What recognition follows from a session: one certificate per author."""

    _inherit = "emulation.session"

    def _publish_results(self, decision):
        result = super()._publish_results(decision)
        passed = self._get_verdicts().filtered("is_pass")
        self.env["emulation.certificate"]._issue(
            decision,
            [
                verdict._certificate_values(author)
                for verdict in passed
                for author in verdict.initiative_id.author_ids
            ],
        )
        return result


class EmulationVerdict(models.Model):
    _inherit = "emulation.verdict"

    def _certificate_values(self, author):
        """Return what the certificate of one ``author`` says, frozen as of today."""
        self.ensure_one()
        return {
            "initiative_id": self.initiative_id.id,
            "partner_id": author.partner_id.id,
            "holder_name": author.partner_id.name,
            "title": self.initiative_id.name,
            "grade_name": self.grade_id.name,
            "share": author.share,
            "unit_name": self.unit_id.name,
        }
