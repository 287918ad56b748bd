from odoo import models
from odoo.tools import formatLang

from ..tools.scoring import show


class EmulationVerdict(models.Model):
    """The calculation of a result in words, one line a step, for screen and print."""

    _inherit = "emulation.verdict"

    def _explain_steps(self, steps):
        """Return the lines that explain ``steps`` of ``scoring.Result``."""
        lines = []
        for step in steps:
            explain = getattr(self, f"_explain_{step['step']}", None)
            if explain:
                lines += explain(step)
        return lines

    def _points(self, text, digits):
        """Return an exact number of a step, rounded and as the reader writes it."""
        return formatLang(self.env, float(show(text, digits)), digits=digits)

    def _explain_tie_key(self, evaluation, tie_key):
        """Return what told equal scores apart."""
        if tie_key.kind == "criterion":
            criteria = evaluation.rubric_id.criterion_ids
            criterion = criteria.filtered(lambda c: c.code == tie_key.criterion_code)
            return criterion.name
        labels = {
            "median": self.env._("Median of the sheets"),
            "spread": self.env._("Smaller spread of the sheets"),
        }
        return labels[tie_key.kind]

    def _explain_rules(self, step):
        """Say how points weigh, where the rubric has weights."""
        weights = [
            self.env._(
                "Criterion %(code)s: %(weight)s for %(points)s points",
                code=one["code"],
                weight=self._points(one["weight"], 2),
                points=self._points(one["max_points"], 2),
            )
            for one in step["rules"]["criteria"]
            if float(one.get("weight", 0))
        ]
        if not weights:
            return []
        return [self.env._("Weights: %(weights)s", weights="; ".join(weights))]

    def _explain_sheets(self, step):
        return [
            self.env._(
                "Sheet %(number)s: %(total)s points",
                number=sheet["key"],
                total=self._points(sheet["total"], 2),
            )
            for sheet in step["sheets"]
        ]

    def _explain_outliers(self, step):
        if "mean" not in step:
            return [
                self.env._(
                    "Sheets further than %(limit)s points from their first mean are "
                    "left out",
                    limit=self._points(step["limit"], 2),
                )
            ]
        lines = [
            self.env._(
                "First mean %(mean)s; sheets further than %(limit)s points from it are "
                "left out",
                mean=self._points(step["mean"], 2),
                limit=self._points(step["limit"], 2),
            )
        ]
        return lines + [
            self.env._(
                "Sheet %(number)s left out: %(distance)s points from the first mean",
                number=sheet["key"],
                distance=self._points(sheet["distance"], 2),
            )
            for sheet in step["dropped"]
        ]

    def _explain_valid(self, step):
        return [
            self.env._(
                "Valid sheets: %(count)s (at least %(required)s)",
                count=step["count"],
                required=step["required"],
            )
        ]

    def _explain_trim(self, step):
        if not step["applied"]:
            return [
                self.env._(
                    "No sheet trimmed: %(count)s sheets, %(required)s needed for it",
                    count=step["count"],
                    required=step["required"],
                )
            ]
        reasons = {"highest": self.env._("highest"), "lowest": self.env._("lowest")}
        return [
            self.env._(
                "Sheet %(number)s left out as the %(reason)s: %(total)s points",
                number=sheet["key"],
                reason=reasons[sheet["reason"]],
                total=self._points(sheet["total"], 2),
            )
            for sheet in step.get("dropped", ())
        ]

    def _explain_aggregate(self, step):
        if step["method"] == "median":
            return [
                self.env._("Median: %(value)s", value=self._points(step["exact"], 4))
            ]
        return [
            self.env._(
                "Mean: %(sum)s / %(divisor)s = %(value)s",
                sum=self._points(step["sum"], 2),
                divisor=step["divisor"],
                value=self._points(step["exact"], 4),
            )
        ]

    def _explain_round(self, step):
        return [
            self.env._(
                "Score, rounded once to %(digits)s decimals, half up: %(score)s",
                digits=step["digits"],
                score=self._points(step["score"], step["digits"]),
            )
        ]

    def _explain_criteria(self, step):
        failed = [line for line in step["criteria"] if not line["met"]]
        return [self._explain_knock_out(line) for line in failed]

    def _explain_knock_out(self, line):
        minimum = self._points(line["min"], 2)
        if "below" in line:
            return self.env._(
                "Criterion %(code)s: %(below)s of %(count)s sheets are below its "
                "minimum %(minimum)s; the dossier cannot pass",
                code=line["code"],
                below=line["below"],
                count=line["count"],
                minimum=minimum,
            )
        return self.env._(
            "Criterion %(code)s: mean %(mean)s is below its minimum %(minimum)s; "
            "the dossier cannot pass",
            code=line["code"],
            mean=self._points(line["mean"], 2),
            minimum=minimum,
        )

    def _explain_grade(self, step):
        names = {one.code: one.name for one in self.evaluation_id.rubric_id.grade_ids}
        return [
            self.env._(
                "Grade: %(grade)s (pass from %(pass_score)s points)",
                grade=names.get(step["band"]) or self.env._("none"),
                pass_score=self._points(step["pass_score"], 2),
            )
        ]

    def _explain_ballot(self, step):
        carried = step.get("carried")
        if carried is None:
            carried = step["agree"] >= step["needed"]
        if step["passed"] or carried:
            return []
        return [
            self.env._(
                "Not recognised by the ballot: fewer than the %(needed)s votes needed",
                needed=step["needed"],
            )
        ]

    def _explain_doubt(self, step):
        if not step["doubtful"]:
            return []
        return [
            self.env._(
                "Zone of doubt: within %(margin)s points of %(limits)s",
                margin=self._points(step["margin"], 2),
                limits=", ".join(self._points(mark, 2) for mark in step["near"]),
            )
        ]
