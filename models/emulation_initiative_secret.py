from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools.text import clean_lines


class EmulationInitiativeSecret(models.Model):
    """The confidential information of a dossier (R16; Circular 18/2013, Annex I).

    It lies apart from the dossier so that nothing that reads dossiers (search,
    grouping, export, a leader's screen) can meet it. The authors' units, the
    examiners and the council that appraises the dossier read it, nobody else.
    """

    _name = "emulation.initiative.secret"
    _inherit = ["emulation.dossier.line.mixin"]
    _description = "Confidential Information of a Dossier"
    _rec_name = "initiative_id"
    _dossier_field = "confidential_info"

    text = fields.Text(required=True)

    _initiative_unique = models.UniqueIndex(
        "(initiative_id)", "The dossier already has its confidential information."
    )

    @api.constrains("text")
    def _check_length(self):
        for secret in self:
            initiative = secret.initiative_id
            field = initiative._fields["confidential_info"]
            initiative._check_length(field, secret.text)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "text": clean_lines(vals["text"])} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "text" in vals:
            vals = {**vals, "text": clean_lines(vals["text"])}
        return super().write(vals)


class EmulationInitiative(models.Model):
    """The flag everybody sees, and the text that only some may read."""

    _inherit = "emulation.initiative"

    is_confidential = fields.Boolean(
        string="Has confidential information",
        help="Part of the solution must not become known (a recipe, drawings, "
        "personal data). State secrets do not belong in this system at all.",
    )
    confidential_info = fields.Text(
        string="Confidential information",
        compute="_compute_confidential_info",
        inverse="_inverse_confidential_info",
        copy=False,
        help="Read by the authors and their units, the examiners and the council that "
        "appraises it; never searched, exported or published for others",
    )

    @api.depends("is_confidential")
    @api.depends_context("uid")
    def _compute_confidential_info(self):
        texts = {one.initiative_id.id: one.text for one in self._get_secrets()}
        for initiative in self:
            initiative.confidential_info = texts.get(initiative._origin.id, False)

    def _get_secrets(self):
        """Return the confidential texts of these that the user may read.

        The user's own rights decide, also where the caller runs as superuser: a
        related field or a template must not open what the rules keep closed.
        """
        flagged = self._origin.filtered("is_confidential")
        mine = Domain("initiative_id", "in", flagged.ids)
        user = self.env.user
        Secret = self.env["emulation.initiative.secret"].with_user(user)
        readable = (
            Secret.search(mine) if flagged and Secret.has_access("read") else Secret
        )
        own = flagged.sudo().filtered(lambda one: one._is_own(user))
        return readable.sudo() | Secret.sudo().search(
            Domain("initiative_id", "in", own.ids)
        )

    def _inverse_confidential_info(self):
        Secret = self.env["emulation.initiative.secret"]
        for initiative in self:
            text = clean_lines(initiative.confidential_info)
            secret = Secret.search([("initiative_id", "=", initiative.id)])
            if text and secret:
                secret.text = text
            elif text:
                Secret.create({"initiative_id": initiative.id, "text": text})
            else:
                secret.unlink()
            if text and not initiative.is_confidential:
                initiative.is_confidential = True

    def write(self, vals):
        if "confidential_info" in vals and not self.env.su:
            self._check_confidant()
        return super().write(vals)

    def _check_confidant(self):
        """Refuse to overwrite a confidential text one cannot read."""
        kept = self.env["emulation.initiative.secret"].sudo()
        kept = kept.search([("initiative_id", "in", self.ids)]).initiative_id
        blind = kept - self._get_secrets().initiative_id
        if blind:
            raise AccessError(
                self.env._(
                    "You cannot change the confidential information of "
                    "“%(initiative)s”, which you may not read. Ask its unit.",
                    initiative=blind[0].display_name,
                )
            )

    @api.model
    def _contents(self):
        return super()._contents() | {"is_confidential", "confidential_info"}

    @api.model
    def _missing_depends(self):
        return [*super()._missing_depends(), "is_confidential"]

    def _get_missing_contents(self):
        """Ask for the text where it was said that there is something confidential."""
        items = super()._get_missing_contents()
        asked = any(item["code"] == "confidential" for item in items)
        if self.is_confidential and not asked and not self._has_item("confidential"):
            items.append(self._prepare_content_item("confidential"))
        return items

    def _has_item(self, code):
        if code != "confidential":
            return super()._has_item(code)
        kept = self.env["emulation.initiative.secret"].sudo()
        return bool(
            (self.confidential_info or "").strip()
            or kept.search_count([("initiative_id", "in", self._origin.ids)])
        )
