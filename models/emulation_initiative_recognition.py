import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..tools.text import clean


class EmulationInitiative(models.Model):
    """Recognition by the author's own unit: its decision, number and date.

    One decision may recognise several dossiers; one number of a unit and year stands
    for one decision, that is for one date.
    """

    _inherit = "emulation.initiative"

    unit_decision_number = fields.Char(
        string="Unit's decision no.",
        readonly=True,
        copy=False,
        tracking=True,
        help="Number and symbol of the decision by which the unit recognised it",
    )
    unit_decision_date = fields.Date(
        string="Unit's decision of", readonly=True, copy=False
    )
    unit_decision_unit_id = fields.Many2one(
        "emulation.unit",
        string="Recognised by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The unit that recognised it, also when the dossier belongs to another "
        "one today",
    )
    unit_decision_attachment_id = fields.Many2one(
        "ir.attachment",
        string="Scan of the unit's decision",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    unit_act = fields.Selection(related="kind_id.unit_act")

    @api.model
    def _unit_decision_fields(self):
        return {
            "unit_decision_number",
            "unit_decision_date",
            "unit_decision_unit_id",
            "unit_decision_attachment_id",
        }

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | self._unit_decision_fields()

    # ACTIONS

    def action_open_endorse(self):
        """Open the dialog in which the head recognises or endorses the dossiers.

        :raises UserError: naming the first dossier that the user may not endorse
        """
        for initiative in self:
            initiative._check_allowed("endorsed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recognise or endorse"),
            "res_model": "emulation.initiative.endorse",
            "view_mode": "form",
            "target": "new",
            "context": {"default_initiative_ids": self.ids},
        }

    def action_view_unit_decision(self):
        """Open the scan of the unit's decision.

        :raises UserError: when there is none
        """
        self.ensure_one()
        if not self.unit_decision_attachment_id:
            raise UserError(
                self.env._(
                    "There is no scan of the decision on “%(initiative)s”.",
                    initiative=self.display_name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.unit_decision_attachment_id.id}",
            "target": "new",
        }

    # WORKFLOW

    def _check_ready(self, target):
        if target == "endorsed" and self.state == "submitted":
            self._check_unit_act()
        return super()._check_ready(target)

    def _check_unit_act(self):
        if self.unit_act == "recognise" and not self.unit_decision_number:
            raise UserError(
                self.env._(
                    "“%(initiative)s” (%(kind)s) must be recognised by “%(unit)s” "
                    "before it goes to the organiser. Enter the number and date of "
                    "the unit's decision.",
                    initiative=self.display_name,
                    kind=self.kind_id.name,
                    unit=self.unit_id.name,
                )
            )

    # BUSINESS

    def _endorse(self, decision=None):
        """Endorse the dossiers, all or none, and recognise them if there is a decision.

        :param decision: ``{"number", "date", "scan", "scan_name"}`` of the unit's own
            decision; scan (base64) and its name may be missing
        :raises UserError: naming the dossier and what stands against it
        """
        for initiative in self:
            initiative._check_allowed("endorsed")
        if decision:
            self._keep_unit_decision(decision)
        self.write({"state": "endorsed"})
        self._log_acts(lambda one: one._endorsement_note(bool(decision)))

    def _endorsement_note(self, is_recognised):
        if not is_recognised:
            return self.env._("Endorsed by the unit.")
        return self.env._(
            "Recognised by %(unit)s: decision no. %(number)s of %(day)s.",
            unit=self.unit_decision_unit_id.name,
            number=self.unit_decision_number,
            day=format_date(self.env, self.unit_decision_date),
        )

    def _log_acts(self, note):
        """Write into the history of each dossier what ``note`` returns for it.

        The history, not mail: nobody is disturbed by what they do themselves.
        """
        bodies = {initiative.id: note(initiative) for initiative in self}
        dossiers = self.sudo()
        dossiers._message_log_batch(
            bodies, author_id=self.env.user.partner_id.id, message_type="notification"
        )

    def _keep_unit_decision(self, decision):
        number, day = clean(decision.get("number")), decision.get("date")
        self._check_unit_decision(number, day)
        for unit, dossiers in self.grouped("unit_id").items():
            dossiers._check_decision_number(unit, number, day)
            dossiers.sudo().write(
                {
                    "unit_decision_number": number,
                    "unit_decision_date": day,
                    "unit_decision_unit_id": unit.id,
                }
            )
        if decision.get("scan"):
            self._keep_scan(decision["scan"], decision.get("scan_name"))

    def _keep_scan(self, scan, name):
        """Hang the scan on each dossier, so that it follows the rights of each."""
        files = self.env["ir.attachment"].sudo()
        files = files.create(
            [
                {
                    "name": name or self.env._("Decision of the unit"),
                    "raw": base64.b64decode(scan),
                    "res_model": self._name,
                    "res_id": initiative.id,
                }
                for initiative in self
            ]
        )
        for initiative, file in zip(self.sudo(), files, strict=True):
            initiative.unit_decision_attachment_id = file

    def _check_unit_decision(self, number, day):
        if not number or not day:
            raise UserError(
                self.env._(
                    "A decision of the unit has a number and a date. Enter both, or "
                    "choose to endorse only."
                )
            )
        if day > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The unit's decision no. %(number)s is dated %(day)s, which is yet "
                    "to come. Correct the date.",
                    number=number,
                    day=format_date(self.env, day),
                )
            )
        for initiative in self:
            initiative._check_decision_fits(number, day)

    def _check_decision_fits(self, number, day):
        """Refuse a decision on a kind not recognised, or before the application."""
        if self.unit_act == "endorse":
            raise UserError(
                self.env._(
                    "“%(initiative)s” is of the kind “%(kind)s”, which a unit "
                    "endorses without recognising it. Endorse it instead.",
                    initiative=self.display_name,
                    kind=self.kind_id.name,
                )
            )
        if self.requires_application and self.date_applied and day < self.date_applied:
            raise UserError(
                self.env._(
                    "“%(initiative)s” was first applied on %(applied)s: it cannot "
                    "have been recognised by decision no. %(number)s of %(day)s "
                    "before. Correct one of the two dates.",
                    initiative=self.display_name,
                    applied=format_date(self.env, self.date_applied),
                    number=number,
                    day=format_date(self.env, day),
                )
            )

    def _check_decision_number(self, unit, number, day):
        """One number of a unit and year is one decision, of one date."""
        self.flush_model(["unit_decision_number", "unit_decision_date"])
        rows = self.env.execute_query(
            SQL(
                "SELECT unit_decision_date FROM emulation_initiative"
                " WHERE unit_decision_unit_id = %s AND id != ALL(%s)"
                " AND lower(unit_decision_number) = lower(%s)"
                " AND unit_decision_date != %s"
                " AND date_part('year', unit_decision_date) = %s LIMIT 1",
                unit.id,
                self.ids,
                number,
                day,
                day.year,
            )  # fmt: skip
        )
        if rows:
            raise UserError(
                self.env._(
                    "“%(unit)s” has a decision no. %(number)s of %(other)s in the same "
                    "year already. One number is one decision: correct the number, or "
                    "give the date %(other)s.",
                    unit=unit.name,
                    number=number,
                    other=format_date(self.env, rows[0][0]),
                )
            )


class IrAttachment(models.Model):
    """The scan of a decision stays what the head has uploaded."""

    _inherit = "ir.attachment"

    def _check_evidence_editable(self):
        result = super()._check_evidence_editable()
        if self.env.su or not self.ids:
            return result
        recognised = self.env["emulation.initiative"].sudo()
        recognised = recognised.search(
            [("unit_decision_attachment_id", "in", self.ids)], limit=1
        )
        if recognised:
            raise UserError(
                self.env._(
                    "This file is the decision by which “%(initiative)s” was "
                    "recognised, and stays as it is.",
                    initiative=recognised.name,
                )
            )
        return result
