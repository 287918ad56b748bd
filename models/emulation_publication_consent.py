from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .emulation_publication_entry import CONSENT, OFFICER


class EmulationPublicationEntry(models.Model):
    """Nobody is told of in a book without consent on paper; a minor's guardian too."""

    _name = "emulation.publication.entry"
    _inherit = ["emulation.publication.entry", "emulation.scan.mixin"]
    _scan_fields = {
        "consent_file": "consent_file_name",
        "guardian_file": "guardian_file_name",
    }

    consent_date = fields.Date(string="Consent given on", copy=False, groups=OFFICER)
    consent_by = fields.Char(
        string="Consent given by", copy=False, groups=OFFICER, help="Who signed it"
    )
    consent_file = fields.Binary(
        string="Paper of consent", attachment=True, copy=False, groups=OFFICER
    )
    consent_file_name = fields.Char(copy=False, groups=OFFICER)
    consent_asked = fields.Char(
        string="Whose consent it takes",
        compute="_compute_consent_asked",
        compute_sudo=True,
        groups=OFFICER,
        help="The person it tells of; of a collective, the head of its unit",
    )
    is_minor = fields.Boolean(
        string="Needs a guardian", compute="_compute_is_minor", compute_sudo=True
    )
    guardian_name = fields.Char(string="Guardian", copy=False, groups=OFFICER)
    guardian_relation = fields.Char(
        string="Relation to the person", copy=False, groups=OFFICER
    )
    guardian_date = fields.Date(
        string="Guardian's consent given on", copy=False, groups=OFFICER
    )
    guardian_file = fields.Binary(
        string="Paper of the guardian", attachment=True, copy=False, groups=OFFICER
    )
    guardian_file_name = fields.Char(copy=False, groups=OFFICER)

    @api.depends("partner_id", "unit_id")
    def _compute_consent_asked(self):
        for entry in self:
            heads = entry.unit_id._get_heads() if not entry.partner_id else ()
            if entry.partner_id or not entry.unit_id:
                entry.consent_asked = entry.partner_id.name
            elif heads:
                entry.consent_asked = self.env._(
                    "%(names)s, head of %(unit)s",
                    names=", ".join(heads.mapped("name")),
                    unit=entry.unit_id.name,
                )
            else:
                entry.consent_asked = self.env._(
                    "The head of %(unit)s", unit=entry.unit_id.name
                )

    @api.depends(
        "partner_id.emulation_born_on", "publication_id.age_of_consent", "consent_date"
    )
    @api.depends_context("uid")
    def _compute_is_minor(self):
        """Count the age on the day of the consent.

        For whoever may not read the date of birth it is that of today: days tried one
        after the other would tell the date.
        """
        today = fields.Date.context_today(self)
        readable = self.partner_id._origin._emulation_with_birth()
        for entry in self:
            person = entry.partner_id._origin
            born = person.emulation_born_on
            day = entry.consent_date if person in readable else None
            age = relativedelta(day or today, born).years if born else 99
            limit = entry.publication_id._origin.age_of_consent
            entry.is_minor = age < limit

    @api.constrains("consent_date", "guardian_date")
    def _check_consent_days(self):
        today = fields.Date.context_today(self)
        for entry in self.sudo():
            if any(
                day and day > today for day in (entry.consent_date, entry.guardian_date)
            ):
                raise ValidationError(
                    self.env._(
                        "“%(story)s”: consent cannot be given in the future. Enter the "
                        "day on the paper.",
                        story=entry.name,
                    )
                )

    def action_withdraw_consent(self):
        """Follow whoever takes the consent back: the story leaves the book at once.

        A book that was compiled is open again.

        :raises UserError: when the book is out, or the user does not write the story
        """
        self.check_access("read")
        for entry in self:
            if not entry.can_withdraw_consent:
                raise UserError(
                    self.env._(
                        "The consent to “%(story)s” cannot be taken back here: there "
                        "is none, the book is out, or it is another unit's story.",
                        story=entry.name,
                    )
                )
        taken = self.sudo()
        taken.publication_id.filtered(lambda one: one.state == "compiled").write(
            {"state": "draft"}
        )
        taken.filtered(lambda one: one.state != "draft").write({"state": "draft"})
        taken.write(dict.fromkeys(CONSENT, False))
        for entry in self:
            entry.sudo().message_post(body=self.env._("The consent was taken back."))

    def _get_missing(self):
        return super()._get_missing() + self._get_missing_consent()

    def _get_missing_consent(self):
        missing = []
        if not (self.consent_date and self.consent_by and self.consent_file):
            missing.append(
                self.env._("The consent with its day, who gave it and the paper.")
            )
        asked = self.partner_id.emulation_category_id.asks_birth_date
        limit = self.publication_id.age_of_consent
        if limit and asked and not self.partner_id.emulation_born_on:
            missing.append(
                self.env._("The date of birth: a minor needs a guardian's consent.")
            )
        if self.is_minor and not (
            self.guardian_name
            and self.guardian_relation
            and self.guardian_date
            and self.guardian_file
        ):
            missing.append(
                self.env._("The guardian's consent: name, relation, day and paper.")
            )
        return missing
