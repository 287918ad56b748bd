from odoo.exceptions import UserError
from odoo.fields import Command, Date

from .common_appraisal import AppraisalCommon

DAY = Date.to_date("2025-07-01")
EVE = Date.to_date("2025-06-30")


class SuccessionCommon(AppraisalCommon):
    """Two communes with a past and open files, about to be reformed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Succession = cls.env["emulation.unit.succession"].with_user(
            cls.manager_user
        )
        cls.communes = cls.commune_a1 | cls.commune_a2
        cls.open_initiative = cls._add_initiative("Hồ sơ còn mở")
        cls.closed_initiative = cls._add_initiative("Hồ sơ đã công nhận")
        cls._set_state(cls.closed_initiative, "recognised", "2020-12-20")

    @classmethod
    def _add_initiative(cls, name, unit=None):
        """Create a draft and read it as nobody in particular."""
        user = cls.movement_user
        return cls._create_initiative(name, unit, user=user).with_env(cls.env)

    @classmethod
    def _set_state(cls, initiative, state, day=None):
        """Put a dossier in a state of the past, whatever led there."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE emulation_initiative SET state = %s, date_recognised = %s "
            "WHERE id = %s",
            [state, day, initiative.id],
        )
        cls.env.invalidate_all()

    @classmethod
    def _new_line(cls, code, name, parent=None, **vals):
        return Command.create(
            {
                "code": code,
                "name": name,
                "kind_id": cls.env.ref("emulation.unit_kind_territory").id,
                "level_id": cls.env.ref("emulation.unit_level_commune").id,
                "parent_id": (parent or cls.district_a).id,
                **vals,
            }
        )

    @classmethod
    def _create_event(cls, kind, predecessors=(), lines=(), **vals):
        return cls.Succession.create(
            {
                "kind": kind,
                "date": DAY,
                "legal_text": "Nghị quyết số 1/NQ",
                "predecessor_ids": [Command.set([unit.id for unit in predecessors])],
                "line_ids": list(lines),
                **vals,
            }
        )

    @classmethod
    def _merge(cls, apply=True, **vals):
        """Merge the two communes of district A into the new commune An Mới."""
        event = cls._create_event(
            "merge", cls.communes, [cls._new_line("T35AM", "Xã An Mới")], **vals
        )
        if apply:
            event.action_apply()
        return event

    @classmethod
    def _split(cls, apply=True, **vals):
        """Divide commune A1 into two new communes."""
        lines = [
            cls._new_line("T35AD", "Xã An Đông", sequence=1),
            cls._new_line("T35AT", "Xã An Tây", sequence=2),
        ]
        event = cls._create_event("split", cls.commune_a1, lines, **vals)
        if apply:
            event.action_apply()
        return event

    def _assert_sound(self):
        self.assertFalse(self.env["emulation.invariant"]._find_broken())

    def _assert_apply_refused(self, event, pattern):
        """The event cannot be applied, says why, and leaves nothing behind."""
        units = self.env["emulation.unit"].search_count([])
        with self.assertRaisesRegex(UserError, pattern), self.cr.savepoint():
            event.action_apply()
        self.env.invalidate_all()
        self.assertEqual(event.state, "draft")
        self.assertEqual(self.env["emulation.unit"].search_count([]), units)
