from odoo import api, fields, models
from odoo.exceptions import UserError

# What a source decided about its paper: who issues it, under which number, who reads
SOURCE_FIELDS = {
    "kind_id",
    "unit_id",
    "company_id",
    "drafter_user_id",
    "reader_user_ids",
    "series",
    "symbol",
}


class EmulationDocument(models.Model):
    """What no client may put on a paper: the identity of an agency.

    Header, symbol and series say who speaks. They come from the unit and from the
    kind of document, or from the record the paper belongs to; whoever could type
    them could speak for anybody.
    """

    _inherit = "emulation.document"

    can_override_identity = fields.Boolean(compute="_compute_can_override_identity")

    @api.depends("state", "res_model")
    @api.depends_context("uid")
    def _compute_can_override_identity(self):
        is_manager = self.env.user.has_group("emulation.group_emulation_manager")
        for document in self:
            by_hand = document.state == "draft" and not document.res_model
            document.can_override_identity = is_manager and by_hand

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        if not self.env.su:
            documents._check_identity()
        return documents

    def write(self, vals):
        if not self.env.su:
            self._check_given_by_source(vals)
        result = super().write(vals)
        if not self.env.su and vals.keys() & {"series", "symbol"}:
            self._check_identity()
        return result

    def _keeps_identity(self):
        """Return whether later changes of the unit no longer reach this paper."""
        self.ensure_one()
        return bool(self._origin) and (self.state != "draft" or bool(self.res_model))

    def _unit_symbol(self):
        """Return the symbol that the issuing units give: theirs, in order."""
        self.ensure_one()
        units = self.issuer_ids.sorted("sequence").unit_id or self.unit_id
        return "-".join(unit.document_symbol for unit in units if unit.document_symbol)

    def _check_identity(self):
        """Refuse a series or symbol other than those of the kind and the units."""
        overrides = self.env.user.has_group("emulation.group_emulation_manager")
        for document in self.sudo().filtered(lambda paper: not paper.res_model):
            forged = [
                name
                for name, given in (
                    ("series", document.kind_id.series),
                    ("symbol", overrides or document._unit_symbol()),
                )
                if given is not True and (document[name] or "") != (given or "")
            ]
            if forged:
                raise UserError(
                    self.env._(
                        "%(fields)s of “%(document)s” come from its units and its "
                        "kind of document. Have them corrected there, under "
                        "Organisation and Configuration.",
                        fields=document._field_labels(forged),
                        document=document.display_name,
                    )
                )

    def _check_given_by_source(self, vals):
        """Refuse to change what the record of the paper decided about it."""
        given = SOURCE_FIELDS & vals.keys()
        for document in self.sudo() if given else ():
            if document.res_model:
                raise UserError(
                    self.env._(
                        "%(fields)s of “%(document)s” come from the record it belongs "
                        "to and stay as they are. Delete the draft and draft it again "
                        "where they are wrong.",
                        fields=document._field_labels(given),
                        document=document.display_name,
                    )
                )

    @api.model
    def _field_labels(self, names):
        labels = (self._fields[name]._description_string(self.env) for name in names)
        return ", ".join(sorted(labels))
