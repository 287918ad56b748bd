from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize

from ..tools.shares import equal_shares
from ..tools.text import clean, clean_lines, fold, phone_key

# what a line about a contribution may hold
CONTRIBUTION_LENGTH = 500


class EmulationInitiative(models.Model):
    """The authors of a draft as its drafter enters them on the portal."""

    _inherit = "emulation.initiative"

    def _author_add(self, typed):
        """Add a co-author by name and what tells the person from others.

        :param typed: ``name``, ``birth_date``, ``phone``, ``email``, ``contribution``
        :raises UserError: in words
        """
        self.ensure_one()
        self._check_author_edits()
        person = self._read_person(typed)
        partner = self._find_person(person)
        dossier = self.sudo()
        if partner in dossier.author_ids.partner_id:
            raise UserError(
                self.env._(
                    "%(name)s is among the authors already.", name=person["name"]
                )
            )
        if not partner:
            values = {
                "name": person["name"],
                "emulation_birth_date": person["birth_date"],
                "phone": person["phone"],
                "email": person["email"],
            }
            partner = self.env["res.partner"].sudo().create(values)
        elif self._entered_alone(partner):
            # an address typed wrongly is put right by entering the person again
            marks = ("phone", "email")
            partner.write({name: person[name] for name in marks if person[name]})
        contribution = clean(typed.get("contribution"))[:CONTRIBUTION_LENGTH]
        line = {"partner_id": partner.id, "contribution": contribution}
        shares = [float(one) for one in equal_shares(len(dossier.author_ids) + 1)]
        commands = [
            Command.update(author.id, {"share": share})
            for author, share in zip(dossier.author_ids, shares, strict=False)
        ]
        sequence = max(dossier.author_ids.mapped("sequence"), default=0) + 10
        line |= {"share": shares[-1], "sequence": sequence}
        dossier.write({"author_ids": [*commands, Command.create(line)]})

    def _read_person(self, typed):
        name = clean(typed.get("name"))
        phone, email = clean(typed.get("phone")), clean(typed.get("email"))
        if len(name.split()) < 2 or len(name) > 100:
            raise UserError(self.env._("Please write the full name of the co-author."))
        if email and not email_normalize(email):
            raise UserError(
                self.env._("“%(email)s” is not an e-mail address.", email=email)
            )
        if phone and not phone_key(phone):
            raise UserError(
                self.env._("“%(phone)s” is not a telephone number.", phone=phone)
            )
        if not phone and not email:
            raise UserError(
                self.env._(
                    "Please give a telephone number or an e-mail address of "
                    "%(name)s, so that the share can be confirmed.",
                    name=name,
                )
            )
        try:
            birth_date = fields.Date.to_date(typed.get("birth_date") or False)
        except ValueError:
            birth_date = False
        today = fields.Date.context_today(self)
        if not birth_date or birth_date >= today:
            raise UserError(
                self.env._("Please give the date of birth of %(name)s.", name=name)
            )
        return {
            "name": name,
            "birth_date": birth_date,
            "phone": phone or False,
            "email": email or False,
        }

    def _find_person(self, person):
        """Return the contact that is this very person, if the office knows them.

        The name and one more mark must agree; what is stored of a person neither
        changes by it nor is shown.
        """
        people = self.env["res.partner"]._emulation_by_birth()
        key = phone_key(person["phone"])
        marks = [("emulation_born_on", "=", person["birth_date"])]
        if person["email"]:
            marks += [("email_normalized", "=", email_normalize(person["email"]))]
        if key:
            marks += [("emulation_phone_key", "=", key)]
        same_name = ("emulation_search_text", "=", fold(person["name"]))
        domain = [same_name, ("is_company", "=", False), *["|"] * (len(marks) - 1)]
        return people.search([*domain, *marks], limit=1)

    def _entered_alone(self, partner):
        """Return whether a contact is known by dossiers of the current user alone."""
        if partner.create_uid != self.env.user or partner.user_ids:
            return False
        lines = self.env["emulation.initiative.author"].sudo()
        named = lines.search([("partner_id", "=", partner.id)]).initiative_id
        return named.create_uid <= self.env.user

    def _author_share(self, typed, version):
        """Save the shares and contributions typed by the author.

        :param typed: id of the line (text) → dict with ``share``, ``contribution``
        :param version: the version of the shares the author had before their eyes
        :raises UserError: in words; nothing is saved then
        """
        self.ensure_one()
        self._check_author_edits()
        dossier, commands = self.sudo(), []
        if str(dossier.share_version) != str(version):
            raise UserError(
                self.env._(
                    "The authors or shares were changed in another window in the "
                    "meantime. They are shown below as they are now; enter your "
                    "change again."
                )
            )
        for author in dossier.author_ids:
            line = typed.get(str(author.id)) or {}
            values = {
                "contribution": clean(line.get("contribution"))[:CONTRIBUTION_LENGTH]
            }
            if "share" in line:
                values["share"] = self._read_share(line["share"])
            commands.append(Command.update(author.id, values))
        dossier.write({"author_ids": commands})

    def _read_share(self, text):
        text = str(text).strip().rstrip("%").strip().replace(",", ".")
        try:
            share = round(float(text), 2)
        except ValueError:
            share = 0
        if not 0 < share <= 100:
            raise UserError(
                self.env._(
                    "“%(share)s” is not a share: write a number above 0 and up to 100.",
                    share=text[:20],
                )
            )
        return share

    def _author_remove(self, author_id):
        """Take a co-author off the draft; the drafter stays."""
        self.ensure_one()
        self._check_author_edits()
        author = self.sudo().author_ids.filtered(lambda one: one.id == author_id)
        if author.partner_id == self.env.user.partner_id:
            raise UserError(self.env._("You are the first author of your dossier."))
        author.unlink()

    def _author_share_equally(self):
        """Share equally, as the author asks for."""
        self._check_author_edits()
        self.sudo().action_share_equally()

    def _author_ask(self):
        """Send the co-authors their links.

        :return: the names of those written to, of those without an address, and why
            others were not written to
        """
        self.ensure_one()
        self._check_author_edits()
        dossier = self.sudo()
        dossier._check_share_total()
        pending = dossier._get_unsigned_authors()
        written, others, refusals = dossier._send_share_links(pending)
        return written.mapped("author_name"), others.mapped("author_name"), refusals

    def _author_agree(self):
        """Record that the user agrees to the share of their own, on the portal."""
        self.ensure_one()
        self.check_access("read")
        own = self.sudo()._get_own_lines(self.env.user)
        self._check_own_share(own)
        self.sudo()._check_share_total()
        own._confirm("portal")

    def _author_object(self, reason):
        """Record that the user does not agree to the shares, and why."""
        self.ensure_one()
        self.check_access("read")
        own = self.sudo()._get_own_lines(self.env.user)
        reason = clean_lines(reason)
        self._check_own_share(own)
        if own.is_confirmed:
            raise UserError(
                self.env._(
                    "You have confirmed your share already, so the objection was not "
                    "sent. Ask whoever prepares the dossier to change the shares; you "
                    "are asked again then."
                )
            )
        if not reason:
            raise UserError(self.env._("Please write what is wrong with the shares."))
        own._object(reason)

    def _check_own_share(self, own):
        """Refuse an answer of somebody who is no author, or that comes too late."""
        if not own:
            raise UserError(
                self.env._(
                    "You are not among the authors of “%(initiative)s” any more. Ask "
                    "whoever prepares the dossier.",
                    initiative=self.name,
                )
            )
        if not self._is_editable():
            raise UserError(
                self.env._(
                    "“%(initiative)s” is no longer a draft: its shares are settled. If "
                    "they are wrong, ask the officer of the unit to send it back.",
                    initiative=self.name,
                )
            )
