from odoo import api, models
from odoo.fields import Command, Domain

# Said by a reform at work; an object, so that no client can say it.
BY_SUCCESSION = object()


class EmulationSuccessionMixin(models.AbstractModel):
    """What follows the reform of its unit.

    When a unit is merged, split or dissolved, each model says which of its records
    are still open (``_succession_open_domain``) and what becomes of them: by
    default they move to the successor. Closed records stay with the unit in which
    they happened; a model that says nothing has only closed records.
    """

    _name = "emulation.succession.mixin"
    _description = "Follows the Reform of Its Unit"

    # Fields through which a record belongs to a unit
    _succession_fields = ("unit_id",)

    # Whether it goes to the unit above where a dissolution names no successor
    _succession_rises = False

    # Fields to units that are worked out from these, and put back when it is undone
    _succession_kept = ()

    @api.model
    def _succession_open_domain(self, day):
        """Return the domain of the records that are open on ``day`` (a date)."""
        return Domain.FALSE

    def _is_above(self, successors, name, line):
        """Return whether following ``line`` would place this record under itself.

        :param successors: ``{line: unit}`` of the successors that exist already
        :param name: field through which the record belongs to its unit
        """
        return False

    def _succession_effect(self, succession):
        """Return what ``succession`` does to this record, an effect of its moves."""
        return "move"

    def _succession_name(self):
        """Return the record's name in the preview, fit to decide by."""
        return self.display_name

    @api.model
    def _succession_apply(self, moves):
        """Carry out planned ``moves`` of records of this model, in batch.

        In a list of units the successor takes the place of the unit that ends.
        """
        listed = moves.filtered(
            lambda move: self._fields[move.field_name].type == "many2many"
        )
        for move in listed:
            record, name = self.browse(move.res_id), move.field_name
            move.former_values = {"had": move.to_unit_id in record[name]}
            commands = [Command.unlink(move.from_unit_id.id)]
            if move.effect != "end":
                commands.append(Command.link(move.to_unit_id.id))
            record.write({name: commands})
        if self._succession_kept:
            for move in moves - listed:
                record = self.browse(move.res_id)
                move.former_values = {
                    name: record[name].id for name in self._succession_kept
                }
        for (name, unit), group in (
            (moves - listed)
            .grouped(lambda move: (move.field_name, move.to_unit_id))
            .items()
        ):
            self.browse(group.mapped("res_id")).write({name: unit.id})

    @api.model
    def _succession_undo(self, moves):
        """Put the records of ``moves`` back to the units they came from."""
        listed = moves.filtered(
            lambda move: self._fields[move.field_name].type == "many2many"
        )
        for move in listed:
            commands = [Command.link(move.from_unit_id.id)]
            if move.to_unit_id and not (move.former_values or {}).get("had"):
                commands.append(Command.unlink(move.to_unit_id.id))
            self.browse(move.res_id).write({move.field_name: commands})
        for (name, unit), group in (
            (moves - listed)
            .grouped(lambda move: (move.field_name, move.from_unit_id))
            .items()
        ):
            self.browse(group.mapped("res_id")).write({name: unit.id})
        if self._succession_kept:
            for move in moves - listed:
                self.browse(move.res_id).write(move.former_values or {})

    def _succession_mark(self, move):
        """Return what must be unchanged for ``move`` to be undone."""
        self.ensure_one()
        value = self[move.field_name]
        listed = self._fields[move.field_name].type == "many2many"
        mark = {move.field_name: move.to_unit_id in value if listed else value.id}
        if "state" in self._fields:
            mark["state"] = self.state
        return mark
