from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from .emulation_nomination_own import OWN
from .emulation_proposal_documents import DECISION, PROPOSAL
from .emulation_succession_mixin import BY_SUCCESSION

# So many nominating units are named by the decision; more are said in one word
UNITS_NAMED = 3


class EmulationProposal(models.Model):
    """The list of what one unit decides at its own level, and its decision.

    The heads have appraised each of them, so that nothing needs to be proposed: the
    decision follows at once, and a proposal is written only where another unit asks.
    """

    _inherit = "emulation.proposal"

    _succession_kept = ("decider_unit_id",)

    appraised_by = fields.Selection(
        related="award_id.appraised_by", string="Way of the appraisal", store=True
    )

    can_decide = fields.Boolean(
        compute="_compute_can_decide",
        help="The decision may be drafted now",
    )

    @api.depends("state", "award_id", "decider_unit_id", "nomination_ids")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for proposal in self:
            ready = proposal.state in proposal._get_decidable_states()
            may = proposal._may_prepare() and not proposal.is_decided_elsewhere
            proposal.can_decide = ready and may and bool(proposal.nomination_ids)

    @api.constrains("award_id", "unit_id", "decider_unit_id")
    def _check_decider(self):
        if self.env.context.get("emulation_reform") is BY_SUCCESSION:
            # what is undone exists again at the end of the step
            return
        for proposal in self:
            unit = proposal.sudo().decider_unit_id
            if not proposal._is_own_level() or not unit:
                continue
            if unit not in proposal.award_id._find_deciders(proposal.unit_id):
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” does not decide on “%(proposal)s”. Choose the unit "
                        "itself, one above it, or leave the one that is filled in.",
                        unit=unit.name,
                        proposal=proposal.name,
                    )
                )

    # BUSINESS

    def _is_own_level(self):
        return self.award_id.appraised_by == OWN

    def _may_prepare(self):
        """At its own level the deciding unit prepares the decision, not the board."""
        if not self._is_own_level():
            return super()._may_prepare()
        unit = self.decider_unit_id or self.unit_id
        return bool(unit) and unit._prepares_awards(self.track)

    def _check_preparing(self):
        for proposal in self:
            if proposal._is_own_level() and not proposal._may_prepare():
                raise AccessError(
                    self.env._(
                        "The decision on “%(proposal)s” is prepared by “%(unit)s”, "
                        "which takes it.",
                        proposal=proposal.name,
                        unit=proposal.sudo().decider_unit_id.name,
                    )
                )
        return super()._check_preparing()

    def _get_candidate_domain(self):
        domain = super()._get_candidate_domain()
        if self._is_own_level():
            domain.append(("decider_unit_id", "=", self.decider_unit_id.id))
        return domain

    @api.model
    def _get_proposing_unit(self, nominations):
        if nominations.award_id.appraised_by != OWN:
            return super()._get_proposing_unit(nominations)
        unit = nominations.sudo().decider_unit_id
        if len(unit) != 1:
            raise UserError(
                self.env._(
                    "Each unit takes its own decisions. Choose nominations that one "
                    "and the same unit decides on."
                )
            )
        if not unit._prepares_awards(nominations.award_id.track):
            raise AccessError(
                self.env._(
                    "The decision is prepared by “%(unit)s”, which takes it.",
                    unit=unit.name,
                )
            )
        return unit.with_env(self.env)

    # PAPERS

    def action_draft_decision(self):
        if self._is_own_level() and self.state == "draft":
            self.ensure_one()
            self._check_preparing()
            self._check_lists_somebody()
        return super().action_draft_decision()

    def _get_decidable_states(self):
        states = super()._get_decidable_states()
        return states | {"draft"} if self._is_own_level() else states

    def _check_decision(self, document, day):
        result = super()._check_decision(document, day)
        if self._is_own_level():
            self._check_own_decision(document, day)
        return result

    def _check_own_decision(self, document, day):
        """A unit decides on what it has appraised itself, not before that day."""
        for one in self.nomination_ids:
            if one.decider_unit_id != document.unit_id:
                raise UserError(
                    self.env._(
                        "“%(document)s” cannot decide on “%(nomination)s”, which "
                        "“%(unit)s” decides on. Take it off the list.",
                        document=document.display_name,
                        nomination=one.display_name,
                        unit=one.decider_unit_id.name or "–",
                    )
                )
            if one.date_appraised and day < one.date_appraised:
                raise UserError(
                    self.env._(
                        "“%(document)s” is dated before “%(nomination)s” was "
                        "appraised, on %(day)s. Correct its date.",
                        document=document.display_name,
                        nomination=one.display_name,
                        day=format_date(self.env, one.date_appraised),
                    )
                )

    def _on_document_signed(self, document):
        """A decision without a proposal puts up and decides by one signature."""
        proposal = self.sudo()
        if document.kind_id.code == DECISION and proposal.state == "draft":
            proposal.nomination_ids.write({"state": "proposed"})
            proposal.write({"state": "proposed", "date_proposed": document.date_signed})
        return super()._on_document_signed(document)

    def _decision_basis(self):
        basis = super()._decision_basis()
        if not self._is_own_level() or self._get_signed(PROPOSAL):
            return basis
        units = self.sudo().nomination_ids.unit_id - self.sudo().decider_unit_id
        if not units:
            line = "Xét thành tích của các cá nhân, tập thể"
        elif len(units) <= UNITS_NAMED:
            line = f"Xét đề nghị của {', '.join(units.mapped('name'))}"
        else:
            line = "Xét đề nghị của các đơn vị trực thuộc"
        return "\n".join(filter(None, (basis, line)))


class EmulationNomination(models.Model):
    _inherit = "emulation.nomination"

    def _may_propose(self):
        """What a unit decides itself goes on its list, not to the board."""
        return not self._is_own_level() and super()._may_propose()

    def _check_listed(self):
        """At its own level a unit lists only what it decides on."""
        result = super()._check_listed()
        for one in self.filtered(lambda one: one._is_own_level()):
            if one.decider_unit_id != one.proposal_id.decider_unit_id:
                raise UserError(
                    self.env._(
                        "“%(nomination)s” is decided by “%(unit)s” and cannot be on "
                        "“%(proposal)s”.",
                        nomination=one.display_name,
                        unit=one.sudo().decider_unit_id.name or "–",
                        proposal=one.proposal_id.name,
                    )
                )
        return result
