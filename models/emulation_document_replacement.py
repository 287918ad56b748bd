from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class EmulationDocument(models.Model):
    """A paper that takes the place of an earlier one (văn bản thay thế).

    The earlier one ceases to hold with the signature of the later. What a paper did to
    a record is taken back by revoking alone: such a paper is not replaced by hand.
    """

    _inherit = "emulation.document"

    replaces_id = fields.Many2one(
        "emulation.document",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('state', '=', 'signed'), ('res_id', '=', False), ('id', '!=', id)]",
        help="The earlier paper that this one takes the place of. It no longer holds "
        "once this one is signed",
    )
    replaced_by_id = fields.Many2one(
        "emulation.document",
        string="Replaced by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    date_replaced = fields.Date(string="Replaced on", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        offered = self.default_get(["replaces_id"])
        for vals in vals_list:
            self._check_may_name({**offered, **vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_name(vals)
        return super().write(vals)

    @api.model
    def _check_may_name(self, vals):
        """Refuse to name a paper one may not read: its title would show."""
        self.browse(vals.get("replaces_id") or ()).check_access("read")

    def _check_ready_to_sign(self):
        date = super()._check_ready_to_sign()
        if self.replaces_id:
            self._check_may_replace(date)
        return date

    def _check_may_replace(self, date):
        """Refuse to replace what does not hold, is another's, or had effects."""
        self.ensure_one()
        former = self.sudo().replaces_id
        reason = None
        if former.state != "signed" or former == self:
            reason = self.env._("it is not in force")
        elif former.is_restricted:
            reason = self.env._("it is not published yet")
        elif former.res_model or former.certificate_ids:
            reason = self.env._(
                "it had effects on records; revoke it, then draft the new one from its "
                "record"
            )
        elif self.unit_id not in (
            former.unit_id | former.unit_id._get_living_successors()
        ):
            reason = self.env._(
                "it is a paper of “%(unit)s”", unit=former.unit_id.display_name
            )
        elif date < former.date_signed:
            reason = self.env._(
                "it is dated %(day)s, later than this one",
                day=format_date(self.env, former.date_signed),
            )
        if reason:
            raise UserError(
                self.env._(
                    "“%(document)s” cannot replace No. %(former)s: %(reason)s.",
                    document=self.display_name,
                    former=former.reference or "",
                    reason=reason,
                )
            )

    def _replace_former(self):
        """Let the earlier paper cease to hold, and log it."""
        self.ensure_one()
        former = self.sudo().replaces_id
        if not former:
            return
        former._write_system(
            {
                "state": "replaced",
                "replaced_by_id": self.id,
                "date_replaced": self.date_signed,
            }
        )
        former.with_env(self.env)._log_replacement()
