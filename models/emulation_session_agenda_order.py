from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import agenda


class EmulationSession(models.Model):
    """The agenda in an order in which people leave the room seldom (R44).

    Proposed by a greedy order over who must stay outside; whoever prepares or keeps
    the session may move dossiers by hand, until the session is closed.
    """

    _inherit = "emulation.session"

    walk_count = fields.Integer(
        string="Times somebody leaves or comes in",
        compute="_compute_walk_count",
        compute_sudo=True,
    )

    @api.depends("evaluation_ids.sequence", "evaluation_ids.conflict_ids.level")
    def _compute_walk_count(self):
        for session in self:
            order = session._get_agenda()
            session.walk_count = agenda.walks(order.ids, session._get_outside(order))

    def action_order_agenda(self):
        """Put the agenda into an order in which people leave the room seldom.

        :raises AccessError: for anybody but who prepares or keeps the session
        :raises UserError: when the session is over
        """
        for session in self:
            session._check_agenda_movable()
            order = session.sudo()._get_agenda()
            outside = session.sudo()._get_outside(order)
            session._write_agenda(agenda.arrange(order.ids, outside))
        return True

    def _get_agenda(self):
        """Return the dossiers in the order of the agenda."""
        self.ensure_one()
        return self.evaluation_ids.sorted(lambda one: (one.sequence, one.id))

    def _get_outside(self, evaluations):
        """Return ``{id of the dossier: ids of the members kept from it}``."""
        self.ensure_one()
        on_roll = self.attendance_ids.member_id
        return {
            one.id: frozenset((one._get_excluded_members() & on_roll).ids)
            for one in evaluations
        }

    def _write_agenda(self, ids):
        """Number the dossiers ``ids`` in their order."""
        dossiers = self.env["emulation.evaluation"].sudo().browse(ids)
        for number, dossier in enumerate(dossiers, start=1):
            if dossier.sequence != number * 10:
                dossier.sequence = number * 10

    def _check_agenda_movable(self):
        """Refuse another order by strangers, or once the session is over."""
        self.ensure_one()
        self.check_access("read")
        if self.state not in ("planned", "scoring"):
            raise UserError(
                self.env._(
                    "“%(session)s” is over: its agenda stays in the order in which it "
                    "was held.",
                    session=self.name,
                )
            )
        prepares = self.env.user.has_group("emulation.group_emulation_movement")
        if not (prepares or self._may_keep() or self.env.su):
            raise AccessError(
                self.env._(
                    "The agenda of “%(session)s” is ordered by its secretary or by a "
                    "movement officer.",
                    session=self.name,
                )
            )


class EmulationEvaluation(models.Model):
    _inherit = "emulation.evaluation"

    def action_move_up(self):
        """Move this dossier one place up on its agenda.

        :raises AccessError: for anybody but who prepares or keeps the session
        """
        self.ensure_one()
        self.check_access("read")
        session = self.session_id
        if not session:
            raise UserError(
                self.env._("“%(dossier)s” is on no agenda.", dossier=self.display_name)
            )
        session._check_agenda_movable()
        ids = session.sudo()._get_agenda().ids
        place = ids.index(self.id)
        if place:
            ids[place - 1], ids[place] = ids[place], ids[place - 1]
        session._write_agenda(ids)
        return True
