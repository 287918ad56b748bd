import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.text import clean, fold

# keywords stand between commas, sentences end
WORD = re.compile(r"\w+")
# Words this short say nothing of what a text is about
SHORTEST_WORD = 3
FOUND_AT_ONCE = 20
# of each sort of nearness (field and words, words, field) so many are compared
LOOKED_AT = 500


class EmulationNeed(models.Model):
    """A problem of a unit that somebody's initiative may solve (nhu cầu; R31).

    A call for help: every office reads it, its unit keeps it.
    """

    _name = "emulation.need"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin", "mail.thread"]
    _description = "Need"
    _order = "date desc, id desc"
    _rec_names_search = ["search_text"]

    name = fields.Char(string="What is needed", required=True, tracking=True)
    unit_id = fields.Many2one(string="Needed by", tracking=True)
    field_id = fields.Many2one("emulation.field", required=True, ondelete="restrict")
    date = fields.Date(
        string="Entered on", required=True, default=fields.Date.context_today
    )
    date_until = fields.Date(string="Wanted by", help="After this day it is of no use")
    problem = fields.Text(string="The problem", required=True)
    effect = fields.Text(string="What should be better then")
    contact = fields.Char(help="Whom to ask, with telephone")
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
        export_string_translation=False,
    )
    state = fields.Selection(
        [("open", "Looking"), ("matched", "In talks"), ("solved", "Solved"),
         ("closed", "Closed")],
        default="open",
        required=True,
        copy=False,
        tracking=True,
        group_expand=True,
        index=True,
    )  # fmt: skip
    match_ids = fields.One2many("emulation.need.match", "need_id", string="Candidates")
    match_count = fields.Integer(
        string="Number of candidates", compute="_compute_match_count"
    )
    close_reason = fields.Char(copy=False, help="Why it is given up")
    can_close = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can")

    _until_order = models.Constraint(
        "CHECK (date_until IS NULL OR date_until >= date)",
        "The day it is wanted by lies before the day it was entered. Correct it.",
    )

    @api.depends("name", "problem")
    def _compute_search_text(self):
        for need in self:
            need.search_text = fold(f"{need.name or ''} {need.problem or ''}")

    @api.depends("match_ids")
    def _compute_match_count(self):
        counts = dict(
            self.env["emulation.need.match"]._read_group(
                [("need_id", "in", self.ids)], ["need_id"], ["__count"]
            )
        )
        for need in self:
            need.match_count = counts.get(need._origin, 0)

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for need in self:
            need.can_edit = need._keeps()
            need.can_close = need._can_move("closed")
            need.can_reopen = need.state == "closed" and need._can_move("open")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = clean(vals.get("name"))
        return super().create(vals_list)

    def _search_display_name(self, operator, value):
        """Find needs without diacritics, by their title and problem."""
        if isinstance(value, str) and operator in ("ilike", "like", "=ilike"):
            return Domain("search_text", operator.replace("ilike", "like"), fold(value))
        return super()._search_display_name(operator, value)

    # ACTIONS

    def action_find(self):
        """Look for recognised initiatives that may solve it, and propose the nearest.

        By field (with what lies below it) and by words in common, diacritics ignored.
        """
        for need in self:
            need._check_keeps()
            need._propose(need._find_entries(), "system")

    def action_close(self):
        """Give the need up, with the reason entered.

        :raises UserError: without a reason
        """
        self.write({"state": "closed"})

    def action_reopen(self):
        """Open a need that was given up again."""
        self.write({"state": "open"})

    # WORKFLOW

    def _transitions(self):
        return {
            "open": {"matched", "solved", "closed"},
            "matched": {"open", "solved", "closed"},
            "solved": set(),
            "closed": {"open"},
        }

    def _may_move(self, target):
        # the other moves follow from the candidates
        return target in ("closed", "open") and self._keeps()

    def _keeps(self):
        """Return whether the user keeps this need for its unit."""
        user = self.env.user
        return user.has_group("emulation.group_emulation_movement") or (
            self.in_scope and user.has_group("emulation.group_emulation_officer")
        )

    def _check_keeps(self):
        if not self._keeps():
            raise UserError(
                self.env._(
                    "Only “%(unit)s” and the units above it work on the need "
                    "“%(need)s”. Write to its contact instead.",
                    unit=self.unit_id.name,
                    need=self.name,
                )
            )

    def _check_ready(self, target):
        if target == "closed" and not (self.close_reason or "").strip():
            raise UserError(
                self.env._(
                    "Enter why “%(need)s” is given up, so that others do not go on "
                    "looking.",
                    need=self.name,
                )
            )

    # MATCHING

    def _find_entries(self):
        """Return the entries of the library nearest to this need, best first.

        Same field first, then by the number of words in common.
        """
        self.ensure_one()
        words = self._get_words(self.search_text)
        fields_ = self.env["emulation.field"].search(
            [("id", "child_of", self.field_id.ids)]
        )
        entries = self.env["emulation.initiative.entry"]
        found = self._look_for(entries, Domain.TRUE, fields_, words)
        return self._rank(found, fields_, words)[:FOUND_AT_ONCE]

    @api.model
    def _look_for(self, records, among, fields_, words):
        """Return the records near by field and words, by words, and by field.

        One after the other: however many there are in a field, those that have words
        in common as well are among them.
        """
        by_field = Domain("field_id", "in", fields_.ids)
        by_words = Domain.OR(Domain("search_text", "like", word) for word in words)
        for near in (by_field & by_words, by_words, by_field):
            records |= records.search(among & near, limit=LOOKED_AT)
        return records

    @api.model
    def _get_words(self, text):
        """Return the words of a folded text that say what it is about."""
        words = WORD.findall(fold(text))
        return sorted({word for word in words if len(word) > SHORTEST_WORD})

    @api.model
    def _rank(self, records, alike, words):
        """Return those of ``records`` that are near, nearest first.

        :param alike: the fields that count as the same
        """

        def nearness(record):
            text = set(WORD.findall(record.search_text or ""))
            common = sum(word in text for word in words)
            return common + 2 * (record.field_id in alike), record.id

        near = records.filtered(lambda record: nearness(record)[0] >= 2)
        return near.sorted(nearness, reverse=True)

    def _propose(self, entries, origin):
        """Enter ``entries`` as candidates, those already there left alone."""
        self.ensure_one()
        self._check_keeps()
        Match = self.env["emulation.need.match"].sudo()
        known = set(self.match_ids.initiative_id.ids)
        return Match.create(
            [
                {"need_id": self.id, "entry_id": entry.id, "origin": origin}
                for entry in entries
                if entry.id not in known
            ]
        )


class EmulationInitiativeEntry(models.Model):
    _inherit = "emulation.initiative.entry"

    def _find_needs(self):
        """Return the open needs that this initiative may solve, nearest first."""
        self.ensure_one()
        Need = self.env["emulation.need"]
        words = Need._get_words(self.search_text)
        # a need of the whole field is met by an initiative in a part of it
        fields_ = self.field_id._get_ancestry()
        open_ = Domain("state", "in", ("open", "matched"))
        needs = Need._look_for(Need, open_, fields_, words)
        return Need._rank(needs, fields_, words)[:FOUND_AT_ONCE]

    def action_view_needs(self):
        """Open the needs that this initiative could solve."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_need_action"
        )
        return {
            **action,
            "domain": [("id", "in", self._find_needs().ids)],
            "path": False,
        }
