from odoo import api, models


class EmulationLawLineMixin(models.AbstractModel):
    """A line of a law: as immutable as the law it belongs to.

    ``_law_field`` names the many2one to the law; the guard stands here too because
    a line can be reached without its law (RPC, import).
    """

    _name = "emulation.law.line.mixin"
    _description = "Line of a Dated Law"
    _law_field = None

    @api.model_create_multi
    def create(self, vals_list):
        named = {vals[self._law_field] for vals in vals_list if self._law_field in vals}
        self[self._law_field].browse(named)._check_editable()
        lines = super().create(vals_list)
        # The law may also have come from a default of the context.
        lines[self._law_field]._check_editable()
        return lines

    def write(self, vals):
        self[self._law_field]._check_editable()
        result = super().write(vals)
        if self._law_field in vals:
            self[self._law_field]._check_editable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_law_in_force(self):
        self[self._law_field]._check_editable()
