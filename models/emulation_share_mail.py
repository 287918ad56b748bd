from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .emulation_initiative import EDITABLE_STATES


class EmulationInitiativeAuthor(models.Model):
    """How often the system writes to authors, whoever asks it to.

    An address typed into a dossier may be anybody's: what the ledger of shares tells
    as sent is counted per author, per address and per sender, over all dossiers, so
    that neither another line nor another draft begins anew.
    """

    _inherit = "emulation.initiative.author"

    def _get_mail_refusal(self):
        """Return why this author is not written to now, in words; empty if they are."""
        self.ensure_one()
        address = self.sudo().partner_id.email_normalized
        sent = self._count_sent(Domain("author_line", "=", self.id))
        if sent >= self._get_mail_limit("share_mails_a_day"):
            return self.env._(
                "%(author)s has been written to %(count)s times since yesterday. Call "
                "the author, or send the link again tomorrow.",
                author=self.sudo().partner_id.name,
                count=sent,
            )
        most = self._get_mail_limit("share_mails_address_a_day")
        if self._count_sent(Domain("note", "=", address)) >= most:
            return self.env._(
                "The address of %(author)s has been written to %(count)s times since "
                "yesterday, for this and other dossiers. Call the author, ask the "
                "officer of the unit to hand over the link, or ask again tomorrow.",
                author=self.sudo().partner_id.name,
                count=most,
            )
        sender = "officer" if self.env.user._is_internal() else "sender"
        most = self._get_mail_limit(f"share_mails_{sender}_a_day")
        sent_by_mail = Domain("user_id", "=", self.env.uid) & Domain(
            "note", "like", "@"
        )
        if self._count_sent(sent_by_mail) >= most:
            return self.env._(
                "You have had %(count)s authors written to since yesterday; "
                "%(author)s is not. Ask the officer of the unit to hand over the "
                "link, or ask again tomorrow.",
                author=self.sudo().partner_id.name,
                count=most,
            )
        return ""

    @api.model
    def _get_mail_limit(self, name):
        """Return the most mails in 24 hours that a parameter allows; 0 is no limit."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param(f"emulation.{name}") or 0) or float("inf")

    @api.model
    def _count_sent(self, domain, event="sent"):
        """Return how many letters (or other events) of 24 hours are of this domain."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        recent = Domain("event", "=", event) & Domain("date", ">", since)
        return self.env["emulation.share.log"].sudo().search_count(recent & domain)

    def _object(self, reason):
        """Record an objection; each one is mailed, so they are limited like letters.

        :raises UserError: where there have been as many as one day takes
        """
        mine = Domain("author_line", "=", self.id)
        count = self._count_sent(mine, "objected")
        if count >= self._get_mail_limit("share_mails_a_day"):
            raise UserError(
                self.env._(
                    "You have objected %(count)s times since yesterday, and whoever "
                    "prepares the dossier was told. Call them, or write again "
                    "tomorrow.",
                    count=count,
                )
            )
        return super()._object(reason)

    def _send_share_link(self, address):
        """Make the author's link, and mail it where there is an ``address``."""
        link = self._ensure_link()
        if address:
            self._mail_share_link(link)
        by_hand = self.env._("handed over by the office")
        self._log("sent", note=address or by_hand)

    def _mail_share_link(self, link):
        """Mail a link that whoever holds it confirms with: to its author alone.

        The house writes it, about no record: who reads a dossier or asked for the
        letter would find the link among the messages.
        """
        template = self.env.ref("emulation.mail_template_share")
        template.with_user(SUPERUSER_ID).with_context(
            share_url=link._get_url()
        ).send_mail(
            self.id,
            force_send=False,
            email_values={
                "model": False,
                "res_id": False,
                "author_id": self.env.company.partner_id.id,
            },
        )


class EmulationInitiative(models.Model):
    """Co-authors are asked by mail within the limits, and told apart where not."""

    _inherit = "emulation.initiative"

    def _send_share_links(self, authors):
        """Make links for ``authors`` and mail them where there is an address.

        Whoever has been written to too often already keeps nobody else waiting.

        :return: those written to, those without an address, and a phrase for each
            author whom a limit keeps from being written to
        :raises UserError: where a limit leaves nobody to be asked
        """
        # two windows at once count what the other has sent
        self.env.user.sudo().partner_id._lock_rows()
        written, others, refusals = authors.browse(), authors.browse(), []
        asked = authors.filtered(lambda author: author.share_status == "asked")
        for author in authors:
            address = author.sudo().partner_id.email_normalized
            refusal = address and author._get_mail_refusal()
            if refusal:
                refusals.append(refusal)
                continue
            author._send_share_link(address)
            if address:
                written |= author
            else:
                others |= author
        if refusals and not written | (others - asked):
            raise UserError("\n".join(refusals))
        authors.invalidate_recordset(["share_status", "share_url"])
        return written, others, refusals


class ResPartner(models.Model):
    """A link sent to a wrong address ends when the address is put right."""

    _inherit = "res.partner"

    def write(self, vals):
        watched = self.sudo() if "email" in vals else self.browse()
        before = {one: one.email_normalized for one in watched}
        result = super().write(vals)
        moved = [one.id for one, was in before.items() if was != one.email_normalized]
        self._end_links(self.browse(moved))
        return result

    @api.model
    def _end_links(self, people):
        """End the open links of these people: somebody else may have them."""
        links = self.env["emulation.share.link"].sudo()
        if people:
            links = links.search(
                [
                    ("author_id.partner_id", "in", people.ids),
                    ("author_id.is_confirmed", "=", False),
                    ("initiative_id.state", "in", EDITABLE_STATES),
                ]
            )
        links.author_id = False
