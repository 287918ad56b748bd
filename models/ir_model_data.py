from odoo import api, models
from odoo.exceptions import AccessError


class IrModelData(models.Model):
    """An external identifier goes on naming the record that it names.

    By a key of the context every employee may say which identifier a new record gets,
    also one that is taken: of the template that mails are written by, of a role.
    """

    _inherit = "ir.model.data"

    @api.model
    def _update_xmlids(self, data_list, update=False):
        if not self.env.su and not self.env.is_system():
            for data in data_list:
                self._emulation_check_free(data["xml_id"], data["record"])
        return super()._update_xmlids(data_list, update)

    @api.model
    def _emulation_check_free(self, xml_id, record):
        """Refuse an identifier of another record, or of an application.

        :raises AccessError: where it is not free for ``record``
        """
        named = self.sudo()._xmlid_to_res_model_res_id(xml_id)
        if named == (record._name, record.id):
            return
        module = xml_id.partition(".")[0]
        if named[1] or module in self.pool._init_modules:
            raise AccessError(
                self.env._(
                    "The external identifier “%(identifier)s” is taken. Choose one of "
                    "your own.",
                    identifier=xml_id,
                )
            )
