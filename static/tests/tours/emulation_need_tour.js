import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_need_tour", {
    steps: () => [
        {
            content: "Write down what the unit needs",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "In a few words",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Kẹp nhiều phôi trên máy dập",
        },
        {
            content: "Look for the field",
            trigger: ".o_field_widget[name=field_id] input",
            run: "edit Mechanics",
        },
        {
            content: "Choose the field",
            trigger: ".o_field_widget[name=field_id] .dropdown-item:contains(Mechanics)",
            run: "click",
        },
        {
            content: "What it costs today",
            trigger: ".o_field_widget[name=problem] textarea",
            run: "edit Mỗi lần chỉ kẹp được một phôi",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Ask the library",
            trigger: "button[name=action_find]",
            run: "click",
        },
        {
            content: "It proposes the clamp; take it up",
            trigger:
                ".o_field_widget[name=match_ids] .o_data_row:contains(Đồ gá kẹp đa vị trí):not(:contains(máy dập)) button[name=action_adopt]",
            run: "click",
        },
        {
            content: "The need is solved",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Solved)",
        },
    ],
});
