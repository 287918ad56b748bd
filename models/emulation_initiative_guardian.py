import base64
import binascii

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationAuthorCategory(models.Model):
    _inherit = "emulation.author.category"

    asks_birth_date = fields.Boolean(
        string="Asks for the birth date",
        help="Authors of this category may be minors: their dossiers are not complete "
        "without the date of birth",
    )


class EmulationRound(models.Model):
    _inherit = "emulation.round"

    age_of_consent = fields.Integer(
        default=18,
        required=True,
        help="Younger authors need the consent of a guardian on the day of hand-in; 0 "
        "when no author needs it",
    )

    _age_of_consent_range = models.Constraint(
        "CHECK (age_of_consent >= 0 AND age_of_consent <= 30)",
        "The age of consent lies between 0 and 30 years.",
    )


class EmulationInitiativeAuthor(models.Model):
    """What the form says about an author, and the guardian's consent for a minor."""

    _inherit = "emulation.initiative.author"

    birth_date = fields.Date(
        related="partner_id.emulation_birth_date",
        readonly=False,
        groups="emulation.group_emulation_officer",
    )
    workplace = fields.Char(related="partner_id.emulation_workplace", readonly=False)
    job_title = fields.Char(
        string="Job title", related="partner_id.function", readonly=False
    )
    qualification = fields.Char(
        related="partner_id.emulation_qualification", readonly=False
    )
    is_minor = fields.Boolean(
        string="Needs a guardian",
        compute="_compute_is_minor",
        help="Younger than the round's age of consent on the day of hand-in",
    )
    guardian_name = fields.Char(
        string="Guardian", groups="emulation.group_emulation_officer"
    )
    guardian_relation = fields.Char(
        string="Relation to the author",
        groups="emulation.group_emulation_officer",
        help="E.g. mother, father, guardian by decision",
    )
    guardian_phone = fields.Char(
        string="Guardian's telephone", groups="emulation.group_emulation_officer"
    )
    guardian_consent = fields.Boolean(
        string="Guardian consents",
        groups="emulation.group_emulation_officer",
        help="To the hand-in, the appraisal and the publication of the author's name",
    )
    date_guardian_consent = fields.Date(
        string="Consent given on", groups="emulation.group_emulation_officer"
    )
    guardian_paper = fields.Binary(
        string="Paper of consent",
        attachment=True,
        groups="emulation.group_emulation_officer",
        help="Scan or photograph of the consent signed by the guardian",
    )
    guardian_paper_name = fields.Char(groups="emulation.group_emulation_officer")

    @api.depends(
        "partner_id.emulation_born_on",
        "initiative_id.round_id.age_of_consent",
        "initiative_id.date_submitted",
    )
    def _compute_is_minor(self):
        today = fields.Date.context_today(self)
        for author in self.sudo():
            born = author.partner_id.emulation_born_on
            day = author.initiative_id.date_submitted or today
            age = relativedelta(day, born).years if born else None
            limit = author.initiative_id.round_id.age_of_consent
            author.is_minor = age is not None and age < limit

    @api.constrains("date_guardian_consent")
    def _check_date_guardian_consent(self):
        today = fields.Date.context_today(self)
        for author in self:
            day = author.sudo().date_guardian_consent
            if day and day > today:
                raise ValidationError(
                    self.env._(
                        "“%(author)s”: the consent of the guardian cannot be given in "
                        "the future. Enter the day on the paper.",
                        author=author.partner_id.name,
                    )
                )

    def _lacks_consent(self):
        """Return whether a minor's guardian has not consented, in full and on paper."""
        self.ensure_one()
        return self.is_minor and not (
            self.guardian_consent
            and self.guardian_name
            and self.guardian_relation
            and self.guardian_phone
            and self.date_guardian_consent
            and self.guardian_paper
        )

    def _lacks_birth_date(self):
        """Return whether nobody can tell if the author is a minor."""
        self.ensure_one()
        partner = self.partner_id
        asked = partner.emulation_category_id.asks_birth_date
        limit = self.initiative_id.round_id.age_of_consent
        return asked and limit and not partner.sudo().emulation_born_on

    def _has_details(self):
        """Return whether all the form asks about an author is there."""
        self.ensure_one()
        person = self.partner_id
        place = person.emulation_workplace or person.emulation_unit_id
        born = person.sudo().emulation_born_on or person.is_company
        return bool(
            born and place and person.function and person.emulation_qualification
        )

    def _read_paper(self):
        """Return the content of the paper of consent in bytes."""
        self.ensure_one()
        try:
            paper = self.with_context(bin_size=False).guardian_paper
            return base64.b64decode(paper or b"")
        except binascii.Error:
            return b""


class EmulationInitiative(models.Model):
    """Minors hand in with the consent of a guardian (R74)."""

    _inherit = "emulation.initiative"

    has_minors = fields.Boolean(compute="_compute_has_minors")

    @api.depends("author_ids.is_minor")
    def _compute_has_minors(self):
        for initiative in self:
            initiative.has_minors = any(initiative.author_ids.mapped("is_minor"))

    @api.model
    def _missing_depends(self):
        return [
            *super()._missing_depends(), "author_ids.is_minor",
            "author_ids.guardian_consent", "author_ids.guardian_paper",
            "author_ids.guardian_name", "author_ids.guardian_phone",
            "author_ids.guardian_relation", "author_ids.date_guardian_consent",
            "author_ids.partner_id.emulation_category_id",
        ]  # fmt: skip

    def _get_missing_authors(self):
        """Ask for birth dates and the guardians' consent."""
        items = super()._get_missing_authors()
        for author in self.sudo().author_ids:
            name = author.partner_id.name or ""
            if author._lacks_birth_date():
                label = self.env._("the birth date of “%(author)s”", author=name)
                why = self.env._("a minor needs the consent of a guardian")
                items.append(self._prepare_author_item("birth_date", label, why))
            elif author._lacks_consent():
                label = self.env._(
                    "the guardian of “%(author)s”: name, relation, telephone, consent "
                    "with its date and paper",
                    author=name,
                )
                why = self.env._("a minor hands in with the consent of a guardian")
                items.append(self._prepare_author_item("guardian", label, why))
            elif author.is_minor:
                items += self._get_refused_paper(author)
        return items

    def _get_refused_paper(self, author):
        """Return an item when the round does not take the paper as a file."""
        paper = author._read_paper()
        rnd = self.round_id.sudo()
        fault = rnd and rnd._get_file_fault(
            author.guardian_paper_name or author._fields["guardian_paper"].name,
            self.env["ir.attachment"]._detect_content(paper),
            len(paper),
        )
        if not fault:
            return []
        why = self.env._("examiners must be able to open it")
        return [self._prepare_author_item("guardian_paper", fault, why)]

    def _prepare_author_item(self, code, label, why):
        return self._prepare_item(code, label, why, "authors", "author_ids")

    def _has_item(self, code):
        if code == "author_details":
            return all(author._has_details() for author in self.sudo().author_ids)
        return super()._has_item(code)


class ResPartner(models.Model):
    """What the form of request says about an author beside the name."""

    _inherit = "res.partner"

    emulation_workplace = fields.Char(
        string="Work place or residence",
        help="As it is to be printed in the list of authors",
    )
    emulation_qualification = fields.Char(
        string="Professional qualification",
        help="E.g. engineer, master of education, skilled worker grade 5",
    )
