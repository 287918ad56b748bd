from odoo import api, fields, models

from ..tools import official

# Groups that read official papers at all
READERS_OF_PAPERS = "emulation.group_emulation_officer,emulation.group_emulation_leader"


class EmulationDocumentSource(models.AbstractModel):
    """What a record implements to have official papers of its own.

    The document room calls these methods and knows nothing else of the record; a
    model without this mixin may offer them too. ``kind`` is always a record of
    ``emulation.document.kind``; documents arrive without rights (``sudo``), because
    the effects of a signature do not depend on who recorded it.
    """

    _name = "emulation.document.source"
    _description = "Has Official Documents"

    document_ids = fields.One2many(
        "emulation.document",
        "res_id",
        string="Documents",
        domain=lambda self: [("res_model", "=", self._name)],
    )
    document_count = fields.Integer(compute="_compute_document_count")

    @api.depends("document_ids")
    def _compute_document_count(self):
        for record in self:
            record.document_count = len(record.document_ids)

    def action_view_documents(self):
        """Open the papers of this record; they are drafted by its own buttons only."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_document_action"
        )
        own = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": own, "context": {"create": False}}

    def _draft_paper(self, kind_code):
        """Open the paper of this kind that is begun, or a new one."""
        self.ensure_one()
        paper = self._find_begun(kind_code)
        paper = paper or self.env["emulation.document"]._create_from_source(
            self, kind_code
        )
        return paper.with_env(self.env)._open_form()

    def _find_begun(self, kind_code):
        """Return the draft of this kind, as superuser: it may be of somebody else."""
        return self.sudo().document_ids.filtered(
            lambda paper: paper.kind_id.code == kind_code and paper.state == "draft"
        )[:1]

    @api.model
    def _quoted(self, text):
        """Return a title in quotation marks, those inside it made single."""
        return f"“{official.inner_quotes(text)}”"

    def _document_values(self, kind):
        """Return values of a new draft: subject, issuers, recipients, basis …"""
        return {}

    def _document_body_template(self, kind):
        """Return the xmlid of the QWeb template of the text; it sees ``doc``."""
        return False

    def _document_annexes(self, kind):
        """Return the annexes composed with the text: dicts of ``title``, ``template``.

        With ``is_landscape`` true a wide table is printed on turned pages.
        """
        return []

    def _document_is_restricted(self, kind):
        """Return whether the paper is kept to its drafter, signers and readers."""
        return False

    def _document_check_sign(self, document):
        """Raise ``UserError`` while the paper may not be signed (e.g. its date)."""

    def _on_document_signed(self, document):
        """Have the effects of the signature."""

    def _on_document_revoked(self, document):
        """Take back the effects of the signature."""
