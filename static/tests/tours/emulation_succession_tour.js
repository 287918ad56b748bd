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

function openDossier(title, unit) {
    return [
        {
            content: `Open “${title}”`,
            trigger: `.o_data_row:contains(${title}) td[name=name]`,
            run: "click",
        },
        {
            content: `It is a dossier of ${unit}`,
            trigger: `.o_form_view:contains(${title}) .o_field_widget[name=unit_id]`,
            run({ anchor }) {
                const shown = anchor.querySelector("input")?.value || anchor.textContent;
                if (!shown.includes(unit)) {
                    throw new Error(`“${title}” is shown under “${shown}”`);
                }
            },
        },
    ];
}

registry.category("web_tour.tours").add("emulation_succession_history_tour", {
    steps: () => [
        {
            content: "Look for the dossiers of the commune",
            trigger: ".o_searchview_input",
            run: "edit Hồ sơ",
        },
        {
            content: "Search their titles",
            trigger: ".o_searchview_autocomplete .dropdown-item:first",
            run: "click",
        },
        {
            content: "Both are there, each with the unit it belongs to",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Hồ sơ đã công nhận):contains(Xã An Một))" +
                ":has(.o_data_row:contains(Hồ sơ còn mở):contains(Xã An Mới))",
        },
        // the closed one still shows the old name
        ...openDossier("Hồ sơ đã công nhận", "Xã An Một"),
        {
            content: "Back to the list",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        // the open one has the right successor, whose officer may work on it
        ...openDossier("Hồ sơ còn mở", "Xã An Mới"),
        {
            content: "It may be filled in",
            trigger: ".o_field_widget[name=name] textarea, .o_field_widget[name=name] input",
        },
    ],
});
