from odoo import api, fields, models


class EmulationAward(models.Model):
    """A title, form of commendation or prize under one regime of law (R26, R59, R88).

    Every regime (Decree 91/2017, 98/2023, 152/2025; each regulation of a prize) is a
    version of its own with the same code, so that what was given in 2018 stays provable
    by the law of 2018.
    """

    _name = "emulation.award"
    _inherit = ["emulation.law.mixin", "emulation.catalogue.mixin"]
    _description = "Award"
    _order = "sequence, code, version desc, id desc"
    # amounts guard themselves; what papers cite is the law of their day
    _writable_in_force = frozenset(
        {"note", "state", "active", "sequence", "rate_ids", "basis_ids"}
    )

    name = fields.Char(translate=True, tracking=False)
    printed_name = fields.Char(
        string="Printed name",
        required=True,
        help="In Vietnamese, as decisions and certificates print it, e.g. Bằng khen "
        "của Chủ tịch Ủy ban nhân dân tỉnh",
    )
    category = fields.Selection(
        [
            ("title", "Emulation title"),
            ("form", "Form of commendation"),
            ("prize", "Prize"),
        ],
        string="Kind of award",
        required=True,
        default="form",
        help="A prize is given by its own regulation and in several grades",
    )
    track = fields.Selection(
        [
            ("front", "Fatherland Front"),
            ("state", "The State"),
            ("central", "Proposed to the centre"),
        ],
        required=True,
        default="front",
        index=True,
        help="Which way a proposal goes: the Front's own commendation, the State's, or "
        "to the centre",
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(
        default=True, help="Archive what your office never gives: it is not offered"
    )
    level_id = fields.Many2one(
        "emulation.unit.level",
        string="Decided at",
        ondelete="restrict",
        help="Level of the unit that decides; empty when units of several levels do",
    )
    decided_by = fields.Char(
        string="Decided by",
        tracking=True,
        help="As printed, e.g. Chủ tịch Ủy ban nhân dân tỉnh",
    )
    recipient_kind_ids = fields.Many2many(
        "emulation.recipient.kind", string="Given to", help="Who may receive it"
    )
    legal_text_id = fields.Many2one(
        "emulation.legal.text",
        string="Regime",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The text that lays it down: decree, or regulation of the prize",
    )
    fault_text = fields.Text(
        compute="_compute_fault_text", string="Missing before it can be put in force"
    )

    @api.depends(
        "name", "version", "state", "date_start", "date_end", "legal_text_id.number"
    )
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Only what does not hold today needs telling apart: by its regime."""
        today = fields.Date.context_today(self)
        for award in self:
            name = award.name or ""
            if not award.version or award._is_in_force(today):
                award.display_name = name
                continue
            regime = award.legal_text_id.sudo().number or self.env._(
                "version %(number)s", number=award.version
            )
            award.display_name = f"{name} ({regime})"

    @api.depends(
        *("state", "category", "track", "recipient_kind_ids", "decided_by"),
        *("level_id", "decider", "appraised_by"),
        *("rate_ids.recipient_kind_id", "prize_ids.number", "prize_ids.amount"),
    )
    @api.depends_context("lang")
    def _compute_fault_text(self):
        for award in self:
            faults = award._get_faults() if award.state == "draft" else []
            award.fault_text = "\n".join(faults)

    def _get_faults(self):
        faults = super()._get_faults()
        if not self.recipient_kind_ids:
            faults.append(
                self.env._("Nobody may receive it. Enter the kinds of recipients.")
            )
        if not self.decided_by:
            faults.append(
                self.env._("It is not said who decides. Enter the deciding authority.")
            )
        return faults

    @api.model
    def _get_in_force(self, code, day):
        """Return the version of ``code`` that holds, or held, on ``day`` (a date).

        Also one that is archived by now; empty when there was none.
        """
        return self.with_context(active_test=False)._version_on(code, day)

    def _is_in_force(self, day):
        """Tell whether this version holds, or held, on ``day`` (a date)."""
        self.ensure_one()
        if self.state == "draft" or not self.date_start or self.date_start > day:
            return False
        return not self.date_end or self.date_end >= day

    # Versions are counted and compared with those that are archived, too.

    def _other_versions(self):
        return super(
            EmulationAward, self.with_context(active_test=False)
        )._other_versions()

    @api.model
    def _last_version(self, code):
        return super(
            EmulationAward, self.with_context(active_test=False)
        )._last_version(code)

    @api.model
    def _put_in_force_shipped(self, awards):
        """Put what the installation ships in force, once; in the order of time.

        :param awards: ids of the shipped versions
        """
        drafts = self.browse(awards).filtered(lambda award: award.state == "draft")
        for award in drafts.sorted("date_start"):
            award.action_put_in_force()
        drafts._cron_retire_ended()
