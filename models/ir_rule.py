from odoo import models
from odoo.exceptions import AccessError


class IrRule(models.Model):
    """What a rule hides is not named by the refusal, in debug mode either.

    The framework's refusal tells the names of the records to every employee who adds
    ``debug`` to an address: numbers tried one after another would tell every title
    that is hidden, and who is nominated for what.
    """

    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        is_ours = records._name.startswith("emulation.")
        if not is_ours or not self.env.user.has_group("base.group_no_one"):
            return super()._make_access_error(operation, records)
        records.invalidate_recordset()
        return AccessError(
            self.env._(
                "A rule keeps you from this: %(model)s (%(name)s: %(ids)s). What it "
                "hides is not named. Ask the unit that it belongs to.",
                model=self.env["ir.model"]._get(records._name).name,
                name=records._name,
                ids=", ".join(map(str, records.ids[:6])),
            )
        )
