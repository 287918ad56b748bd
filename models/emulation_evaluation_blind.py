from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.anonymise import mask


class EmulationEvaluation(models.Model):
    """Which dossiers the current user judges without knowing whose they are."""

    _name = "emulation.evaluation"
    _inherit = ["emulation.evaluation", "emulation.blind.mixin"]

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        # whom the field itself is closed to, as on the portal, reads names as well
        for evaluation in self.sudo().filtered("is_blind_to_me"):
            evaluation.display_name = evaluation.sudo().initiative_id._get_blind_name()
        return result

    @api.model
    def _blind_depends(self):
        seats = "session_id.council_id.member_ids"
        return [
            "session_id.state",
            *(f"{seats}.{name}" for name in ("user_id", "date_start", "date_end")),
            "conflict_ids.level",
        ]

    @api.model
    def _can_be_blind(self):
        """Tell whether anything can be hidden from the user: who sits on a council."""
        return self.env.user.has_group("emulation.group_emulation_council")

    @api.model
    def _get_blind_domain(self, user):
        """Return the domain of what ``user`` scores blind today.

        A secretary who does not score prepares the anonymised files and sees all;
        in conflict with a dossier, one takes no part in it and is judged as anybody.
        """
        seats = self.env["emulation.session"]._get_seat_domain(user)
        seats &= Domain("is_scoring", "=", True) | Domain("role", "!=", "secretary")
        session = (
            Domain("state", "in", ("planned", "scoring"))
            & Domain("regulation_id", "any!", Domain("is_blind", "=", True))
            & Domain("council_id", "any!", Domain("member_ids", "any!", seats))
        )
        excluding = self.env["emulation.conflict"]._get_excluding_domain(user)
        excluded = Domain("conflict_ids", "any!", excluding)
        return Domain("session_id", "any!", session) & ~excluded

    @api.model
    def _get_blind_initiatives(self):
        """Return the dossiers that the current user scores blind today."""
        domain = self._get_blind_domain(self.env.user)
        return self.sudo().search(domain).initiative_id

    def _describe(self, blind):
        """Return ``{"name", "code", "unit"}`` of the dossier for a screen.

        :param blind: the dossiers (initiatives) shown without whose they are
        """
        self.ensure_one()
        initiative = self.initiative_id
        if initiative in blind:
            return {"name": initiative._get_blind_name(), "code": "", "unit": ""}
        return {
            "name": initiative.name,
            "code": initiative.code or "",
            "unit": self.unit_id.name,
        }


class EmulationInitiative(models.Model):
    """A dossier as who judges it blind may know it."""

    _name = "emulation.initiative"
    _inherit = ["emulation.initiative", "emulation.blind.mixin"]
    _blind_field = "id"

    @api.model
    def _blind_depends(self):
        return ["evaluation_ids.is_blind_to_me"]

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for initiative in self.sudo().filtered("is_blind_to_me"):
            initiative.display_name = initiative._get_blind_name()
        return result

    def _get_blind_name(self):
        """Return the title without the code and without the names in it."""
        return self._mask(self.sudo().name)

    def _mask(self, text):
        """Return a text of the dossier without authors, units and contacts."""
        self.ensure_one()
        return mask(text, self._get_telling_names())

    def _get_telling_names(self):
        """Return the names that tell whose dossier this is."""
        self.ensure_one()
        dossier = self.sudo()
        units = dossier.unit_id | dossier.author_ids.partner_id.emulation_unit_id
        people = dossier.author_ids.partner_id
        return [
            name
            for name in (
                *people.mapped("name"),
                *people.mapped("emulation_workplace"),
                *dossier.helper_ids.mapped("name"),
                *dossier.author_ids.mapped("guardian_name"),
                *units.mapped("name"),
            )
            if name
        ]

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let nobody follow a dossier who judges it blind (invariant 20)."""
        partners = set(partner_ids or ())
        judges = self.sudo().evaluation_ids._get_blind_judges().partner_id
        if partners & set(judges.ids):
            partner_ids = list(partners - set(judges.ids))
        return super().message_subscribe(partner_ids, subtype_ids)


class EmulationEvaluationJudges(models.Model):
    """Nobody who judges a dossier blind follows what is written about it."""

    _inherit = "emulation.evaluation"

    def _get_blind_judges(self):
        """Return the users who score these blind today, the excluded ones left out."""
        judges = self.env["res.users"]
        today = fields.Date.context_today(self)
        for evaluation in self.filtered("session_id"):
            session = evaluation.session_id
            if session._is_blind():
                seats = session.council_id._get_members(today).filtered(
                    lambda seat: seat.is_scoring or seat.role != "secretary"
                )
                judges |= (seats - evaluation._get_excluded_members()).user_id
        return judges

    def _schedule(self, session):
        result = super()._schedule(session)
        self._drop_blind_followers()
        return result

    def _open_scoring(self):
        result = super()._open_scoring()
        self._drop_blind_followers()
        return result

    def _drop_blind_followers(self):
        """Take the judges off the followers of the dossiers (invariant 20)."""
        for evaluation in self.sudo():
            judges = evaluation._get_blind_judges().partner_id
            if judges:
                evaluation.initiative_id.message_unsubscribe(judges.ids)


class EmulationSession(models.Model):
    """A session is blind until its scores are final."""

    _inherit = "emulation.session"

    def _is_blind(self):
        """Tell whether members score this session without knowing whose dossiers."""
        self.ensure_one()
        open_states = ("planned", "scoring")
        return self.regulation_id.is_blind and self.state in open_states

    def _get_board(self, agenda):
        """Return the board without what tells whose dossiers they are."""
        board = super()._get_board(agenda)
        if not self._is_blind():
            return board
        evaluations = self.env["emulation.evaluation"]
        if not evaluations._can_be_blind():
            return board
        blind = evaluations._get_blind_initiatives()
        own = self._get_seats(self.env.user)
        for row in board["rows"]:
            if row.get("initiative_id") in blind._ids:
                name = blind.browse(row["initiative_id"])._get_blind_name()
                row.update(name=name, code=False, unit=False, initiative_id=False)
                for cell in row["cells"]:
                    # who does not score, and so may be an author, is not told
                    if cell["member_id"] not in own._ids:
                        cell["status"] = "none"
        return board
