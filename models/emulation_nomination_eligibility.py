from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

# States that take a place of the yearly quota
COUNTED = ("appraised", "proposed", "sent", "conferred")
# how a condition is shown: met, not met, to be mended before the decision
SHOWN = {
    True: ("text-success", "✓"),
    False: ("text-danger fw-bold", "✗"),
    None: ("text-warning-emphasis", "!"),
}


class EmulationNomination(models.Model):
    """Whether the law allows the award: one list of reasons, shown and enforced.

    The very list that a screen shows with ✓ and ✗ is the gate at submission, at the
    appraisal and on the day of the decision. Titles won before count all, and are told
    only as far as the reader may read their records. What will be missing for the
    decision alone, as an amount, is told early (!) and holds up nothing before.
    """

    _inherit = "emulation.nomination"

    eligibility = fields.Html(
        string="Conditions", compute="_compute_eligibility", sanitize=False
    )
    problem = fields.Text(
        string="Not met",
        compute="_compute_eligibility",
        help="Conditions that are not met today",
    )
    is_eligible = fields.Boolean(compute="_compute_eligibility")

    @api.depends(
        "award_id", "year", "recipient_kind_id", "partner_id", "recipient_unit_id",
        "verdict_id", "prize_id", "state",
    )  # fmt: skip
    @api.depends_context("uid", "lang")
    def _compute_eligibility(self):
        findings = self._get_findings()
        for one in self:
            lines = findings[one]
            one.eligibility = Markup("<ul class='list-unstyled mb-0'>%s</ul>") % Markup(
                ""
            ).join(self._show_finding(ok, words) for ok, words in lines)
            problems = [words for ok, words in lines if ok is False]
            one.problem = "\n".join(problems)
            one.is_eligible = not problems

    @api.model
    def _show_finding(self, ok, words):
        colour, sign = SHOWN[ok]
        return Markup("<li class='%s'>%s %s</li>") % (colour, sign, words)

    def _get_findings(self, day=None):
        """Return what the law says of each nomination on ``day``, one line a condition.

        :param day: date that counts, by default the decision's, else today
        :return: ``{nomination: [(is it met, in words)]}``; ``None`` for what only the
            decision will need
        """
        facts = self.sudo()._get_facts()
        facts += (self._get_sight(facts[1]),)
        found = {}
        for one in self:
            on = day or one.date_conferred or fields.Date.context_today(self)
            lines = one.sudo()._find_all(on, facts) if one.award_id else []
            found[one] = [line for line in lines if line]
        return found

    def _get_facts(self):
        """Return what was won and what is taken already, asked once for all of these.

        :return: ``(taken, won)``: places of the quota taken, by award, year and unit
            that decides; years in which a recipient won an award, by its code
        """
        recipients = self._get_same_recipient_domain()
        won = defaultdict(set)
        conferred = self.search(recipients & Domain("state", "=", "conferred"))
        records = self.env["emulation.award.record"].search(
            recipients & Domain("is_verified", "=", True)
        )
        for earlier in (*conferred, *records):
            key = (earlier._get_recipient_key(), earlier.award_id.code)
            won[key].add((earlier.year, earlier._name, earlier.id))
        counted = self._read_group(
            [("award_id", "in", self.award_id.ids), ("state", "in", COUNTED)],
            ["award_id", "year", "decider_unit_id"],
            ["__count"],
        )
        taken = defaultdict(int)
        for award, year, decider, count in counted:
            taken[award.id, year, decider.id] = count
        return taken, won

    def _get_sight(self, won):
        """Return which of the records of ``won`` the user may read: (model, id)."""
        ids = defaultdict(set)
        for earlier in won.values():
            for _year, name, res_id in earlier:
                ids[name].add(res_id)
        sight = set()
        for name, numbers in ids.items():
            # what is judged as superuser is told to a person
            records = self.env[name].sudo(False)
            if records.has_access("read"):
                seen = records.search([("id", "in", list(numbers))])
                sight.update((name, number) for number in seen.ids)
        return sight

    def _find_all(self, day, facts):
        """Return the lines of one nomination: ``(is it met, in words)``."""
        taken, won, sight = facts
        return [
            self._find_force(day),
            self._find_kind(),
            *self._find_entry(),
            self._find_quota(taken),
            self._find_repeat(won, sight),
            *self._find_prerequisites(won, sight),
            self._find_money(day),
        ]

    def _find_force(self, day):
        award = self.award_id
        return (
            award._is_in_force(day),
            self.env._(
                "“%(award)s” may be given on %(day)s",
                award=award.name,
                day=format_date(self.env, day),
            ),
        )

    def _find_kind(self):
        kinds = self.award_id.recipient_kind_ids
        return (
            not kinds or self.recipient_kind_id in kinds,
            self.env._(
                "It is given to: %(kinds)s",
                kinds=", ".join(kinds.mapped("name")) or self.env._("anybody"),
            ),
        )

    def _find_entry(self):
        """An entry that the council has graded, well enough and mostly one's own."""
        award, verdict = self.award_id, self.verdict_id
        if not award.needs_initiative and not verdict:
            return []
        graded = verdict.active and verdict.is_published and verdict.is_pass
        lines = [(bool(graded), self.env._("A graded entry whose result is published"))]
        if verdict and award.needs_initiative:
            lines += self._find_merit()
        if verdict and self.partner_id:
            lines.append(self._find_share())
        return lines

    def _find_merit(self):
        """Grade and level of the recognition, as far as the award asks for them."""
        award, grade = self.award_id, self.verdict_id.grade_id
        level = self.initiative_id.recognition_level_id
        lines = [
            (
                award._accepts_grade(grade),
                self.env._("Grade that qualifies: %(grade)s", grade=grade.name or "–"),
            )
        ]
        if award.initiative_level_id:
            lines.append(
                (
                    award._accepts_level(level),
                    self.env._(
                        "Recognised at: %(level)s (at least %(needed)s)",
                        level=level.name or "–",
                        needed=award.initiative_level_id.name,
                    ),
                )
            )
        return lines

    def _find_share(self):
        authors = self.initiative_id.author_ids
        own = authors.filtered(lambda one: one.partner_id == self.partner_id)
        needed = self.award_id.min_share
        if not own:
            return False, self.env._("The person is an author of the entry")
        share = own[:1].share
        if not needed:
            words = self.env._("Share of the entry: %(share)s %%", share=f"{share:g}")
        else:
            words = self.env._(
                "Share of the entry: %(share)s %% (at least %(needed)s %%)",
                share=f"{share:g}",
                needed=f"{needed:g}",
            )
        return share >= needed, words

    def _find_quota(self, taken):
        quota = self.award_id.quota
        if not quota:
            return None
        used = taken[self.award_id.id, self.year, self.decider_unit_id.id]
        if self.state in COUNTED:
            used -= 1
        return (
            used < quota,
            self.env._(
                "Places of %(year)s: %(quota)s, taken by others: %(used)s",
                year=self.year,
                quota=quota,
                used=used,
            ),
        )

    def _find_repeat(self, won, sight):
        span = self.award_id.repeat_years
        if not span:
            return None
        near = {
            one
            for one in won[self._get_recipient_key(), self.award_id.code]
            if one[1:] != (self._name, self._origin.id)
            and abs(self.year - one[0]) < span
        }
        return (
            not near,
            self.env._(
                "Not within %(span)s years of the same award (won, as far as you may "
                "see: %(years)s)",
                span=span,
                years=self._show_years(near, sight),
            ),
        )

    def _find_prerequisites(self, won, sight):
        key = self._get_recipient_key()
        return [
            (
                rule._is_met(
                    {year for year, *_ in won[key, rule.required_code]}, self.year
                ),
                self.env._(
                    "%(count)s years in a row “%(title)s” (verified titles you may "
                    "see: %(years)s)",
                    count=rule.consecutive_years,
                    title=rule.required_award_id.name,
                    years=self._show_years(won[key, rule.required_code], sight),
                ),
            )
            for rule in self.award_id.prerequisite_ids
        ]

    def _show_years(self, earlier, sight):
        """Return the years of those awards alone that the reader may read of."""
        years = {year for year, *record in earlier if tuple(record) in sight}
        return ", ".join(map(str, sorted(years))) or self.env._("none")

    def _find_money(self, day):
        """Tell early what would hold up the decision: an amount nobody entered."""
        kinds = self.award_id.recipient_kind_ids
        if self.date_conferred or self.recipient_kind_id not in kinds:
            return None
        problem = self._find_money_problem(day)
        return problem and (None, self.env._("Before the decision: %s", problem))

    def _check_eligible(self, day=None):
        """Refuse nominations whose conditions are not met on ``day``.

        :raises UserError: naming each of them with what is not met
        """
        findings = self._get_findings(day)
        refused = {
            one: [words for ok, words in lines if ok is False]
            for one, lines in findings.items()
        }
        told = [
            f"- {one.display_name}: {'; '.join(words)}"
            for one, words in refused.items()
            if words
        ]
        if told:
            raise UserError(
                self.env._(
                    "The conditions of the award are not met. Correct the nomination, "
                    "or take it off the list:\n%(problems)s",
                    problems="\n".join(told),
                )
            )

    def _check_ready(self, target):
        if (self.state, target) == ("draft", "submitted"):
            self._check_complete()
        # what a revoked paper sends back is not judged anew
        if (self.state, target) in (("draft", "submitted"), ("submitted", "appraised")):
            self._check_eligible()
        return super()._check_ready(target)

    def _check_complete(self):
        """Refuse a nomination without its reasons or a required paper."""
        lacking = []
        if not (self.citation or "").strip():
            lacking.append(self._fields["citation"]._description_string(self.env))
        if not (self.reason or "").strip():
            lacking.append(self._fields["reason"]._description_string(self.env))
        lacking += self.item_ids.filtered("is_missing").mapped("name")
        if lacking:
            raise UserError(
                self.env._(
                    "“%(nomination)s” is not complete. It lacks: %(lacking)s.",
                    nomination=self.display_name,
                    lacking=", ".join(lacking),
                )
            )
