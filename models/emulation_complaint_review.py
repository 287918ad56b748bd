from odoo import fields, models
from odoo.exceptions import UserError


class EmulationVerdict(models.Model):
    """A result that is disputed, and the one that came of it."""

    _inherit = "emulation.verdict"

    complaint_ids = fields.One2many(
        "emulation.complaint",
        "verdict_id",
        string="Complaints",
        groups="emulation.group_emulation_officer",
    )

    def _get_told_day(self):
        """Return the day on which the result was told; nothing before."""
        if not self.is_published:
            return False
        session = self.sudo().session_id
        return session.date_public or session._get_signed_decision().date_signed

    def _get_dispute_until(self):
        """Return the last day for a complaint; nothing where none is heard."""
        told, days = self._get_told_day(), self.regulation_id.complaint_days
        return told and days and fields.Date.add(told, days=days)

    def _publish(self, day):
        """Also end the complaints that led to these results."""
        result = super()._publish(day)
        for verdict in self.filtered("evaluation_id.complaint_id"):
            complaint = verdict.evaluation_id.complaint_id
            decision = verdict.session_id._get_signed_decision()
            complaint._replace_certificates(decision)
            complaint._decide(verdict, decision)
        return result

    def _unpublish(self):
        """Take the complaints up again whose second result is taken back."""
        result = super()._unpublish()
        for complaint in self.evaluation_id.complaint_id:
            complaint.write({"review_verdict_id": False, "date_answered": False})
            complaint.write({"state": "accepted"})
            first = complaint.verdict_id
            first._tell_initiative(first._get_told_day())
        return result


class EmulationComplaint(models.Model):
    _inherit = "emulation.complaint"

    def _open_review(self):
        """Return the second appraisal, ready for an agenda."""
        first = self.sudo().verdict_id.evaluation_id
        # the database must know the first appraisal as decided
        first.flush_model(["state"])
        values = first._received_values(first.initiative_id)
        return first.create({**values, "state": "eligible", "complaint_id": self.id})

    def _decide(self, verdict, decision):
        """Close the complaint by the result that a signed ``decision`` publishes."""
        self.ensure_one()
        before, after = self.verdict_id, verdict
        same = (before.outcome, before.grade_id) == (after.outcome, after.grade_id)
        told = (
            self.env._("The second session came to the same result.")
            if same
            else self.env._("The second session came to another result: it holds.")
        )
        self.write(
            {
                "review_verdict_id": after.id,
                "date_answered": decision.date_signed,
                "answer": self.answer or told,
            }
        )
        self.write({"state": "decided"})
        self._tell_author()

    def _replace_certificates(self, decision):
        """End the certificates of the first result: the second issues its own."""
        standing = self.initiative_id.sudo().certificate_ids.filtered(
            lambda one: one.document_id != decision
        )
        reason = self.env._(
            "Replaced after a complaint by decision %(decision)s",
            decision=decision.reference,
        )
        standing._revoke(reason, decision)


class EmulationEvaluation(models.Model):
    """A second appraisal after a complaint; the first result stands meanwhile."""

    _inherit = "emulation.evaluation"

    complaint_id = fields.Many2one(
        "emulation.complaint",
        string="After a complaint",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="emulation.group_emulation_officer,emulation.group_emulation_council",
    )
    complaint_text = fields.Text(
        string="What the author disputes",
        related="complaint_id.text",
        groups="emulation.group_emulation_officer,emulation.group_emulation_council",
    )

    def _protected_fields(self):
        return super()._protected_fields() | {"complaint_id"}

    def _transitions(self):
        table = dict(super()._transitions())
        # a review that its author gives up ends without a result
        table["scheduled"] = table["scheduled"] | {"withdrawn"}
        return table

    def _schedule(self, session):
        for evaluation in self:
            evaluation._check_other_members(session)
        return super()._schedule(session)

    def _check_other_members(self, session):
        """Refuse members of the first session: nobody judges their own result.

        :raises UserError: naming who sat in both
        """
        first = self.sudo().complaint_id.session_id.attendance_ids.member_id
        if not first:
            return
        partners = first.user_id.partner_id
        both = session.sudo().attendance_ids.member_id.filtered(
            lambda member: member._is_same_person(partners)
        )
        if both:
            raise UserError(
                self.env._(
                    "“%(dossier)s” comes back after a complaint: whoever sat in the "
                    "first session takes no part. Plan a session of other members, "
                    "without %(members)s.",
                    dossier=self.display_name,
                    members=", ".join(both.user_id.mapped("name")),
                )
            )

    def _enter_appraisal(self):
        """The first result stands until the second one is published."""
        reviews = self.filtered("complaint_id")
        return super(EmulationEvaluation, self - reviews)._enter_appraisal()

    def _leave_appraisal(self):
        reviews = self.filtered("complaint_id")
        return super(EmulationEvaluation, self - reviews)._leave_appraisal()

    def _end_review(self):
        """Take a second appraisal off its agenda; its complaint is withdrawn."""
        for evaluation in self:
            if evaluation.state == "scheduled":
                evaluation._leave_agenda()
            evaluation.write({"state": "withdrawn"})


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    def _check_can_open(self):
        result = super()._check_can_open()
        for evaluation in self.sudo().evaluation_ids:
            evaluation._check_other_members(self)
        return result


class EmulationInitiative(models.Model):
    """A complaint may turn a result round."""

    _inherit = "emulation.initiative"

    def _transitions(self):
        table = dict(super()._transitions())
        for one, other in (
            ("recognised", "not_recognised"),
            ("not_recognised", "recognised"),
        ):
            table[one] = table[one] | {other}
        return table
