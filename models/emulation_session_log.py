from odoo import models


class EmulationSession(models.Model):
    """What a session decided is sealed in the log when it decides it."""

    _inherit = "emulation.session"

    def _after_transition(self, source, target):
        result = super()._after_transition(source, target)
        if target == "closed" and source == "scoring":
            self._log_close()
        return result

    def _log_close(self):
        """Seal all results of the session in one entry, which names none of them."""
        verdicts = self._get_verdicts()
        text = self.env._(
            "%(dossiers)s results computed and frozen", dossiers=len(verdicts)
        )
        values = {"verdicts": [verdict._sealed_values() for verdict in verdicts]}
        self.env["emulation.log"]._append(self, "closed", text, values)

    def _printed_seal(self):
        """Return ``(number, hash)`` of the log when the session closed, for papers.

        Whoever holds the signed minutes can prove by it that nothing before was
        changed since.
        """
        entry = self.env["emulation.log"]._get_last(self, "closed")
        return (entry.number, entry.hash) if entry else None


class EmulationVerdict(models.Model):
    _inherit = "emulation.verdict"

    def _sealed_values(self):
        """Return what the log keeps of a result, as texts."""
        self.ensure_one()
        return {
            "evaluation": self.evaluation_id.id,
            "score": f"{self.score:.2f}",
            "grade": self.grade_id.code or "",
            "rank": self.rank,
            "outcome": self.outcome,
        }
