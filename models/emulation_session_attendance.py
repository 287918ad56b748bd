from odoo import api, fields, models
from odoo.exceptions import AccessError


class EmulationSessionAttendance(models.Model):
    """One line of a session's roll: who was there when it was decided."""

    _name = "emulation.session.attendance"
    _description = "Attendance at a Session"
    _order = "session_id, id"
    _rec_name = "member_id"

    session_id = fields.Many2one(
        "emulation.session", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "emulation.council.member", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="session_id.company_id", store=True)
    role = fields.Selection(related="member_id.role")
    status = fields.Selection(
        [("absent", "Absent"), ("present", "Present"), ("excused", "Excused")],
        required=True,
        default="absent",
    )
    note = fields.Char(help="Reason of the absence, or who stood in")

    _member_unique = models.UniqueIndex(
        "(session_id, member_id)", "This member is already on the roll."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_keeper()
        return lines

    def write(self, vals):
        self._check_keeper()
        if not self.env.su and vals.keys() - {"status", "note"}:
            raise AccessError(
                self.env._(
                    "The roll lists who sits on the council that day. Enter who is "
                    "present; the seats themselves are changed on the council."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_keeper(self):
        self._check_keeper()

    def _check_keeper(self):
        """The roll decides the quorum: only the session's secretariat touches it."""
        if self.env.su:
            return
        self.session_id._check_roll_open()
        for session in self.session_id:
            if not session._may_keep():
                raise AccessError(
                    self.env._(
                        "Only the secretary of the council keeps the roll of "
                        "“%(session)s”.",
                        session=session.name,
                    )
                )
