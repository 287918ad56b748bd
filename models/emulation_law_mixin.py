from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, formatLang

from ..tools.text import clean

# Said by the actions that end a law; an object, so that no client can say it.
ENDING = object()


class EmulationLawMixin(models.AbstractModel):
    """A rule that councils apply: dated, versioned, immutable once in force.

    What a result was computed with must stay readable for ever, so a law never
    changes: it is retired and followed by another version of the same code. Lines
    of a law inherit ``emulation.law.line.mixin``.
    """

    _name = "emulation.law.mixin"
    _description = "Dated Law"
    _inherit = ["mail.thread", "emulation.workflow.mixin"]
    _order = "code, version desc, id desc"
    _rec_names_search = ["code", "name"]

    # A draft is free; of a law in force only this may still be written.
    _writable_in_force = frozenset({"note", "state"})

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(
        required=True,
        help="All versions of one law share its code; only one of them holds on "
        "any day",
    )
    version = fields.Integer(
        readonly=True, copy=False, help="Counted by itself within the code"
    )
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force"), ("retired", "Retired")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    date_start = fields.Date(
        string="In force from",
        required=True,
        copy=False,
        default=fields.Date.context_today,
        tracking=True,
        help="First day it holds; the version before ends the day before",
    )
    date_end = fields.Date(
        string="In force until",
        copy=False,
        tracking=True,
        help="Last day it holds; empty as long as no end is known",
    )
    note = fields.Html(
        help="Where the law comes from (regulation of the council, decision, date)"
    )
    can_put_in_force = fields.Boolean(compute="_compute_can_actions")
    can_retire = fields.Boolean(compute="_compute_can_actions")
    can_new_version = fields.Boolean(compute="_compute_can_actions")

    _version_unique = models.UniqueIndex(
        "(code, version)",
        "This version of the law already exists. Use “New version” on the latest one.",
    )
    _version_positive = models.Constraint(
        "CHECK (version > 0)", "Versions are counted from 1."
    )
    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start OR state = 'retired')",
        "A law cannot end before it begins. Correct one of the two dates.",
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for law in self:
            version = self.env._("version %(number)s", number=law.version)
            name = law.name or ""
            law.display_name = f"{name} ({version})" if law.version else name

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_actions(self):
        may_create = self.browse().has_access("create")
        for law in self:
            law.can_put_in_force = law._can_move("in_force")
            law.can_retire = law._can_move("retired")
            law.can_new_version = may_create and law.state != "draft"

    @api.model_create_multi
    def create(self, vals_list):
        counters = {}
        for vals in vals_list:
            self._clean_vals(vals)
            code = vals.get("code")
            if code and not vals.get("version"):
                last = counters.get(code) or self._last_version(code)
                vals["version"] = counters[code] = last + 1
        return super().create(vals_list)

    def write(self, vals):
        vals = self._clean_vals(dict(vals))
        writable = self._get_writable()
        if self.env.context.get("emulation_ending") is ENDING:
            writable |= {"date_end"}
        if set(vals) - writable:
            self._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        for law in self:
            if law.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(law)s” has been in force: results refer to it, so it "
                        "cannot be deleted. Retire it instead.",
                        law=law.display_name,
                    )
                )
        self._check_editable()

    def action_put_in_force(self):
        """Put drafts in force from their first day; ends the version before.

        Raises ``UserError`` naming what is missing, or a version whose days overlap.
        """
        self.write({"state": "in_force"})

    def action_retire(self):
        """End laws today: they serve no new round, past results keep them.

        Raises ``UserError`` for a law that is not in force.
        """
        self.write({"state": "retired"})

    def action_new_version(self):
        """Return the action that opens a new draft version of this law."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "view_mode": "form",
        }

    def _transitions(self):
        return {"draft": {"in_force"}, "in_force": {"retired"}}

    def _may_move(self, target):
        return self.has_access("write")

    def _check_ready(self, target):
        if target != "in_force":
            return
        faults = self._get_faults()
        if faults:
            raise UserError(
                self.env._(
                    "“%(law)s” cannot be put in force yet:\n%(faults)s",
                    law=self.display_name,
                    faults="\n".join(f"- {fault}" for fault in faults),
                )
            )
        self._check_no_overlap()

    def _after_transition(self, source, target):
        today = fields.Date.context_today(self)
        if target == "in_force":
            self._end_previous_versions()
        elif not self.date_end or self.date_end >= today:
            # Withdrawn before its first day, it has never held.
            self._end_on(max(today, self.date_start - timedelta(days=1)))

    def _get_faults(self):
        """Return the translated reasons why this draft cannot be put in force."""
        return []

    def _check_editable(self):
        """Refuse any change of a law that results may already rest on."""
        for law in self:
            if law.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(law)s” is not a draft any more and cannot change: "
                        "results rest on it. Make a new version of it instead.",
                        law=law.display_name,
                    )
                )
            if law._is_used():
                raise UserError(
                    self.env._(
                        "“%(law)s” is a draft that dossiers are already judged by: it "
                        "cannot change any more. Make a new version of it instead.",
                        law=law.display_name,
                    )
                )

    def _get_writable(self):
        """Return the fields that may be written although the law is fixed."""
        return self._writable_in_force

    def _get_uses(self):
        """Return the model and the domain of what rests on these laws, if any can."""
        return None, []

    def _is_used(self):
        """Tell whether anything is already judged by these laws."""
        model, domain = self._get_uses()
        return model is not None and bool(model.sudo().search_count(domain, limit=1))

    def _end_on(self, day):
        """Set the last day of a law; the only way past its immutability."""
        self.with_context(emulation_ending=ENDING).write({"date_end": day})

    def _end_previous_versions(self):
        eve = self.date_start - timedelta(days=1)
        for law in self._other_versions():
            if law._is_followed_by(self) and law._overlaps(self):
                law._end_on(eve)

    def _check_no_overlap(self):
        for law in self._other_versions():
            if law._overlaps(self) and not law._is_followed_by(self):
                raise UserError(
                    self.env._(
                        "“%(law)s” would hold on the same days as “%(other)s”, in "
                        "force from %(start)s. Choose dates that do not overlap.",
                        law=self.display_name,
                        other=law.display_name,
                        start=format_date(self.env, law.date_start),
                    )
                )

    def _is_followed_by(self, law):
        """Tell whether putting ``law`` in force may end this version the day before."""
        return self.state == "in_force" and self.date_start < law.date_start

    def _overlaps(self, other):
        """Tell whether two laws hold on at least one common day."""
        start = max(self.date_start, other.date_start)
        ends = [law.date_end for law in (self, other) if law.date_end]
        return not ends or start <= min(ends)

    def _other_versions(self):
        return self.search(
            [
                ("code", "=", self.code),
                ("state", "in", ("in_force", "retired")),
                ("id", "!=", self.id),
            ]
        )

    @api.model
    def _version_on(self, code, day):
        """Return the version of ``code`` that holds, or held, on ``day`` (a date)."""
        return self.search(
            [
                ("code", "=", code),
                ("state", "in", ("in_force", "retired")),
                ("date_start", "<=", day),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", day),
            ],
            limit=1,
        )

    @api.model
    def _last_version(self, code):
        groups = self._read_group([("code", "=", code)], [], ["version:max"])
        return groups[0][0] or 0

    @api.model
    def _format_points(self, points):
        """Return points as the reader writes numbers, e.g. 79.50 or 79,50."""
        return formatLang(self.env, float(points or 0), digits=2)

    @api.model
    def _clean_vals(self, vals):
        for name in ("name", "code"):
            if vals.get(name):
                vals[name] = clean(vals[name])
        return vals

    @api.model
    def _cron_retire_ended(self):
        """Retire what a later version or its own date has ended before today."""
        today = fields.Date.context_today(self)
        self.search([("state", "=", "in_force"), ("date_end", "<", today)]).write(
            {"state": "retired"}
        )
