from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# What an author reads of a dossier of their own; never a score, a note, an evaluation
READABLE = {
    "id", "name", "code", "active", "date", "year", "state", "company_id",
    "round_id", "category_id", "unit_id", "kind_id", "field_id", "theme_id",
    "author_ids", "keywords", "problem", "solution", "novelty", "applicability",
    "benefit", "conditions", "benefit_calculation", "benefit_users", "benefit_social",
    "benefit_amount", "currency_id", "date_applied", "date_submitted",
    "date_endorsed", "return_reason", "date_return_due", "date_recognised",
    "display_name", "create_date", "create_uid", "write_date",
}  # fmt: skip
# Where an author may still take the dossier back
WITHDRAWABLE = ("draft", "submitted", "returned", "endorsed", "eligible")


class EmulationInitiative(models.Model):
    """The dossier as its author knows it on the portal (journeys, author).

    Access rights and rules say which dossiers an author reads and writes; the
    methods here ask them first, then do what follows with the rights of the office,
    which reads catalogues and tasks that no visitor sees.
    """

    _name = "emulation.initiative"
    _inherit = ["emulation.initiative", "emulation.portal.mixin"]

    @api.model
    def _portal_fields(self, operation):
        # what an author fills in is judged field by field (_author_save), never
        # written as it comes
        return READABLE if operation == "read" else set()

    # ACTIONS

    def action_submit(self):
        """Hand the dossier in; an author does so for a draft of their own."""
        if not self._acts_as_author():
            return super().action_submit()
        self.check_access("write")
        return super(EmulationInitiative, self.sudo()).action_submit()

    def action_withdraw(self, reason=None):
        """Take the dossier back; an author may until it is on an agenda.

        :param reason: why, in words; kept in the history of the dossier
        """
        if not self._acts_as_author():
            return super().action_withdraw(reason)
        for initiative in self:
            initiative._check_author_withdraws()
        return super(EmulationInitiative, self.sudo()).action_withdraw(reason)

    # MESSAGES

    def message_post(self, **kwargs):
        """Post a message; authors from outside do not, see :meth:`_refuse_message`."""
        self._refuse_message()
        return super().message_post(**kwargs)

    def message_notify(self, **kwargs):
        """Notify people; authors from outside do not, see :meth:`_refuse_message`."""
        self._refuse_message()
        return super().message_notify(**kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Add followers; authors from outside do not, see :meth:`_refuse_message`."""
        self._refuse_message()
        return super().message_subscribe(partner_ids, subtype_ids)

    def message_unsubscribe(self, partner_ids=None):
        """Remove followers; authors from outside do not."""
        self._refuse_message()
        return super().message_unsubscribe(partner_ids)

    def message_mail_with_source(self, source_ref, **kwargs):
        """Mail from a template; authors from outside do not."""
        self._refuse_message()
        return super().message_mail_with_source(source_ref, **kwargs)

    def message_post_with_source(self, source_ref, **kwargs):
        """Post from a template; authors from outside do not."""
        self._refuse_message()
        return super().message_post_with_source(source_ref, **kwargs)

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        """Open no thread to visitors: Odoo's own pages post and attach by it."""
        if not self.env.user._is_internal():
            return self.browse()
        return super()._get_thread_with_access(thread_id, **kwargs)

    def _refuse_message(self):
        """Refuse authors from outside who would have a dossier mailed to anybody.

        :raises AccessError: naming whom to turn to instead
        """
        if self._acts_as_author():
            raise AccessError(
                self.env._(
                    "Messages on a dossier are written by the offices. Write to the "
                    "officer of your unit, or answer a return on its page."
                )
            )

    # RIGHTS

    @api.model
    def _acts_as_author(self):
        """Return whether the current user comes from outside the offices."""
        return not self.env.su and not self.env.user._is_internal()

    @api.model
    def _get_authored_domain(self):
        """Return the domain of the dossiers that are the user's own.

        As an author, or as who entered it. The contact of the account alone counts:
        an e-mail or telephone that anybody can type into their own account must not
        open somebody else's dossier.
        """
        user = self.env.user
        lines = self.env["emulation.initiative.author"].sudo()
        # asked by the office: who the authors are is nothing a visitor searches by
        own = lines._search([("partner_id", "=", user.partner_id.id)])
        authored = Domain("id", "in", own.subselect("initiative_id"))
        return Domain("create_uid", "=", user.id) | authored

    def _is_drafter(self):
        """Return whether the user entered the dossier and so works on it."""
        return self.sudo().create_uid == self.env.user

    def _can_author_edit(self):
        return self._is_drafter() and self._is_editable() and self.active

    def _check_author_edits(self):
        """Refuse whoever does not fill in this dossier, or comes too late to it.

        :raises AccessError: for somebody else's dossier
        :raises UserError: for one that is filled in no more, with the remedy
        """
        self.ensure_one()
        self.check_access("read")
        if self._acts_as_author() and not self._is_drafter():
            raise AccessError(
                self.env._(
                    "Only who entered “%(initiative)s” fills it in. Tell them what is "
                    "to be changed.",
                    initiative=self.name,
                )
            )
        if not self._is_editable() or not self.active:
            raise UserError(self._get_late_words())
        self.check_access("write")

    def _get_late_words(self):
        """Return why nothing is filled in any more, and what to do."""
        return self.env._(
            "“%(initiative)s” can no longer be filled in, so this was not saved: it is "
            "“%(state)s” now. If it has to change, withdraw it on its page, or ask the "
            "officer of the unit to send it back.",
            initiative=self.name,
            state=self._get_plain_state(),
        )

    def _can_author_withdraw(self):
        return self._is_drafter() and self.state in WITHDRAWABLE

    def _check_author_withdraws(self):
        self.check_access("read")
        if not self._is_drafter():
            raise AccessError(
                self.env._(
                    "Only who entered “%(initiative)s” can withdraw it. Ask them, or "
                    "the officer of the unit.",
                    initiative=self.name,
                )
            )
        if not self._can_author_withdraw():
            raise UserError(
                self.env._(
                    "“%(initiative)s” can no longer be withdrawn here. Ask the officer "
                    "of the unit.",
                    initiative=self.name,
                )
            )

    # WHAT THE AUTHOR READS

    def _get_plain_state(self):
        """Return the state in words that need no manual."""
        self.ensure_one()
        words = {
            "draft": self.env._("Draft, not handed in yet"),
            "submitted": self.env._("Handed in; the head of the unit looks at it"),
            "returned": self.env._("Sent back to you to be completed"),
            "endorsed": self.env._("The unit stands for it; the organiser checks it"),
            "eligible": self.env._("Complete; waits for the council"),
            "in_appraisal": self.env._("The council is appraising it"),
            "deferred": self.env._("The council takes it up again in a later round"),
            "recognised": self.env._("Recognised"),
            "not_recognised": self.env._("Not recognised"),
            "ineligible": self.env._("Not eligible for this round"),
            "withdrawn": self.env._("Withdrawn"),
        }
        return words.get(self.state) or self._state_label(self.state)

    def _get_course(self):
        """Return the steps of the dossier: dicts ``label``, ``day``, ``done``."""
        self.ensure_one()
        dossier = self.sudo()
        decided = dossier.state in ("recognised", "not_recognised")
        checked = ("eligible", "ineligible", "in_appraisal", "deferred")
        steps = [
            (self.env._("Entered"), dossier.date, True),
            (self.env._("Handed in"), dossier.date_submitted, None),
            (self.env._("The unit stands for it"), dossier.date_endorsed, None),
            (
                self.env._("Checked by the organiser"),
                False,
                decided or dossier.state in checked,
            ),
            (self.env._("Decided"), dossier.date_recognised, decided),
        ]
        return [
            {"label": label, "day": day, "done": bool(day) if done is None else done}
            for label, day, done in steps
        ]

    def _get_author_missing(self):
        """Return what the dossier lacks, each with the place where it is typed.

        The items are those of the offices, with ``step`` and ``anchor`` beside.
        """
        self.check_access("read")
        places = {
            "authors": "authors", "solution": "idea", "novelty": "idea",
            "benefits": "benefits", "evidence": "files", "legal": "legal",
        }  # fmt: skip
        return [
            {
                **item,
                "step": places.get(item["page"], "what"),
                "anchor": self._get_anchor(item),
            }
            for item in self.sudo()._get_missing_items()
        ]

    def _get_author_results(self):
        """Return the published results: dicts with what the paper says, newest first.

        Nothing before the decision is signed, whatever the state of the dossier.
        """
        self.ensure_one()
        self.check_access("read")
        dossier, results = self.sudo(), []
        partner = self.env.user.partner_id
        outcome = dossier.verdict_ids._fields["outcome"]
        labels = dict(outcome._description_selection(self.env))
        for verdict in dossier.verdict_ids.filtered("is_published"):
            decision = verdict.session_id.document_ids.filtered(
                lambda one: one.state == "signed" and one.kind_id.code == "QĐ"
            )[:1]
            certificate = dossier.certificate_ids.filtered(
                lambda one, decision=decision: (
                    one.document_id == decision and one.partner_id == partner
                )
            )[:1]
            results.append(
                {
                    "round": verdict.round_id.name,
                    "score": verdict.score,
                    "grade": verdict.grade_id.name,
                    "is_pass": verdict.is_pass,
                    "outcome": labels[verdict.outcome],
                    "is_judged": not verdict.is_disposed,
                    "reason": verdict.outcome_reason,
                    "decision": decision.reference,
                    "date": decision.date_signed,
                    "certificate_url": certificate.check_url,
                    "certificate_revoked": certificate.state == "revoked",
                }
            )
        return results

    # WHAT THE AUTHOR IS TOLD

    def _plan_activities(self, target):
        """Write to an author from outside what an officer finds as a task."""
        result = super()._plan_activities(target)
        drafter = self.sudo().submitted_user_id
        if target == "returned" and drafter.share:
            self._tell_author_returned(drafter)
        return result

    def _tell_author_returned(self, drafter):
        dossier = self.sudo().with_context(lang=drafter.lang)
        due = dossier.date_return_due
        lines = [
            dossier.env._(
                "“%(initiative)s” was sent back to you to be completed.",
                initiative=dossier.name,
            ),
            dossier.return_reason or "",
            due
            and dossier.env._("Please complete it by %(day)s.", day=f"{due:%d/%m/%Y}"),
            f"{dossier.get_base_url()}/my/initiatives/{dossier.id}",
        ]
        dossier.message_notify(
            partner_ids=drafter.partner_id.ids,
            subject=dossier.env._("Your dossier was sent back"),
            body="\n".join(filter(None, lines)),
        )


class EmulationInitiativeAuthor(models.Model):
    """An author line as other authors of the dossier know it: the name, the share."""

    _name = "emulation.initiative.author"
    _inherit = ["emulation.initiative.author", "emulation.portal.mixin"]

    author_name = fields.Char(related="partner_id.name", string="Name of the author")

    @api.model
    def _portal_fields(self, operation):
        if operation == "write":
            return set()
        return {
            "id", "initiative_id", "sequence", "author_name", "share", "contribution",
            "is_confirmed", "date_confirmed", "confirmed_how", "share_status",
            "has_objected", "create_date", "write_date",
        }  # fmt: skip
