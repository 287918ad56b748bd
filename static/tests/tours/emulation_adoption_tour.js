import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_adoption_tour", {
    steps: () => [
        {
            content: "Another unit's initiative stands in the library",
            trigger: ".o_data_row:contains(Đồ gá kẹp đa vị trí):not(:contains(máy dập)) td[name=name]",
            run: "click",
        },
        {
            content: "We use this",
            trigger: ".o_form_view button[name=action_adopt]",
            run: "click",
        },
        {
            content: "Tell how many",
            trigger: ".o_field_widget[name=scale] input",
            run: "edit 14",
        },
        {
            content: "Of what",
            trigger: ".o_field_widget[name=scale_measure] input",
            run: "edit hộ",
        },
        {
            content: "And what it brings",
            trigger: ".o_field_widget[name=claimed_amount] input",
            run: "edit 5000000",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is in use",
            trigger: "button[name=action_claim]:contains(In use now)",
            run: "click",
        },
        {
            content: "It waits to be verified",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(to verify)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_verify_tour", {
    steps: () => [
        {
            content: "Open the use that was claimed",
            trigger: ".o_data_row:contains(Đồ gá kẹp đa vị trí) td[name=initiative_name]",
            run: "click",
        },
        {
            content: "Verify it",
            trigger: "button[name=action_open_verify]",
            run: "click",
        },
        {
            content: "No money can be confirmed yet",
            trigger: ".modal .o_field_widget[name=amount] input",
            run: "edit 0",
        },
        {
            content: "Say what was found",
            trigger: ".modal .o_field_widget[name=findings] textarea",
            run: "edit Đã xem tại xưởng, sổ sách chưa tách riêng",
        },
        {
            content: "Record it",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It is verified",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Verified)",
        },
    ],
});
