def migrate(cr, version):
    """Say of the results there are what the council decided of each."""
    cr.execute("ALTER TABLE emulation_verdict ADD COLUMN IF NOT EXISTS outcome varchar")
    cr.execute(
        "UPDATE emulation_verdict SET outcome = CASE WHEN is_pass"
        " THEN 'recognised' ELSE 'not_recognised' END WHERE outcome IS NULL"
    )
    cr.execute("ALTER TABLE emulation_verdict ADD COLUMN IF NOT EXISTS active boolean")
    cr.execute("UPDATE emulation_verdict SET active = TRUE WHERE active IS NULL")
