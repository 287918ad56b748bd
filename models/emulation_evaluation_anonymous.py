from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.anonymise import finds


class EmulationEvaluation(models.Model):
    """The files of a dossier that whoever judges it blind may open."""

    _inherit = "emulation.evaluation"

    anonymous_attachment_ids = fields.Many2many(
        "ir.attachment",
        "emulation_evaluation_anonymous_rel",
        string="Anonymised files",
        readonly=True,
        copy=False,
        groups="emulation.group_emulation_council,emulation.group_emulation_movement",
        help="Files that name nobody: of the dossier, or copies made for the council",
    )
    anonymous_count = fields.Integer(
        compute="_compute_anonymous_count", compute_sudo=True, string="Files shown"
    )
    file_count = fields.Integer(
        compute="_compute_anonymous_count", compute_sudo=True, string="Files"
    )
    can_anonymise = fields.Boolean(compute="_compute_can_anonymise")

    @api.depends("anonymous_attachment_ids", "initiative_id.attachment_ids")
    def _compute_anonymous_count(self):
        for evaluation in self:
            evaluation.file_count = len(evaluation.initiative_id.attachment_ids)
            evaluation.anonymous_count = len(evaluation.anonymous_attachment_ids)

    @api.depends("session_id.state", "state")
    @api.depends_context("uid")
    def _compute_can_anonymise(self):
        for evaluation in self:
            evaluation.can_anonymise = evaluation._may_anonymise()

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"anonymous_attachment_ids"}

    def action_anonymise(self):
        """Open the dialog in which the files for a blind council are chosen."""
        self.ensure_one()
        self._check_may_anonymise()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Files for the blind council"),
            "res_model": "emulation.evaluation.anonymise",
            "view_mode": "form",
            "target": "new",
            "context": {"default_evaluation_id": self.id},
        }

    def _may_anonymise(self):
        """Return whether the user prepares the files: who runs, never who scores."""
        self.ensure_one()
        session = self.sudo().session_id
        if not session or not session._is_blind() or self.is_blind_to_me:
            return False
        if self.env.user in self._get_excluded_members().user_id:
            return False
        if self.env.user.has_group("emulation.group_emulation_movement"):
            return True
        seats = session._get_seats(self.env.user)
        return "secretary" in seats.mapped("role")

    def _check_may_anonymise(self):
        for evaluation in self:
            if not evaluation._may_anonymise():
                raise AccessError(
                    self.env._(
                        "The files of “%(dossier)s” for the blind council are chosen "
                        "by its secretary, before the scores are final.",
                        dossier=evaluation.display_name,
                    )
                )

    def _set_anonymous(self, files):
        """Show exactly ``files`` to the blind council.

        :raises AccessError: for who scores, or once the scores are final
        :raises UserError: for a file whose name tells an author or the unit
        """
        self.ensure_one()
        self.check_access("read")
        self._check_may_anonymise()
        names = self.sudo().initiative_id._get_telling_names()
        for file in files.sudo():
            told = finds(file.name, names)
            if told:
                raise UserError(
                    self.env._(
                        "The name of the file “%(file)s” tells “%(name)s”. Upload a "
                        "copy under another name instead.",
                        file=file.name,
                        name=told,
                    )
                )
        self.sudo().anonymous_attachment_ids = files


class EmulationSession(models.Model):
    """The secretary's list of the files to make anonymous."""

    _inherit = "emulation.session"

    can_anonymise = fields.Boolean(compute="_compute_can_anonymise")

    @api.depends("state", "regulation_id.is_blind")
    @api.depends_context("uid")
    def _compute_can_anonymise(self):
        for session in self:
            dossiers = session.evaluation_ids
            session.can_anonymise = any(one._may_anonymise() for one in dossiers[:1])

    def action_view_anonymous(self):
        """Open the dossiers of this blind session with the files shown of each."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_evaluation_anonymous_action"
        )
        return {**action, "domain": [("session_id", "=", self.id)]}
