from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.text import fold

# A dossier takes no place of its authors before it is handed in, or once withdrawn
FREE_STATES = ("draft", "withdrawn")


class EmulationRound(models.Model):
    _inherit = "emulation.round"

    max_per_author = fields.Integer(
        string="Dossiers per author",
        help="Most dossiers of one person in this round, under whatever contact; "
        "0 is no limit",
    )

    _author_limit_range = models.Constraint(
        "CHECK (max_per_author >= 0)",
        "The most dossiers per author is 0 (no limit) or more.",
    )


class EmulationInitiative(models.Model):
    """How many dossiers one person may have in a round, however they are entered."""

    _inherit = "emulation.initiative"

    def _check_ready(self, target):
        result = super()._check_ready(target)
        if target not in FREE_STATES and (
            self.state in FREE_STATES or target == "submitted"
        ):
            self._check_author_limit(self.author_ids.partner_id)
        return result

    def write(self, vals):
        result = super().write(vals)
        if "round_id" in vals:
            # a dossier that goes on to a further round takes a place there
            for initiative in self.filtered(lambda one: one.state not in FREE_STATES):
                initiative._check_author_limit(initiative.author_ids.partner_id)
        return result

    def _check_author_limit(self, people):
        """Refuse more dossiers of one of ``people`` than the round takes.

        :raises UserError: naming the person, and the dossiers the reader may read
        """
        self.ensure_one()
        limit = self.sudo().round_id.max_per_author
        if not limit:
            return
        contacts = {one: one._emulation_contacts() for one in people.sudo()}
        people.browse({c.id for found in contacts.values() for c in found})._lock_rows()
        for person, found in contacts.items():
            others = self._get_others_of(found)
            if len(others) >= limit:
                raise UserError(self._explain_author_limit(person, others))

    def _get_others_of(self, contacts):
        """Return the other dossiers (sudo) of these contacts that hold a place.

        Nothing is handed in without its authors' agreement. Whoever is put on a
        returned dossier and has never agreed to be an author of it loses no place.
        """
        others = self.sudo().search(
            [
                ("round_id", "=", self.round_id.id),
                ("id", "!=", self.id),
                ("state", "not in", FREE_STATES),
                ("author_ids.partner_id", "in", contacts.ids),
            ]
        )
        returned = others.filtered(lambda one: one.state == "returned")
        lines = returned.author_ids.filtered(lambda one: one.partner_id in contacts)
        return others - (returned - lines._filter_agreed().initiative_id)

    def _explain_author_limit(self, person, others):
        readable = self.search([("id", "in", others.ids)])
        named = [f"- {one.display_name}" for one in readable]
        hidden = len(others) - len(readable)
        if hidden:
            named.append(
                self.env._(
                    "- %(count)s in other units, ask the organiser", count=hidden
                )
            )
        return self.env._(
            "“%(author)s” already has %(count)s dossiers in the round “%(round)s”, "
            "which takes at most %(limit)s of one author. Withdraw one of them, or "
            "leave “%(initiative)s” for another round:\n%(others)s",
            author=person.name,
            count=len(others),
            round=self.round_id.name,
            limit=self.sudo().round_id.max_per_author,
            initiative=self.name,
            others="\n".join(named),
        )


class EmulationInitiativeAuthor(models.Model):
    """A person put on a dossier that holds a place takes one of their own places."""

    _inherit = "emulation.initiative.author"

    @api.model_create_multi
    def create(self, vals_list):
        authors = super().create(vals_list)
        authors._check_place()
        return authors

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._check_place()
        return result

    def _filter_agreed(self):
        """Return those of these authors who have agreed to a share at some time."""
        agreed = self.filtered("is_confirmed")
        rest = self - agreed
        entries = self.env["emulation.share.log"].sudo()
        entries = entries.search(
            [
                ("author_line", "in", rest.ids),
                ("event", "in", ("confirmed", "paper")),
            ]
        )
        known = {(entry.author_line, entry.author_name) for entry in entries}
        return agreed | rest.filtered(
            lambda one: (one.id, one.partner_id.name) in known
        )

    def _check_place(self):
        for author in self:
            dossier = author.initiative_id
            if dossier.state not in FREE_STATES:
                dossier._check_author_limit(author.partner_id)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _emulation_contacts(self):
        """Return all contacts of this person, archived ones too, this one included."""
        self.ensure_one()
        marks = dict(self._emulation_identity())
        same = Domain("id", "=", self.id)
        if "email" in marks:
            same |= Domain("email_normalized", "=", marks["email"])
        if "phone" in marks:
            same |= Domain("emulation_phone_key", "=", marks["phone"])
        if "birth" in marks:
            same |= Domain("emulation_born_on", "=", self.sudo().emulation_born_on) & (
                Domain("emulation_search_text", "=", fold(self.name))
            )
        everybody = self._emulation_by_birth().with_context(active_test=False)
        found = everybody.search(same)
        return found.filtered(lambda other: self._emulation_is_one_of(other)) | self

    def _lock_rows(self):
        """Let a second transaction about these people wait, and then look again.

        A row that was only locked would let it go on with what it saw before; a
        row that was written makes it fail and be tried again on what holds now.
        """
        if not self.ids:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM res_partner WHERE id = ANY(%s) ORDER BY id "
                "FOR NO KEY UPDATE",
                self.ids,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET write_date = write_date WHERE id = ANY(%s)",
                self.ids,
            )
        )
