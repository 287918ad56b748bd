# The order is that of the rooms: a room may name rooms above it, never below.
# shared
from . import emulation_append_only_mixin
from . import emulation_log
from . import emulation_catalogue_mixin
from . import emulation_dossier_reference_mixin
from . import emulation_workflow_mixin
from . import emulation_portal_mixin

# organisation
from . import emulation_succession_mixin
from . import emulation_import_mixin
from . import emulation_reach_mixin
from . import emulation_unit_mixin
from . import emulation_theme
from . import emulation_field
from . import emulation_unit_level
from . import emulation_unit_kind
from . import emulation_unit
from . import emulation_unit_scope
from . import emulation_unit_import
from . import emulation_unit_officer
from . import emulation_unit_name
from . import emulation_unit_successor
from . import emulation_unit_territory
from . import emulation_unit_cluster
from . import emulation_unit_succession
from . import emulation_unit_succession_line
from . import emulation_unit_succession_move
from . import emulation_unit_succession_check
from . import emulation_unit_succession_apply
from . import emulation_unit_succession_undo
from . import emulation_unit_past
from . import emulation_unit_succession_import
from . import emulation_unit_officer_import
from . import emulation_author_category
from . import res_partner
from . import res_partner_identity
from . import res_partner_succession
from . import res_partner_import
from . import res_users
from . import res_users_roles

# law
from . import emulation_legal_text
from . import emulation_law_mixin
from . import emulation_law_line_mixin
from . import emulation_rubric
from . import emulation_rubric_group
from . import emulation_rubric_criterion
from . import emulation_rubric_band
from . import emulation_rubric_grade
from . import emulation_regulation
from . import emulation_regulation_tie_key
from . import emulation_regulation_publication
from . import emulation_base_salary
from . import emulation_remuneration_rule

# document
from . import ir_actions_report
from . import ir_attachment
from . import ir_http
from . import emulation_document_kind
from . import emulation_document_register
from . import emulation_document_source
from . import emulation_document
from . import emulation_document_print
from . import emulation_document_generated
from . import emulation_document_signature
from . import emulation_document_guard
from . import emulation_document_log
from . import emulation_document_issuer
from . import emulation_recipient_group
from . import emulation_document_agreement
from . import emulation_document_recipient
from . import emulation_document_succession

# movement and initiative
from . import emulation_movement
from . import emulation_movement_phase
from . import emulation_initiative_kind_item
from . import emulation_initiative_kind
from . import emulation_file_type
from . import emulation_initiative_kind_unit_act
from . import emulation_round
from . import emulation_round_intake
from . import emulation_checklist_item
from . import emulation_round_check
from . import emulation_round_rubric
from . import emulation_round_category
from . import emulation_round_files
from . import emulation_round_extension
from . import emulation_round_exception
from . import emulation_initiative_author
from . import emulation_initiative
from . import emulation_initiative_workflow
from . import emulation_initiative_completeness
from . import emulation_dossier_line_mixin
from . import emulation_initiative_content
from . import emulation_initiative_benefit
from . import emulation_initiative_helper
from . import emulation_initiative_property
from . import emulation_initiative_secret
from . import emulation_initiative_guardian
from . import emulation_return_cause
from . import emulation_initiative_return_log
from . import emulation_initiative_lapse
from . import emulation_initiative_recognition
from . import emulation_initiative_deadline
from . import emulation_initiative_revival
from . import emulation_initiative_turn
from . import emulation_initiative_exception
from . import emulation_initiative_category
from . import emulation_initiative_limit
from . import emulation_initiative_files
from . import ir_attachment_evidence
from . import emulation_initiative_classification
from . import emulation_initiative_succession
from . import emulation_template_text
from . import emulation_similarity_level
from . import emulation_initiative_signature
from . import emulation_initiative_similarity
from . import emulation_prior_art
from . import emulation_share_log
from . import emulation_share_link
from . import emulation_initiative_author_share
from . import emulation_initiative_share
from . import emulation_initiative_portal
from . import emulation_initiative_draft
from . import emulation_initiative_draft_authors
from . import emulation_initiative_draft_files
from . import emulation_round_public
from . import ir_attachment_portal
from . import emulation_round_succession
from . import emulation_initiative_code
from . import emulation_round_archive
from . import emulation_initiative_author_text
from . import emulation_initiative_past
from . import emulation_initiative_import
from . import emulation_initiative_import_cells
from . import emulation_initiative_import_people
from . import emulation_initiative_import_list
from . import emulation_round_board
from . import emulation_unit_counts

# appraisal
from . import emulation_council
from . import emulation_council_member
from . import emulation_council_member_log
from . import emulation_session
from . import emulation_round_jury
from . import emulation_session_workflow
from . import emulation_session_attendance
from . import emulation_session_law
from . import emulation_evaluation
from . import emulation_evaluation_check
from . import emulation_evaluation_gate
from . import emulation_evaluation_rubric
from . import emulation_session_board
from . import emulation_conflict
from . import emulation_score_line_mixin
from . import emulation_score_form_mixin
from . import emulation_evaluation_conflicts
from . import emulation_conflict_detection
from . import emulation_regulation_conflicts
from . import emulation_declaration
from . import emulation_conflict_ruling
from . import emulation_scoresheet
from . import emulation_scoresheet_place
from . import emulation_scoresheet_file
from . import emulation_session_paper
from . import emulation_scoresheet_paper
from . import emulation_scoresheet_entry
from . import emulation_regulation_calibration
from . import emulation_anchor
from . import emulation_session_calibration
from . import emulation_evaluation_prior_art
from . import emulation_verdict
from . import emulation_council_succession
from . import emulation_council_seat
from . import emulation_council_post
from . import emulation_council_decision
from . import emulation_council_change
from . import emulation_verdict_explanation
from . import emulation_verdict_normal
from . import emulation_verdict_sheet
from . import emulation_session_results
from . import emulation_session_documents
from . import emulation_session_log
from . import emulation_evaluation_level
from . import emulation_initiative_forward
from . import emulation_initiative_transfer
from . import emulation_transmittal
from . import emulation_transmittal_line
from . import emulation_transmittal_documents
from . import emulation_initiative_transmittal

# recognition
from . import emulation_certificate
from . import emulation_session_recognition
from . import emulation_session_publication
from . import emulation_letter

# diffusion
from . import emulation_initiative_entry
from . import emulation_use_mixin
from . import emulation_initiative_adoption
from . import emulation_initiative_use
from . import emulation_initiative_development
from . import emulation_followup_rule
from . import emulation_initiative_followup
from . import emulation_need
from . import emulation_need_match
from . import emulation_remuneration
from . import emulation_remuneration_year
from . import emulation_remuneration_line

# the data set, over all results
from . import emulation_dataset
from . import emulation_dataset_people

# people, across the rooms
from . import res_partner_merge
from . import emulation_conflict_triggers
from . import emulation_person_duplicate

# audit
from . import emulation_invariant

# the first screen, over all rooms
from . import emulation_my_work
