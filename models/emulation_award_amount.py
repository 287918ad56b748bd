from odoo import api, fields, models
from odoo.exceptions import UserError

from .emulation_award_rate import MISSING


class EmulationAward(models.Model):
    """What an award pays: the base salary of the day of decision, rounded up."""

    _inherit = "emulation.award"
    rate_ids = fields.One2many(
        "emulation.award.rate", "award_id", string="Amounts", copy=True
    )
    rounding = fields.Integer(
        string="Rounded up to",
        required=True,
        default=lambda self: self._default_rounding(),
        help="In đồng: an amount is rounded up to a multiple of this, e.g. 10,000",
    )
    missing_amounts = fields.Char(
        string="No amount yet for", compute="_compute_missing_amounts"
    )

    _rounding_positive = models.Constraint(
        "CHECK (rounding > 0)",
        "An amount is rounded up to a whole number of đồng: enter 1 or more.",
    )

    @api.model
    def _default_rounding(self):
        """Return how the latest law rounds, for a new award to round alike."""
        latest = self.search(
            [("state", "=", "in_force")], order="date_start desc, id desc", limit=1
        )
        return latest.rounding or 1

    @api.depends("category", "recipient_kind_ids", "rate_ids.recipient_kind_id")
    @api.depends_context("lang")
    def _compute_missing_amounts(self):
        for award in self:
            missing = award._get_kinds_without_amount()
            award.missing_amounts = ", ".join(missing.mapped("name"))

    def _get_kinds_without_amount(self):
        if self.category == "prize":
            return self.env["emulation.recipient.kind"]
        return self.recipient_kind_ids - self.rate_ids.recipient_kind_id

    def _get_faults(self):
        faults = super()._get_faults()
        for kind in self.rate_ids.recipient_kind_id - self.recipient_kind_ids:
            faults.append(
                self.env._(
                    "There is an amount for “%(kind)s”, who may not receive it. Remove "
                    "the amount, or add them to those it is given to.",
                    kind=kind.name,
                )
            )
        return faults

    def _check_editable(self):
        """An amount that an award in force lacks may still be added."""
        if self.env.context.get("emulation_missing") is MISSING:
            return None
        return super()._check_editable()

    def _get_rate(self, recipient_kind):
        """Return what the award pays this kind of recipient.

        :raises UserError: when they may not receive it, or no amount is known
        """
        self.ensure_one()
        names = {"award": self.display_name, "kind": recipient_kind.name}
        if recipient_kind not in self.recipient_kind_ids:
            raise UserError(
                self.env._(
                    "“%(award)s” is not given to “%(kind)s”. Choose another award, or "
                    "another kind of recipient.",
                    **names,
                )
            )
        rate = self.rate_ids.filtered(
            lambda one: one.recipient_kind_id == recipient_kind
        )
        if not rate:
            raise UserError(
                self.env._(
                    "How much “%(award)s” pays “%(kind)s” is not entered yet. A "
                    "movement manager can enter it under Configuration › Awards, on "
                    "the page Amounts.",
                    **names,
                )
            )
        return rate

    def _get_amount(self, recipient_kind, day):
        """Return what is paid for a decision of ``day``, in whole đồng.

        A prize is paid by its grade: ask ``emulation.award.prize._get_amount``.

        :param recipient_kind: a record of ``emulation.recipient.kind``
        :param day: date of the decision; its base salary counts
        :raises UserError: when they may not receive it, or no amount is known
        """
        return self._get_rate(recipient_kind)._get_amount(day)

    def _explain_amounts(self, day):
        """Return a sentence per kind of recipient: what is paid on ``day``, and why."""
        self.ensure_one()
        lines = [rate._explain(day) for rate in self.rate_ids]
        missing = self._get_kinds_without_amount()
        if missing:
            names = ", ".join(missing.mapped("name"))
            lines.append(self.env._("%(kinds)s: no amount entered yet", kinds=names))
        return lines
