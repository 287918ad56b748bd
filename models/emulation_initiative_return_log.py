from odoo import api, fields, models
from odoo.exceptions import AccessError

# Said by the log itself; an object, so that no client can say it.
APPENDING = object()


class EmulationInitiativeReturnLog(models.Model):
    """Each return, refusal, lapse and reopening of a dossier, a line per cause.

    Append-only, for everybody and every code path. The unit, round, kind and field
    are those of the day: training goes to the unit that handed in.
    """

    _name = "emulation.initiative.return.log"
    _inherit = ["emulation.append.only.mixin", "emulation.unit.mixin"]
    _description = "Return of a Dossier"
    _order = "date desc, id desc"
    _rec_name = "initiative_id"
    _needs_living_unit = False

    initiative_id = fields.Many2one(
        "emulation.initiative",
        string="Dossier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    unit_id = fields.Many2one(readonly=True, default=None)
    round_id = fields.Many2one("emulation.round", readonly=True, ondelete="restrict")
    kind_id = fields.Many2one(
        "emulation.initiative.kind", readonly=True, ondelete="restrict"
    )
    field_id = fields.Many2one("emulation.field", readonly=True, ondelete="restrict")
    event = fields.Selection(
        [
            ("returned", "Returned to complete"),
            ("refused", "Not eligible"),
            ("lapsed", "Lapsed"),
            ("reopened", "Taken up again"),
        ],
        string="What happened",
        required=True,
        readonly=True,
    )
    stage = fields.Selection(
        [("unit", "Unit"), ("organiser", "Organiser")],
        string="By",
        readonly=True,
        help="The head of the unit before the endorsement, or the organiser's "
        "examiner after it",
    )
    cause_id = fields.Many2one(
        "emulation.return.cause", readonly=True, ondelete="restrict"
    )
    reason = fields.Text(readonly=True)
    date = fields.Date(required=True, readonly=True)
    year = fields.Integer(
        compute="_compute_year", store=True, precompute=True, aggregator=None
    )
    date_due = fields.Date(string="To be completed before", readonly=True)
    user_id = fields.Many2one("res.users", string="By whom", readonly=True)

    @api.depends("date")
    def _compute_year(self):
        for entry in self:
            entry.year = entry.date.year if entry.date else 0

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse entries that do not come from what happens to a dossier."""
        if self.env.context.get("emulation_return_log") is not APPENDING:
            raise AccessError(
                self.env._(
                    "The log of returns is written when a dossier is returned, "
                    "refused or lapses. Return the dossier itself."
                )
            )
        return super().create(vals_list)

    @api.model
    def _unchangeable(self):
        return self.env._(
            "Entries in the log of returns are neither changed nor deleted. Return the "
            "dossier anew, with its reason: that makes an entry of its own."
        )

    @api.model
    def _append(self, initiatives, event, reason, causes=None, **vals):
        """Write a line per dossier and cause.

        :param initiatives: the dossiers, as they stand when it happens
        :param event: value of the field ``event``
        :param causes: records of ``emulation.return.cause``; “other” where none
        :param vals: further values, e.g. ``date_due``
        """
        causes = causes or self.env.ref(
            "emulation.return_cause_other", raise_if_not_found=False
        )
        log = self.sudo().with_context(emulation_return_log=APPENDING)
        return log.create(
            [
                {
                    "initiative_id": one.id,
                    "unit_id": one.unit_id.id,
                    "company_id": one.company_id.id,
                    "round_id": one.round_id.id,
                    "kind_id": one.kind_id.id,
                    "field_id": one.field_id.id,
                    "event": event,
                    "stage": "organiser" if one.date_endorsed else "unit",
                    "cause_id": cause.id,
                    "reason": reason,
                    "date": fields.Date.context_today(self),
                    "user_id": self.env.uid,
                    **vals,
                }
                for one in initiatives.sudo()
                for cause in causes or [self.env["emulation.return.cause"]]
            ]
        )
