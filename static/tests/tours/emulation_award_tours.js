import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_award_board_tour", {
    steps: () => [
        {
            content: "What waits, with its time limit",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Lê Văn Thử)",
            run: "click",
        },
        {
            content: "The conditions of the law, each with its reason",
            trigger: ".o_field_widget[name=eligibility] li:contains(✓)",
        },
        {
            content: "Look at the papers",
            trigger: ".nav-link[name=dossier]",
            run: "click",
        },
        {
            content: "The report is there",
            trigger: ".o_field_widget[name=item_ids] td:contains(Báo cáo thành tích)",
        },
        {
            content: "Appraise",
            trigger: ".nav-link[name=appraisal]",
            run: "click",
        },
        {
            content: "Write the opinion",
            trigger: ".o_field_widget[name=opinion] textarea",
            run: "edit Thành tích rõ ràng, có xác nhận",
        },
        {
            content: "Find worthy",
            trigger: "button[name=action_appraise]",
            run: "click",
        },
        {
            content: "It is appraised",
            trigger: ".o_arrow_button_current:contains(Appraised)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_earlier_award_tour", {
    steps: () => [
        {
            content: "What waits is told with what it lacks",
            trigger:
                ".o_list_view .o_data_row:contains(Không Đủ) td[name=missing]:contains(Scan of the decision)",
        },
        {
            content: "Open the one that is complete",
            trigger: ".o_list_view .o_data_row:contains(Đủ Giấy) td[name=recipient_name]",
            run: "click",
        },
        {
            content: "The scan is there to be held against the facts",
            trigger: ".o_field_widget[name=evidence] input:value(qd-5.pdf)",
        },
        {
            content: "Verify",
            trigger: "button[name=action_verify]",
            run: "click",
        },
        {
            content: "It is verified; say why that is withdrawn",
            trigger: ".o_field_widget[name=withdrawal_reason] input",
            run: "edit Quyết định ghi tên người khác",
        },
        {
            content: "Withdraw the verification",
            trigger: "button[name=action_withdraw]",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It can be verified again, and says why it was withdrawn",
            trigger: ".alert:contains(ghi tên người khác)",
        },
        {
            content: "Nothing is open any more",
            trigger: "button[name=action_verify]",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_award_proposal_tour", {
    steps: () => [
        {
            content: "Add what is appraised",
            trigger: "button[name=action_fill]:contains(Add all appraised)",
            run: "click",
        },
        {
            content: "It is on the list",
            trigger: ".o_field_widget[name=nomination_ids] td:contains(Lê Văn Thử)",
        },
        {
            content: "Draft the paper",
            trigger: "button[name=action_draft_proposal]",
            run: "click",
        },
        {
            content: "The paper names who is proposed",
            trigger: ".o_field_widget[name=body]:contains(Lê Văn Thử)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_award_leader_tour", {
    steps: () => [
        {
            content: "How many awards were conferred this year",
            trigger: ".o_emulation_my_work [data-card=conferred]",
            run: "click",
        },
        {
            content: "Open the award",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Lê Văn Thử)",
            run: "click",
        },
        {
            content: "By which decision",
            trigger: ".o_field_widget[name=decision_reference]:contains(QĐ-UBND)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_award_finance_tour", {
    steps: () => [
        {
            content: "Enter the voucher",
            trigger: ".o_data_row:contains(Lê Văn Thử) td[name=reference]",
            run: "click",
        },
        {
            content: "Its number",
            trigger: ".o_data_row td[name=reference] input",
            run: "edit PC 12",
        },
        {
            content: "Mark as paid",
            trigger: ".o_data_row:contains(Lê Văn Thử) button[name=action_pay]",
            run: "click",
        },
        {
            content: "It is paid",
            trigger: ".o_list_view:not(:contains(Lê Văn Thử)):not(:has(.o_selected_row))",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_own_award_tour", {
    steps: () => [
        {
            content: "What waits for the head",
            trigger: ".o_list_view .o_data_row td[name=recipient_name]:contains(Người Được Khen)",
            run: "click",
        },
        {
            content: "Appraise",
            trigger: ".nav-link[name=appraisal]",
            run: "click",
        },
        {
            content: "Write the opinion",
            trigger: ".o_field_widget[name=opinion] textarea",
            run: "edit Thành tích rõ ràng",
        },
        {
            content: "Find worthy",
            trigger: "button[name=action_appraise]",
            run: "click",
        },
        {
            content: "The unit itself prepares the decision",
            trigger: "button[name=action_open_proposal]",
            run: "click",
        },
        {
            content: "It stands on the list; draft the decision",
            trigger: "button[name=action_draft_decision]",
            run: "click",
        },
        {
            content: "The paper names who is honoured",
            trigger: ".o_field_widget[name=body]:contains(Người Được Khen)",
        },
        {
            content: "Sign it",
            trigger: "button[name=action_sign]",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "It has its number in the register of the unit",
            trigger: ".o_field_widget[name=reference]:contains(QĐ-UBND)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_ceremony_tour", {
    steps: () => [
        {
            content: "The ceremony that is planned",
            trigger: ".o_list_view .o_data_row:contains(Hội trường lớn) td[name=name]",
            run: "click",
        },
        {
            content: "Add what was conferred for the year",
            trigger: "button[name=action_fill]",
            run: "click",
        },
        {
            content: "The award is on the list",
            trigger: ".o_field_widget[name=line_ids] td[name=name]:contains(Lê Văn Thử)",
        },
        {
            content: "Who hands it over",
            trigger: ".o_field_widget[name=line_ids] .o_data_row td[name=handed_by]",
            run: "click",
        },
        {
            content: "Name and position",
            trigger: ".o_field_widget[name=line_ids] td[name=handed_by] input",
            run: "edit Chủ tịch tỉnh",
        },
        {
            content: "Draft the invitation",
            trigger: "button[name=action_draft_invitation]",
            run: "click",
        },
        {
            content: "It says when and where",
            trigger: ".o_field_widget[name=body]:contains(Hội trường lớn)",
        },
    ],
});
