from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class EmulationScoresheetEntry(models.Model):
    """What one clerk reads from a paper sheet, without seeing what the other read.

    When both have confirmed, the entries are compared: alike, the sheet is handed in;
    otherwise both are told which criteria differ, never how, look at the paper again,
    correct or keep their points and say why.
    """

    _name = "emulation.scoresheet.entry"
    _inherit = ["emulation.workflow.mixin", "emulation.score.form.mixin"]
    _description = "Entry of a Paper Score Sheet"
    _order = "id desc"
    _rec_name = "code"

    sheet_id = fields.Many2one(
        "emulation.scoresheet", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Clerk", required=True, index=True)
    session_id = fields.Many2one(
        related="sheet_id.session_id", store=True, index=True, string="Session"
    )
    session_state = fields.Selection(
        related="sheet_id.session_state", string="State of the session"
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    code = fields.Char(related="sheet_id.paper_code", string="Code of the sheet")
    dossier_code = fields.Char(related="sheet_id.initiative_id.code")
    name = fields.Char(related="sheet_id.initiative_id.name", string="Dossier")
    session_name = fields.Char(related="session_id.name", string="Name of the session")
    state = fields.Selection(
        [
            ("draft", "Being entered"),
            ("confirmed", "Waiting for the other entry"),
            ("differs", "Differs: look at the paper"),
            ("agreed", "Both agree"),
        ],
        default="draft",
        required=True,
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("emulation.scoresheet.entry.line", "sheet_id")
    remark = fields.Text(help="As it stands on the paper")
    can_enter = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _clerk_unique = models.UniqueIndex(
        "(sheet_id, user_id)", "You have already begun to enter this sheet."
    )

    @api.depends("state", "session_state")
    @api.depends_context("uid")
    def _compute_can(self):
        for entry in self:
            entry.can_enter = entry._can_move("confirmed")
            entry.can_take_back = entry._can_move("draft")
            entry.can_reopen = entry.state == "agreed" and entry._can_move("differs")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Begin with the code of the sheet: “Enter a sheet”.")
            )
        return super().create(vals_list)

    # ACTIONS

    def action_confirm(self):
        """Confirm the points as they stand on the paper; compare when both have.

        :raises UserError: naming criteria without points, or without a reason where
            the entries differ
        """
        self.write({"state": "confirmed"})

    def action_take_back(self):
        """Take the entry back to change it, before the other clerk has confirmed."""
        self.write({"state": "draft"})

    def action_reopen(self):
        """Look at the paper again although both agreed; the sheet is open again."""
        self.write({"state": "differs"})

    def action_add_scan(self):
        """Open the dialog that adds the picture of the paper."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add the scan of the sheet"),
            "res_model": "emulation.scoresheet.scan.add",
            "view_mode": "form",
            "target": "new",
            "context": {"default_entry_id": self.id},
        }

    @api.model
    def action_begin(self):
        """Open the question for the code of the next sheet."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_scoresheet_begin_action"
        )

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return {"sheet_id", "user_id"}

    def _transitions(self):
        return {
            "draft": {"confirmed"},
            "confirmed": {"draft", "differs", "agreed"},
            "differs": {"confirmed"},
            "agreed": {"differs"},
        }

    def _may_move(self, target):
        if not self._is_clerk() or target == "agreed":
            return False
        # that entries differ follows from comparing them
        return target != "differs" or self.state == "agreed"

    def _check_ready(self, target):
        if target == "confirmed":
            self._check_filled()
            self._check_reasons()

    def _check_reasons(self):
        silent = self.line_ids.filtered(
            lambda line: line.is_different and not (line.note or "").strip()
        )
        if silent:
            raise UserError(
                self.env._(
                    "Sheet %(code)s: look at the paper again for %(criteria)s. Correct "
                    "the points or keep them, and say why.",
                    code=self.code,
                    criteria=", ".join(silent.criterion_id.mapped("name")),
                )
            )

    def _after_transition(self, source, target):
        if target == "confirmed":
            self._compare()
        elif target == "differs" and source == "agreed":
            self._reopen_both()

    # BUSINESS

    def _is_clerk(self):
        """Return whether the user may work on this entry now."""
        self.ensure_one()
        session = self.sudo().session_id
        user = self.env.user
        is_named = self.user_id == user and user in session.clerk_ids
        is_open = session.state == "scoring" and session.sheet_medium == "paper"
        return is_named and is_open and not session._get_clerk_fault(user)

    def _check_writable(self):
        """Refuse changes by others, of an entry confirmed, or after the close."""
        if self.env.su:
            return
        for entry in self:
            entry._check_clerk()
            if entry.state not in ("draft", "differs"):
                raise UserError(
                    self.env._(
                        "You have confirmed sheet %(code)s. Take your entry back "
                        "before you change it.",
                        code=entry.code,
                    )
                )

    def _check_clerk(self):
        """Only its clerk works on an entry, while the session is being scored.

        :raises AccessError: for anybody else
        """
        self.ensure_one()
        if not self._is_clerk():
            raise AccessError(
                self.env._(
                    "A paper sheet is entered by its clerk alone, while the session is "
                    "being scored."
                )
            )

    def _get_dossier_name(self):
        return self.sudo().name

    def _compare(self):
        """Compare both entries once both are confirmed; hand in what is alike."""
        self.ensure_one()
        sheet = self.sudo().sheet_id
        # two clerks confirm at once: the second sees what the first did
        sheet.lock_for_update()
        both = self.sudo().search([("sheet_id", "=", sheet.id)])
        if len(both) < 2 or set(both.mapped("state")) != {"confirmed"}:
            return
        first, second = (
            {line.criterion_id: line for line in entry.line_ids} for entry in both
        )
        differing = [
            criterion
            for criterion in first
            if round(first[criterion].points - second[criterion].points, 2)
        ]
        for criterion in first:
            pair = first[criterion] | second[criterion]
            pair.is_different = criterion in differing
        if differing:
            both.write({"state": "differs"})
            return
        both.write({"state": "agreed"})
        sheet._take_from_paper(both[0])

    def _reopen_both(self):
        sheet = self.sudo().sheet_id
        both = self.sudo().search([("sheet_id", "=", sheet.id)])
        (both - self.sudo()).write({"state": "differs"})
        both.line_ids.write({"is_different": True, "note": False})
        sheet._give_back_to_paper()

    @api.model
    def _begin(self, text):
        """Return the user's entry of the sheet with a printed code, begun if need be.

        :raises UserError: when there is no such sheet that the user may enter
        """
        sheet = self.env["emulation.scoresheet"]._find_by_paper_code(text)
        session, user = sheet.session_id, self.env.user
        is_open = session.state == "scoring" and session.sheet_medium == "paper"
        if not is_open or sheet.state == "voided" or user not in session.clerk_ids:
            raise UserError(
                self.env._(
                    "There is no sheet with this code for you to enter. Check the code "
                    "on the paper, or ask the secretary to name you as a clerk."
                )
            )
        fault = session._get_clerk_fault(user)
        if fault:
            raise UserError(fault)
        entries = self.sudo().search([("sheet_id", "=", sheet.id)])
        own = entries.filtered(lambda one: one.user_id == user)
        if not own and len(entries) >= 2:
            raise UserError(
                self.env._(
                    "Two clerks already enter sheet %(code)s. Take another sheet.",
                    code=sheet.paper_code,
                )
            )
        return (own or self._create_blank(sheet)).sudo(False)

    @api.model
    def _create_blank(self, sheet):
        return self.sudo().create(
            {
                "sheet_id": sheet.id,
                "user_id": self.env.uid,
                "line_ids": [
                    Command.create({"criterion_id": line.criterion_id.id})
                    for line in sheet.line_ids
                ],
            }
        )


class EmulationScoresheetEntryLine(models.Model):
    """The points of one criterion as a clerk reads them from paper."""

    _name = "emulation.scoresheet.entry.line"
    _inherit = ["emulation.score.line.mixin"]
    _description = "Points Read from Paper"

    sheet_id = fields.Many2one(
        "emulation.scoresheet.entry",
        string="Entry",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="sheet_id.company_id", store=True)
    is_different = fields.Boolean(
        string="Differs", readonly=True, help="The other clerk read something else"
    )
