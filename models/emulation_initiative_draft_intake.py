from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationInitiative(models.Model):
    """Whoever fills in a dossier is told in time that its round closes, or has."""

    _inherit = "emulation.initiative"

    def _get_intake_notice(self):
        """Return what the author must know about the round now.

        :return: dict with ``text`` and ``closed`` (nothing is taken any more), empty
            while there is nothing to say
        """
        self.ensure_one()
        dossier = self.sudo()
        if not dossier.round_id or not dossier._is_editable():
            return {}
        try:
            dossier._check_round_open()
        except UserError as error:
            kept = self.env._("What you typed is saved as a draft.")
            return {"text": f"{error.args[0]} {kept}", "closed": True}
        return dossier._get_closing_notice()

    def _get_closing_notice(self):
        """Return the warning shortly before the deadline, or nothing."""
        close = self.round_id.datetime_close
        if self.state != "draft" or not close:
            return {}
        seconds = (close - fields.Datetime.now()).total_seconds()
        if not 0 < seconds <= self._get_warning_minutes() * 60:
            return {}
        text = self.env._(
            "“%(round)s” closes at %(at)s, in %(minutes)s minutes. Hand in before; "
            "what is not handed in then stays a draft.",
            round=self.round_id.name,
            at=self.round_id._get_deadline_text(),
            minutes=max(1, int(seconds // 60)),
        )
        return {"text": text, "closed": False}

    @api.model
    def _get_warning_minutes(self):
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("emulation.close_warning_minutes") or 0)
