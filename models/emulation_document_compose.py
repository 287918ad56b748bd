from odoo import api, fields, models
from odoo.exceptions import UserError

LANGUAGE = "vi_VN"
# Said by the composition at work; an object, so that no client can say it
COMPOSED = object()


class EmulationDocument(models.Model):
    """Composing the text of a paper from the record it belongs to.

    One paragraph may be corrected before the signature without touching a template:
    the paper then is marked, and composing it again asks first.
    """

    _inherit = "emulation.document"

    is_edited = fields.Boolean(
        string="Edited by hand",
        readonly=True,
        copy=False,
        help="The text is no longer quite as its record composed it",
    )
    can_refresh_body = fields.Boolean(compute="_compute_can_refresh_body")

    @api.depends("state", "res_model")
    @api.depends_context("uid")
    def _compute_can_refresh_body(self):
        for document in self:
            composed = document.state == "draft" and bool(document.res_model)
            document.can_refresh_body = composed and document.has_access("write")

    def action_refresh_body(self):
        """Compose the text of drafts again from the records they belong to.

        :raises UserError: when signed, or when it belongs to no record
        """
        self.check_access("write")
        for document in self:
            document._check_is_draft()
            if not document._compose():
                raise UserError(
                    self.env._(
                        "“%(document)s” is written by hand: there is no record from "
                        "which its text could be composed.",
                        document=document.display_name,
                    )
                )
        return True

    def write(self, vals):
        """Keep in mind which texts of records were changed by hand."""
        if (
            "body" not in vals
            or self.env.context.get("emulation_composing") is COMPOSED
        ):
            return super().write(vals)
        composed = self.filtered("res_model")
        before = {document: document.body for document in composed}
        result = super().write(vals)
        edited = composed.filtered(lambda document: document.body != before[document])
        if edited:
            edited._write_system({"is_edited": True})
        return result

    def _compose(self):
        """Write what the record says now, text and annexes, over what stands there.

        :return: whether there is a record that gives a text
        """
        self.ensure_one()
        body = self._compose_body()
        if body:
            composing = self.with_context(emulation_composing=COMPOSED)
            composing.body = body
            self._write_system({"is_edited": False})
            self._compose_annexes()
        return bool(body)

    @api.model
    def _create_from_source(self, record, kind_code):
        """Draft a paper of a kind for a record that follows the source protocol.

        Called by an action of the source, which has judged whether the user may.

        :param record: one record with the methods of ``emulation.document.source``
        :param kind_code: code of the kind, e.g. ``QĐ``
        :return: the draft, in the user's environment
        :raises UserError: when there is no such kind
        """
        record.ensure_one()
        kind = self.env["emulation.document.kind"].search([("code", "=", kind_code)])
        if not kind:
            raise UserError(
                self.env._(
                    "There is no kind of document “%(code)s”, which “%(record)s” "
                    "needs. Create it under Configuration, Document Kinds.",
                    code=kind_code,
                    record=record.display_name,
                )
            )
        values = {
            "kind_id": kind.id,
            "subject": record.display_name,
            "drafter_user_id": self.env.uid,
            "is_restricted": record._document_is_restricted(kind),
            "res_model": record._name,
            "res_id": record.id,
        }
        if "unit_id" in record._fields:
            values["unit_id"] = record.unit_id.id
            values["company_id"] = record.unit_id.company_id.id
        values.update(record._document_values(kind))
        document = self.sudo().create(values)
        document._compose()
        return document.with_env(self.env)

    def _source_record(self):
        """Return the record this paper belongs to, without rights; may be empty."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return None
        return self.env[self.res_model].sudo().browse(self.res_id).exists() or None

    def _call_source(self, name, *args):
        """Call a method of the source protocol, if there is a source that has it."""
        record = self._source_record()
        method = getattr(record, name, None) if record is not None else None
        return method(*args) if method else None

    def _compose_body(self):
        """Return the text of the source's template, in Vietnamese, or ``False``."""
        self.ensure_one()
        template = self._call_source("_document_body_template", self.kind_id)
        if not template:
            return False
        return self._render_source(template)

    def _render_source(self, template):
        """Return what a template of the source says of its record, in Vietnamese."""
        document = self.sudo()._in_vietnamese()
        record = document._source_record()
        return self.env["ir.qweb"]._render(
            template, {"doc": record, "document": document}, lang=document.env.lang
        )

    def _in_vietnamese(self):
        """Official papers are Vietnamese whatever the language of the user."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        lang = LANGUAGE if LANGUAGE in installed else self.env.lang
        return self.with_context(lang=lang)
