from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MEDIA = [("screen", "On screen"), ("paper", "On paper, entered twice")]


class EmulationCouncil(models.Model):
    """Whether the members of a council fill in sheets on screen or on paper."""

    _inherit = "emulation.council"

    sheet_medium = fields.Selection(
        MEDIA,
        string="Score sheets",
        required=True,
        default="screen",
        help="On paper: sheets are printed with a code, and two clerks enter each of "
        "them without seeing what the other entered",
    )


class EmulationSession(models.Model):
    """Sheets on paper: who enters them, and how far that is."""

    _inherit = "emulation.session"

    sheet_medium = fields.Selection(
        MEDIA,
        string="Score sheets",
        compute="_compute_sheet_medium",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="As the council does it, unless this session does otherwise",
    )
    clerk_ids = fields.Many2many(
        "res.users",
        "emulation_session_clerk_rel",
        string="Clerks",
        domain="[('share', '=', False)]",
        help="Who enters the paper sheets: at least two, who neither score here nor "
        "have an interest in a dossier",
    )
    paper_text = fields.Char(string="Entered", compute="_compute_paper_text")
    can_print_sheets = fields.Boolean(compute="_compute_can_print_sheets")

    @api.depends("council_id")
    def _compute_sheet_medium(self):
        for session in self:
            if session.state == "planned" or not session.sheet_medium:
                medium = session.council_id.sudo().sheet_medium
                session.sheet_medium = medium or "screen"

    @api.depends("evaluation_ids.sheet_ids.state", "sheet_medium")
    @api.depends_context("uid", "lang")
    def _compute_paper_text(self):
        """Tell how many sheets are in, never what stands on them."""
        for session in self:
            sheets = session.sudo().evaluation_ids.sheet_ids.filtered(
                lambda sheet: sheet.state != "voided"
            )
            if session.sheet_medium != "paper" or not sheets:
                session.paper_text = False
                continue
            session.paper_text = self.env._(
                "%(done)s of %(count)s sheets are in",
                done=len(sheets.filtered(lambda one: one.state == "submitted")),
                count=len(sheets),
            )

    @api.depends("state", "sheet_medium")
    @api.depends_context("uid")
    def _compute_can_print_sheets(self):
        for session in self:
            is_paper = session.sheet_medium == "paper" and session.state == "scoring"
            session.can_print_sheets = is_paper and session._may_keep()

    @api.constrains("clerk_ids", "sheet_medium")
    def _check_clerks(self):
        for session in self:
            for clerk in session.sudo().clerk_ids:
                fault = session._get_clerk_fault(clerk)
                if fault:
                    raise UserError(fault)

    def write(self, vals):
        if vals.keys() & {"clerk_ids", "sheet_medium"}:
            self._check_paper_open(vals)
        return super().write(vals)

    def _check_paper_open(self, vals):
        """The medium is fixed once members score; clerks are named by the keepers."""
        if self.env.su:
            return
        for session in self:
            changes = vals.get("sheet_medium", session.sheet_medium)
            if session.state != "planned" and changes != session.sheet_medium:
                raise UserError(
                    self.env._(
                        "“%(session)s” has begun: its sheets stay on screen or on "
                        "paper as they are.",
                        session=session.name,
                    )
                )
            if session.state not in ("planned", "scoring"):
                raise UserError(
                    self.env._(
                        "“%(session)s” is over: nothing is entered any more.",
                        session=session.name,
                    )
                )
            if session.state == "scoring" and not session._may_keep():
                raise AccessError(
                    self.env._(
                        "Only the secretary of the council names the clerks of "
                        "“%(session)s”.",
                        session=session.name,
                    )
                )

    def _check_can_open(self):
        result = super()._check_can_open()
        if self.sheet_medium == "paper" and len(self.sudo().clerk_ids) < 2:
            raise UserError(
                self.env._(
                    "“%(session)s” scores on paper: name two clerks who each enter "
                    "every sheet.",
                    session=self.name,
                )
            )
        self._check_clerks()
        return result

    def _get_clerk_fault(self, user):
        """Return why ``user`` may not enter sheets of this session, or ``""``."""
        self.ensure_one()
        session = self.sudo()
        scoring = session.attendance_ids.member_id.filtered("is_scoring").user_id
        partners = session.evaluation_ids.initiative_id.author_ids.partner_id
        if user in scoring:
            return self.env._(
                "“%(user)s” scores in “%(session)s” and cannot enter its sheets. Name "
                "another clerk.",
                user=user.name,
                session=session.name,
            )
        is_author = user.sudo().partner_id._emulation_is_one_of(partners)
        if is_author or user in session._get_conflicted_users():
            return self.env._(
                "“%(user)s” has an interest in a dossier of “%(session)s” and cannot "
                "enter its sheets. Name another clerk.",
                user=user.name,
                session=session.name,
            )
        return ""

    def _check_takes_sheets(self):
        result = super()._check_takes_sheets()
        if self.sudo().sheet_medium == "paper":
            raise UserError(
                self.env._(
                    "“%(session)s” scores on paper: fill in your printed sheets and "
                    "give them to the secretary.",
                    session=self.sudo().name,
                )
            )
        return result

    # ACTIONS

    def action_print_sheets(self):
        """Print one sheet per member and dossier, with code and QR code.

        :raises AccessError: for anybody but who keeps the session
        """
        return self._print("emulation.emulation_scoresheet_paper_report")

    def action_print_lists(self):
        """Print one list per member with a row per dossier.

        :raises AccessError: for anybody but who keeps the session
        """
        return self._print("emulation.emulation_scoresheet_list_report")

    def _print(self, report):
        self.ensure_one()
        self._get_printable_sheets()
        return self.env.ref(report).report_action(self)

    def _get_printable_sheets(self):
        """Return the blank sheets to print, each with its code.

        :raises AccessError: for anybody but who keeps the session
        :raises UserError: when its sheets are not on paper, or not handed out
        """
        self.ensure_one()
        if not self._may_keep():
            raise AccessError(
                self.env._(
                    "Only the secretary of the council prints the sheets of "
                    "“%(session)s”.",
                    session=self.name,
                )
            )
        # nothing of a dossier goes to who has not declared any interest in it
        sheets = self.sudo().evaluation_ids.sheet_ids.filtered(
            lambda sheet: sheet.state != "voided" and not sheet.is_sealed
        )
        if self.sheet_medium != "paper" or self.state != "scoring" or not sheets:
            raise UserError(
                self.env._(
                    "“%(session)s” has no paper sheets to print: choose paper while it "
                    "is planned, then open scoring.",
                    session=self.name,
                )
            )
        sheets._ensure_paper_codes()
        return sheets.sorted(
            lambda one: (one.member_id.sequence, one.member_id.id, one.evaluation_id.id)
        )

    def _get_printable_lists(self):
        """Return ``[(member, sheets)]`` of the blank sheets, a list per member."""
        sheets = self._get_printable_sheets()
        return [
            (member, sheets.filtered(lambda one, m=member: one.member_id == m))
            for member in sheets.member_id
        ]

    def _printed_letterhead(self):
        """Return ``(superior, issuer)`` as the papers of the council have it."""
        council = self.sudo().council_id
        superior = " ".join((council.unit_id.letterhead or "").split())
        return superior or council.unit_id.name, council.name

    def _split_by_rubric(self, sheets):
        """Return the sheets in lists with the same criteria, one printed table each."""
        rubrics = sheets.evaluation_id.rubric_id
        return [
            sheets.filtered(lambda one, r=rubric: one.evaluation_id.rubric_id == r)
            for rubric in rubrics
        ]
