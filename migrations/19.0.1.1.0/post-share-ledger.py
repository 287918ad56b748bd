from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Take over what was ticked as signed before there was a ledger of shares."""
    cr.execute(
        """
        SELECT id
          FROM emulation_initiative_author
         WHERE is_confirmed AND COALESCE(confirmed_version, 0) = 0
         ORDER BY initiative_id, id
        """
    )
    line_ids = [row[0] for row in cr.fetchall()]
    if not line_ids:
        return
    cr.execute(
        """
        UPDATE emulation_initiative_author SET is_confirmed = FALSE
         WHERE id = ANY(%s)
        """,
        [line_ids],
    )
    cr.execute(
        """
        UPDATE emulation_initiative SET share_version = 1
         WHERE COALESCE(share_version, 0) = 0
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    lines = env["emulation.initiative.author"].browse(line_ids)
    lines._confirm("paper", note="19.0.1.0.0")
