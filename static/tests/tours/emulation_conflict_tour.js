import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_declare_interests_tour", {
    steps: () => [
        {
            content: "The dossiers stay closed until interests are declared",
            trigger: ".alert:contains(stay closed to you)",
        },
        {
            content: "Declare",
            trigger: "button[name=action_declare_interests]",
            run: "click",
        },
        {
            content: "Title and unit are shown, to know an interest by",
            trigger: ".o_emulation_interests .o_data_row:contains(Máy gặt):contains(Xã An Một)",
        },
        {
            content: "Open the line of the first dossier",
            trigger: ".o_data_row:contains(Máy gặt) td[name=interest]",
            run: "click",
        },
        {
            content: "It is a relative's",
            trigger: ".o_data_row:contains(Máy gặt) td[name=interest] input, .o_data_row:contains(Máy gặt) td[name=interest] select, .o_data_row:contains(Máy gặt) td[name=interest] button",
            run: "click",
        },
        {
            content: "Choose kinship",
            trigger: ".o-dropdown-item:contains(Kinship), .o_select_menu_item:contains(Kinship)",
            run: "click",
        },
        {
            content: "Say who",
            trigger: ".o_data_row:contains(Máy gặt) td[name=reason]",
            run: "click",
        },
        {
            content: "Type it",
            trigger: ".o_data_row:contains(Máy gặt) td[name=reason] input",
            run: "edit Anh trai của tác giả && press Tab",
        },
        {
            content: "Confirm",
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The sheet of the other dossier is open",
            trigger: ".o_list_view .o_data_row td:contains(Máy cấy)",
        },
        {
            content: "The one with the interest is not there",
            trigger: ".o_list_view:not(:has(td:contains(Máy gặt)))",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_rule_conflict_tour", {
    steps: () => [
        {
            content: "What the chair decides is listed",
            trigger: ".o_data_row:contains(Máy cấy):contains(Same unit)",
        },
        {
            content: "Let the member of the first one take part",
            trigger: ".o_data_row:contains(Máy cấy) button[name=action_rule_clear]",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal div[name=reason] input",
            run: "edit Cơ quan lớn, không làm việc chung",
        },
        {
            content: "Decide",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Keep the member out of the other one with a click",
            trigger: "body:not(:has(.modal)) .o_data_row:contains(Máy gặt) button[name=action_rule_conflict]",
            run: "click",
        },
        {
            content: "Nothing is left to decide",
            trigger: ".o_view_nocontent:contains(No conflict of interest waits)",
        },
    ],
});
