import re

from lxml import html

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ..tools import pictures
from ..tools.text import clean

# how the editor refers to a picture that was put into a text
PICTURE = re.compile(r"/web/image/(\d+)")
MOVEMENT = "emulation.group_emulation_movement"
OFFICER = "emulation.group_emulation_officer"
# What the workflow alone changes once a story is handed in
CONTENT = {
    "publication_id", "unit_id", "entry_id", "initiative_id", "partner_id",
    "recipient_name", "name", "story", "photo", "photo_caption", "field_id",
}  # fmt: skip
CONSENT = {
    "consent_date", "consent_by", "consent_file", "consent_file_name",
    "guardian_name", "guardian_relation", "guardian_date", "guardian_file",
    "guardian_file_name",
}  # fmt: skip


class EmulationPublicationEntry(models.Model):
    """A story of somebody who made something better, for a book (R27).

    Its unit writes and proposes it; the movement office accepts it once whoever it
    tells of has consented on paper, and the guardian of a minor too.
    """

    _name = "emulation.publication.entry"
    _inherit = [
        "emulation.picture.mixin",
        "emulation.dossier.reference.mixin",
        "emulation.workflow.mixin",
        "emulation.unit.mixin",
        "mail.thread",
    ]
    _description = "Story of a Publication"
    _order = "publication_id desc, sequence, id"
    _dossier_links = ("initiative_id", "entry_id")
    _picture_fields = ("photo",)

    publication_id = fields.Many2one(
        "emulation.publication",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'draft')]",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Title of the story", required=True, tracking=True)
    unit_id = fields.Many2one(string="Unit it tells of", tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Person it tells of",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty where it tells of the unit as a whole",
    )
    recipient_name = fields.Char(
        string="Name as printed",
        compute="_compute_recipient_name",
        store=True,
        readonly=False,
        precompute=True,
    )
    initiative_id = fields.Many2one(
        "emulation.initiative", index="btree_not_null", ondelete="restrict"
    )
    entry_id = fields.Many2one(
        "emulation.initiative.entry",
        string="Recognised initiative",
        compute="_compute_entry_id",
        inverse="_inverse_entry_id",
        help="From the library: recognised, published and not confidential",
    )
    initiative_name = fields.Char(
        related="initiative_id.name", string="Initiative title", compute_sudo=True
    )
    field_id = fields.Many2one(
        "emulation.field",
        compute="_compute_field_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
    )
    story = fields.Html(sanitize_overridable=False)
    photo = fields.Image(max_width=1600, max_height=1600, help="JPEG or PNG")
    photo_caption = fields.Char()
    state = fields.Selection(
        [("draft", "Being written"), ("proposed", "Proposed"),
         ("accepted", "Accepted")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )  # fmt: skip
    return_note = fields.Text(string="What is to be mended", copy=False)
    missing = fields.Text(
        string="Still missing", compute="_compute_missing", compute_sudo=True
    )
    can_edit = fields.Boolean(compute="_compute_can")
    can_propose = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_withdraw_consent = fields.Boolean(compute="_compute_can")

    _initiative_unique = models.UniqueIndex(
        "(publication_id, initiative_id, partner_id) WHERE initiative_id IS NOT NULL",
        "The book already has a story of this person and initiative. Open that one.",
    )
    _collective_unique = models.UniqueIndex(
        "(publication_id, initiative_id, unit_id)"
        " WHERE initiative_id IS NOT NULL AND partner_id IS NULL",
        "The book already has a story of this unit and initiative. Open that one.",
    )

    @api.depends("initiative_id")
    def _compute_entry_id(self):
        Entry = self.env["emulation.initiative.entry"]
        known = set(Entry.search([("id", "in", self.initiative_id.ids)]).ids)
        for entry in self:
            number = entry.initiative_id.id
            entry.entry_id = number if number in known else False

    def _inverse_entry_id(self):
        for entry in self.filtered("entry_id"):
            entry.initiative_id = entry.entry_id.id

    @api.depends("partner_id", "unit_id")
    def _compute_recipient_name(self):
        for entry in self:
            entry.recipient_name = entry.partner_id.name or entry.unit_id.name

    @api.depends("initiative_id", "entry_id")
    def _compute_field_id(self):
        for entry in self:
            told = entry.entry_id.field_id or entry.sudo().initiative_id.field_id
            entry.field_id = told or entry.field_id

    @api.depends(
        "name", "story", "recipient_name", "initiative_id", "is_minor", "partner_id",
        *CONSENT,
    )  # fmt: skip
    def _compute_missing(self):
        for entry in self:
            entry.missing = "\n".join(entry._get_missing())

    @api.depends("state", "unit_id", "publication_id.state")
    @api.depends_context("uid")
    def _compute_can(self):
        for entry in self:
            writes = entry._writes()
            entry.can_edit = writes and entry._is_open_to_me()
            entry.can_propose = entry._can_move("proposed")
            entry.can_accept = entry._can_move("accepted")
            entry.can_return = entry._can_move("draft")
            entry.can_withdraw_consent = bool(
                writes
                and entry.publication_id.state != "published"
                and entry.sudo().consent_date
            )

    @api.constrains("initiative_id")
    def _check_recognised(self):
        """A story tells of what is recognised, published and not confidential."""
        entries = self.filtered("initiative_id")
        known = entries._get_published()
        for entry in entries.filtered(lambda one: one.initiative_id.id not in known):
            raise ValidationError(
                self.env._(
                    "The story “%(story)s” may only tell of an initiative that is "
                    "recognised, published and not confidential. Choose one from the "
                    "library.",
                    story=entry.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        # a context or a personal default gives a story too
        offered = self.default_get(["story"])
        for vals in vals_list:
            vals["name"] = clean(vals.get("name"))
            self._check_shown_pictures({**offered, **vals})
            if vals.get("entry_id") and not vals.get("initiative_id"):
                vals["initiative_id"] = vals["entry_id"]
        entries = super().create(vals_list)
        if not self.env.su:
            entries.publication_id._check_takes_stories()
        return entries

    def write(self, vals):
        if "name" in vals:
            vals = {**vals, "name": clean(vals["name"])}
        self._check_shown_pictures(vals)
        self._check_open(vals)
        result = super().write(vals)
        if "publication_id" in vals and not self.env.su:
            self.publication_id._check_takes_stories()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_accepted(self):
        for entry in self:
            if entry.state != "draft" or entry.publication_id.state != "draft":
                raise UserError(
                    self.env._(
                        "The story “%(story)s” is handed in or in a book that is "
                        "compiled. Send it back to writing before you delete it.",
                        story=entry.name,
                    )
                )

    # ACTIONS

    def action_propose(self):
        """Hand the story in to the movement office.

        :raises UserError: while the story is empty
        """
        self.write({"state": "proposed"})

    def action_accept(self):
        """Take the story into the book.

        :raises UserError: while something is missing, the consent above all
        """
        self.write({"state": "accepted"})

    def action_return(self):
        """Send the story back to its unit, with what is to be mended; or take it back.

        :raises UserError: without a word on what is to be mended
        """
        self.write({"state": "draft"})

    # WORKFLOW

    def _transitions(self):
        return {
            "draft": {"proposed"},
            "proposed": {"accepted", "draft"},
            "accepted": {"draft"},
        }

    def _may_move(self, target):
        if self.publication_id.state != "draft":
            return False
        if target == "proposed" or (target, self.state) == ("draft", "proposed"):
            return self._writes()
        return self.env.user.has_group(MOVEMENT)

    def _check_ready(self, target):
        if target == "proposed" and is_html_empty(self.story):
            raise UserError(
                self.env._(
                    "Write the story “%(story)s” before you propose it.",
                    story=self.name,
                )
            )
        if target == "accepted":
            self._check_printable()
        own = self.state == "proposed" and not self.env.user.has_group(MOVEMENT)
        if target == "draft" and not (self.return_note or own or self.env.su):
            raise UserError(
                self.env._(
                    "Say under “What is to be mended” why “%(story)s” goes back to "
                    "its unit.",
                    story=self.name,
                )
            )

    def _after_transition(self, source, target):
        if target in ("proposed", "accepted"):
            self.sudo().return_note = False

    def _writes(self):
        """Return whether the user writes stories of this unit."""
        user = self.env.user
        return user.has_group(MOVEMENT) or (self.in_scope and user.has_group(OFFICER))

    def _is_open_to_me(self):
        """Return whether the story may be changed now by who writes it."""
        if self.publication_id.state != "draft":
            return False
        proposed = self.state == "proposed" and self.env.user.has_group(MOVEMENT)
        return self.state == "draft" or proposed

    @api.model
    def _check_shown_pictures(self, vals):
        """A story shows pictures that its writer may open, and none from elsewhere.

        The book is printed by others, who may read more.
        """
        if self.env.su or not vals.get("story"):
            return
        story = html.fromstring(f"<div>{vals['story']}</div>")
        for address in story.xpath("//img/@src"):
            own = PICTURE.match(address)
            if own:
                self.env["ir.attachment"].browse(int(own[1])).check_access("read")
            elif not address.startswith("data:image/"):
                raise UserError(
                    self.env._(
                        "The story shows a picture from elsewhere (%(address)s), which "
                        "cannot be printed. Put the picture itself into the text.",
                        address=address[:80],
                    )
                )

    def _check_open(self, vals):
        """What is handed in is changed by the movement office, what is accepted by
        nobody; its consent can only be taken back.
        """
        if self.env.su:
            return
        if "sequence" in vals and not self.env.user.has_group(MOVEMENT):
            raise UserError(
                self.env._("The movement office orders the stories of a book.")
            )
        if not (CONTENT | CONSENT) & vals.keys():
            return
        for entry in self:
            if not entry._is_open_to_me():
                raise UserError(
                    self.env._(
                        "The story “%(story)s” is “%(state)s” in a book that is "
                        "“%(book)s”: it stays as it is. Send it back to writing first.",
                        story=entry.name,
                        state=entry._state_label(entry.state),
                        book=entry.publication_id._state_label(
                            entry.publication_id.state
                        ),
                    )
                )

    # BUSINESS

    @api.model
    def _succession_open_domain(self, day):
        return Domain("publication_id.state", "!=", "published")

    def _get_closing_day(self):
        return self.publication_id._get_closing_day()

    def _get_published(self):
        """Return the ids of the initiatives that anybody may read of today."""
        entries = self.env["emulation.initiative.entry"].sudo()
        return set(entries.search([("id", "in", self.initiative_id.ids)]).ids)

    def _get_missing(self):
        """Return what keeps the story from being printed, a sentence each."""
        self.ensure_one()
        missing = []
        if is_html_empty(self.story):
            missing.append(self.env._("The story is not written."))
        if not self.recipient_name:
            missing.append(self.env._("The name to be printed is missing."))
        if self.initiative_id and self.initiative_id.id not in self._get_published():
            missing.append(
                self.env._("The initiative is not recognised and published any more.")
            )
        return missing

    def _check_printable(self):
        """Refuse a story that must not be printed.

        :raises UserError: naming the story and all that is missing
        """
        self.ensure_one()
        if missing := self.sudo()._get_missing():
            raise UserError(
                self.env._(
                    "“%(story)s” cannot be printed yet. Missing:\n%(missing)s",
                    story=self.name,
                    missing="\n".join(f"– {one}" for one in missing),
                )
            )

    def _printed(self):
        """Return the stories of these that are printed, in their order."""
        accepted = self.filtered(lambda entry: entry.state == "accepted")
        return accepted.sorted(lambda entry: (entry.sequence, entry.id))

    def _photo_uri(self):
        """Return the photo as a ``data:`` address."""
        self.ensure_one()
        return pictures.data_uri(self.with_context(bin_size=False).photo)
