from odoo import api, models
from odoo.fields import Domain


class EmulationDocument(models.Model):
    """A draft goes on in the name of the successor; a signed paper never changes."""

    _inherit = "emulation.document"

    # A paper may be entered after the fact; signing compares its own date
    _needs_living_unit = False

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "=", "draft")

    def _get_closing_day(self):
        self.ensure_one()
        return self.state != "draft" and self.date_signed


class EmulationDocumentIssuer(models.Model):
    _name = "emulation.document.issuer"
    _inherit = ["emulation.document.issuer", "emulation.succession.mixin"]

    @api.model
    def _succession_open_domain(self, day):
        return Domain("document_id.state", "=", "draft")


class EmulationDocumentRecipient(models.Model):
    _name = "emulation.document.recipient"
    _inherit = ["emulation.document.recipient", "emulation.succession.mixin"]

    @api.model
    def _succession_open_domain(self, day):
        return Domain("document_id.state", "=", "draft")
