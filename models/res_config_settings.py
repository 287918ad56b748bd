from odoo import fields, models
from odoo.exceptions import UserError

# Limits of the whole database on one screen; 0 is no limit
LIMITS = (
    "emulation_mails_author", "emulation_mails_address", "emulation_mails_sender",
    "emulation_mails_officer", "emulation_close_warning", "emulation_package_mb",
    "emulation_package_entries", "emulation_package_ratio", "emulation_package_depth",
    "emulation_sheet_file_mb", "emulation_sheet_scan_mb", "emulation_picture_mb",
    "emulation_check_misses", "emulation_scan_mb", "emulation_backdate_days",
)  # fmt: skip


class ResConfigSettings(models.TransientModel):
    """What an office sets against misuse: letters, packed files, warnings."""

    _inherit = "res.config.settings"

    emulation_mails_author = fields.Integer(
        string="To one author about one dossier",
        config_parameter="emulation.share_mails_a_day",
    )
    emulation_mails_address = fields.Integer(
        string="To one address about all dossiers",
        config_parameter="emulation.share_mails_address_a_day",
    )
    emulation_mails_sender = fields.Integer(
        string="By one author from outside",
        config_parameter="emulation.share_mails_sender_a_day",
    )
    emulation_mails_officer = fields.Integer(
        string="By one officer",
        config_parameter="emulation.share_mails_officer_a_day",
    )
    emulation_close_warning = fields.Integer(
        string="Minutes before the deadline",
        config_parameter="emulation.close_warning_minutes",
    )
    emulation_package_mb = fields.Integer(
        string="Unpacked size (MB)", config_parameter="emulation.package_max_mb"
    )
    emulation_package_entries = fields.Integer(
        string="Parts in a package", config_parameter="emulation.package_max_entries"
    )
    emulation_package_ratio = fields.Integer(
        string="Times its own size", config_parameter="emulation.package_max_ratio"
    )
    emulation_package_depth = fields.Integer(
        string="Packages within packages",
        config_parameter="emulation.package_max_depth",
    )
    emulation_sheet_file_mb = fields.Integer(
        string="Workbook of score sheets (MB)",
        config_parameter="emulation.sheet_file_mb",
    )
    emulation_sheet_scan_mb = fields.Integer(
        string="Scan of a paper sheet (MB)", config_parameter="emulation.sheet_scan_mb"
    )

    emulation_picture_mb = fields.Integer(
        string="Picture for print (MB)", config_parameter="emulation.picture_max_mb"
    )
    emulation_scan_mb = fields.Integer(
        string="Scan of a paper (MB)", config_parameter="emulation.scan_max_mb"
    )
    emulation_backdate_days = fields.Integer(
        string="Days a paper may be dated back",
        config_parameter="emulation.backdate_days",
    )
    emulation_check_misses = fields.Integer(
        string="Wrong codes in ten minutes, from one address",
        config_parameter="emulation.check_misses",
    )

    def set_values(self):
        """Store the limits.

        :raises UserError: for a limit below 0
        """
        for name in LIMITS:
            if self[name] < 0:
                raise UserError(
                    self.env._(
                        "“%(limit)s” is 0 (no limit) or more. Correct the number.",
                        limit=self._fields[name]._description_string(self.env),
                    )
                )
        return super().set_values()
