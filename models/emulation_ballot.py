import secrets
from random import SystemRandom

from odoo import api, fields, models
from odoo.exceptions import AccessError

CHOICES = [("agree", "Agree"), ("disagree", "Disagree"), ("blank", "Blank")]


class EmulationBallot(models.Model):
    """One ballot in the box: a dossier, a choice and a random key (architecture, 6).

    A secret one carries no user, no time and no order, and nothing links it with
    the roll. When the session closes all its ballots are written anew in random
    order, so that ids, transactions and places in the table tell nothing either. An
    open one keeps the seat it came from.
    """

    _name = "emulation.ballot"
    _description = "Ballot"
    _order = "key"
    _rec_name = "key"
    # neither who nor when
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    choice = fields.Selection(CHOICES, required=True, readonly=True)
    member_id = fields.Many2one(
        "emulation.council.member",
        readonly=True,
        ondelete="restrict",
        help="Only on an open ballot",
    )

    _key_unique = models.UniqueIndex("(key)")

    @api.model
    def _put_in(self, papers):
        """Put ``papers`` (dicts without a key) into the box, in random order."""
        papers = [{**paper, "key": secrets.token_hex(16)} for paper in papers]
        SystemRandom().shuffle(papers)
        return self.sudo().create(papers)

    @api.model
    def _shake(self, evaluations):
        """Write all ballots on ``evaluations`` anew, in random order and at once."""
        ballots = self.sudo().search([("evaluation_id", "in", evaluations.ids)])
        papers = [
            {
                "evaluation_id": ballot.evaluation_id.id,
                "choice": ballot.choice,
                "member_id": ballot.member_id.id,
            }
            for ballot in ballots
        ]
        ballots.unlink()
        self._put_in(papers)


class EmulationBallotRoll(models.Model):
    """Who may vote on a dossier, and who has: all that is known of a voter."""

    _name = "emulation.ballot.roll"
    _description = "Roll of Voters"
    _order = "evaluation_id, member_id"
    _rec_name = "member_id"
    # who voted is known, when is not
    _log_access = False

    evaluation_id = fields.Many2one(
        "emulation.evaluation",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, readonly=True, ondelete="restrict"
    )
    has_voted = fields.Boolean(readonly=True)

    _member_unique = models.UniqueIndex("(evaluation_id, member_id)")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_the_house()
        return super().create(vals_list)

    def write(self, vals):
        self._check_by_the_house()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_the_house(self):
        self._check_by_the_house()

    @api.model
    def _check_by_the_house(self):
        if not self.env.su:
            raise AccessError(
                self.env._("The roll of voters is kept by the ballot itself: vote.")
            )

    @api.model
    def _rewrite(self, evaluations):
        """Write the marks anew: who came first is not to be seen in the table."""
        lines = self.sudo().search([("evaluation_id", "in", evaluations.ids)])
        marks = [
            {
                "evaluation_id": line.evaluation_id.id,
                "member_id": line.member_id.id,
                "has_voted": line.has_voted,
            }
            for line in lines
        ]
        lines.unlink()
        SystemRandom().shuffle(marks)
        self.sudo().create(marks)
