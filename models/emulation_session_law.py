from odoo import models
from odoo.exceptions import UserError


class EmulationRubric(models.Model):
    """A rubric is fixed once a dossier is to be scored by it, whatever its state."""

    _inherit = "emulation.rubric"

    def _get_uses(self):
        return self.env["emulation.evaluation"], [("rubric_id", "in", self.ids)]


class EmulationRegulation(models.Model):
    """A regulation is fixed once a round under it has received a dossier."""

    _inherit = "emulation.regulation"

    def _get_uses(self):
        domain = [("round_id.regulation_id", "in", self.ids)]
        return self.env["emulation.evaluation"], domain


class EmulationRound(models.Model):
    """The law by which members score does not change under their hands."""

    _inherit = "emulation.round"

    def write(self, vals):
        if vals.keys() & {"rubric_id", "regulation_id"} and not self.env.su:
            self._check_law_open()
        if "regulation_id" in vals and not self.env.su:
            changing = self.filtered(
                lambda rnd: rnd.regulation_id.id != vals["regulation_id"]
            )
            changing._check_none_received()
        result = super().write(vals)
        if vals.keys() & {"rubric_id", "regulation_id"}:
            self._check_law_in_force()
        return result

    def _check_none_received(self):
        """All dossiers of a round are judged under one regulation."""
        received = self.env["emulation.evaluation"].sudo()
        received = received.search(
            [("round_id", "in", self.ids), ("state", "!=", "withdrawn")], limit=1
        )
        if received:
            raise UserError(
                self.env._(
                    "“%(round)s” has received dossiers under “%(regulation)s”: its "
                    "regulation does not change in the middle of a round. Let the new "
                    "regulation begin with the next round.",
                    round=received.round_id.name,
                    regulation=received.round_id.regulation_id.display_name,
                )
            )

    def _check_law_in_force(self):
        """A round that takes dossiers is under laws in force, or once in force."""
        for rnd in self.filtered(lambda one: one.state != "draft"):
            drafts = [law for law in rnd._get_laws() if law.state == "draft"]
            if drafts:
                raise UserError(
                    self.env._(
                        "“%(law)s” is still a draft and may change. Put it in force "
                        "before the round “%(round)s” takes it.",
                        law=drafts[0].display_name,
                        round=rnd.name,
                    )
                )

    def _check_law_open(self):
        """Refuse another rubric or regulation once a session of the round began."""
        result = super()._check_law_open()
        begun = self.env["emulation.session"].sudo()
        begun = begun.search(
            [
                ("round_id", "in", self.ids),
                ("state", "not in", ("planned", "cancelled")),
            ],
            limit=1,
        )
        if begun:
            raise UserError(
                self.env._(
                    "The session “%(session)s” has begun: the rubric and the "
                    "regulation of the round “%(round)s” stay as they are.",
                    session=begun.name,
                    round=begun.round_id.name,
                )
            )
        return result
