import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_my_work_tour", {
    steps: () => [
        {
            content: "The first screen after login says what waits",
            trigger: ".o_emulation_my_work [data-card=to_complete] .o_emulation_count:contains(1)",
            run: "click",
        },
        {
            content: "One click, and the list is there",
            trigger: ".o_list_view .o_data_row:contains(Phao cảnh báo đuối nước)",
        },
        {
            content: "Back to the work",
            trigger: ".o_breadcrumb a:contains(My work), .o_back_button",
            run: "click",
        },
        {
            content: "The open round tells its deadline",
            trigger: ".o_emulation_my_work [data-section=rounds]:contains(days left)",
        },
    ],
});
