from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, format_date

# What a person corrects before a letter goes; everything else is the system's.
CORRECTED = {"subject", "body", "email"}
# Whose record rules say which letters they read
READERS = "emulation.group_emulation_council,emulation.group_emulation_movement"


class EmulationLetter(models.Model):
    """A letter that tells an author the result (R88), held until somebody read it.

    Written from a template once the decision is signed, corrected where need be,
    approved, and sent when the results may be told: never before. It holds a result,
    so until then the secretariat of the session alone reads it.
    """

    _name = "emulation.letter"
    _inherit = ["emulation.workflow.mixin"]
    _description = "Letter to an Author"
    _order = "session_id desc, id"
    _rec_name = "subject"

    verdict_id = fields.Many2one(
        "emulation.verdict",
        string="Result",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    session_id = fields.Many2one(
        related="verdict_id.session_id", store=True, index=True
    )
    company_id = fields.Many2one(related="verdict_id.company_id", store=True)
    initiative_id = fields.Many2one(
        related="verdict_id.initiative_id", string="Dossier", store=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Author",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    email = fields.Char(
        help="Empty: the letter is printed and handed over or sent by post"
    )
    way = fields.Selection(
        [("email", "By e-mail"), ("paper", "On paper")],
        compute="_compute_way",
        store=True,
    )
    subject = fields.Char(required=True)
    body = fields.Html(string="Text", required=True)
    state = fields.Selection(
        [
            ("draft", "To review"),
            ("approved", "Ready to go"),
            ("sent", "Sent"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    approved_user_id = fields.Many2one("res.users", string="Reviewed by", readonly=True)
    date_sent = fields.Datetime(string="Sent on", readonly=True)
    can_approve = fields.Boolean(compute="_compute_can")
    can_send = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_reset = fields.Boolean(compute="_compute_can")
    decision_reference = fields.Char(
        string="Decision no.", compute="_compute_decision", compute_sudo=True
    )
    decision_day = fields.Char(
        string="Day of the decision", compute="_compute_decision", compute_sudo=True
    )
    session_day = fields.Char(
        string="Day of the session", compute="_compute_decision", compute_sudo=True
    )

    due_day = fields.Char(
        string="Last day to complete", compute="_compute_decision", compute_sudo=True
    )

    _one_letter = models.UniqueIndex(
        "(verdict_id, partner_id) WHERE state <> 'cancelled'",
        "This author already has a letter about this result. Correct that one, or "
        "cancel it first.",
    )

    @api.depends("email")
    def _compute_way(self):
        for letter in self:
            letter.way = "email" if email_normalize(letter.email) else "paper"

    @api.depends("state", "verdict_id.is_published")
    @api.depends_context("uid")
    def _compute_can(self):
        for letter in self:
            told = letter.verdict_id.is_published
            letter.can_approve = letter._can_move("approved")
            letter.can_send = told and letter._can_move("sent")
            letter.can_cancel = letter._can_move("cancelled")
            letter.can_reset = letter._can_move("draft")

    @api.depends("session_id")
    @api.depends_context("lang")
    def _compute_decision(self):
        for letter in self:
            decision = letter.session_id._get_signed_decision()
            letter.decision_reference = decision.reference
            letter.decision_day = format_date(self.env, decision.date_signed)
            letter.due_day = format_date(self.env, letter.verdict_id.outcome_date_due)
            letter.session_day = format_date(self.env, letter.session_id._get_day())

    def write(self, vals):
        if vals.keys() & CORRECTED:
            self._check_correctable()
        if not self.env.su and vals.keys() - CORRECTED - {"state"}:
            raise AccessError(
                self.env._(
                    "A letter stays with its author and result: text and address are "
                    "what can be corrected."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for letter in self:
            raise UserError(
                self.env._(
                    "The letter “%(letter)s” stays on record. Cancel it instead.",
                    letter=letter.display_name,
                )
            )

    def _check_correctable(self):
        for letter in self:
            if letter.state != "draft":
                raise UserError(
                    self.env._(
                        "The letter “%(letter)s” to %(author)s is reviewed or sent. "
                        "Take it back to review before you correct it.",
                        letter=letter.subject,
                        author=letter.partner_id.name,
                    )
                )

    # ACTIONS

    def action_approve(self):
        """Let reviewed letters go; those of results not told yet go on their day."""
        self.write({"state": "approved"})

    def action_send(self):
        """Send reviewed letters by e-mail, or note that those on paper have gone.

        :raises UserError: before the results may be told, naming the day
        """
        self.write({"state": "sent"})

    def action_reset(self):
        """Take letters back to review."""
        self.write({"state": "draft"})

    def action_cancel(self):
        """Cancel letters that are not to go."""
        self.write({"state": "cancelled"})

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"verdict_id", "partner_id", "approved_user_id", "date_sent"}

    def _transitions(self):
        return {
            "draft": {"approved", "cancelled"},
            "approved": {"draft", "sent", "cancelled"},
            "sent": set(),
            "cancelled": {"draft"},
        }

    def _may_move(self, target):
        """The keepers of the session; movement officers once the results are told."""
        if self.verdict_id.sudo().is_published and self.env.user.has_group(
            "emulation.group_emulation_movement"
        ):
            return True
        return self.session_id._may_keep()

    def _check_ready(self, target):
        if target != "cancelled" and not self.verdict_id.sudo().active:
            raise UserError(
                self.env._(
                    "The result that the letter to %(author)s tells stands no more: "
                    "its session was taken up again. Prepare a new letter.",
                    author=self.partner_id.name,
                )
            )
        if target == "sent" and not self.verdict_id.sudo().is_published:
            raise UserError(
                self.env._(
                    "The letter to %(author)s waits: the results of “%(session)s” are "
                    "told on %(day)s. Reviewed letters go on that day by themselves.",
                    author=self.partner_id.name,
                    session=self.session_id.name,
                    day=format_date(self.env, self.session_id.sudo().date_public),
                )
            )

    def _after_transitions(self, sources, target):
        letters = self.sudo()
        if target == "approved":
            letters.write({"approved_user_id": self.env.uid})
        elif target == "sent":
            letters.write({"date_sent": fields.Datetime.now()})
            letters._mail()
        return super()._after_transitions(sources, target)

    def _mail(self):
        """Queue the e-mails of the letters that go by e-mail."""
        self.env["mail.mail"].create(
            [
                {
                    "subject": letter.subject,
                    "body_html": letter.body,
                    "email_to": letter.email,
                    "author_id": self.env.user.partner_id.id,
                    "email_from": self.env.user.email_formatted
                    or self.env.company.email_formatted,
                    "auto_delete": True,
                }
                for letter in self.filtered(lambda one: one.way == "email")
            ]
        )

    # BUSINESS

    @api.model
    def _prepare(self, verdicts, templates):
        """Write letters from templates to the authors of ``verdicts``, one each.

        Authors who have a letter that is not cancelled keep that one.

        :param templates: function of a verdict that returns its ``mail.template``
        :return: the new letters
        """
        standing = self.search(
            [("verdict_id", "in", verdicts.ids), ("state", "!=", "cancelled")]
        )
        known = {(letter.verdict_id, letter.partner_id) for letter in standing}
        wanted = [
            (verdict, author.partner_id)
            for verdict in verdicts
            if templates(verdict)
            for author in verdict.initiative_id.author_ids
            if (verdict, author.partner_id) not in known
        ]
        letters = self.create(
            [
                {
                    "verdict_id": verdict.id,
                    "partner_id": partner.id,
                    "email": partner.email_normalized,
                    "subject": verdict.display_name,
                    "body": "<p></p>",
                }
                for verdict, partner in wanted
            ]
        )
        for template in {templates(verdict) for verdict in letters.verdict_id}:
            letters.filtered(
                lambda one, t=template: templates(one.verdict_id) == t
            )._write_from(template)
        return letters

    def _write_from(self, template):
        """Fill in subject and text from ``template``, in Vietnamese where installed.

        With the rights of the user alone: who edits a template reads no more by it.
        """
        installed = dict(self.env["res.lang"].get_installed())
        lang = "vi_VN" if "vi_VN" in installed else self.env.lang
        template = template.sudo(False).with_context(lang=lang)
        subjects = template._render_field("subject", self.ids)
        bodies = template._render_field("body_html", self.ids)
        for letter in self:
            letter.write({"subject": subjects[letter.id], "body": bodies[letter.id]})


class EmulationSession(models.Model):
    """Letters are prepared when the decision is signed and go when results are told."""

    _inherit = "emulation.session"

    letter_ids = fields.One2many(
        "emulation.letter", "session_id", string="Letters", groups=READERS
    )
    letter_count = fields.Integer(compute="_compute_letter_count")
    can_prepare_letters = fields.Boolean(compute="_compute_can_prepare_letters")

    @api.depends("letter_ids")
    @api.depends_context("uid")
    def _compute_letter_count(self):
        letters = self.env["emulation.letter"]
        counts = {}
        if letters.has_access("read"):
            counts = {
                session.id: count
                for session, count in letters._read_group(
                    [("session_id", "in", self.ids)], ["session_id"], ["__count"]
                )
            }
        for session in self:
            session.letter_count = counts.get(session.id, 0)

    @api.depends("state", "date_public")
    @api.depends_context("uid")
    def _compute_can_prepare_letters(self):
        for session in self:
            session.can_prepare_letters = session._may_prepare_letters()

    def action_view_letters(self):
        """Open the outbox with the letters of this session."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_letter_action"
        )
        return {
            **action,
            "domain": [("session_id", "=", self.id)],
            "context": {"search_default_open": 1},
        }

    def _may_prepare_letters(self):
        """Return whether a decision is signed and the user keeps, or may read, it."""
        self.ensure_one()
        movement = self.env.user.has_group("emulation.group_emulation_movement")
        if self.state == "published":
            return movement or self._may_keep()
        return self.is_under_embargo and self._may_keep()

    def _on_document_revoked(self, document):
        """Hold the letters that have not gone: what they tell is decided no more."""
        result = super()._on_document_revoked(document)
        if document.kind_id.code == "QĐ":
            self._hold_letters()
        return result

    def _void_what_followed(self):
        self._hold_letters()
        return super()._void_what_followed()

    def _hold_letters(self):
        waiting = self.sudo().letter_ids.filtered(
            lambda one: one.state in ("draft", "approved")
        )
        waiting.action_cancel()

    def _publish_results(self, decision):
        result = super()._publish_results(decision)
        session = self.sudo()
        if session.state == "published":
            ready = Domain("session_id", "=", self.id) & Domain(
                "state", "=", "approved"
            )
            session.env["emulation.letter"].search(ready).action_send()
        return result


class EmulationVerdict(models.Model):
    _inherit = "emulation.verdict"

    letter_ids = fields.One2many("emulation.letter", "verdict_id", groups=READERS)
