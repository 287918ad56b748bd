from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.shares import equal_shares
from .emulation_initiative_author import SHARES_LATER


class EmulationInitiative(models.Model):
    """The authors agree on their shares: asked by link, void when anything changes."""

    _inherit = "emulation.initiative"

    share_version = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Counts the changes of shares and authors; agreements hold for one",
    )
    share_log_ids = fields.One2many(
        "emulation.share.log",
        "initiative_id",
        string="Ledger of shares",
        groups="emulation.group_emulation_officer",
    )
    share_log_count = fields.Integer(readonly=True, copy=False, aggregator=None)
    share_log_hash = fields.Char(
        readonly=True, copy=False, export_string_translation=False
    )
    share_objections = fields.Text(compute="_compute_share_objections")
    can_share_equally = fields.Boolean(compute="_compute_share_objections")
    has_unsigned_authors = fields.Boolean(compute="_compute_share_objections")

    @api.depends(
        "author_ids.share",
        "author_ids.is_confirmed",
        "author_ids.has_objected",
        "state",
    )
    def _compute_share_objections(self):
        for initiative in self:
            authors, editable = initiative.author_ids, initiative._is_editable()
            objecting = authors.filtered("has_objected")
            initiative.share_objections = "\n".join(
                f"{author.partner_id.name}: {author.objection}" for author in objecting
            )
            equal = sorted(round(float(one), 2) for one in initiative._equal_shares())
            present = sorted(round(one, 2) for one in authors.mapped("share"))
            initiative.can_share_equally = (
                editable and len(authors) > 1 and present != equal
            )
            initiative.has_unsigned_authors = editable and not all(
                authors.mapped("is_confirmed")
            )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {
            "share_version", "share_log_count", "share_log_hash",
        }  # fmt: skip

    def write(self, vals):
        if "author_ids" in vals:
            # the lines are written one by one; only all together make 100 %
            self = self.with_context(emulation_shares=SHARES_LATER)
        return super().write(vals)

    # ACTIONS

    def action_send_share_links(self):
        """Ask the authors who have not agreed yet, each by a link of their own.

        Whoever has no e-mail address gets a link all the same, to be handed over by
        the officer. Writing to one author, address or by one sender is limited a day.

        :raises UserError: while the shares do not make 100 %, or nobody is left to ask
        :return: a notification saying who was written to and who was not
        """
        self.ensure_one()
        self._check_sharing()
        self._check_share_total()
        pending = self.author_ids.filtered(lambda author: not author.is_confirmed)
        if not pending:
            raise UserError(
                self.env._(
                    "All authors of “%(initiative)s” have agreed to their shares.",
                    initiative=self.display_name,
                )
            )
        written, others, refusals = self._send_share_links(pending)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if others or refusals else "success",
                "message": self._tell_share_links(written, others, refusals),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_share_equally(self):
        """Give all authors the same share; the remainder goes to the first one."""
        for initiative in self:
            initiative._check_sharing()
            shares = initiative._equal_shares()
            initiative.write(
                {
                    "author_ids": [
                        fields.Command.update(author.id, {"share": float(share)})
                        for author, share in zip(
                            initiative.author_ids, shares, strict=True
                        )
                    ]
                }
            )

    def action_confirm_on_paper(self):
        """Open the dialog that records what authors have signed on paper."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Confirmed on paper"),
            "res_model": "emulation.share.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_initiative_id": self.id},
        }

    # AGREEMENT

    def _check_sharing(self):
        """Refuse what concerns the shares to whoever may not change the dossier."""
        self.check_access("write")
        self._check_editable({"author_ids"})

    def _check_share_total(self):
        if not self.author_ids._totals_to_hundred():
            self.author_ids._raise_wrong_total(self)

    def _equal_shares(self):
        count = len(self.author_ids)
        return equal_shares(count) if count else []

    def _get_unsigned_authors(self):
        """Return the authors whose agreement is still needed to hand in.

        Whoever hands in agrees by it to the share of their own.
        """
        self.ensure_one()
        return self.author_ids.filtered(
            lambda author: not author.is_confirmed
        ) - self._get_own_lines(self.env.user)

    def _get_own_lines(self, user):
        """Return the author line that is the user's own."""
        return self.author_ids.filtered(
            lambda author: author.sudo().partner_id == user.partner_id
        )

    def _after_transition(self, source, target):
        if target == "submitted":
            own = self._get_own_lines(self.env.user)
            own._confirm("hand_in")
        return super()._after_transition(source, target)

    def _renew_shares(self, reason):
        """Begin a new version of the shares: what was agreed before does not hold.

        What was handed in stays agreed: there only the office itself corrects, and
        the ledger says what.
        """
        dossiers = self.sudo().filtered(lambda one: one._is_editable())
        agreed = dossiers.author_ids.filtered("confirmed_version")
        if agreed:
            agreed.filtered("is_confirmed")._log("voided", note=reason)
            agreed.write(
                {
                    "confirmed_version": 0,
                    "date_confirmed": False,
                    "confirmed_how": False,
                }
            )
        versions = [one.share_version + 1 for one in dossiers]
        dossiers._store_each("share_version", versions)

    @api.model
    def _tell_share_links(self, written, others, refusals=()):
        """Say who was written to, who was not, and whose link is to be handed over."""
        parts = [*refusals]
        if written:
            names = ", ".join(written.sudo().partner_id.mapped("name"))
            parts.append(self.env._("Sent to: %(names)s.", names=names))
        if others:
            names = ", ".join(others.sudo().partner_id.mapped("name"))
            parts.append(
                self.env._(
                    "No e-mail address: %(names)s. Copy their link from the list of "
                    "authors and hand it over.",
                    names=names,
                )
            )
        return " ".join(parts)

    def _tell_objection(self, author):
        """Tell who prepares the dossier that an author does not agree."""
        self.ensure_one()
        user = self.submitted_user_id or self.create_uid
        text = self.env._(
            "%(author)s does not agree to the share of %(share)s %%: %(reason)s",
            author=author.partner_id.name,
            share=f"{author.share:g}",
            reason=author.objection,
        )
        self.message_post(body=text, subtype_xmlid="mail.mt_note")
        if user._is_internal():
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.env._("An author objects to the shares"),
                note=text,
            )
        else:
            self.message_notify(
                partner_ids=user.partner_id.ids,
                subject=self.env._("An author objects to the shares"),
                body=text,
            )
