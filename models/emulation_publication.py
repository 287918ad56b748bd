from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.text import clean

MOVEMENT = "emulation.group_emulation_movement"
# What a book says of itself, fixed once it is compiled
CONTENT = {
    "name", "year", "number", "unit_id", "paper", "foreword", "compilers",
    "age_of_consent",
}  # fmt: skip
IMPRINT = CONTENT | {"publisher", "copies", "isbn", "licence", "date_published"}


class EmulationPublication(models.Model):
    """A book of stories: “Gương người Hà Nam đoàn kết sáng tạo” (R27, R46).

    The movement office compiles it from stories that units write about their own
    people. Only stories whose people consented are printed; the book that came out
    is kept as it was printed.
    """

    _name = "emulation.publication"
    _inherit = ["emulation.workflow.mixin", "emulation.unit.mixin", "mail.thread"]
    _description = "Publication"
    _order = "year desc, id desc"

    name = fields.Char(string="Book title", required=True, tracking=True)
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    number = fields.Char(string="Volume", help="E.g. Tập 1, Số đặc biệt")
    unit_id = fields.Many2one(string="Edited by", tracking=True)
    compilers = fields.Text(
        string="Responsible for the contents",
        help="Printed in the imprint, a line each",
    )
    publisher = fields.Char(help="Publishing house or agency that brings it out")
    copies = fields.Integer(string="Number of copies", aggregator="sum")
    isbn = fields.Char(string="ISBN")
    licence = fields.Char(
        string="Decision or licence to publish",
        help="Number and date of the paper by which it may be published",
    )
    date_published = fields.Date(string="Published on", tracking=True)
    paper = fields.Selection(
        [("a5", "A5 (148 × 210 mm)"), ("a4", "A4 (210 × 297 mm)")],
        string="Page size",
        required=True,
        default="a5",
    )
    age_of_consent = fields.Integer(
        default=18,
        required=True,
        aggregator=None,
        help="Of younger people the guardian's consent is needed too; 0 when of nobody",
    )
    foreword = fields.Html(sanitize_overridable=False)
    state = fields.Selection(
        [("draft", "Being written"), ("compiled", "Compiled"),
         ("published", "Out in print")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )  # fmt: skip
    entry_ids = fields.One2many(
        "emulation.publication.entry", "publication_id", string="Stories"
    )
    entry_count = fields.Integer(string="Number of stories", compute="_compute_counts")
    accepted_count = fields.Integer(string="Accepted", compute="_compute_counts")
    waiting_count = fields.Integer(string="To be decided", compute="_compute_counts")
    booklet = fields.Binary(
        string="The book as printed", readonly=True, attachment=True, copy=False
    )
    booklet_name = fields.Char(
        compute="_compute_booklet_name", export_string_translation=False
    )
    can_compile = fields.Boolean(compute="_compute_can")
    can_publish = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")
    can_edit = fields.Boolean(compute="_compute_can")
    can_add = fields.Boolean(compute="_compute_can")

    _copies_range = models.Constraint(
        "CHECK (copies >= 0)", "The number of copies is not negative."
    )
    _age_range = models.Constraint(
        "CHECK (age_of_consent >= 0 AND age_of_consent <= 30)",
        "The age of consent lies between 0 and 30 years.",
    )
    _year_range = models.Constraint(
        "CHECK (year >= 1990 AND year <= 2100)",
        "Enter the year of the book with four digits.",
    )
    _title_unique = models.UniqueIndex(
        "(unit_id, year, name, COALESCE(number, ''))",
        "This unit already has a publication of this title, year and volume. Open "
        "that one, or enter another volume.",
    )

    @api.depends("entry_ids.state")
    def _compute_counts(self):
        groups = self.env["emulation.publication.entry"]._read_group(
            [("publication_id", "in", self.ids)],
            ["publication_id", "state"],
            ["__count"],
        )
        totals = {}
        for publication, state, count in groups:
            totals.setdefault(publication.id, {})[state] = count
        for publication in self:
            states = totals.get(publication._origin.id, {})
            publication.entry_count = sum(states.values())
            publication.accepted_count = states.get("accepted", 0)
            publication.waiting_count = states.get("proposed", 0)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        officer = self.env.user.has_group("emulation.group_emulation_officer")
        for publication in self:
            publication.can_compile = publication._can_move("compiled")
            publication.can_publish = publication._can_move("published")
            publication.can_reopen = publication._can_move("draft")
            publication.can_edit = publication.state != "published" and (
                self.env.user.has_group(MOVEMENT)
            )
            publication.can_add = officer and publication.state == "draft"

    @api.depends("name", "year", "number")
    def _compute_display_name(self):
        for publication in self:
            parts = (publication.name, publication.number, str(publication.year or ""))
            publication.display_name = ", ".join(filter(None, parts))

    @api.depends("display_name")
    def _compute_booklet_name(self):
        for publication in self:
            publication.booklet_name = publication._get_file_name("pdf")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = clean(vals.get("name"))
        return super().create(vals_list)

    def write(self, vals):
        if "name" in vals:
            vals = {**vals, "name": clean(vals["name"])}
        self._check_open(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for publication in self:
            if publication.state != "draft" or publication.sudo().entry_ids:
                raise UserError(
                    self.env._(
                        "“%(publication)s” has stories or is compiled, and is kept. "
                        "Delete its stories first if it was entered by mistake.",
                        publication=publication.display_name,
                    )
                )

    def copy_data(self, default=None):
        """Begin next year's book by this one, without its stories and numbers."""
        year = fields.Date.context_today(self).year
        return [
            {
                **vals,
                "year": max(year, publication.year + 1),
                "isbn": False,
                "licence": False,
                "date_published": False,
                **(default or {}),
            }
            for publication, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ACTIONS

    def action_compile(self):
        """Close the list of stories: what is accepted now is the book.

        :raises UserError: while a proposed story is undecided, or none is accepted
        """
        self.write({"state": "compiled"})

    def action_publish(self):
        """Say that the book is out, and keep it as it was printed.

        :raises UserError: while publisher, copies or the day are missing, or somebody
            in it has not consented
        """
        self.write({"state": "published"})

    def action_reopen(self):
        """Go back to writing: take a story out, or correct one."""
        self.write({"state": "draft"})

    def action_print(self):
        """Print the book, or its manuscript while it is not out."""
        report = self.env.ref("emulation.emulation_publication_report")
        return report.report_action(self)

    def action_export(self):
        """Download the manuscript as a Word file for the publisher."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/publication/{self.id}/manuscript",
            "target": "download",
        }

    def action_draft_entries(self):
        """Open the dialog that drafts stories from recognised initiatives.

        :raises UserError: when the book takes no more stories
        """
        self.ensure_one()
        self._check_takes_stories()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Draft stories"),
            "res_model": "emulation.publication.draft",
            "view_mode": "form",
            "target": "new",
            "context": {"default_publication_id": self.id},
        }

    def action_view_entries(self):
        """Open the stories of this book."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_publication_entry_action"
        )
        return {
            **action,
            "domain": [("publication_id", "=", self.id)],
            "context": {"default_publication_id": self.id},
            "path": False,
        }

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"booklet"}

    def _transitions(self):
        return {
            "draft": {"compiled"},
            "compiled": {"draft", "published"},
            "published": set(),
        }

    def _may_move(self, target):
        return self.env.user.has_group(MOVEMENT)

    def _check_ready(self, target):
        if target == "compiled":
            self._check_decided()
        if target == "published":
            self._check_imprint()
        if target in ("compiled", "published"):
            for entry in self.sudo().entry_ids._printed():
                entry.with_env(self.env)._check_printable()

    def _check_decided(self):
        entries = self.sudo().entry_ids
        waiting = entries.filtered(lambda entry: entry.state == "proposed")
        if waiting:
            raise UserError(
                self.env._(
                    "“%(publication)s” has stories that nobody has decided on: "
                    "%(stories)s. Accept them or send them back first.",
                    publication=self.display_name,
                    stories=", ".join(f"“{title}”" for title in waiting.mapped("name")),
                )
            )
        if not entries._printed():
            raise UserError(
                self.env._(
                    "“%(publication)s” has no accepted story yet. Accept at least one "
                    "before you compile it.",
                    publication=self.display_name,
                )
            )

    def _check_imprint(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("publisher", "copies", "licence", "date_published")
            if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "“%(publication)s” is published once its imprint is complete. "
                    "Enter: %(missing)s.",
                    publication=self.display_name,
                    missing=", ".join(missing),
                )
            )
        if self.date_published > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "“%(publication)s” is to come out on a later day. Say that it is "
                    "published when it is out.",
                    publication=self.display_name,
                )
            )

    def _after_transition(self, source, target):
        if target == "published":
            self.sudo()._keep_booklet()

    # BUSINESS

    @api.model
    def _succession_open_domain(self, day):
        return Domain("state", "!=", "published")

    def _get_closing_day(self):
        return self.state == "published" and self.date_published

    def _check_open(self, vals):
        """What is compiled stays as it is; what is published, in all its parts."""
        if self.env.su:
            return
        for publication in self:
            fixed = {"compiled": CONTENT, "published": IMPRINT}
            if fixed.get(publication.state, set()) & vals.keys():
                raise UserError(
                    self.env._(
                        "“%(publication)s” is “%(state)s” and stays as it is. Go back "
                        "to writing while it is not out, or begin a new volume.",
                        publication=publication.display_name,
                        state=publication._state_label(publication.state),
                    )
                )

    def _check_takes_stories(self):
        for publication in self:
            if publication.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(publication)s” is “%(state)s” and takes no more stories. "
                        "Ask the movement office to go back to writing.",
                        publication=publication.display_name,
                        state=publication._state_label(publication.state),
                    )
                )
