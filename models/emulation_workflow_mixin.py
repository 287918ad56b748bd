from odoo import api, models
from odoo.exceptions import UserError


class EmulationWorkflowMixin(models.AbstractModel):
    """One law for every change of ``state``: buttons, RPC and imports meet the same.

    A model gives its transition table (``_transitions``), the right to each move
    (``_may_move``), what must be true before (``_check_ready``), what follows
    (``_after_transition``) and the fields that only the workflow writes
    (``_protected_fields``). Internal moves that another record's signature causes
    run as superuser: they skip the rights, never the table.
    """

    _name = "emulation.workflow.mixin"
    _inherit = ["emulation.locked.mixin"]
    _description = "Workflow with One Judge"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            offered = self.default_get(["state"])
            for vals in vals_list:
                self._check_initial_state({**offered, **vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_untouched(vals)
        target = vals.get("state")
        moving = self.filtered(lambda record: record.state != target)
        if not target or not moving:
            return super().write(vals)
        others = {name: value for name, value in vals.items() if name != "state"}
        if others:
            # first what comes along, so that the judge sees what will be stored
            self.write(others)
            return self.write({"state": target})
        for record in moving:
            record._check_transition(target)
        sources = {record.id: record.state for record in moving}
        result = super().write(vals)
        moving._after_transitions(sources, target)
        return result

    @api.model
    def _protected_fields(self):
        """Return the fields that only the workflow itself writes."""
        return set()

    @api.model
    def _locked_fields(self):
        return super()._locked_fields() | self._protected_fields()

    @api.model
    def _check_initial_state(self, vals):
        initial = self._fields["state"].default(self)
        if vals.get("state", initial) != initial:
            raise UserError(
                self.env._(
                    "A new record always begins in its first state. Create it "
                    "first, then use its buttons."
                )
            )

    def _state_label(self, state):
        """Return the translated label of a value of ``state``."""
        selection = self._fields["state"]._description_selection(self.env)
        return dict(selection).get(state, state)

    def _transitions(self):
        """Return ``{state: {states that may follow it}}``, whoever asks."""
        raise NotImplementedError

    def _may_move(self, target):
        """Return whether the current user has the right to move this to ``target``."""
        raise NotImplementedError

    def _check_ready(self, target):
        """Raise a ``UserError`` naming the record and the remedy when not ready."""

    def _after_transition(self, source, target):
        """Do what follows from the move from ``source`` to ``target``."""

    def _after_transitions(self, sources, target):
        """Do what follows from the move of all these records at once.

        What a batch can do in one go overrides this instead of the above.

        :param sources: id of the record → the state it comes from
        """
        for record in self:
            record._after_transition(sources[record.id], target)

    def _can_move(self, target):
        """Return whether the table and the user's rights allow the move now."""
        self.ensure_one()
        follows = target in self._transitions().get(self.state, ())
        return follows and (self.env.su or self._may_move(target))

    def _check_transition(self, target):
        """The one judge: the table, the rights, then the readiness of the record."""
        self._check_allowed(target)
        self._check_ready(target)

    def _check_allowed(self, target):
        """Refuse a move that the table or the user's rights exclude."""
        self.ensure_one()
        if not self._can_move(target):
            raise UserError(
                self.env._(
                    "“%(record)s” is in the state “%(state)s”: you cannot move it "
                    "to “%(target)s”. Reload the page to see what you can do now.",
                    record=self.display_name,
                    state=self._state_label(self.state),
                    target=self._state_label(target),
                )
            )
