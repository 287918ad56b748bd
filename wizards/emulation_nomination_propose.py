from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationNominationPropose(models.TransientModel):
    """Nominate out of the published results of a session, all that qualify at once.

    What does not qualify stands beside it with its reason, so that nobody has to ask
    why an entry is missing (R45, R59).
    """

    _name = "emulation.nomination.propose"
    _description = "Nominate from Published Results"

    session_id = fields.Many2one(
        "emulation.session", required=True, domain="[('state', '=', 'published')]"
    )
    award_id = fields.Many2one("emulation.award", required=True)
    award_kind_ids = fields.Many2many(
        related="award_id.recipient_kind_ids", string="Kinds of the award"
    )
    recipient_kind_id = fields.Many2one(
        "emulation.recipient.kind",
        string="Given to",
        required=True,
        compute="_compute_recipient_kind_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    year = fields.Integer(
        required=True,
        compute="_compute_from_session",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one(
        "emulation.unit",
        string="Nominated by",
        required=True,
        compute="_compute_from_session",
        store=True,
        readonly=False,
        precompute=True,
    )
    line_ids = fields.One2many(
        "emulation.nomination.propose.line",
        "wizard_id",
        string="Results",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("award_id")
    def _compute_recipient_kind_id(self):
        for wizard in self:
            kinds = wizard.award_id.recipient_kind_ids
            if wizard.recipient_kind_id not in kinds:
                wizard.recipient_kind_id = kinds[:1]

    @api.depends("session_id")
    def _compute_from_session(self):
        """Honour the year of the round: its results are often told in the next."""
        today = fields.Date.context_today(self)
        for wizard in self:
            round_ = wizard.session_id.sudo().round_id
            wizard.year = round_.year or today.year
            wizard.unit_id = round_.unit_id

    @api.depends("session_id", "award_id", "recipient_kind_id", "year")
    def _compute_line_ids(self):
        for wizard in self:
            lines = wizard._prepare_lines() if wizard.award_id else []
            wizard.line_ids = [Command.clear(), *map(Command.create, lines)]
            chosen = set()
            for line in wizard.line_ids:
                whom = line._get_recipient()
                line.is_selected = line.is_fit and whom not in chosen
                chosen |= {whom} if line.is_selected else set()

    def _prepare_lines(self):
        """Return one line per recipient: each author, or the unit of the entry."""
        verdicts = self.env["emulation.verdict"].search(
            [
                ("session_id", "=", self.session_id.id),
                ("is_published", "=", True),
                # also when a client asks for archived records
                ("active", "=", True),
            ]
        )
        if not self.recipient_kind_id.is_person:
            return [
                {"verdict_id": one.id, "recipient_unit_id": one.unit_id.id}
                for one in verdicts
            ]
        return [
            {"verdict_id": one.id, "partner_id": author.partner_id.id}
            for one in verdicts
            for author in one.sudo().initiative_id.author_ids
        ]

    def action_confirm(self):
        """Create the nominations that are chosen and qualify, and open them.

        :raises UserError: when none does
        """
        self.ensure_one()
        chosen = self.line_ids.filtered(lambda line: line.is_selected and line.is_fit)
        if not chosen:
            raise UserError(
                self.env._(
                    "Nothing is chosen that qualifies for “%(award)s”. The reasons "
                    "stand beside each result.",
                    award=self.award_id.name,
                )
            )
        chosen._check_once()
        nominations = self.env["emulation.nomination"].create(
            [line._prepare_nomination() for line in chosen]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_nomination_action"
        )
        return {
            **action,
            "domain": [("id", "in", nominations.ids)],
            "context": {},
            "path": False,
        }


class EmulationNominationProposeLine(models.TransientModel):
    """A published result, and why it does or does not qualify."""

    _name = "emulation.nomination.propose.line"
    _description = "Result to Nominate"

    wizard_id = fields.Many2one(
        "emulation.nomination.propose", required=True, ondelete="cascade"
    )
    verdict_id = fields.Many2one("emulation.verdict", required=True)
    entry_name = fields.Char(string="Graded entry", compute="_compute_entry")
    grade_id = fields.Many2one(related="verdict_id.grade_id")
    partner_id = fields.Many2one("res.partner")
    recipient_unit_id = fields.Many2one("emulation.unit")
    recipient_name = fields.Char(string="Who is honoured", compute="_compute_entry")
    is_selected = fields.Boolean(string="Nominate")
    is_fit = fields.Boolean(string="Qualifies", compute="_compute_is_fit")
    problem = fields.Text(string="Does not qualify because", compute="_compute_is_fit")

    @api.depends("verdict_id", "partner_id", "recipient_unit_id")
    def _compute_entry(self):
        for line in self:
            line.entry_name = line.verdict_id.sudo().initiative_id.name
            whom = line.partner_id or line.recipient_unit_id
            line.recipient_name = whom.sudo().name

    @api.depends(
        "verdict_id", "partner_id", "wizard_id.award_id", "wizard_id.year",
        "wizard_id.recipient_kind_id",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_is_fit(self):
        nominations = self.env["emulation.nomination"]
        drafts = {
            line: nominations.new(line._prepare_nomination())
            for line in self
            if line.wizard_id.award_id and line.wizard_id.recipient_kind_id
        }
        together = nominations.browse().union(*drafts.values())
        findings = together._get_findings()
        taken = self._find_taken()
        for line in self:
            told = findings[drafts[line]] if line in drafts else [(False, "")]
            problems = [words for ok, words in told if ok is False]
            if line._get_recipient() in taken[line.wizard_id]:
                problems.append(self.env._("Is nominated for it already"))
            line.is_fit = not problems
            line.problem = "\n".join(problems)

    def _check_once(self):
        """Nobody gets one award twice a year, whatever they have made.

        :raises UserError: naming who is chosen with several entries
        """
        seen = set()
        for line in self:
            if line._get_recipient() in seen:
                raise UserError(
                    self.env._(
                        "“%(recipient)s” is chosen with several entries, and gets "
                        "“%(award)s” once a year. Keep the best one.",
                        recipient=line.recipient_name,
                        award=line.wizard_id.award_id.name,
                    )
                )
            seen.add(line._get_recipient())

    def _find_taken(self):
        """Return who is nominated already, per dialog."""
        taken = {}
        for wizard in self.wizard_id:
            standing = (
                self.env["emulation.nomination"]
                .sudo()
                .search(
                    [
                        ("award_id", "=", wizard.award_id.id),
                        ("year", "=", wizard.year),
                        ("state", "not in", ("refused", "withdrawn", "revoked")),
                    ]
                )
            )
            taken[wizard] = {
                (one.partner_id.id, one.recipient_unit_id.id) for one in standing
            }
        return taken

    def _get_recipient(self):
        return (self.partner_id.id, self.recipient_unit_id.id)

    def _prepare_nomination(self):
        wizard, verdict = self.wizard_id, self.verdict_id
        return {
            "award_id": wizard.award_id.id,
            "year": wizard.year,
            "unit_id": wizard.unit_id.id,
            "recipient_kind_id": wizard.recipient_kind_id.id,
            "partner_id": self.partner_id.id,
            "recipient_unit_id": self.recipient_unit_id.id,
            "verdict_id": verdict.id,
            "reason": self._get_reason(),
        }

    def _get_reason(self):
        """Return the achievement in short, as the nomination will say it."""
        verdict = self.verdict_id.sudo()
        grade = verdict.grade_id.name
        text = f"Là tác giả sáng kiến “{verdict.initiative_id.name}”"
        return f"{text}, xếp loại {grade}" if grade else text
