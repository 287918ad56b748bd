from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.emulation_verdict_outcome import OUTCOMES


class EmulationLetterPrepare(models.TransientModel):
    """Choose the texts by which authors are told the results of a session."""

    _name = "emulation.letter.prepare"
    _description = "Prepare Letters to Authors"

    session_id = fields.Many2one("emulation.session", required=True, readonly=True)
    recognised_template_id = fields.Many2one(
        "mail.template",
        string="Where recognised",
        domain="[('model', '=', 'emulation.letter')]",
        default=lambda self: self._default_template("recognised"),
        help="Empty: no letter",
    )
    not_recognised_template_id = fields.Many2one(
        "mail.template",
        string="Where not recognised",
        domain="[('model', '=', 'emulation.letter')]",
        default=lambda self: self._default_template("not_recognised"),
        help="Empty: no letter",
    )
    deferred_template_id = fields.Many2one(
        "mail.template",
        string="Where deferred",
        domain="[('model', '=', 'emulation.letter')]",
        default=lambda self: self._default_template("deferred"),
        help="Empty: no letter",
    )
    returned_template_id = fields.Many2one(
        "mail.template",
        string="Where returned to complete",
        domain="[('model', '=', 'emulation.letter')]",
        default=lambda self: self._default_template("returned"),
        help="Empty: no letter",
    )
    author_count = fields.Integer(
        string="Authors without a letter yet", compute="_compute_counts"
    )
    paper_count = fields.Integer(
        string="Of these without e-mail", compute="_compute_counts"
    )

    @api.model
    def _default_template(self, kind):
        return self.env.ref(f"emulation.mail_template_{kind}", raise_if_not_found=False)

    @api.constrains(*(f"{kind}_template_id" for kind, _name in OUTCOMES))
    def _check_templates(self):
        for dialog in self:
            for kind, _name in OUTCOMES:
                template = dialog[f"{kind}_template_id"]
                if template and template.model != "emulation.letter":
                    raise UserError(
                        self.env._(
                            "“%(template)s” is no text of a letter to an author. "
                            "Choose another one.",
                            template=template.name,
                        )
                    )

    @api.depends("session_id", *(f"{kind}_template_id" for kind, _name in OUTCOMES))
    def _compute_counts(self):
        for dialog in self:
            partners = self.env["res.partner"].sudo()
            if dialog.session_id._may_prepare_letters():
                verdicts = dialog.session_id._get_verdicts()
                for verdict in verdicts.filtered(dialog._get_template):
                    told = verdict.letter_ids.filtered(lambda o: o.state != "cancelled")
                    authors = verdict.initiative_id.author_ids.partner_id
                    partners += authors - told.partner_id
            dialog.author_count = len(partners)
            dialog.paper_count = sum(not one.email_normalized for one in partners)

    def action_confirm(self):
        """Write the letters and open the outbox; nothing goes before its review.

        :raises AccessError: for whoever neither keeps the session nor may tell results
        :raises UserError: where every author has a letter already
        """
        self.ensure_one()
        session = self.session_id
        if not session._may_prepare_letters():
            raise AccessError(
                self.env._(
                    "Letters about “%(session)s” are prepared by its secretary once "
                    "the decision is signed, or by a movement officer once its "
                    "results are told.",
                    session=session.display_name,
                )
            )
        letters = self.env["emulation.letter"].sudo()
        if not letters._prepare(session._get_verdicts(), self._get_template):
            raise UserError(
                self.env._(
                    "All authors of “%(session)s” have their letters already, or no "
                    "text is chosen. Open the letters to correct them.",
                    session=session.name,
                )
            )
        return session.action_view_letters()

    def _get_template(self, verdict):
        """Return the text that tells this result; empty where none is to go."""
        return self[f"{verdict.outcome}_template_id"]
