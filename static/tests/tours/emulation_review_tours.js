import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_share_out_tour", {
    steps: () => [
        {
            content: "Open the session",
            trigger: ".o_data_row td:contains(Phiên phản biện)",
            run: "click",
        },
        {
            content: "Choose what the members may open",
            trigger: "button[name=action_view_anonymous]",
            run: "click",
        },
        {
            content: "Of the first dossier",
            trigger: ".o_data_row:contains(Kẹp phôi) button[name=action_anonymise]",
            run: "click",
        },
        {
            content: "The dialog says what is to be hidden",
            trigger: ".modal .o_field_widget[name=names]:contains(Lê Văn Thử)",
        },
        {
            content: "Look for the files of the dossier",
            trigger: ".modal .o_field_widget[name=attachment_ids] input",
            run: "click",
        },
        {
            content: "Choose the file",
            trigger: ".o-autocomplete--dropdown-item:contains(xac-nhan)",
            run: "click",
        },
        {
            content: "Show it",
            trigger: ".modal footer button[name=action_confirm]",
            run: "click",
        },
        {
            content: "One file is shown",
            trigger: ".o_data_row:contains(Kẹp phôi) [name=anonymous_count]:contains(1)",
        },
        {
            content: "Back to the session",
            trigger: ".breadcrumb-item.o_back_button",
            run: "click",
        },
        {
            content: "Share the dossiers out",
            trigger: "button[name=action_assign]",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The reviewers stand there, with the reason for each",
            trigger: ".o_group_header:contains(Kẹp phôi)",
            run: "click",
        },
        {
            content: "Why this member",
            trigger: ".o_data_row [name=why_text]:contains(4 members without conflict)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_blind_sheet_tour", {
    steps: () => [
        {
            content: "Open the sheet: the name is not on it",
            trigger: ".o_data_row td[name=name]:contains([…])",
            run: "click",
        },
        {
            content: "The screen says that the round is blind",
            trigger: ".o_emulation_sheet_dossier .alert:contains(Blind round)",
        },
        {
            content: "Names and numbers are masked, the file is offered",
            trigger:
                ".o_form_view:not(:contains(Lê Văn Thử)) .o_field_widget[name=anonymous_files] a:contains(xac-nhan.pdf)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_opinion_tour", {
    steps: () => [
        {
            content: "Open what the unit is asked about",
            trigger: ".o_data_row td:contains(Tiêu chí góp ý)",
            run: "click",
        },
        {
            content: "The draft stands below",
            trigger: ".o_field_widget[name=criterion_ids] td:contains(Novelty)",
        },
        {
            content: "Agree, with changes",
            trigger: ".o_field_widget[name=stance] label:contains(Agrees with changes)",
            run: "click",
        },
        {
            content: "Say which",
            trigger: ".o_field_widget[name=text] textarea",
            run: "edit Thêm tiêu chí minh chứng",
        },
        {
            content: "Give the opinion",
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            content: "It waits no more; see those that are answered too",
            trigger: ".o_list_view .o_facet_remove",
            run: "click",
        },
        {
            content: "It is on the list",
            trigger: ".o_data_row:contains(Agrees with changes)",
        },
    ],
});
