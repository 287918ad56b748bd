"""What must always be true, as one SQL statement each (architecture, section 9).

Each statement returns the ids of the rows that break it: ``(model, SQL)``. They are
constants: nothing a user types ever reaches them.
"""

from .invariants_recognition import RECOGNITION

INVARIANTS = {
    "01_withdrawn_on_agenda": (
        "emulation.evaluation",
        """
        SELECT evaluation.id
          FROM emulation_evaluation AS evaluation
          JOIN emulation_initiative AS initiative
            ON initiative.id = evaluation.initiative_id
         WHERE evaluation.state IN ('scheduled', 'scoring', 'scored', 'decided')
           AND initiative.state = 'withdrawn'
        """,
    ),
    "01_one_live_appraisal": (
        "emulation.initiative",
        """
        SELECT initiative_id
          FROM emulation_evaluation
         WHERE state IN (
                   'received', 'returned', 'eligible', 'scheduled', 'scoring', 'scored'
               )
         GROUP BY initiative_id
        HAVING COUNT(*) > 1
        """,
    ),
    "01_deferred_one_line": (
        "emulation.initiative",
        """
        SELECT initiative.id
          FROM emulation_initiative AS initiative
         WHERE initiative.state = 'deferred'
           AND (NOT EXISTS (
                    SELECT 1
                      FROM emulation_verdict AS verdict
                     WHERE verdict.initiative_id = initiative.id
                       AND verdict.round_id = initiative.round_id
                       AND verdict.active AND verdict.is_published
                       AND verdict.outcome = 'deferred')
                OR EXISTS (
                    SELECT 1
                      FROM emulation_evaluation AS line
                     WHERE line.initiative_id = initiative.id
                       AND line.state NOT IN ('decided', 'ineligible', 'withdrawn')))
        """,
    ),
    "02_verdict_complete": (
        "emulation.verdict",
        """
        SELECT verdict.id
          FROM emulation_verdict AS verdict
          LEFT JOIN emulation_session AS session ON session.id = verdict.session_id
         WHERE session.id IS NULL OR verdict.date IS NULL
            OR verdict.regulation_id IS NULL
            OR verdict.active AND session.state NOT IN ('closed', 'published')
        """,
    ),
    "03_sheet_of_excluded_member": (
        "emulation.scoresheet",
        """
        SELECT sheet.id
          FROM emulation_scoresheet AS sheet
          JOIN emulation_conflict AS conflict
            ON conflict.evaluation_id = sheet.evaluation_id
           AND conflict.member_id = sheet.member_id
         WHERE sheet.state != 'voided' AND conflict.level IN ('excluded', 'chair')
        """,
    ),
    "04_sheet_after_close": (
        "emulation.scoresheet",
        """
        SELECT sheet.id
          FROM emulation_scoresheet AS sheet
          JOIN emulation_session AS session ON session.id = sheet.session_id
         WHERE session.state IN ('closed', 'published')
           AND (sheet.state = 'draft' OR sheet.date_submitted > session.date_closed)
        """,
    ),
    "04_paper_entered_twice": (
        "emulation.scoresheet",
        """
        SELECT sheet.id
          FROM emulation_scoresheet AS sheet
          JOIN emulation_session AS session ON session.id = sheet.session_id
         WHERE session.sheet_medium = 'paper' AND sheet.state = 'submitted'
           AND (
               SELECT COUNT(DISTINCT entry.user_id)
                 FROM emulation_scoresheet_entry AS entry
                WHERE entry.sheet_id = sheet.id AND entry.state = 'agreed'
                  AND NOT EXISTS (
                      SELECT 1
                        FROM emulation_scoresheet_entry_line AS line
                        JOIN emulation_scoresheet_line AS own
                          ON own.sheet_id = sheet.id
                         AND own.criterion_id = line.criterion_id
                       WHERE line.sheet_id = entry.id AND line.points != own.points
                  )
           ) < 2
        """,
    ),
    "05_shares_total_100": (
        "emulation.initiative",
        """
        SELECT initiative.id
          FROM emulation_initiative AS initiative
          LEFT JOIN emulation_initiative_author AS author
            ON author.initiative_id = initiative.id
         WHERE initiative.state NOT IN ('draft', 'withdrawn')
         GROUP BY initiative.id
        HAVING COALESCE(SUM(author.share), 0) != 100
        """,
    ),
    "05_points_total_100": (
        "emulation.rubric",
        """
        SELECT rubric.id
          FROM emulation_rubric AS rubric
          LEFT JOIN emulation_rubric_criterion AS criterion
            ON criterion.rubric_id = rubric.id
         WHERE rubric.state = 'in_force'
         GROUP BY rubric.id
        HAVING COALESCE(SUM(CASE WHEN rubric.scale = 'weights' THEN criterion.weight
                                 ELSE criterion.max_points END), 0) != 100
        """,
    ),
    "05_bands_without_gap": (
        "emulation.rubric",
        """
        SELECT DISTINCT rubric.id
          FROM emulation_rubric AS rubric
          JOIN (
              SELECT rubric_id, score_from, score_to,
                     LAG(score_to) OVER (PARTITION BY rubric_id ORDER BY score_from)
                         AS before,
                     LEAD(score_from) OVER (PARTITION BY rubric_id ORDER BY score_from)
                         AS after
                FROM emulation_rubric_grade
          ) AS band ON band.rubric_id = rubric.id
         WHERE rubric.state = 'in_force'
           AND (COALESCE(band.before, 0) != band.score_from
                OR (band.after IS NULL AND band.score_to != 100))
        """,
    ),
    "06_sheet_total": (
        "emulation.scoresheet",
        """
        SELECT sheet.id
          FROM emulation_scoresheet AS sheet
          LEFT JOIN emulation_scoresheet_line AS line ON line.sheet_id = sheet.id
          LEFT JOIN emulation_rubric_criterion AS criterion
            ON criterion.id = line.criterion_id
          LEFT JOIN emulation_rubric AS rubric ON rubric.id = criterion.rubric_id
         GROUP BY sheet.id
        HAVING ABS(COALESCE(SUM(
                   CASE WHEN rubric.scale = 'weights'
                        THEN line.points * criterion.weight / criterion.max_points
                        ELSE line.points END
               ), 0) - COALESCE(sheet.total, 0)) > 0.005
        """,
    ),
    "07_ballots_are_marks": (
        "emulation.evaluation",
        """
        SELECT evaluation.id
          FROM emulation_evaluation AS evaluation
          LEFT JOIN LATERAL (
              SELECT COUNT(*) AS papers
                FROM emulation_ballot
               WHERE evaluation_id = evaluation.id
          ) AS box ON TRUE
          LEFT JOIN LATERAL (
              SELECT COUNT(*) AS marks
                FROM emulation_ballot_roll
               WHERE evaluation_id = evaluation.id AND has_voted
          ) AS roll ON TRUE
         WHERE box.papers != roll.marks
        """,
    ),
    "07_secret_ballot_names_nobody": (
        "emulation.ballot",
        """
        SELECT ballot.id
          FROM emulation_ballot AS ballot
          JOIN emulation_evaluation AS evaluation
            ON evaluation.id = ballot.evaluation_id
          JOIN emulation_session AS session ON session.id = evaluation.session_id
          JOIN emulation_regulation AS law ON law.id = session.regulation_id
         WHERE (law.ballot_mode = 'secret' AND ballot.member_id IS NOT NULL)
            OR (law.ballot_mode = 'open' AND ballot.member_id IS NULL)
        """,
    ),
    "07_vote_of_excluded_member": (
        "emulation.ballot.roll",
        """
        SELECT roll.id
          FROM emulation_ballot_roll AS roll
          JOIN emulation_conflict AS conflict
            ON conflict.evaluation_id = roll.evaluation_id
           AND conflict.member_id = roll.member_id
         WHERE roll.has_voted AND conflict.level IN ('excluded', 'chair')
        """,
    ),
    "08_quorum_held": (
        "emulation.verdict",
        """
        SELECT id
          FROM emulation_verdict
         WHERE active AND NOT is_disposed AND quorum_present < quorum_needed
        """,
    ),
    "09_one_chair": (
        "emulation.council",
        """
        SELECT DISTINCT one.council_id
          FROM emulation_council_member AS one
          JOIN emulation_council_member AS other
            ON other.council_id = one.council_id AND other.id > one.id
         WHERE one.role = 'chair' AND other.role = 'chair'
           AND COALESCE(one.date_start, '1900-01-01')
               <= COALESCE(other.date_end, '2999-12-31')
           AND COALESCE(other.date_start, '1900-01-01')
               <= COALESCE(one.date_end, '2999-12-31')
        """,
    ),
    "03_sheet_before_declaration": (
        "emulation.scoresheet",
        """
        SELECT id FROM emulation_scoresheet
         WHERE is_sealed IS TRUE AND state = 'submitted'
        """,
    ),
    "09_chair_on_the_day": (
        "emulation.session",
        """
        SELECT session.id
          FROM emulation_session AS session
          JOIN emulation_council AS council ON council.id = session.council_id
          LEFT JOIN emulation_council_member AS chair
            ON chair.council_id = council.id AND chair.role = 'chair'
           AND COALESCE(chair.date_start, '1900-01-01') <= session.date::date
           AND COALESCE(chair.date_end, '2999-12-31') >= session.date::date
         WHERE session.state IN ('scoring', 'closed', 'published')
           AND (chair.id IS NULL OR council.date_start > session.date::date
                OR council.date_end < session.date::date)
        """,
    ),
    "11_published_is_decided": (
        "emulation.verdict",
        """
        SELECT verdict.id
          FROM emulation_verdict AS verdict
          JOIN emulation_initiative AS initiative
            ON initiative.id = verdict.initiative_id
         WHERE verdict.is_published AND verdict.active
           AND verdict.round_id = initiative.round_id
           AND initiative.state != verdict.outcome
           AND (verdict.outcome IN ('recognised', 'not_recognised')
                OR initiative.state IN (
                    'recognised', 'not_recognised', 'deferred', 'in_appraisal'))
           AND NOT EXISTS (
               SELECT 1
                 FROM emulation_evaluation AS later
                WHERE later.initiative_id = initiative.id
                  AND later.id > verdict.evaluation_id)
        """,
    ),
    "14_ended_unit_has_successor": (
        "emulation.unit",
        """
        SELECT unit.id
          FROM emulation_unit AS unit
         WHERE unit.date_end IS NOT NULL
           AND NOT EXISTS (
               SELECT 1 FROM emulation_unit_successor_rel AS rel
                WHERE rel.predecessor_id = unit.id)
           AND NOT EXISTS (
               SELECT 1
                 FROM emulation_unit_succession AS event
                 JOIN emulation_unit_succession_predecessor_rel AS rel
                   ON rel.succession_id = event.id
                WHERE rel.unit_id = unit.id AND event.state = 'applied'
                  AND event.kind = 'dissolve')
        """,
    ),
    "14_successor_of_living_unit": (
        "emulation.unit",
        """
        SELECT unit.id
          FROM emulation_unit AS unit
          JOIN emulation_unit_successor_rel AS rel ON rel.predecessor_id = unit.id
         WHERE unit.date_end IS NULL
        """,
    ),
    "14_unit_path": (
        "emulation.unit",
        """
        SELECT unit.id
          FROM emulation_unit AS unit
          LEFT JOIN emulation_unit AS parent ON parent.id = unit.parent_id
         WHERE unit.parent_path
               != COALESCE(parent.parent_path, '') || unit.id::text || '/'
        """,
    ),
    "14_record_path": (
        "emulation.initiative",
        """
        SELECT initiative.id
          FROM emulation_initiative AS initiative
          JOIN emulation_unit AS unit ON unit.id = initiative.unit_id
         WHERE initiative.unit_path IS DISTINCT FROM unit.parent_path
        """,
    ),
    # the text is the one of tools/ledger.py
    "16_share_log_chain": (
        "emulation.share.log",
        """
        SELECT entry.id
          FROM (
              SELECT *, ROW_NUMBER() OVER chained AS expected,
                     LAG(hash, 1, '') OVER chained AS before
                FROM emulation_share_log
              WINDOW chained AS (PARTITION BY chain ORDER BY number)
          ) AS entry
         WHERE entry.number != entry.expected
            OR COALESCE(entry.previous_hash, '') != entry.before
            OR entry.hash != ENCODE(SHA256(CONVERT_TO(ARRAY_TO_STRING(ARRAY[
                COALESCE(entry.previous_hash, ''), entry.chain::text,
                entry.number::text, entry.event,
                TO_CHAR(entry.date, 'YYYY-MM-DD HH24:MI:SS'),
                COALESCE(entry.actor, ''),
                COALESCE(NULLIF(entry.author_line, 0)::text, ''),
                COALESCE(entry.author_name, ''),
                COALESCE(entry.share, 0)::numeric(5, 2)::text,
                COALESCE(entry.how, ''), COALESCE(entry.note, ''),
                COALESCE(entry.file_digest, '')
            ], CHR(31)), 'UTF8')), 'hex')
        """,
    ),
    "16_share_log_end": (
        "emulation.initiative",
        """
        SELECT initiative.id
          FROM emulation_initiative AS initiative
          LEFT JOIN LATERAL (
              SELECT number, hash
                FROM emulation_share_log
               WHERE chain = initiative.id
               ORDER BY number DESC
               LIMIT 1
          ) AS last ON TRUE
         WHERE COALESCE(initiative.share_log_count, 0) != COALESCE(last.number, 0)
            OR COALESCE(initiative.share_log_hash, '') != COALESCE(last.hash, '')
        """,
    ),
    "16_log_chain": (
        "emulation.log",
        """
        SELECT entry.id
          FROM (
              SELECT *, ROW_NUMBER() OVER chained AS expected,
                     LAG(hash, 1, '') OVER chained AS before
                FROM emulation_log
              WINDOW chained AS (PARTITION BY chain ORDER BY number)
          ) AS entry
         WHERE entry.number != entry.expected
            OR COALESCE(entry.previous_hash, '') != entry.before
            OR (COALESCE(entry.values_text, '') != '' AND COALESCE(entry.digest, '')
                != ENCODE(SHA256(CONVERT_TO(entry.values_text, 'UTF8')), 'hex'))
            OR entry.hash != ENCODE(SHA256(CONVERT_TO(ARRAY_TO_STRING(ARRAY[
                COALESCE(entry.previous_hash, ''), entry.chain::text,
                entry.number::text, entry.event,
                TO_CHAR(entry.date, 'YYYY-MM-DD HH24:MI:SS'), entry.actor,
                entry.res_model, entry.res_id::text,
                COALESCE(entry.record_name, ''), COALESCE(entry.text, ''),
                COALESCE(entry.digest, '')
            ], CHR(31)), 'UTF8')), 'hex')
        """,
    ),
    "16_log_end": (
        "emulation.log.chain",
        """
        SELECT chain.id
          FROM emulation_log_chain AS chain
          LEFT JOIN LATERAL (
              SELECT number, hash
                FROM emulation_log
               WHERE chain = chain.company_id
               ORDER BY number DESC
               LIMIT 1
          ) AS last ON TRUE
         WHERE chain.count != COALESCE(last.number, 0)
            OR COALESCE(chain.hash, '') != COALESCE(last.hash, '')
        """,
    ),
    "16_verdict_as_logged": (
        "emulation.verdict",
        """
        SELECT verdict.id
          FROM emulation_verdict AS verdict
          JOIN LATERAL (
              SELECT values_text::jsonb -> 'verdicts' AS verdicts
                FROM emulation_log
               WHERE res_model = 'emulation.session' AND event = 'closed'
                 AND res_id = verdict.session_id
               ORDER BY number DESC
               LIMIT 1
          ) AS entry ON TRUE
          LEFT JOIN LATERAL (
              SELECT logged.*
                FROM JSONB_TO_RECORDSET(entry.verdicts) AS logged (
                    evaluation integer, score numeric, rank integer, outcome text)
               WHERE logged.evaluation = verdict.evaluation_id
          ) AS logged ON TRUE
         WHERE verdict.active AND (
               logged.score IS DISTINCT FROM COALESCE(verdict.score, 0)
            OR logged.rank IS DISTINCT FROM COALESCE(verdict.rank, 0)
            OR logged.outcome IS DISTINCT FROM verdict.outcome)
        """,
    ),
    "17_author_scores_own": (
        "emulation.scoresheet",
        """
        SELECT sheet.id
          FROM emulation_scoresheet AS sheet
          JOIN emulation_evaluation AS evaluation
            ON evaluation.id = sheet.evaluation_id
          JOIN emulation_initiative_author AS author
            ON author.initiative_id = evaluation.initiative_id
          JOIN res_users AS scorer ON scorer.id = sheet.user_id
         WHERE sheet.state = 'submitted' AND author.partner_id = scorer.partner_id
        """,
    ),
    "17_clerk_scores": (
        "emulation.scoresheet.entry",
        """
        SELECT entry.id
          FROM emulation_scoresheet_entry AS entry
          JOIN emulation_session_attendance AS line
            ON line.session_id = entry.session_id
          JOIN emulation_council_member AS member
            ON member.id = line.member_id
         WHERE member.user_id = entry.user_id AND member.is_scoring
        """,
    ),
    "19_unit_names_clean": (
        "emulation.unit",
        """
        SELECT id FROM emulation_unit
         WHERE name != BTRIM(name) OR name IS NOT NFC NORMALIZED
        """,
    ),
    "19_titles_clean": (
        "emulation.initiative",
        """
        SELECT id FROM emulation_initiative
         WHERE name != BTRIM(name) OR name IS NOT NFC NORMALIZED
        """,
    ),
    "20_judge_follows_blind_dossier": (
        "emulation.evaluation",
        """
        SELECT DISTINCT evaluation.id
          FROM emulation_evaluation AS evaluation
          JOIN emulation_session AS session ON session.id = evaluation.session_id
          JOIN emulation_regulation AS regulation
            ON regulation.id = session.regulation_id
          JOIN emulation_council_member AS seat
            ON seat.council_id = session.council_id
          JOIN res_users AS judge ON judge.id = seat.user_id
          JOIN mail_followers AS follower
            ON follower.res_model = 'emulation.initiative'
           AND follower.res_id = evaluation.initiative_id
           AND follower.partner_id = judge.partner_id
         WHERE session.state IN ('planned', 'scoring') AND regulation.is_blind
           AND (seat.is_scoring OR seat.role != 'secretary')
           AND COALESCE(seat.date_start, '1900-01-01') <= CURRENT_DATE
           AND COALESCE(seat.date_end, '2999-12-31') >= CURRENT_DATE
           AND NOT EXISTS (
               SELECT 1 FROM emulation_conflict AS conflict
                WHERE conflict.evaluation_id = evaluation.id
                  AND conflict.member_id = seat.id
                  AND conflict.level IN ('excluded', 'chair'))
        """,
    ),
    **RECOGNITION,
}
