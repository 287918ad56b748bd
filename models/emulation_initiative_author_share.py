import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .emulation_initiative import EDITABLE_STATES

# What the confirmations of the authors write, and no client
SHARE_FIELDS = {
    "is_confirmed", "confirmed_version", "date_confirmed", "confirmed_how",
    "objection", "objected_version",
}  # fmt: skip


class EmulationInitiativeAuthor(models.Model):
    """An author agrees to the share that is theirs, or objects to it (R12).

    A confirmation holds for one version of the shares of the whole dossier: whatever
    changes them, the set of authors or who they are makes a new version, and all are
    asked again.
    """

    _inherit = "emulation.initiative.author"

    is_confirmed = fields.Boolean(
        compute="_compute_is_confirmed",
        store=True,
        readonly=True,
        copy=False,
        default=False,  # nobody has agreed to what is being entered
        help="The author has agreed to the shares as they are now",
    )
    confirmed_version = fields.Integer(readonly=True, copy=False, aggregator=None)
    date_confirmed = fields.Datetime(string="Confirmed on", readonly=True, copy=False)
    confirmed_how = fields.Selection(
        [
            ("link", "By link"),
            ("portal", "On the portal"),
            ("hand_in", "By handing in"),
            ("paper", "On paper"),
        ],
        string="Confirmed how",
        readonly=True,
        copy=False,
    )
    objection = fields.Text(readonly=True, copy=False)
    objected_version = fields.Integer(readonly=True, copy=False, aggregator=None)
    has_objected = fields.Boolean(compute="_compute_share_status", compute_sudo=True)
    share_status = fields.Selection(
        [
            ("waiting", "Not asked yet"),
            ("asked", "Asked"),
            ("objected", "Objects"),
            ("confirmed", "Confirmed"),
        ],
        string="Agreement",
        compute="_compute_share_status",
        compute_sudo=True,
    )
    share_url = fields.Char(
        string="Link for the author",
        compute="_compute_share_url",
        groups="emulation.group_emulation_officer",
        help="The author's own way to confirm the share without an account",
    )

    @api.depends("confirmed_version", "initiative_id.share_version")
    def _compute_is_confirmed(self):
        for author in self:
            version = author.confirmed_version
            author.is_confirmed = (
                bool(version) and version == author.initiative_id.share_version
            )

    @api.depends("is_confirmed", "objected_version", "initiative_id.share_version")
    def _compute_share_status(self):
        links = self._get_links()
        for author in self:
            version = author.initiative_id.share_version
            objected = author.objected_version and author.objected_version == version
            author.has_objected = objected
            if author.is_confirmed:
                author.share_status = "confirmed"
            elif objected:
                author.share_status = "objected"
            else:
                author.share_status = "asked" if links[author] else "waiting"

    @api.depends_context("uid")
    @api.depends("is_confirmed", "initiative_id.share_version")
    def _compute_share_url(self):
        links = self._get_links()
        dossiers = self.initiative_id._filtered_access("write")
        for author in self:
            shown = author.initiative_id in dossiers and not author.is_confirmed
            link = links[author]
            author.share_url = link._get_url() if shown and link else False

    @api.model_create_multi
    def create(self, vals_list):
        given = []
        for index, vals in enumerate(vals_list):
            self._check_share_fields(vals)
            given.append(bool(vals.get("is_confirmed")))
            # said to be empty: a context or a personal default fills in what is not
            vals_list[index] = {**vals, **dict.fromkeys(SHARE_FIELDS, False)}
        authors = super().create(vals_list)
        authors._log("entered")
        authors.initiative_id._renew_shares(self.env._("the authors have changed"))
        signed = authors.browse(
            one.id for one, told in zip(authors, given, strict=True) if told
        )
        # what the office loads from its archive was signed before
        signed._confirm("paper")
        return authors

    def write(self, vals):
        self._check_share_fields(vals)
        watched = {"share", "partner_id"} & vals.keys()
        before = {one: one._get_agreed() for one in self} if watched else {}
        result = super().write(vals)
        changed = self.filtered(
            lambda one: one in before and before[one] != one._get_agreed()
        )
        for author in changed:
            author._log("changed", note=author._describe_change(before[author]))
        changed.initiative_id._renew_shares(self.env._("the shares have changed"))
        return result

    def unlink(self):
        dossiers = self.initiative_id
        entries = [author._prepare_log("removed") for author in self.sudo()]
        result = super().unlink()
        self.env["emulation.share.log"]._append(entries)
        dossiers._renew_shares(self.env._("an author was taken off"))
        return result

    # AGREEING

    @api.model
    def _check_share_fields(self, vals):
        if SHARE_FIELDS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "An author's agreement is not ticked by hand. Send the author the "
                    "link, or record the paper the author has signed."
                )
            )

    def _confirm(self, how, note="", file=None, file_name="", name=""):
        """Record that these authors agree to their shares.

        :param how: a value of ``confirmed_how``
        :param note: what else is to stand in the ledger
        :param file: content (bytes) of the signature or the scan
        :param name: the name the author typed
        :return: those who had not agreed before; nobody is recorded twice
        """
        pending = self.sudo().filtered(lambda author: not author.is_confirmed)
        for author in pending:
            author.write(
                {
                    "confirmed_version": author.initiative_id.share_version,
                    "date_confirmed": fields.Datetime.now(),
                    "confirmed_how": how,
                    "objected_version": 0,
                    "objection": False,
                }
            )
        pending._log(
            "paper" if how == "paper" else "confirmed",
            how=self._say_how(how),
            note="\n".join(filter(None, (name, note))),
            file=file,
            file_name=file_name,
        )
        return pending

    @api.model
    def _say_how(self, how):
        """Return the words of the ledger for a value of ``confirmed_how``."""
        return {
            "link": self.env._("By link"),
            "portal": self.env._("On the portal"),
            "hand_in": self.env._("By handing in"),
            "paper": self.env._("On paper"),
        }[how]

    def _object(self, reason):
        """Record that the author does not agree, and tell who prepares the dossier."""
        self.ensure_one()
        author = self.sudo()
        version = author.initiative_id.share_version
        author.write({"objection": reason, "objected_version": version})
        author._log("objected", note=reason)
        author.initiative_id._tell_objection(author)

    def _get_agreed(self):
        self.ensure_one()
        return (round(self.share, 2), self.partner_id)

    def _describe_change(self, before):
        self.ensure_one()
        share, partner = before
        if partner == self.partner_id:
            return self.env._(
                "from %(before)s %% to %(after)s %%",
                before=f"{share:g}",
                after=f"{self.share:g}",
            )
        return self.env._("in place of %(person)s", person=partner.sudo().name)

    def _get_links(self):
        """Return author → the link to the present version of the shares."""
        links = dict.fromkeys(self, self.env["emulation.share.link"].sudo())
        origins = {author._origin.id: author for author in self}
        for link in links and next(iter(links.values())).search(
            [("author_id", "in", [number for number in origins if number])]
        ):
            author = origins[link.author_id.id]
            if link.version == author.initiative_id.share_version:
                links[author] = link
        return links

    def _ensure_link(self):
        """Return the author's link to the present shares, made when there is none."""
        self.ensure_one()
        return self._get_links()[self] or self.env[
            "emulation.share.link"
        ].sudo().create(
            {
                "initiative_id": self.initiative_id.id,
                "author_id": self.id,
                "version": self.initiative_id.share_version,
            }
        )

    # LEDGER

    def _prepare_log(self, event, **values):
        self.ensure_one()
        file = values.pop("file", None)
        if file:
            values["file"] = base64.b64encode(file)
        return {
            "initiative_id": self.initiative_id,
            "event": event,
            "author_line": self.id,
            "author_name": self.partner_id.name,
            "share": self.share,
            "file_digest": hashlib.sha256(file).hexdigest() if file else "",
            **values,
        }

    def _log(self, event, **values):
        entries = [author._prepare_log(event, **values) for author in self.sudo()]
        return self.env["emulation.share.log"]._append(entries)


class ResPartner(models.Model):
    """Who an author is belongs to what the authors agreed to."""

    _inherit = "res.partner"

    def write(self, vals):
        watched = {"name", "emulation_born_on"} & vals.keys()
        before = {one: one._get_named() for one in self.sudo()} if watched else {}
        result = super().write(vals)
        changed = [one for one, was in before.items() if was != one._get_named()]
        if changed:
            self._renew_shares_of(self.browse([one.id for one in changed]).sudo())
        return result

    def _get_named(self):
        return (self.name, self.emulation_born_on)

    @api.model
    def _renew_shares_of(self, people):
        authors = (
            self.env["emulation.initiative.author"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", people.ids),
                    ("initiative_id.state", "in", EDITABLE_STATES),
                ]
            )
        )
        reason = self.env._("name or date of birth of an author has changed")
        authors._log("changed", note=reason)
        authors.initiative_id._renew_shares(reason)
