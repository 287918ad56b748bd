import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

// The second half of a year: from published results to the published book. Each tour
// begins where its person does, on the first screen, and follows what stands there.

tours.add("emulation_cycle_nominate_tour", {
    steps: () => [
        {
            content: "A session was told, and nobody is nominated",
            trigger: ".o_emulation_my_work [data-card=to_nominate]",
            run: "click",
        },
        {
            content: "Open it",
            trigger: ".o_list_view .o_data_row td[name=name]:contains(Phiên 1)",
            run: "click",
        },
        {
            content: "Nominate out of its results",
            trigger: ".o_form_view button[name=action_nominate]",
            run: "click",
        },
        {
            content: "For which award",
            trigger: ".modal .o_field_widget[name=award_id] input",
            run: "edit Merit of the Front",
        },
        {
            content: "The Front's own",
            trigger: ".ui-autocomplete .dropdown-item:contains(Merit of the Front)",
            run: "click",
        },
        {
            content: "Both authors qualify",
            trigger: ".modal .o_data_row:contains(Vũ Thị Thử) td[name=is_selected] input:checked",
        },
        {
            content: "Nominate them",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Choose all",
            trigger: ".o_list_view:has(.o_data_row:contains(Lê Văn Thử)) thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Their papers are there",
            trigger: "button[name=action_papers_in_hand]",
            run: "click",
        },
        {
            content: "Choose them again",
            trigger: ".o_list_view:not(:has(.o_data_row_selected)) thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Hand them in",
            trigger: ".o_control_panel button[name=action_submit]",
            run: "click",
        },
        {
            content: "Both are handed in",
            trigger: ".o_data_row:contains(Vũ Thị Thử) td[name=state]:contains(Submitted)",
        },
    ],
});

tours.add("emulation_cycle_board_tour", {
    steps: () => [
        {
            content: "What waits to be appraised",
            trigger: ".o_emulation_my_work [data-card=to_appraise]",
            run: "click",
        },
        {
            content: "Open the first",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Lê Văn Thử)",
            run: "click",
        },
        {
            content: "Give an opinion",
            trigger: ".nav-link[name=appraisal]",
            run: "click",
        },
        {
            content: "In words",
            trigger: ".o_field_widget[name=opinion] textarea",
            run: "edit Thành tích rõ ràng",
        },
        {
            content: "Find worthy",
            trigger: "button[name=action_appraise]",
            run: "click",
        },
        {
            content: "The next step stands on the same screen",
            trigger: "button[name=action_open_proposal]",
            run: "click",
        },
        {
            content: "On the proposal",
            trigger: ".o_field_widget[name=nomination_ids] td:contains(Lê Văn Thử)",
        },
        {
            content: "Draft its paper",
            trigger: "button[name=action_draft_proposal]",
            run: "click",
        },
        {
            content: "Its text names who is proposed",
            trigger: ".o_field_widget[name=body]:contains(Lê Văn Thử)",
        },
    ],
});

tours.add("emulation_cycle_sign_tour", {
    steps: () => [
        {
            content: "A paper waits for the signature",
            trigger: ".o_emulation_my_work [data-card=to_sign]",
            run: "click",
        },
        {
            content: "Open it",
            trigger: ".o_list_view .o_data_row td.o_data_cell:first",
            run: "click",
        },
        {
            content: "Sign",
            trigger: "button[name=action_sign]",
            run: "click",
        },
        {
            content: "Sure",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It has its number",
            trigger: ".o_arrow_button_current:contains(Signed)",
        },
    ],
});

tours.add("emulation_cycle_decision_tour", {
    steps: () => [
        {
            content: "The proposal is signed",
            trigger: ".o_emulation_my_work [data-card=to_decide]",
            run: "click",
        },
        {
            content: "Open it",
            trigger: ".o_list_view .o_data_row td[name=name]",
            run: "click",
        },
        {
            content: "Draft the decision",
            trigger: "button[name=action_draft_decision]",
            run: "click",
        },
        {
            content: "The decision confers",
            trigger: ".o_field_widget[name=body]:contains(Lê Văn Thử)",
        },
    ],
});

tours.add("emulation_cycle_certificates_tour", {
    steps: () => [
        {
            content: "The proposal is decided: its certificates",
            trigger: "button[name=action_view_certificates]",
            run: "click",
        },
        {
            content: "The holder",
            trigger: ".o_list_view .o_data_row td[name=holder_name]:contains(Lê Văn Thử)",
        },
        {
            content: "All of them",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Can be printed at once",
            trigger: ".o_control_panel button[name=action_print]",
        },
    ],
});

tours.add("emulation_cycle_book_tour", {
    steps: () => [
        {
            content: "Draft the stories of the year",
            trigger: ".o_form_view button[name=action_draft_entries]",
            run: "click",
        },
        {
            content: "Of the unit as a whole",
            trigger: ".modal .o_field_widget[name=about] .o_radio_item:contains(unit) input",
            run: "click",
        },
        {
            content: "What was recognised is proposed",
            trigger: ".modal .o_field_widget[name=entry_ids] td:contains(Đồ gá kẹp đa vị trí)",
        },
        {
            content: "Draft",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Open the story",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Xã An Một)",
            run: "click",
        },
        {
            content: "It may not be printed without consent",
            trigger: ".alert-info:contains(consent)",
        },
        {
            content: "Whose consent it takes",
            trigger: ".nav-link[name=consent]",
            run: "click",
        },
        {
            content: "That of the head",
            trigger: ".o_field_widget[name=consent_asked]:contains(head_a1)",
        },
    ],
});

tours.add("emulation_cycle_publish_tour", {
    steps: () => [
        {
            content: "A story waits",
            trigger: ".o_emulation_my_work [data-card=stories]",
            run: "click",
        },
        {
            content: "Open it",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Xã An Một)",
            run: "click",
        },
        {
            content: "Take it into the book",
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            content: "Accepted; go to its book",
            trigger: ".o_arrow_button_current:contains(Accepted)",
        },
        {
            content: "The book",
            trigger: ".o_form_view .o_field_widget[name=publication_id] a",
            run: "click",
        },
        {
            content: "Compile it",
            trigger: "button[name=action_compile]",
            run: "click",
        },
        {
            content: "It is out",
            trigger: "button[name=action_publish]",
            run: "click",
        },
        {
            content: "Sure",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "Published",
            trigger: ".o_arrow_button_current:contains(Out in print)",
        },
    ],
});

tours.add("emulation_cycle_reader_tour", {
    steps: () => [
        {
            content: "What was conferred this year",
            trigger: ".o_emulation_my_work [data-card=conferred]",
            run: "click",
        },
        {
            content: "Open the award",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Lê Văn Thử)",
            run: "click",
        },
        {
            content: "By which decision; then to the first screen",
            trigger: ".o_field_widget[name=decision_reference]:contains(QĐ-UBND)",
        },
        {
            content: "My work",
            trigger: "[data-menu-xmlid='emulation.menu_emulation_my_work']",
            run: "click",
        },
        {
            content: "The books of the year",
            trigger: ".o_emulation_my_work [data-card=books_out]",
            run: "click",
        },
        {
            content: "Open the book",
            trigger: ".o_list_view .o_data_row td[name=name]:contains(Gương)",
            run: "click",
        },
        {
            content: "It can be taken home",
            trigger: ".o_field_widget[name=booklet]",
        },
    ],
});
