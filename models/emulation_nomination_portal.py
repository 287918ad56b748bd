from odoo import models


class EmulationInitiative(models.Model):
    """What the author is told of awards: those conferred for the dossier, no others."""

    _inherit = "emulation.initiative"

    def _get_author_awards(self):
        """Return the awards that the user was given for this dossier, newest first.

        Nothing before the decision is signed, nothing of other authors.

        :return: dicts with ``award``, ``decision``, ``date``, ``amount``,
            ``currency``, ``certificate_url``, ``is_revoked`` and ``reason``
        """
        self.ensure_one()
        self.check_access("read")
        given = (
            self.env["emulation.nomination"]
            .sudo()
            .search(
                [
                    ("initiative_id", "=", self.id),
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("state", "in", ("conferred", "revoked")),
                ],
                order="date_conferred desc, id desc",
            )
        )
        return [
            {
                "award": one._printed_award(),
                "decision": one.decision_reference,
                "date": one.date_conferred,
                "amount": one.amount_fixed,
                "currency": one.currency_id,
                "certificate_url": one.certificate_ids[:1].check_url,
                "is_revoked": one.state == "revoked",
                "reason": one.revoke_reason,
            }
            for one in given
            if not one.document_id.is_restricted
        ]
