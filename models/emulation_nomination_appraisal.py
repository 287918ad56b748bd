from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

# What the board enters while it appraises
BOARD = {
    "opinion", "votes_for", "votes_present", "votes_appointed", "minutes_reference",
    "minutes_date", "refuse_reason",
}  # fmt: skip
# What the unit is told, and may read until it hands in again
TOLD = {"refuse_reason"}


class EmulationNomination(models.Model):
    """The second gate: the achievement is appraised after the council's grading (R77).

    The Award board appraises what goes to the State; the movement office as well what
    the Front gives itself (R88). Where the law asks for a ballot, its count is entered
    and judged in whole numbers. Nobody appraises what they entered or handed in, or
    their own. What goes back to its unit takes nothing of the board along: the opinion
    stands in the history, and the next appraisal starts afresh.
    """

    _name = "emulation.nomination"
    _inherit = ["emulation.nomination", "emulation.late.mixin"]
    _late_state = "submitted"

    date_due = fields.Date(
        string="Appraise by",
        readonly=True,
        copy=False,
        help="Working days that the award allows from the day of receipt",
    )
    is_late = fields.Boolean(string="Overdue")
    needs_ballot = fields.Boolean(related="award_id.needs_ballot")
    opinion = fields.Text(
        string="Opinion of the board",
        copy=False,
        help="What the appraisal of the achievement found",
    )
    votes_for = fields.Integer(string="Votes for", copy=False, aggregator=None)
    votes_present = fields.Integer(
        string="Members present", copy=False, aggregator=None
    )
    votes_appointed = fields.Integer(
        string="Members appointed", copy=False, aggregator=None
    )
    minutes_reference = fields.Char(
        string="Minutes of the vote", copy=False, help="Number and symbol"
    )
    minutes_date = fields.Date(string="Vote of", copy=False)
    refuse_reason = fields.Text(
        string="Reason of the refusal", copy=False, help="Told to the nominating unit"
    )
    appraised_user_id = fields.Many2one(
        "res.users", string="Appraised by", readonly=True, copy=False
    )
    date_appraised = fields.Date(string="Appraised on", readonly=True, copy=False)
    can_appraise = fields.Boolean(compute="_compute_can_appraise")
    can_refuse = fields.Boolean(compute="_compute_can_appraise")
    can_return = fields.Boolean(compute="_compute_can_appraise")

    _votes_in_order = models.Constraint(
        "CHECK (votes_for >= 0 AND votes_for <= votes_present"
        " AND votes_present <= votes_appointed)",
        "Votes for cannot be more than the members present, nor these more than the "
        "members appointed.",
    )

    @api.depends("state", "award_id", "partner_id", "recipient_unit_id")
    @api.depends_context("uid")
    def _compute_can_appraise(self):
        for one in self:
            one.can_appraise = one._can_move("appraised")
            one.can_refuse = one._can_move("refused")
            one.can_return = one._can_move("draft")

    @api.model_create_multi
    def create(self, vals_list):
        nominations = super().create(vals_list)
        if not self.env.su and any(any(nominations.mapped(name)) for name in BOARD):
            # by whatever way it was set: the values, a context, a personal default
            nominations._check_board()
        return nominations

    def write(self, vals):
        if BOARD & vals.keys() and not self.env.su:
            self._check_board()
        return super().write(vals)

    # ACTIONS

    def action_appraise(self):
        """Find the achievement worthy, with an opinion and, where needed, a vote.

        :raises UserError: without an opinion, below the share of votes that the law
            asks for, or where a condition of the award is not met any more
        """
        self.write({"state": "appraised"})

    def action_open_refuse(self):
        """Ask why these nominations are refused."""
        return self._open_answer("refuse")

    def action_open_return(self):
        """Ask what the nominating unit has to complete."""
        return self._open_answer("return")

    def _open_answer(self, outcome):
        for one in self:
            one._check_allowed("refused" if outcome == "refuse" else "draft")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse")
            if outcome == "refuse"
            else self.env._("Return to complete"),
            "res_model": "emulation.nomination.answer",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_nomination_ids": self.ids,
                "default_outcome": outcome,
            },
        }

    # WORKFLOW

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "date_due", "appraised_user_id", "date_appraised",
        }  # fmt: skip

    def _may_move(self, target):
        if target in ("draft", "appraised", "refused") and self.state in (
            "submitted",
            "appraised",
            "proposed",
        ):
            user = self.env.user
            return self._is_board(user) and not self._is_concerned(user)
        return super()._may_move(target)

    def _is_board(self, user):
        """Return whether ``user`` appraises nominations of this track."""
        if self.track == "state":
            return user.has_group("emulation.group_emulation_award")
        movement = user.has_group("emulation.group_emulation_movement")
        if self.track == "front":
            return movement or user.has_group("emulation.group_emulation_award")
        return movement

    def _is_concerned(self, user):
        """Return whether ``user`` has a part in this: another one acts.

        Whoever entered it or handed it in, and whoever receives it: the person by
        whatever account, the officers and the people of an honoured unit.
        """
        self.ensure_one()
        one = self.sudo()
        wrote = one.create_uid | one.submitted_user_id
        person = user.sudo().partner_id
        return self._is_recipient(user) or person._emulation_is_one_of(wrote.partner_id)

    def _check_board(self):
        for one in self:
            one._check_state("submitted", "appraised", "proposed", "sent")
            user = self.env.user
            if not one._is_board(user) or one._is_concerned(user):
                raise AccessError(
                    self.env._(
                        "Opinion and votes on “%(nomination)s” are entered by the "
                        "board that appraises it, never by who entered it, handed "
                        "it in or receives it.",
                        nomination=one.display_name,
                    )
                )

    def _check_ready(self, target):
        if target == "appraised" and self.state == "submitted":
            if not (self.opinion or "").strip():
                raise UserError(
                    self.env._(
                        "Write the opinion of the board on “%(nomination)s” first.",
                        nomination=self.display_name,
                    )
                )
            self._check_vote()
        if target == "refused" and not (self.refuse_reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why “%(nomination)s” is refused: the nominating unit is told.",
                    nomination=self.display_name,
                )
            )
        return super()._check_ready(target)

    def _check_vote(self):
        """Judge the count of the ballot in whole numbers (Decree 91/2017, Art. 45)."""
        award = self.award_id
        if not award.needs_ballot:
            return
        if not self.minutes_reference or not self.minutes_date:
            raise UserError(
                self.env._(
                    "The law asks for a ballot on “%(award)s”: enter number and date "
                    "of the minutes of the vote on “%(nomination)s”.",
                    award=award.name,
                    nomination=self.recipient_name,
                )
            )
        appointed, present = self.votes_appointed, self.votes_present
        if not appointed or present < award._quorum_needed(appointed):
            raise UserError(
                self.env._(
                    "“%(nomination)s”: %(present)s of %(appointed)s members were "
                    "present, which is no quorum. Enter the count of a valid meeting.",
                    nomination=self.display_name,
                    present=present,
                    appointed=appointed,
                )
            )
        needed = award._votes_needed(appointed, present)
        if self.votes_for < needed:
            raise UserError(
                self.env._(
                    "“%(nomination)s” has %(votes)s votes and needs %(needed)s. Refuse "
                    "it, or correct the count.",
                    nomination=self.display_name,
                    votes=self.votes_for,
                    needed=needed,
                )
            )

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        today = fields.Date.context_today(self)
        if target == "submitted" and source == "draft":
            due = self.award_id.sudo()._get_appraisal_due(today)
            self.sudo().write({"date_due": due, **dict.fromkeys(TOLD, False)})
        elif target == "appraised" and source == "submitted":
            self.sudo().write(
                {"appraised_user_id": self.env.uid, "date_appraised": today}
            )
        elif target in ("refused", "draft") and source != "draft":
            self._tell_unit(target)
            if target == "draft":
                self._clear_board()
        return result

    def _clear_board(self):
        """Take what the board entered off the record; the history keeps its words."""
        one = self.sudo()
        entered = {name: one[name] for name in BOARD - TOLD if one[name]}
        if not entered:
            return
        if "minutes_date" in entered:
            entered["minutes_date"] = format_date(self.env, one.minutes_date)
        lines = [
            f"{self._fields[name]._description_string(self.env)}: {value}"
            for name, value in sorted(entered.items())
        ]
        one.message_post(
            body=self.env._(
                "Entered by the board before it returned this: %(entered)s",
                entered="; ".join(lines),
            ),
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )
        one.write({**dict.fromkeys(BOARD - TOLD, False), "date_due": False})

    def _tell_unit(self, target):
        """Tell those who nominated, and the heads of their unit (R77)."""
        one = self.sudo()
        told = one.submitted_user_id | one.unit_id._get_heads()
        if target == "refused":
            body = self.env._(
                "Refused: %(nomination)s. Reason: %(reason)s",
                nomination=one.display_name,
                reason=one.refuse_reason,
            )
        else:
            body = self.env._(
                "Returned to complete: %(nomination)s. %(reason)s",
                nomination=one.display_name,
                reason=one.refuse_reason or "",
            )
        one.message_post(
            body=body,
            author_id=self.env.user.partner_id.id,
            partner_ids=(told - self.env.user).partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
