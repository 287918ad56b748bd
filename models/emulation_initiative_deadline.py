from odoo import api, fields, models
from odoo.fields import Domain


class EmulationInitiative(models.Model):
    """By when the unit has to examine a request and to decide on it."""

    _inherit = "emulation.initiative"

    date_examine_due = fields.Date(
        string="Unit examines by",
        compute="_compute_dates_due",
        store=True,
        help="Limit for the unit to accept or return what was handed in, by the rules "
        "of the kind on that day",
    )
    date_decide_due = fields.Date(
        string="Unit decides by",
        compute="_compute_dates_due",
        store=True,
        help="Limit for the unit's decision, by the rules of the kind on the day of "
        "handing in",
    )
    is_unit_late = fields.Boolean(
        string="Unit is past its limit",
        compute="_compute_is_unit_late",
        compute_sudo=True,
        search="_search_is_unit_late",
    )

    # The limits of the day of handing in hold: a later change of the kind does not
    # reach back, hence no dependency on its months.
    @api.depends("date_submitted", "date_applied", "kind_id")
    def _compute_dates_due(self):
        for initiative in self:
            kind, start = initiative.kind_id, initiative.date_submitted
            examine, decide = kind.examine_months, kind.decide_months
            examined = start and fields.Date.add(start, months=examine)
            initiative.date_examine_due = examine and examined
            begin = examined and max(examined, initiative.date_applied or examined)
            initiative.date_decide_due = (
                decide and begin and fields.Date.add(begin, months=decide)
            )

    @api.depends("state", "date_examine_due", "date_decide_due")
    def _compute_is_unit_late(self):
        today = fields.Date.context_today(self)
        waiting = self.filtered(lambda one: one.state == "submitted")
        (self - waiting).is_unit_late = False
        # read for those that wait alone: a list of others need not fetch the days
        for initiative in waiting:
            due = initiative.date_examine_due or initiative.date_decide_due
            initiative.is_unit_late = bool(due and due < today)

    def _search_is_unit_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_unit_late_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_unit_late_domain(self):
        """Return the domain of the dossiers on which a unit has not acted in time."""
        today = fields.Date.context_today(self)
        no_limit = Domain("date_examine_due", "=", False)
        late = Domain("date_examine_due", "<", today) | (
            no_limit & Domain("date_decide_due", "<", today)
        )
        return Domain("state", "=", "submitted") & late
