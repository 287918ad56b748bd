def migrate(cr, version):
    """Keep the dates of birth in the field that nobody reads directly."""
    cr.execute(
        """
        SELECT column_name
          FROM information_schema.columns
         WHERE table_name = 'res_partner'
           AND column_name IN ('emulation_birth_date', 'emulation_born_on')
        """
    )
    if [row[0] for row in cr.fetchall()] == ["emulation_birth_date"]:
        cr.execute(
            """
            ALTER TABLE res_partner
                RENAME COLUMN emulation_birth_date TO emulation_born_on
            """
        )
