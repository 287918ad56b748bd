from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class EmulationRound(models.Model):
    """Rounds that only keep the lists of past years: over from the beginning."""

    _inherit = "emulation.round"

    kind = fields.Selection(
        selection_add=[("archive", "List of a past year")],
        ondelete={"archive": "set default"},
    )

    def _can_move(self, target):
        """A list of a past year never takes dossiers."""
        return self.kind != "archive" and super()._can_move(target)

    @api.model
    def _find_past(self, year, unit, rounds):
        """Return the rounds among ``rounds`` in which a past entry of a unit may lie.

        Of that year, over, and organised above the unit, or by a body of the
        territory above it. Lists come first, then the nearest organiser.

        :param rounds: recordset to choose from, read once for a whole file
        """
        path = unit.parent_path or ""
        found = rounds.filtered(
            lambda one: (
                one.year == year
                and one.state in ("closed", "done")
                and path.startswith(
                    tuple(
                        above.parent_path
                        for above in one.unit_id | one.unit_id.parent_id
                        if above.parent_path
                    )
                )
            )
        )
        return found.filtered(lambda one: one.kind == "archive")[:1] or found

    @api.model
    def _create_archive(self, year, unit):
        """Return a new round for the list of a year, closed and marked as such.

        :param unit: the organiser
        :raises AccessError: for anybody but a movement officer
        :raises UserError: where no movement, rubric or regulation exists to refer to
        """
        self.browse().check_access("create")
        values = {
            "name": self.env._("List of the year %(year)s", year=year),
            "code": self._get_archive_code(year, unit),
            "kind": "archive",
            "year": year,
            "unit_id": unit.id,
            "date_open": f"{year}-01-01",
            "date_close": f"{year}-12-31",
            "kind_ids": self.env["emulation.initiative.kind"].search(Domain.TRUE).ids,
            **self._get_archive_law(),
        }
        quietly = self.sudo().with_context(tracking_disable=True)
        return quietly.create({**values, "state": "closed"}).with_env(self.env)

    @api.model
    def _get_archive_code(self, year, unit):
        code, count = f"DS-{year}", 1
        rounds = self.sudo().with_context(active_test=False)
        company = ("company_id", "=", self.env.company.id)
        while rounds.search_count([("code", "=", code), company], limit=1):
            count += 1
            code = (
                f"DS-{year}-{unit.code or count}" if count == 2 else f"{code}-{count}"
            )
        return code

    @api.model
    def _get_archive_law(self):
        """Return the movement and rules that every round names; none is applied."""
        law = {}
        for field, domain in (
            ("movement_id", []),
            ("rubric_id", [("purpose", "=", "initiative"), ("state", "=", "in_force")]),
            ("regulation_id", [("state", "=", "in_force")]),
        ):
            model = self.env[self._fields[field].comodel_name]
            found = model.search(domain, limit=1)
            if not found and self._fields[field].required:
                raise UserError(
                    self.env._(
                        "A round for the list needs a value for “%(field)s”, and there "
                        "is none yet. Enter one first (%(model)s).",
                        field=self._fields[field]._description_string(self.env),
                        model=self.env["ir.model"]._get(model._name).name,
                    )
                )
            law[field] = found.id
        return law
