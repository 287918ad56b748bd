from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .res_partner_succession import AS_OF_THEN


class CheckedLines(fields.One2many):
    """Lines that a client finds by their numbers only where it may read them.

    The framework looks numbers up without asking for rights: trying them one after
    another would tell whose line each is.
    """

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        is_numbers = operator in ("in", "not in") and False not in value
        if is_numbers and not model.env.su:
            operator = {"in": "any", "not in": "not any"}[operator]
            value = Domain("id", "in", list(value))
        return super().condition_to_sql(
            field_expr, operator, value, model, alias, query
        )


class ResPartner(models.Model):
    """One person out of two contacts, and all that depends on who they are."""

    _inherit = "res.partner"

    emulation_author_ids = CheckedLines(
        "emulation.initiative.author",
        "partner_id",
        string="Author of",
        groups="emulation.group_emulation_officer,emulation.group_emulation_council,"
        "emulation.group_emulation_leader,emulation.group_emulation_data",
    )
    emulation_initiative_count = fields.Integer(
        string="Dossiers", compute="_compute_emulation_initiative_count"
    )
    emulation_has_user = fields.Boolean(
        string="Has an account",
        compute="_compute_emulation_has_user",
        compute_sudo=True,
    )

    def _compute_emulation_initiative_count(self):
        """Count the dossiers the current user may see, in one query."""
        Author = self.env["emulation.initiative.author"]
        counts = {}
        if Author.has_access("read"):
            groups = Author._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
            counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.emulation_initiative_count = counts.get(partner._origin.id, 0)

    @api.depends("user_ids.active")
    def _compute_emulation_has_user(self):
        for partner in self:
            accounts = partner.with_context(active_test=False).user_ids
            partner.emulation_has_user = bool(accounts)

    def action_emulation_initiatives(self):
        """Open the dossiers of this author."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_initiative_action"
        )
        mine = [("author_ids.partner_id", "=", self.id)]
        return {**action, "domain": mine, "context": {}, "path": False}

    def action_emulation_merge(self):
        """Open the dialog that merges these contacts into one person.

        :raises UserError: when fewer than two people are chosen
        """
        if len(self) < 2:
            raise UserError(
                self.env._("Choose at least two contacts of the same person to merge.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge into One Person"),
            "res_model": "emulation.person.merge",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_ids": self.ids},
        }

    def _emulation_check_merge(self, others, reason_given=None):
        """Refuse to merge ``others`` into this person unless all is in order.

        :param reason_given: why people without a shared mark are one person
        :raises AccessError: without the right of a movement officer
        :raises UserError: naming the contact in the way and the remedy
        """
        self.ensure_one()
        people = (self | others).sudo().with_context(active_test=False)
        reason = self._emulation_right_to_merge(people)
        if reason:
            raise AccessError(reason)
        reason = self._emulation_merge_in_the_way(people, others)
        reason = reason or self._emulation_likeness_missing(people, reason_given)
        if reason:
            raise UserError(reason)

    def _emulation_merge_in_the_way(self, people, others):
        """Return what about the contacts forbids to make one of them, or None."""
        values = {"kept": self.name, "others": ", ".join(others.mapped("name"))}
        if not others:
            return self.env._(
                "Choose another contact to merge with “%(kept)s”.", **values
            )
        if people.filtered("is_company"):
            return self.env._(
                "“%(other)s” is an organisation. Only people are merged here.",
                other=people.filtered("is_company")[:1].name,
            )
        if len(set(filter(None, people.mapped("emulation_born_on")))) > 1:
            return self.env._(
                "“%(kept)s” and “%(others)s” have different birth dates. If they are "
                "one person, correct the wrong date first.",
                **values,
            )
        if len(people.company_id) > 1:
            return self.env._(
                "“%(kept)s” and “%(others)s” belong to different companies and cannot "
                "be merged.",
                **values,
            )
        if any(one.parent_id in people for one in people):
            return self.env._(
                "“%(kept)s” and “%(others)s” stand under one another. Remove that "
                "link first.",
                **values,
            )
        return self._emulation_account_in_the_way(people)

    def _emulation_get_unlike(self, people):
        """Return who of ``people`` shares no mark with this one, at any remove.

        A mark is name and birth date, e-mail or telephone.
        """
        found, unlike = self.sudo(), people.sudo() - self.sudo()
        while found:
            found = unlike.filtered(
                lambda one, alike=found: any(
                    one._emulation_identity() & other._emulation_identity()
                    for other in alike
                )
            )
            unlike -= found
        return unlike

    def _emulation_likeness_missing(self, people, reason_given):
        """Return why unlike ``people`` may not become one, or None."""
        unlike = self._emulation_get_unlike(people)
        if not unlike or self.env.su:
            return None
        if not self.env.user.has_group("emulation.group_emulation_manager"):
            return self.env._(
                "“%(other)s” and “%(kept)s” share neither name and birth date, nor "
                "e-mail, nor telephone. Complete the contacts, or ask a movement "
                "manager to merge them with a written reason.",
                other=unlike[0].name,
                kept=self.name,
            )
        if not (reason_given or "").strip():
            return self.env._(
                "“%(other)s” and “%(kept)s” share neither name and birth date, nor "
                "e-mail, nor telephone. Write down why they are one person.",
                other=unlike[0].name,
                kept=self.name,
            )
        return None

    def _emulation_account_in_the_way(self, people):
        """Return why the accounts of ``people`` forbid to keep this one, or None."""
        accounts = people.user_ids
        if len(accounts) > 1:
            return self.env._(
                "Two of these contacts have an account (%(logins)s). An administrator "
                "archives one account and gives the other its rights; two users are "
                "never merged.",
                logins=", ".join(accounts.mapped("login")),
            )
        if accounts and accounts.partner_id != self:
            return self.env._(
                "“%(other)s” has an account (%(login)s) and must be the contact that "
                "is kept. Choose it under “Keep”.",
                other=accounts.partner_id.name,
                login=accounts.login,
            )
        return None

    def _emulation_right_to_merge(self, people):
        """Return why the current user may not merge ``people``, or None."""
        if self.env.su:
            return None
        if not self.env.user.has_group("emulation.group_emulation_movement"):
            return self.env._(
                "Only a movement officer may merge contacts. Ask the standing agency "
                "to merge “%(kept)s”.",
                kept=self.name,
            )
        if self.env.user.partner_id in people:
            return self.env._(
                "You cannot merge your own contact: dossiers and certificates would "
                "become yours. Ask a colleague to do it."
            )
        return None

    def _emulation_merge(self, others, reason=None):
        """Make ``others`` one person with this contact, which is kept.

        Author lines, certificates and all other links come here; what is printed
        on certificates stays. What depends on identity is worked out again: shares
        of the same dossier are added, conflicts of interest are recorded.

        :param others: recordset of contacts that will be gone
        :param reason: why they are one person, where they share no mark
        :return: evaluations already closed in which a member turns out to be an author
        """
        self.ensure_one()
        self.check_access("read")
        others.check_access("read")
        self._emulation_check_merge(others, reason)
        kept, others = self.sudo(), others.sudo()
        kept = kept.with_context(emulation_people=AS_OF_THEN)
        names = ", ".join(others.mapped("name"))
        account = {
            name: kept[name] for name in ("name", "email", "phone", "company_id")
        }
        if reason:
            kept._emulation_log_merge_reason(others, names, reason)
        kept._emulation_join_author_lines(others)
        Merge = self.env["base.partner.merge.automatic.wizard"].sudo()
        for other in others:
            # An empty field of an account is not filled by somebody else's contact:
            # an e-mail there would open the account to its owner.
            if kept.emulation_has_user:
                other.write({"email": False, "phone": False, "company_id": False})
            Merge._merge([kept.id, other.id], kept, extra_checks=False)
        self.env.invalidate_all()
        if kept.emulation_has_user:
            kept.write({**account, "company_id": account["company_id"].id})
        kept.message_post(
            body=self.env._("Merged with: %(names)s", names=names),
            author_id=self.env.user.partner_id.id,
        )
        return kept._emulation_after_merge()

    def _emulation_log_merge_reason(self, others, names, reason):
        """Keep the reason on the person and on every dossier that changes hands."""
        Author = self.env["emulation.initiative.author"].sudo()
        dossiers = Author.search([("partner_id", "in", others.ids)]).initiative_id
        for record in (self, *dossiers):
            record.message_post(
                body=self.env._(
                    "%(names)s and %(kept)s are one person: %(reason)s",
                    names=names,
                    kept=self.name,
                    reason=reason,
                ),
                author_id=self.env.user.partner_id.id,
            )

    def _emulation_join_author_lines(self, others):
        """Add up the shares of one person who stands on a dossier twice."""
        Author = self.env["emulation.initiative.author"].sudo()
        lines = Author.search([("partner_id", "in", (self | others).ids)])
        for initiative, group in lines.grouped("initiative_id").items():
            if len(group) < 2:
                continue
            kept = group.filtered(lambda one: one.partner_id == self)[:1] or group[:1]
            values = {
                "share": round(sum(group.mapped("share")), 2),
                "contribution": "; ".join(filter(None, group.mapped("contribution"))),
                "partner_id": self.id,
            }
            (group - kept).unlink()
            kept.write(values)
            initiative.message_post(
                body=self.env._(
                    "%(author)s was listed twice; the shares are added to "
                    "%(share)s %%.",
                    author=self.name,
                    share=f"{values['share']:g}",
                ),
                author_id=self.env.user.partner_id.id,
            )

    def _emulation_after_merge(self):
        """Work out again what depends on who this person is.

        :return: closed evaluations in which a council member is now an author
        """
        Author = self.env["emulation.initiative.author"].sudo()
        initiatives = Author.search([("partner_id", "=", self.id)]).initiative_id
        self.env.add_to_compute(initiatives._fields["search_text"], initiatives)
        self.env["emulation.session"]._search_conflicts_of_people(self)
        evaluations = initiatives.evaluation_ids.filtered("session_id")
        late = evaluations.browse()
        for session, dossiers in evaluations.grouped("session_id").items():
            if session.state in ("closed", "published"):
                late |= dossiers.filtered(
                    lambda one: (
                        one._get_seated_authors(one.session_id)
                        - one._get_excluded_members()
                    )
                )
        return late
