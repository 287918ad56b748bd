from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What makes two contacts the same person, or places them in a unit
IDENTITY = {
    *("name", "email", "phone", "emulation_birth_date", "emulation_unit_id"),
}
# By these a second contact of the same person is known
MARKS = IDENTITY - {"emulation_unit_id"}
UNDER_WAY = Domain("state", "in", ("planned", "scoring"))


class EmulationSession(models.Model):
    """Conflicts are searched again when something they follow from has changed."""

    _inherit = "emulation.session"

    @api.model
    def _search_conflicts_again(self, domain):
        """Search the conflicts anew of the sessions to come, or under way, in a domain.

        :param domain: a Domain on sessions
        """
        for session in self.sudo().search(domain & UNDER_WAY):
            session.evaluation_ids._find_conflicts(session)

    @api.model
    def _search_conflicts_of_people(self, partners):
        """Search anew where ``partners`` are members, authors or handled a dossier."""
        if not partners:
            return
        person = Domain("partner_id", "in", partners.ids)
        users = Domain("user_id", "any", person)
        dossier = Domain("author_ids", "any", person)
        for name in ("submitted_user_id", "endorsed_user_id"):
            dossier |= Domain(name, "any", person)
        evaluation = Domain("initiative_id", "any", dossier)
        evaluation |= Domain("examined_user_id", "any", person)
        self._search_conflicts_again(
            Domain("council_id", "any", Domain("member_ids", "any", users))
            | Domain("evaluation_ids", "any", evaluation)
        )

    @api.model
    def _find_under_way(self, partner):
        """Return a session to come or under way where ``partner`` sits or is judged."""
        person = Domain("partner_id", "=", partner.id)
        seat = Domain("user_id", "any", person)
        author = Domain("initiative_id", "any", Domain("author_ids", "any", person))
        found = Domain("council_id", "any", Domain("member_ids", "any", seat))
        found |= Domain("evaluation_ids", "any", author)
        return self.sudo().search(found & UNDER_WAY, limit=1)


class EmulationInitiativeAuthor(models.Model):
    _inherit = "emulation.initiative.author"

    @api.model_create_multi
    def create(self, vals_list):
        authors = super().create(vals_list)
        authors.initiative_id._search_conflicts_again()
        return authors

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self.initiative_id._search_conflicts_again()
        return result

    def unlink(self):
        initiatives = self.initiative_id
        result = super().unlink()
        initiatives._search_conflicts_again()
        return result


class EmulationInitiative(models.Model):
    _inherit = "emulation.initiative"

    def write(self, vals):
        result = super().write(vals)
        if "unit_id" in vals:
            self._search_conflicts_again()
        return result

    def _search_conflicts_again(self):
        """Search the conflicts of these dossiers anew, where they are on an agenda."""
        live = ("scheduled", "scoring")
        evaluations = self.env["emulation.evaluation"].sudo()
        found = evaluations.search(
            [("initiative_id", "in", self.ids), ("state", "in", live)]
        )
        for session, group in found.grouped("session_id").items():
            group._find_conflicts(session)


class EmulationRound(models.Model):
    _inherit = "emulation.round"

    def write(self, vals):
        result = super().write(vals)
        if "regulation_id" in vals:
            again = self.env["emulation.session"]._search_conflicts_again
            again(Domain("round_id", "in", self.ids))
        return result


class EmulationUnit(models.Model):
    _inherit = "emulation.unit"

    def _rewrite_unit_paths(self):
        result = super()._rewrite_unit_paths()
        # whoever stands above whom, on any agenda
        self.env["emulation.session"]._search_conflicts_again(Domain.TRUE)
        return result


class EmulationUnitOfficer(models.Model):
    _inherit = "emulation.unit.officer"

    @api.model_create_multi
    def create(self, vals_list):
        officers = super().create(vals_list)
        officers._search_conflicts_again()
        return officers

    def write(self, vals):
        before = self.user_id
        result = super().write(vals)
        if vals.keys() & {"user_id", "unit_id", "date_start", "date_end"}:
            self._search_conflicts_again(before)
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        self.browse()._search_conflicts_again(users)
        return result

    def _search_conflicts_again(self, users=None):
        """Search anew on the councils where these people, or ``users``, sit."""
        people = (self.user_id | users) if users else self.user_id
        seats = Domain("user_id", "in", people.ids)
        self.env["emulation.session"]._search_conflicts_again(
            Domain("council_id", "any", Domain("member_ids", "any", seats))
        )


class ResPartner(models.Model):
    """Who somebody is stays as it is while they judge, or are judged.

    An author with the e-mail of a juror would void the juror's sheet, a juror without
    the own one would judge the own dossier.
    """

    _inherit = "res.partner"

    def write(self, vals):
        self._emulation_check_marks_kept(vals)
        result = super().write(vals)
        if vals.keys() & IDENTITY:
            self.env["emulation.session"]._search_conflicts_of_people(self)
        return result

    def _emulation_check_marks_kept(self, vals):
        """Leave the marks of who takes part in a session to those who keep them.

        The movement office keeps those of contacts, the administrator of accounts.

        :raises UserError: where they change by another hand, or by the own one
        """
        if self.env.uid == SUPERUSER_ID or not MARKS & vals.keys():
            return
        people = self.sudo().filtered(lambda one: one._emulation_changes_marks(vals))
        user = self.env.user
        keepers = "emulation.group_emulation_movement,base.group_erp_manager"
        if user.has_groups(keepers):
            people &= user.partner_id
        for person in people:
            if session := self.env["emulation.session"]._find_under_way(person):
                raise UserError(
                    self.env._(
                        "“%(person)s” takes part in “%(session)s”, or is judged there: "
                        "name, e-mail, telephone and birth date stay until the session "
                        "has ended. Ask the movement office to correct them, or the "
                        "administrator of accounts.",
                        person=person.name,
                        session=session.name,
                    )
                )

    def _emulation_changes_marks(self, vals):
        """Return whether ``vals`` makes another person of this one."""
        self.ensure_one()
        given = self.new({name: vals[name] for name in MARKS & vals.keys()})
        return any(given[name] != self[name] for name in MARKS & vals.keys())
