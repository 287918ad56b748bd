import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_data_lead_tour", {
    steps: () => [
        {
            content: "A decided dossier without keywords is listed",
            trigger: ".o_data_row:contains('Đồ gá kẹp đa vị trí') td[name=keywords]",
            run: "click",
        },
        {
            content: "Its keywords are entered in the row",
            trigger: ".o_selected_row td[name=keywords] input",
            run: "edit đồ gá, máy dập",
        },
        {
            content: "The row is saved",
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            content: "The keywords stand there",
            trigger: ".o_data_row:not(.o_selected_row):contains('đồ gá, máy dập')",
        },
    ],
});
