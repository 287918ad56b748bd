import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_succession_tour", {
    steps: () => [
        {
            content: "Open the draft of the merger",
            trigger: ".o_data_row:contains(Xã An Mới) td[name=before]",
            run: "click",
        },
        {
            content: "Ask what will happen",
            trigger: "button[name=action_preview]",
            run: "click",
        },
        {
            content: "Read what happens to open records",
            trigger: ".nav-link[name=moves]",
            run: "click",
        },
        {
            content: "The open dossier moves to the successor",
            trigger: ".o_field_widget[name=move_ids] .o_data_row:contains(Hồ sơ còn mở)",
        },
        {
            content: "Apply the merger",
            trigger: "button[name=action_apply]",
            run: "click",
        },
        {
            content: "Confirm",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "It is applied and could be undone",
            trigger: "button[name=action_undo]",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_succession_history_tour", {
    steps: () => [
        {
            content: "Look for a dossier",
            trigger: ".o_searchview_input",
            run: "edit công nhận",
        },
        {
            content: "Search its title",
            trigger: ".o_searchview_autocomplete .dropdown-item:first",
            run: "click",
        },
        {
            content: "Open the dossier of the commune that merged",
            trigger: ".o_data_row:contains(Hồ sơ đã công nhận) td[name=name]",
            run: "click",
        },
        {
            content: "It still shows the old unit",
            trigger: ".o_field_widget[name=unit_id]:contains(Xã An Một)",
        },
    ],
});
