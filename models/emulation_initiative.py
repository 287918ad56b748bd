from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.text import clean, fold

# The order in which a dossier lives; also the order of the kanban columns
STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("returned", "Returned to complete"),
    ("endorsed", "Endorsed by the unit"),
    ("eligible", "Eligible"),
    ("in_appraisal", "In appraisal"),
    ("deferred", "Deferred to a later round"),
    ("recognised", "Recognised"),
    ("not_recognised", "Not recognised"),
    ("ineligible", "Not eligible"),
    ("lapsed", "Lapsed"),
    ("withdrawn", "Withdrawn"),
]
EDITABLE_STATES = ("draft", "returned")
# what still fits on a certificate and in a table of results
TITLE_LENGTH = 300


class EmulationInitiative(models.Model):
    """An initiative, from the first draft on through all levels (sáng kiến; R5, F2).

    One lasting record: what appraisal does to it comes in through the methods of
    the last section, and its scores never lie on it.
    """

    _name = "emulation.initiative"
    _inherit = [
        "emulation.workflow.mixin",
        "emulation.unit.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Initiative"
    _order = "date desc, id desc"
    _rec_names_search = ["search_text"]

    name = fields.Char(string="Initiative title", required=True, tracking=True)
    code = fields.Char(readonly=True, copy=False, index="btree_not_null")
    active = fields.Boolean(default=True)
    date = fields.Date(
        string="Entered on",
        required=True,
        default=fields.Date.context_today,
        copy=False,
    )
    year = fields.Integer(related="round_id.year", store=True, aggregator=None)
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    round_id = fields.Many2one(
        "emulation.round",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'open')]",
        tracking=True,
    )
    kind_id = fields.Many2one(
        "emulation.initiative.kind", required=True, ondelete="restrict", tracking=True
    )
    field_id = fields.Many2one(
        "emulation.field", required=True, ondelete="restrict", tracking=True
    )
    theme_id = fields.Many2one(
        "emulation.theme",
        string="Content",
        required=True,
        ondelete="restrict",
        compute="_compute_theme_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    author_ids = fields.One2many(
        "emulation.initiative.author", "initiative_id", string="Authors", copy=True
    )
    author_names = fields.Char(compute="_compute_author_names", compute_sudo=True)
    share_total = fields.Float(compute="_compute_share_total", digits=(5, 2))
    keywords = fields.Char(help="Words people would search for, separated by commas")
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
        export_string_translation=False,
    )
    problem = fields.Text(
        prefetch="dossier",
        string="Situation before",
        help="What was done before, and what was wrong with it",
    )
    solution = fields.Text(
        prefetch="dossier",
        string="The solution",
        help="How it works, step by step, so that another unit could repeat it",
    )
    novelty = fields.Text(
        prefetch="dossier",
        string="What is new",
        help="What differs from what was known or done before",
    )
    applicability = fields.Text(
        prefetch="dossier",
        string="Use and spread",
        help="Where it is used, and where else it could be",
    )
    benefit = fields.Text(
        prefetch="dossier",
        string="Benefits",
        help="Before and after, in figures where there are any",
    )
    benefit_amount = fields.Monetary(
        string="Benefit in a year",
        help="Money saved or earned in one year of application, if it can be counted",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    date_applied = fields.Date(
        string="First applied on", help="Day of the first application or trial"
    )
    requires_application = fields.Boolean(related="kind_id.requires_application")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Evidence",
        copy=False,
        help="Description, photographs, confirmation of application",
    )
    submitted_user_id = fields.Many2one(
        "res.users", string="Handed in by", readonly=True, copy=False
    )
    date_submitted = fields.Date(string="Handed in on", readonly=True, copy=False)
    endorsed_user_id = fields.Many2one(
        "res.users", string="Endorsed by", readonly=True, copy=False
    )
    date_endorsed = fields.Date(string="Endorsed on", readonly=True, copy=False)
    return_reason = fields.Text(string="To be completed", readonly=True, copy=False)
    date_return_due = fields.Date(string="Complete before", readonly=True, copy=False)
    date_recognised = fields.Date(string="Decided on", readonly=True, copy=False)
    missing_items = fields.Json(compute="_compute_missing_items")
    is_editable = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_endorse = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _list_order = models.Index(
        "(date DESC, id DESC, unit_path, state, round_id) WHERE active IS TRUE"
    )
    _state_order = models.Index(
        "(state, date DESC, id DESC, unit_path, company_id) WHERE active IS TRUE"
    )
    _count_cover = models.Index(
        "(unit_path text_pattern_ops, year, field_id, state, company_id) "
        "INCLUDE (benefit_amount) WHERE active IS TRUE"
    )

    @api.depends("unit_id")
    def _compute_theme_id(self):
        for initiative in self:
            initiative.theme_id = initiative.theme_id or initiative.unit_id.theme_id

    @api.depends("author_ids.partner_id.name")
    def _compute_author_names(self):
        for initiative in self:
            names = initiative.author_ids.partner_id.mapped("name")
            initiative.author_names = ", ".join(filter(None, names))

    @api.depends("author_ids.share")
    def _compute_share_total(self):
        for initiative in self:
            initiative.share_total = sum(initiative.author_ids.mapped("share"))

    @api.depends("name", "code", "keywords", "author_ids.partner_id.name")
    def _compute_search_text(self):
        for initiative in self:
            words = (
                initiative.name,
                initiative.code,
                initiative.keywords,
                initiative.author_names,
            )
            initiative.search_text = fold(" ".join(filter(None, words)))

    @api.depends("state", "unit_id", "author_ids", "submitted_user_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for initiative in self:
            initiative.is_editable = initiative._is_editable()
            initiative.can_submit = initiative._can_move("submitted")
            initiative.can_endorse = initiative._can_move("endorsed")
            initiative.can_return = initiative._can_move("returned")
            initiative.can_withdraw = initiative._can_move("withdrawn")

    @api.depends("name", "code")
    def _compute_display_name(self):
        for initiative in self:
            title = initiative.name or ""
            code = initiative.code
            initiative.display_name = f"[{code}] {title}" if code else title

    @api.constrains("name")
    def _check_name(self):
        """A title says something and fits on a certificate."""
        for initiative in self:
            length = len(initiative.name or "")
            if not length or length > TITLE_LENGTH:
                raise UserError(
                    self.env._(
                        "The title of a dossier takes from 1 to %(most)s characters, "
                        "“%(title)s” has %(length)s. Shorten it; the rest belongs in "
                        "the description.",
                        most=TITLE_LENGTH,
                        title=(initiative.name or "")[:40],
                        length=length,
                    )
                )

    @api.constrains("state", "author_ids")
    def _check_shares(self):
        """Shares never exceed 100 %, and make exactly 100 % once handed in."""
        for initiative in self.exists():
            authors = initiative.author_ids
            complete = initiative.state not in ("draft", "withdrawn")
            over = round(sum(authors.mapped("share")), 2) > 100
            if over or (complete and not authors._totals_to_hundred()):
                authors._raise_wrong_total(initiative)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = clean(vals.get("name"))
        initiatives = super().create(vals_list)
        initiatives._own_attachments()
        initiatives._draw_codes()
        return initiatives

    def write(self, vals):
        self._check_editable(vals)
        if "name" in vals:
            vals = {**vals, "name": clean(vals["name"])}
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        for initiative in self:
            if initiative.state != "draft" or initiative.date_submitted:
                raise UserError(
                    self.env._(
                        "“%(initiative)s” has been handed in and cannot be deleted. "
                        "Withdraw it instead.",
                        initiative=initiative.name,
                    )
                )

    def _search_display_name(self, operator, value):
        """Find dossiers by title, code, author or keyword, without diacritics."""
        if isinstance(value, str) and operator in ("ilike", "like", "=ilike"):
            # both sides are folded: comparing letter by letter is far cheaper
            plain = operator.replace("ilike", "like")
            return Domain("search_text", plain, fold(value))
        return super()._search_display_name(operator, value)

    # ACTIONS

    def action_submit(self):
        """Hand the dossier in to the unit's head (F2).

        :raises UserError: naming everything that is still missing
        """
        self.write({"state": "submitted"})

    def action_endorse(self):
        """Endorse the dossier in the name of its unit and send it to the organiser.

        Only the head or deputy of the unit may, and never for a dossier of
        their own or one they handed in themselves.
        """
        self._endorse()

    def action_return(self):
        """Open the dialog that sends the dossier back to be completed."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return to complete"),
            "res_model": "emulation.initiative.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_initiative_ids": self.ids},
        }

    def action_withdraw(self, reason=None):
        """Take the dossiers back before they are on a session's agenda.

        :param reason: why, in words; kept in the history of the dossier
        """
        self._withdraw(reason)

    # EDITING

    @api.model
    def _contents(self):
        """Return the fields that are the dossier itself and freeze when handed in."""
        return {
            "name", "unit_id", "round_id", "kind_id", "field_id", "theme_id",
            "author_ids", "keywords", "problem", "solution", "novelty",
            "applicability", "benefit", "benefit_amount", "currency_id",
            "date_applied", "attachment_ids", "date", "active", "company_id",
        }  # fmt: skip

    def _is_editable(self):
        self.ensure_one()
        return self.state in EDITABLE_STATES

    def _check_editable(self, vals):
        """Refuse changes to what was handed in.

        :param vals: the values to be written, or the names of their fields
        """
        touched = self._contents() & set(vals)
        if not touched or self.env.su:
            return
        for initiative in self:
            if "round_id" in touched and initiative.date_endorsed:
                raise UserError(
                    self.env._(
                        "“%(initiative)s” was received by the round “%(round)s” and "
                        "stays in it. Withdraw it and enter a new dossier for another "
                        "round.",
                        initiative=initiative.display_name,
                        round=initiative.round_id.name,
                    )
                )
            if not initiative._is_editable():
                raise UserError(
                    self.env._(
                        "“%(initiative)s” is %(state)s: what was handed in stays as "
                        "it is. Have it returned first if it must be changed.",
                        initiative=initiative.display_name,
                        state=initiative._state_label(initiative.state).lower(),
                    )
                )

    def _own_attachments(self):
        """Hang the files on the dossier, so that they follow its rights."""
        for initiative in self.filtered("attachment_ids"):
            strays = initiative._get_strays()
            foreign = strays.filtered(
                lambda file: file.res_id or file.create_uid != self.env.user
            )
            if foreign and not self.env.su:
                raise AccessError(
                    self.env._(
                        "“%(file)s” belongs to another record or person. Upload the "
                        "file itself to “%(initiative)s”.",
                        file=foreign[0].name,
                        initiative=initiative.name,
                    )
                )
            home = {"res_model": self._name, "res_id": initiative.id}
            strays.write({**home, "public": False, "access_token": False})

    def _get_strays(self):
        """Return the attachments (sudo) that do not hang on this dossier yet."""
        home = (self._name, self.id)
        return self.sudo().attachment_ids.filtered(
            lambda file: (file.res_model, file.res_id) != home
        )
