from odoo.fields import Command, Date, Datetime

from .permission_world import PermissionWorld


class PermissionRecognition(PermissionWorld):
    """Records and dialogs of the room of recognition, ready for each call."""

    def _get_propose_dialog(self):
        """Results of a published session, for an award that takes any grade."""
        verdict = self.records["emulation.verdict"]["own"].sudo()
        author = verdict.initiative_id.author_ids[:1].partner_id
        return {
            "session_id": verdict.session_id.id,
            "award_id": self.front_award.id,
            "unit_id": self.district_a.id,
            "line_ids": [
                Command.create(
                    {
                        "verdict_id": verdict.id,
                        "partner_id": author.id,
                        "is_selected": True,
                    }
                )
            ],
        }

    # STATES the records of the world are not in yet

    def _ready_emulation_nomination_action_open_proposal(self, nomination):
        nomination.write({"state": "appraised"})
        return nomination

    def _ready_emulation_ceremony_action_hold(self, ceremony):
        ceremony.date = Datetime.subtract(Datetime.now(), hours=1)
        ceremony.line_ids.attendance = "present"
        return ceremony

    def _ready_emulation_nomination_action_record_result(self, nomination):
        today = Date.today()
        nomination.write({"state": "appraised"})
        nomination.write(
            {"date_sent": today, "central_reference": "1/QĐ", "central_date": today}
        )
        nomination.write({"state": "sent"})
        return nomination

    def _ready_emulation_proposal_action_draft_proposal(self, proposal):
        """One that is appraised stands on the list."""
        nomination = self.records["emulation.nomination/submitted"]["own"].sudo()
        nomination.write({"state": "appraised"})
        nomination.proposal_id = proposal
        return proposal

    def _ready_emulation_proposal_action_draft_decision(self, proposal):
        self._ready_emulation_proposal_action_draft_proposal(proposal)
        proposal.nomination_ids.write({"state": "proposed"})
        proposal.write(
            {
                "state": "proposed",
                "date_proposed": Date.today(),
                "decider_unit_id": self.district_a.id,
            }
        )
        return proposal

    def _ready_emulation_award_record_action_withdraw(self, record):
        """Verified by nobody of this table, and to be withdrawn for a reason."""
        record.write({"is_verified": True, "withdrawal_reason": "Sai tên"})
        return record

    def _ready_emulation_award_payment_action_take_back(self, payment):
        payment.state = "paid"
        return payment

    def _ready_emulation_award_payment_action_recover(self, payment):
        payment.state = "paid"
        payment.state = "to_recover"
        payment.recovery_reference = "PT 1"
        return payment
