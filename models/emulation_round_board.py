from odoo import api, fields, models
from odoo.tools import SQL

# The steps of the funnel: code, the states of a dossier that stand in it
FUNNEL = (
    ("draft", ("draft", "returned")),
    ("submitted", ("submitted",)),
    ("endorsed", ("endorsed",)),
    ("eligible", ("eligible",)),
    ("in_appraisal", ("in_appraisal",)),
    ("recognised", ("recognised",)),
)


class EmulationRound(models.Model):
    """Where the dossiers of a round stand, and which units have sent none (R56)."""

    _inherit = "emulation.round"

    funnel = fields.Json(
        compute="_compute_funnel",
        help="Dossiers of each step of the way, of those the reader may read",
    )
    silent_unit_count = fields.Integer(
        string="Units without a dossier",
        compute="_compute_silent_unit_count",
        groups="emulation.group_emulation_officer,emulation.group_emulation_leader",
        help="Units of the organiser's territory from which, and from below which, "
        "nothing was handed in; of the units one acts for, unless one sees the whole "
        "round",
    )

    @api.depends_context("uid", "lang")
    def _compute_funnel(self):
        """Count the dossiers of all rounds by state in one query."""
        Initiative = self.env["emulation.initiative"]
        groups = []
        if self.ids and Initiative.has_access("read"):
            groups = Initiative._read_group(
                [("round_id", "in", self.ids)], ["round_id", "state"], ["__count"]
            )
        counts = {(rnd.id, state): count for rnd, state, count in groups}
        labels = self._get_funnel_labels()
        for rnd in self:
            rnd.funnel = [
                {
                    "code": code,
                    "label": labels[code],
                    "count": sum(counts.get((rnd.id, state), 0) for state in states),
                }
                for code, states in FUNNEL
            ]

    def _get_funnel_labels(self):
        return {
            "draft": self.env._("Being prepared"),
            "submitted": self.env._("Waiting for the unit"),
            "endorsed": self.env._("To examine"),
            "eligible": self.env._("Eligible"),
            "in_appraisal": self.env._("In appraisal"),
            "recognised": self.env._("Recognised"),
        }

    @api.depends_context("uid")
    def _compute_silent_unit_count(self):
        counts = dict(self._query_silent_units("COUNT(*)", "GROUP BY round.id"))
        for rnd in self:
            rnd.silent_unit_count = counts.get(rnd._origin.id, 0)

    # ACTIONS

    def action_view_silent_units(self):
        """Open the units that have sent nothing to this round yet."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_unit_action"
        )
        ids = [unit_id for _round, unit_id in self._query_silent_units("unit.id")]
        return {
            **action,
            "name": self.env._("Without a dossier in “%(round)s”", round=self.name),
            "domain": [("id", "in", ids)],
            "context": {"create": False},
            "views": [(False, "list"), (False, "form")],
            "path": False,
        }

    # BUSINESS

    def _query_silent_units(self, column, group=""):
        """Return rows (round id, ``column``) of living units that sent nothing.

        Asked are the units of the territory in which the organiser stands. A unit
        has sent something when it, or a unit below it, has handed in a dossier that
        was not withdrawn.
        """
        if not self.ids:
            return []
        self.env["emulation.initiative"].flush_model(["round_id", "unit_path", "state"])
        self.env["emulation.unit"].flush_model(["parent_path", "date_end"])
        self.flush_recordset(["unit_id"])
        return self.env.execute_query(
            SQL(
                """
                WITH sent AS (%(sent)s)
                SELECT round.id, %(column)s
                FROM emulation_round AS round
                JOIN emulation_unit AS organiser ON organiser.id = round.unit_id
                LEFT JOIN LATERAL (%(area)s) AS area ON TRUE
                JOIN emulation_unit AS unit
                    ON unit.parent_path
                        LIKE COALESCE(area.parent_path, organiser.parent_path) || '_%%'
                    AND unit.id <> organiser.id
                    AND (unit.date_end IS NULL OR unit.date_end >= CURRENT_DATE)
                LEFT JOIN sent
                    ON sent.round_id = round.id AND sent.unit_id = unit.id
                WHERE round.id = ANY(%(ids)s) AND sent.unit_id IS NULL AND %(reach)s
                %(group)s
                """,
                sent=self._get_sent_query(),
                area=self._get_area_query(),
                ids=self.ids,
                column=SQL(column),
                reach=self._get_reach_condition(),
                group=SQL(group),
            )
        )

    def _get_sent_query(self):
        """Return the pairs of round and unit that has handed in, itself or below."""
        return SQL(
            """
            SELECT DISTINCT round_id, part::integer AS unit_id
            FROM (
                SELECT DISTINCT round_id, unit_path
                FROM emulation_initiative
                WHERE round_id = ANY(%s) AND active
                    AND state NOT IN ('draft', 'withdrawn')
            ) AS paths,
            unnest(string_to_array(trim(BOTH '/' FROM unit_path), '/')) AS part
            """,
            self.ids,
        )

    @api.model
    def _get_area_query(self):
        """Return the territory in which ``organiser`` stands, the nearest above it."""
        return SQL(
            """
            SELECT node.parent_path
            FROM emulation_unit AS node
            JOIN emulation_unit_kind AS kind
                ON kind.id = node.kind_id AND kind.code = 'territory'
            WHERE node.id = ANY(
                string_to_array(trim(BOTH '/' FROM organiser.parent_path), '/')
                ::integer[]
            )
            ORDER BY length(node.parent_path) DESC
            LIMIT 1
            """
        )

    def _get_reach_condition(self):
        """Return which units the reader is told about (SQL on ``unit``)."""
        user = self.env.user
        sees_all = "emulation.group_emulation_movement,emulation.group_emulation_leader"
        if user.has_groups(sees_all):
            return SQL("TRUE")
        paths = [f"{path}%" for path in user._emulation_scope_paths()]
        return SQL("unit.parent_path LIKE ANY(%s)", paths)
