from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationInitiative(models.Model):
    """Whoever fills in a dossier is told in time that its round closes, or has."""

    _inherit = "emulation.initiative"

    def _get_offered(self, name):
        """Offer also the rounds that still admit the author's unit by an exception."""
        offered = super()._get_offered(name)
        return offered | self._get_excepted_rounds() if name == "round_id" else offered

    def _get_excepted_rounds(self):
        """Return the rounds (sudo) with an exception for this unit, or the author's."""
        unit = self.unit_id or self.env.user.partner_id.sudo().emulation_unit_id
        path = unit.sudo().parent_path or ""
        exceptions = self.env["emulation.round.exception"].sudo()
        domain = exceptions._get_valid_domain() & Domain(
            [
                ("initiative_id", "=", False),
                ("unit_id", "in", [int(part) for part in path.split("/") if part]),
                ("round_id.state", "not in", ("draft", "done")),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        return exceptions.search(domain).round_id

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
