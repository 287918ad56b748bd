from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class EmulationScoreFormMixin(models.AbstractModel):
    """A form on which points are given one by one and kept at once.

    Each entry goes in by itself (``enter``) and says what its writer saw before: two
    windows, or a line that comes back after a break, never overwrite in silence.
    """

    _name = "emulation.score.form.mixin"
    _description = "Form with Points for Criteria"

    total = fields.Float(compute="_compute_total", store=True, digits=(5, 2))
    progress = fields.Char(compute="_compute_progress")
    remark = fields.Text(string="Remarks")

    @api.depends("line_ids.points")
    def _compute_total(self):
        """Each criterion by its weight; where a rubric has none, its points."""
        for form in self:
            total = sum(line.points * line.factor for line in form.line_ids)
            form.total = round(total, 6)

    @api.depends("line_ids.is_scored")
    def _compute_progress(self):
        for form in self:
            scored = form.line_ids.filtered("is_scored")
            form.progress = f"{len(scored)}/{len(form.line_ids)}"

    def write(self, vals):
        if vals.keys() & {"remark", "line_ids"}:
            self._check_writable()
        return super().write(vals)

    # ENTRIES

    def enter(self, name, value, seen, line_id=False):
        """Keep one entry, unless somebody changed the place meanwhile.

        Sent again after a lost answer it changes nothing: it is there already.

        :param name: "points" or "note" of a line, or "remark" of the form
        :param value: points (False: none given) or a text
        :param seen: what stood there when the writer began
        :param line_id: id of the line; False for the remark
        :return: ``{"is_saved": bool, "value": what stands there now}``
        :raises UserError: points out of range, or the form is closed to changes
        :raises AccessError: on the form of another person
        """
        self.ensure_one()
        self._check_writable()
        place = self._get_place(name, line_id)
        value = self._clean_entry(name, value)
        stands = place._read_entry(name)
        if _same(name, stands, value):
            return {"is_saved": True, "value": stands}
        if not _same(name, stands, self._clean_entry(name, seen)):
            return {"is_saved": False, "value": stands}
        if name == "points":
            place.write({"points": value or 0, "is_scored": value is not False})
        else:
            place.write({name: value})
        return {"is_saved": True, "value": place._read_entry(name)}

    def _get_place(self, name, line_id):
        """Return the record that holds an entry: the form itself, or a line of it."""
        if name == "remark" and not line_id:
            return self
        place = self.line_ids.filtered(lambda line: line.id == line_id)
        if name not in ("points", "note") or not place:
            raise UserError(
                self.env._(
                    "The sheet for “%(dossier)s” has no such place. Reload the page.",
                    dossier=self._get_dossier_name(),
                )
            )
        return place

    @api.model
    def _clean_entry(self, name, value):
        if name != "points":
            return str(value or "").strip()
        if value is False or value is None:
            return False
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UserError(self.env._("Points are a number, e.g. 12 or 12.5."))
        return float(value)

    def _read_entry(self, name):
        return self[name] or ""

    def _check_writable(self):
        """Refuse changes by others than who fills the form in, and when it is shut."""
        raise NotImplementedError

    def _get_dossier_name(self):
        """Return what the form is about, for messages to who fills it in."""
        raise NotImplementedError

    def _check_filled(self):
        """Refuse a form with a criterion left blank, naming them all.

        :raises UserError: naming the criteria without points
        """
        for form in self:
            unscored = form.line_ids.filtered(lambda line: not line.is_scored)
            if unscored:
                raise UserError(
                    self.env._(
                        "The sheet for “%(dossier)s” lacks points for: %(criteria)s. "
                        "Enter 0 where the dossier deserves none.",
                        dossier=form._get_dossier_name(),
                        criteria=", ".join(unscored.criterion_id.mapped("name")),
                    )
                )


class EmulationScoreLineMixin(models.AbstractModel):
    _inherit = "emulation.score.line.mixin"

    def _read_entry(self, name):
        if name == "points":
            return self.points if self.is_scored else False
        return self[name] or ""


def _same(name, one, other):
    """Return whether two entries are the same; a blank is not 0 points."""
    if name != "points" or one is False or other is False:
        return one is other if name == "points" else one == other
    return float_compare(one, other, precision_digits=2) == 0
