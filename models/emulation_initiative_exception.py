from odoo import api, fields, models
from odoo.tools import format_date


class EmulationInitiative(models.Model):
    """A dossier that came late says by whose exception it was taken in."""

    _inherit = "emulation.initiative"

    exception_id = fields.Many2one(
        "emulation.round.exception",
        string="Admitted by exception",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="emulation.group_emulation_movement",
    )
    exception_note = fields.Text(
        string="Late by exception",
        compute="_compute_exception_note",
        compute_sudo=True,
    )

    @api.depends("exception_id", "round_id", "unit_id", "state")
    @api.depends_context("lang")
    def _compute_exception_note(self):
        late = self.filtered(
            lambda one: (
                (not one.exception_id and one._is_editable() and one.round_id)
                and not one.round_id._in_window()
            )
        )
        valid = late.round_id._get_valid_exceptions()
        for initiative in self:
            exception = initiative.exception_id
            if initiative in late:
                exception = valid.filtered(
                    lambda one, of=initiative: (
                        one.round_id == of.round_id._origin and one._admits(of)
                    )
                )[:1]
            initiative.exception_note = bool(exception) and self.env._(
                "Admitted after the deadline by an exception of %(day)s, granted by "
                "%(user)s until %(until)s: %(reason)s",
                day=format_date(self.env, exception.date),
                user=exception.user_id.name,
                until=exception._get_until_text(),
                reason=exception.reason,
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"exception_id"}

    def _after_transition(self, source, target):
        if target == "submitted":
            self._note_exception()
        return super()._after_transition(source, target)

    def _note_exception(self):
        """Keep the exception by which a late dossier was handed in."""
        late = not self.round_id._in_window()
        exception = self.round_id._get_exception(self) if late else False
        if exception:
            self.sudo().exception_id = exception
