"""What must always be true of papers, awards, certificates and books.

See ``invariants``, of which these are a part.
"""

RECOGNITION = {
    "10_certificate_of_signed_decision": (
        "emulation.certificate",
        """
        SELECT certificate.id
          FROM emulation_certificate AS certificate
          JOIN emulation_document AS document
            ON document.id = certificate.document_id
         WHERE (certificate.state = 'valid' AND document.state != 'signed')
            OR (certificate.state = 'revoked'
                AND COALESCE(certificate.revoke_reason, '') = ''
                AND certificate.revoking_document_id IS NULL)
        """,
    ),
    "16_agreed_is_logged": (
        "emulation.initiative.author",
        """
        SELECT author.id
          FROM emulation_initiative_author AS author
          JOIN emulation_initiative AS initiative
            ON initiative.id = author.initiative_id
         WHERE author.is_confirmed IS DISTINCT FROM (
                   COALESCE(author.confirmed_version, 0) > 0
                   AND author.confirmed_version = initiative.share_version)
            OR (author.is_confirmed AND NOT EXISTS (
                   SELECT 1 FROM emulation_share_log AS entry
                    WHERE entry.chain = author.initiative_id
                      AND entry.author_line = author.id
                      AND entry.event IN ('confirmed', 'paper')))
        """,
    ),
    # the text is the one of tools/ledger.py
    "18_numbers_without_gap": (
        "emulation.document",
        """
        SELECT numbered.id
          FROM (
              SELECT id, unit_id, series, year, number, date_signed,
                     ROW_NUMBER() OVER numbers AS place,
                     LAG(date_signed) OVER numbers AS before
                FROM emulation_document
               WHERE number > 0
              WINDOW numbers AS (
                  PARTITION BY unit_id, series, year ORDER BY number
              )
          ) AS numbered
          LEFT JOIN emulation_document_register AS register
            ON register.unit_id = numbered.unit_id
           AND register.series = numbered.series
           AND register.year = numbered.year
         WHERE numbered.number !=
               COALESCE(register.first_number, 1) + numbered.place - 1
            OR numbered.date_signed < numbered.before
        """,
    ),
    "18_golden_numbers": (
        "emulation.certificate",
        """
        SELECT entered.id
          FROM (
              SELECT id, golden_number, golden_book_id,
                     ROW_NUMBER() OVER (
                         PARTITION BY golden_book_id ORDER BY golden_number
                     ) AS expected,
                     COUNT(*) OVER (PARTITION BY golden_book_id) AS entries
                FROM emulation_certificate
               WHERE golden_book_id IS NOT NULL
          ) AS entered
          JOIN emulation_golden_book AS book ON book.id = entered.golden_book_id
         WHERE entered.golden_number != entered.expected
            OR entered.entries != book.last_number
        """,
    ),
    "11_story_consented": (
        "emulation.publication.entry",
        """
        SELECT story.id
          FROM emulation_publication_entry AS story
         WHERE story.state = 'accepted'
           AND (story.consent_date IS NULL OR COALESCE(story.consent_by, '') = '')
        """,
    ),
    "18_reference_unique": (
        "emulation.document",
        """
        SELECT id
          FROM (
              SELECT id, COUNT(*) OVER (
                  PARTITION BY unit_id, year, reference
              ) AS papers
                FROM emulation_document
               WHERE number > 0
          ) AS numbered
         WHERE papers > 1
        """,
    ),
    "10_award_by_signed_decision": (
        "emulation.nomination",
        """
        SELECT nomination.id
          FROM emulation_nomination AS nomination
          LEFT JOIN emulation_document AS document
            ON document.id = nomination.document_id
         WHERE nomination.state = 'conferred'
           AND (nomination.date_conferred IS NULL
                OR COALESCE(nomination.decision_reference, '') = ''
                OR (nomination.date_sent IS NULL
                    AND COALESCE(document.state, '') != 'signed'))
        """,
    ),
    "10_revoked_award_leaves_nothing": (
        "emulation.nomination",
        """
        SELECT nomination.id
          FROM emulation_nomination AS nomination
         WHERE nomination.state = 'revoked'
           AND (EXISTS (
                    SELECT 1 FROM emulation_certificate AS certificate
                     WHERE certificate.nomination_id = nomination.id
                       AND certificate.state = 'valid')
                OR EXISTS (
                    SELECT 1 FROM emulation_award_payment AS payment
                     WHERE payment.nomination_id = nomination.id
                       AND payment.state IN ('due', 'paid')))
        """,
    ),
    "15_payments_are_amount": (
        "emulation.nomination",
        """
        SELECT nomination.id
          FROM emulation_nomination AS nomination
          LEFT JOIN emulation_award_payment AS payment
            ON payment.nomination_id = nomination.id
         GROUP BY nomination.id
        HAVING COALESCE(SUM(payment.amount), 0) != COALESCE(nomination.amount_fixed, 0)
        """,
    ),
}
