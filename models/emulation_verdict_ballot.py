import dataclasses

from odoo import api, fields, models

CHOICE_NAMES = ("agree", "disagree", "blank")


class EmulationVerdict(models.Model):
    """How the council voted, counted at the close, and who was there to decide."""

    _inherit = "emulation.verdict"

    ballot_mode = fields.Selection(related="regulation_id.ballot_mode")
    ballot_agree = fields.Integer(string="For", aggregator=None)
    ballot_disagree = fields.Integer(string="Against", aggregator=None)
    ballot_blank = fields.Integer(string="Blank", aggregator=None)
    ballot_needed = fields.Integer(string="Votes needed", aggregator=None)
    ballot_text = fields.Text(
        string="Votes", compute="_compute_ballot_text", compute_sudo=True
    )
    quorum_present = fields.Integer(string="Members who decided", aggregator=None)
    quorum_base = fields.Integer(string="Members who might decide", aggregator=None)
    quorum_needed = fields.Integer(string="Quorum", aggregator=None)

    @api.depends("ballot_agree", "ballot_disagree", "ballot_blank", "ballot_needed")
    @api.depends_context("uid", "lang")
    def _compute_ballot_text(self):
        for verdict in self:
            verdict.ballot_text = "\n".join(verdict._describe_ballot())

    # BUSINESS

    @api.model
    def _apply_votes(self, session, results):
        """Return ``results`` after the ballot: the score proposes, the vote decides.

        A dossier that the score passes and the council does not vote for is not
        recognised, and carries no grade that it has not earned.
        """
        counts = self._count_votes(session, list(results))
        decided = {}
        for evaluation, result in results.items():
            count = counts.get(evaluation)
            if count:
                result = evaluation._decide_by_vote(result, count)
            decided[evaluation] = result
        return decided

    @api.model
    def _count_votes(self, session, evaluations):
        """Return ``{dossier: {"agree", "disagree", "blank", "needed"}}``."""
        law = session.regulation_id
        if law.ballot_mode == "none":
            return {}
        groups = (
            self.env["emulation.ballot"]
            .sudo()
            ._read_group(
                [("evaluation_id", "in", [one.id for one in evaluations])],
                ["evaluation_id", "choice"],
                ["__count"],
            )
        )
        found = {(one.id, choice): count for one, choice, count in groups}
        counts, quorums = {}, session.evaluation_ids._get_quorums()
        for one in evaluations:
            count = {
                choice: found.get((one.id, choice), 0)
                for choice in ("agree", "disagree", "blank")
            }
            present, base, _needed = quorums[one]
            valid = count["agree"] + count["disagree"]
            counts[one] = {**count, "needed": law._votes_needed(base, present, valid)}
        return counts

    @api.model
    def _prepare_values(self, session, evaluation, result, ranks):
        values = super()._prepare_values(session, evaluation, result, ranks)
        step = result.steps[-1]
        if step["step"] == "ballot":
            values.update(
                {f"ballot_{name}": step[name] for name in (*CHOICE_NAMES, "needed")}
            )
        return values

    @api.model
    def _compute_session(self, session):
        verdicts = super()._compute_session(session)
        judged = verdicts.filtered(lambda one: not one.is_disposed)
        quorums = judged.evaluation_id._get_quorums()
        for counts, same in judged.grouped(lambda v: quorums[v.evaluation_id]).items():
            names = ("quorum_present", "quorum_base", "quorum_needed")
            same.write(dict(zip(names, counts, strict=True)))
        return verdicts

    def _get_count(self):
        """Return ``{"agree", "disagree", "blank"}``: how the council voted, in full."""
        self.ensure_one()
        verdict = self.sudo()
        return {choice: verdict[f"ballot_{choice}"] for choice in CHOICE_NAMES}

    def _show_votes(self):
        """Return in short how many voted for it, of how many; empty where untold."""
        self.ensure_one()
        voted = not self.is_disposed and self.ballot_mode not in (False, "none")
        if not voted or not self._shows_count():
            return ""
        count = self._get_count()
        return f"{count['agree']}/{sum(count.values())}"

    def _printed_names(self):
        """Return who voted how, as the minutes of an open ballot print it."""
        words = {
            "agree": "tán thành",
            "disagree": "không tán thành",
            "blank": "phiếu trắng",
        }
        return "; ".join(
            f"{words[choice]}: {names}" for choice, names in self._get_voters().items()
        )

    def _describe_ballot(self):
        """Return the lines that tell how the council voted.

        Of a secret ballot who does not keep the session reads the outcome alone,
        unless the regulation tells the count. Who voted how is told of an open
        ballot, to those who keep the session.
        """
        self.ensure_one()
        if self.is_disposed or self.ballot_mode in (False, "none"):
            return []
        if not self._shows_count():
            return [
                self.env._(
                    "Secret ballot, %(needed)s votes needed; the count stands in the "
                    "minutes",
                    needed=self.ballot_needed,
                )
            ]
        lines = [
            self.env._(
                "%(agree)s for, %(disagree)s against, %(blank)s blank; %(needed)s "
                "needed",
                needed=self.ballot_needed,
                **self._get_count(),
            )
        ]
        return lines + (self._name_votes() if self.is_kept_by_me else [])

    def _name_votes(self):
        """Return one line a choice with the names of an open ballot."""
        field = self.env["emulation.ballot"]._fields["choice"]
        labels = dict(field._description_selection(self.env))
        return [f"{labels[key]}: {names}" for key, names in self._get_voters().items()]

    def _get_voters(self):
        """Return ``{choice: names}`` of an open ballot, in the order of choices."""
        self.ensure_one()
        ballots = self.env["emulation.ballot"].sudo()
        ballots = ballots.search(
            [("evaluation_id", "=", self.evaluation_id.id), ("member_id", "!=", False)]
        )
        groups = ballots.grouped("choice")
        return {
            choice: ", ".join(sorted(groups[choice].member_id.user_id.mapped("name")))
            for choice in CHOICE_NAMES
            if choice in groups
        }


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def _decide_by_vote(self, result, count):
        """Return ``result`` with the vote as its last step, and what follows."""
        self.ensure_one()
        passed = result.passed and count["agree"] >= count["needed"]
        step = {"step": "ballot", **count, "passed": passed}
        changes = {"steps": (*result.steps, step)}
        if result.passed and not passed:
            failing = self.rubric_id.grade_ids.filtered(
                lambda one: not one.is_pass and one.score_from <= result.score
            )
            grade = failing.sorted("score_from")[-1:]
            changes.update(passed=False, band=grade.code or None)
        return dataclasses.replace(result, **changes)
