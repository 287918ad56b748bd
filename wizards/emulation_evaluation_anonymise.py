from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationEvaluationAnonymise(models.TransientModel):
    """Choose, or upload, the files that a blind council may open."""

    _name = "emulation.evaluation.anonymise"
    _description = "Files for a Blind Council"

    evaluation_id = fields.Many2one(
        "emulation.evaluation", required=True, readonly=True, ondelete="cascade"
    )
    names = fields.Char(
        string="To be hidden", compute="_compute_names", help="Authors and units"
    )
    available_ids = fields.Many2many("ir.attachment", compute="_compute_names")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "emulation_evaluation_anonymise_file_rel",
        string="Files that name nobody",
        compute="_compute_attachment_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', available_ids)]",
    )
    upload_ids = fields.Many2many(
        "ir.attachment",
        "emulation_evaluation_anonymise_upload_rel",
        string="Copies without names",
        help="E.g. the description with authors and unit blacked out",
    )

    @api.depends("evaluation_id")
    def _compute_names(self):
        for wizard in self:
            wizard.evaluation_id._check_may_anonymise()
            evaluation = wizard.evaluation_id.sudo()
            names = evaluation.initiative_id._get_telling_names()
            wizard.names = ", ".join(dict.fromkeys(names))
            files = evaluation.initiative_id.attachment_ids
            wizard.available_ids = files | evaluation.anonymous_attachment_ids

    @api.depends("evaluation_id")
    def _compute_attachment_ids(self):
        for wizard in self:
            wizard.evaluation_id._check_may_anonymise()
            wizard.attachment_ids = wizard.evaluation_id.sudo().anonymous_attachment_ids

    def action_confirm(self):
        """Show exactly these files to the blind council.

        :raises UserError: for a file of another dossier, or whose name tells an author
        """
        self.ensure_one()
        evaluation = self.evaluation_id
        chosen = self.sudo().attachment_ids
        strangers = chosen - self.sudo().available_ids
        uploads = self.sudo().upload_ids
        strangers |= uploads.filtered(
            lambda file: file.create_uid != self.env.user or file.res_id
        )
        if strangers:
            raise UserError(
                self.env._(
                    "“%(file)s” does not belong to “%(dossier)s”. Choose among the "
                    "files of the dossier, or upload a copy.",
                    file=strangers[0].name,
                    dossier=evaluation.display_name,
                )
            )
        evaluation._set_anonymous(chosen | uploads)
        uploads.write({"res_model": evaluation._name, "res_id": evaluation.id})
        return {"type": "ir.actions.act_window_close"}
