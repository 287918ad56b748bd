from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .emulation_nomination import LIVING
from .emulation_succession_mixin import BY_SUCCESSION

OWN = "decider"


class EmulationNomination(models.Model):
    """What a unit decides at its own level: no board in between (Law, Art. 80).

    The unit prepares, the head of the deciding unit appraises and signs the decision
    of that unit's own register. Whoever handed a nomination in, or receives it, leaves
    it to another head or deputy; where there is none, to the level above.
    """

    _inherit = "emulation.nomination"

    _succession_kept = ("decider_unit_id",)

    appraised_by = fields.Selection(
        related="award_id.appraised_by", string="Way of the appraisal", store=True
    )
    decider_unit_id = fields.Many2one(
        "emulation.unit",
        string="Decided by",
        compute="_compute_decider_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The unit whose head appraises it and signs the decision",
    )
    decider_choice_ids = fields.Many2many(
        "emulation.unit", compute="_compute_decider_choice_ids", compute_sudo=True
    )
    can_put_up = fields.Boolean(compute="_compute_can_put_up")

    # what several heads decide each for their own level is counted for each of them
    _one_per_person = models.UniqueIndex(
        "(award_code, year, partner_id, COALESCE(decider_unit_id, 0))"
        f" WHERE partner_id IS NOT NULL AND {LIVING}",
        "This person is nominated for this award of the year already. Use that "
        "nomination.",
    )
    _one_per_unit = models.UniqueIndex(
        "(award_code, year, recipient_unit_id, COALESCE(decider_unit_id, 0))"
        f" WHERE recipient_unit_id IS NOT NULL AND {LIVING}",
        "This collective is nominated for this award of the year already. Use that "
        "nomination.",
    )

    @api.depends("award_id", "unit_id")
    def _compute_decider_unit_id(self):
        found = {}
        for one in self:
            key = (one.award_id, one.unit_id)
            if key not in found:
                found[key] = one._find_deciders()[:1]
            one.decider_unit_id = found[key]

    @api.depends("award_id", "unit_id")
    def _compute_decider_choice_ids(self):
        for one in self:
            one.decider_choice_ids = one._find_deciders()

    @api.depends("state", "appraised_by", "decider_unit_id", "proposal_id")
    @api.depends_context("uid")
    def _compute_can_put_up(self):
        for one in self:
            ready = one.state == "appraised" and not one.sudo().proposal_id
            one.can_put_up = ready and one._is_own_level() and one._may_put_up()

    @api.constrains("award_id", "unit_id", "decider_unit_id")
    def _check_decider(self):
        if self.env.context.get("emulation_reform") is BY_SUCCESSION:
            # what is undone exists again at the end of the step
            return
        for one in self.filtered("decider_unit_id"):
            if one.decider_unit_id not in one._find_deciders():
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” does not decide on “%(award)s” for “%(by)s”. "
                        "Choose the unit itself, one above it, or leave the one that "
                        "is filled in.",
                        unit=one.sudo().decider_unit_id.name,
                        award=one.award_id.name,
                        by=one.unit_id.name,
                    )
                )

    # WORKFLOW

    def _is_board(self, user):
        """At its own level the heads of the deciding unit are the board.

        For the Front's own award the movement office is the office of the Front.
        """
        if not self._is_own_level():
            return super()._is_board(user)
        if user in self.sudo().decider_unit_id._get_heads():
            return True
        movement = user.has_group("emulation.group_emulation_movement")
        return movement and self.track == "front"

    def _check_board(self):
        strangers = self.filtered(
            lambda one: one._is_own_level() and not one._is_board(self.env.user)
        )
        for one in strangers:
            raise AccessError(
                self.env._(
                    "“%(nomination)s” is appraised by the head of “%(unit)s”, who "
                    "decides on it. Leave the opinion to that unit.",
                    nomination=one.display_name,
                    unit=one.sudo().decider_unit_id.name or "–",
                )
            )
        return super()._check_board()

    def _check_ready(self, target):
        if (self.state, target) == ("draft", "submitted") and self._is_own_level():
            self._check_decidable()
        return super()._check_ready(target)

    def _check_decidable(self):
        """Refuse what nobody could decide on: no unit, or only those it concerns."""
        unit = self.sudo().decider_unit_id
        if not unit:
            raise UserError(
                self.env._(
                    "No unit here decides on “%(nomination)s”: “%(by)s” has none of "
                    "the level “%(level)s”. Ask a movement manager to enter it.",
                    nomination=self.display_name,
                    by=self.unit_id.name,
                    level=self.award_id.level_id.name or "–",
                )
            )
        able = unit._get_heads().filtered(
            lambda head: head != self.env.user and not self._is_concerned(head)
        )
        if not able and self.track != "front":
            raise UserError(
                self.env._(
                    "Nobody can decide on “%(nomination)s”: “%(unit)s” has no head or "
                    "deputy other than you and whom it honours. Choose the unit above "
                    "it, or ask a movement manager to enter the head.",
                    nomination=self.display_name,
                    unit=unit.name,
                )
            )

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if (source, target) == ("draft", "submitted") and self._is_own_level():
            self._tell_heads()
        return result

    def _tell_heads(self):
        """Tell those who decide that something waits for them."""
        one = self.sudo()
        heads = one.decider_unit_id._get_heads() - self.env.user
        one.message_post(
            body=self.env._("Waits for your decision: %s", one.display_name),
            author_id=self.env.user.partner_id.id,
            partner_ids=heads.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    # BUSINESS

    def _is_own_level(self):
        """Return whether the deciding unit appraises it itself."""
        self.ensure_one()
        return self.appraised_by == OWN

    def _may_put_up(self):
        """Return whether the user prepares the decision of the deciding unit."""
        unit = self.sudo().decider_unit_id
        return bool(unit) and unit._prepares_awards(self.track)

    def _find_deciders(self):
        """Return the units that may decide on this at their own level, the best first.

        Empty for what goes to the board: there the proposal says who decides.
        """
        self.ensure_one()
        one = self.sudo()
        if not one.unit_id or one.award_id.appraised_by != OWN:
            return self.env["emulation.unit"]
        return one.award_id._find_deciders(one.unit_id).with_env(self.env)


class EmulationUnit(models.Model):
    _inherit = "emulation.unit"

    def _prepares_awards(self, track):
        """Return whether the user prepares what this unit decides on ``track``."""
        self.ensure_one()
        user = self.env.user
        if track == "front" and user.has_group("emulation.group_emulation_movement"):
            return True
        officer = user.has_group("emulation.group_emulation_officer")
        return officer and self._is_acting(user)
