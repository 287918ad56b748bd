from odoo import SUPERUSER_ID, fields, models

# What tells no single sheet, of the steps that are made of sheets; of the others all
KEPT = {
    "sheets": (),
    "outliers": ("limit",),
    "trim": ("applied", "count", "required"),
    "aggregate": ("method", "sum", "divisor", "exact"),
}


def _without_sheets(step):
    """Return what of a step tells no single sheet, empty if nothing does.

    Of the criteria those that decided stay: the means of two sheets tell the other one.
    """
    if step["step"] == "criteria":
        failed = [one for one in step["criteria"] if not one["met"]]
        return {**step, "criteria": failed}
    kept = KEPT.get(step["step"])
    if kept is None:
        return step
    return kept and {name: step[name] for name in ("step", *kept) if name in step}


def _without_count(step):
    if step["step"] != "ballot":
        return step
    told = {name: step[name] for name in ("step", "needed", "passed")}
    return {**told, "carried": step["agree"] >= step["needed"]}


class EmulationVerdict(models.Model):
    """How much of a calculation its reader sees.

    A result is for all whom it concerns. What single members gave, and how many were
    for it in a secret ballot, is for those who keep the session and for its minutes;
    for others as far as the regulation says.
    """

    _inherit = "emulation.verdict"

    # reached through the methods below alone, so by no search, group or export
    calculation = fields.Json(groups=fields.NO_ACCESS)
    ballot_agree = fields.Integer(groups=fields.NO_ACCESS)
    ballot_disagree = fields.Integer(groups=fields.NO_ACCESS)
    ballot_blank = fields.Integer(groups=fields.NO_ACCESS)

    def _shows_all(self):
        """Return whether the reader keeps the session; the house does always."""
        self.ensure_one()
        return self.env.uid == SUPERUSER_ID or self.is_kept_by_me

    def _shows_count(self):
        """Return whether the reader is told how many were for it and against it."""
        self.ensure_one()
        verdict = self.sudo()
        if verdict.ballot_mode != "secret" or verdict._shows_all():
            return True
        least = verdict.regulation_id.ballot_told_from
        return bool(least) and sum(verdict._get_count().values()) >= least

    def _shows_sheets(self):
        """Return whether the reader sees the sheets, which carry no names.

        Who scored the dossier sees here what the own sheet shows of the others. Nobody
        else sees so few that they tell who gave what.
        """
        self.ensure_one()
        verdict = self.sudo()
        if verdict._shows_all():
            return True
        sheets = verdict.evaluation_id.sheet_ids
        own = sheets.filtered(lambda one: one.user_id == self.env.user)
        if own:
            return any(sheet._get_peer_sheets() for sheet in own)
        return verdict._has_many_sheets()

    def _has_many_sheets(self):
        """Return whether single sheets, or means of criteria, may be told at all."""
        self.ensure_one()
        verdict = self.sudo()
        return verdict._count_sheets()[1] >= verdict.regulation_id.peer_min_sheets

    def _get_shown_steps(self):
        """Return the steps of the calculation as far as the reader sees them."""
        self.ensure_one()
        steps = self._get_steps()
        if not self._shows_sheets():
            steps = [one for one in map(_without_sheets, steps) if one]
        if not self._shows_count():
            steps = [_without_count(one) for one in steps]
        return steps

    def _get_shown_code(self):
        """Return the check code, for who sees all that it is made of.

        Whoever knew all the rest could try counts and points until the code fits.
        """
        self.ensure_one()
        is_whole = self._shows_sheets() and self._shows_count()
        return self._get_check_code() if is_whole else ""
