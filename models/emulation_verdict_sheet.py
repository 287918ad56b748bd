import hashlib
import json

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools import scoring
from ..tools.scoring import show


class EmulationVerdict(models.Model):
    """The calculation sheet: a result recomputed by anybody who may read it."""

    _inherit = "emulation.verdict"

    def action_recompute(self):
        """Compute the score again from the stored calculation, and say what comes out.

        :return: a notification; nothing is changed
        :raises UserError: where the calculation gives another result than is stored
        """
        self.ensure_one()
        self.check_access("read")
        self._check_recomputation()
        code = self._get_shown_code()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Computed again from the sheets and the rules of that day: "
                    "%(score)s points, as stored. %(code)s",
                    score=self._points(str(self.score), 2),
                    code=code and self.env._("Check code %(code)s.", code=code),
                ).strip(),
            },
        }

    def _check_recomputation(self):
        """Raise unless the stored calculation gives the stored score and verdict."""
        for verdict in self.filtered(lambda one: not one.is_disposed):
            result = scoring.replay(verdict._get_steps())
            if float(result.score) != verdict.score:
                raise UserError(
                    self.env._(
                        "The calculation of “%(dossier)s” gives %(computed)s points, "
                        "but %(stored)s are stored. Tell the administrator: the "
                        "record was changed from outside.",
                        dossier=verdict.display_name,
                        computed=result.score,
                        stored=verdict.score,
                    )
                )

    def _get_steps(self):
        """Return the steps of the calculation as the scoring law wrote them, in full.

        For the house; a reader is shown :meth:`_get_shown_steps`.
        """
        self.ensure_one()
        return (self.sudo().calculation or {}).get("steps", [])

    def _get_step(self, name):
        """Return the step called ``name``, an empty one where it was not taken."""
        return next((one for one in self._get_steps() if one["step"] == name), {})

    def _get_check_code(self):
        """Return 16 hexadecimal digits that change with any figure of the steps."""
        text = json.dumps(self._get_steps(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _count_sheets(self):
        """Return ``(sheets handed in, those that count)``."""
        handed_in = len(self._get_step("sheets").get("sheets", ()))
        return handed_in, handed_in - len(self._get_left_out())

    def _get_left_out(self):
        """Return {number of a sheet: why it does not count}, in words."""
        reasons = {
            "outlier": self.env._("too far from the first mean"),
            "highest": self.env._("the highest"),
            "lowest": self.env._("the lowest"),
        }
        left_out = {
            one["key"]: reasons["outlier"]
            for one in self._get_step("outliers").get("dropped", ())
        }
        for one in self._get_step("trim").get("dropped", ()):
            left_out[one["key"]] = reasons[one["reason"]]
        return left_out

    def _get_sheet_rows(self):
        """Return what the members gave, without names, for the calculation sheet.

        :return: list of ``{"number", "points": [texts], "total", "left_out"}``, the
            points in the order of :meth:`_get_sheet_criteria`
        """
        if not self._shows_sheets():
            return []
        left_out = self._get_left_out()
        codes = [code for code, _name, _most in self._get_sheet_criteria()]
        return [
            {
                "number": sheet["key"],
                "points": [self._points(sheet["points"][code], 2) for code in codes],
                "total": self._points(sheet["total"], 2),
                "left_out": left_out.get(sheet["key"], ""),
            }
            for sheet in self._get_step("sheets").get("sheets", ())
        ]

    def _get_sheet_criteria(self):
        """Return ``(code, name, most points)`` of the frozen criteria, by sequence."""
        rules = self._get_step("rules").get("rules", {})
        lines = self.sudo().evaluation_id.rubric_id.criterion_ids
        order = {line.code: (index, line.name) for index, line in enumerate(lines)}
        last = (len(order), "")
        return [
            (one["code"], order.get(one["code"], last)[1], show(one["max_points"], 2))
            for one in sorted(
                rules.get("criteria", ()),
                key=lambda one: (order.get(one["code"], last)[0], one["code"]),
            )
        ]

    def _get_laws(self):
        """Return the law the result rests on: name, version and first day, in words."""
        verdict = self.sudo()
        return [
            self.env._(
                "%(law)s, version %(version)s, in force from %(start)s",
                law=law.name,
                version=law.version,
                start=format_date(self.env, law.date_start),
            )
            for law in (verdict.regulation_id, verdict.evaluation_id.rubric_id)
        ]

    def _show_outcome(self):
        """Return in words what became of the dossier."""
        self.ensure_one()
        outcomes = self._fields["outcome"]._description_selection(self.env)
        return dict(outcomes)[self.outcome]

    @api.model
    def _exact(self, text):
        """Return an exact number of a step as a ``Decimal`` of two digits."""
        return show(text, 2)
