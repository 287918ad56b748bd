import { registry } from "@web/core/registry";

const pick = (name, text) => [
    {
        content: `Type ${text}`,
        trigger: `.o_field_widget[name=${name}] input`,
        run: `edit ${text}`,
    },
    {
        content: `Choose ${text}`,
        trigger: `.ui-autocomplete a:contains(${text}), .o-autocomplete--dropdown-item:contains(${text})`,
        run: "click",
    },
];

const page = (name) => ({
    content: `Go to the page ${name}`,
    trigger: `.nav-link[name=${name}]`,
    run: "click",
});

registry.category("web_tour.tours").add("emulation_round_tour", {
    steps: () => [
        {
            content: "Name the contest",
            trigger: ".o_field_widget[name=name] input",
            run: "edit Cuộc thi sáng tạo trẻ",
        },
        {
            content: "Give it a code",
            trigger: ".o_field_widget[name=code] input",
            run: "edit TTN-1",
        },
        {
            content: "Which type of round?",
            trigger: ".o_field_widget[name=kind] input",
            run: "click",
        },
        {
            content: "It is a contest",
            trigger: ".o_select_menu_item:contains(Contest)",
            run: "click",
        },
        ...pick("movement_id", "Đoàn kết sáng tạo"),
        {
            content: "The sixth edition",
            trigger: ".o_field_widget[name=edition_number] input",
            run: "edit 6",
        },
        {
            content: "Its deadline",
            trigger: ".o_field_widget[name=date_close] input, button[data-field=date_close]",
            run: "click",
        },
        {
            content: "Type the day",
            trigger: ".o_field_widget[name=date_close] input",
            run: "edit 12/30/2033 && press Tab",
        },
        ...pick("kind_ids", "Initiative"),
        page("categories"),
        {
            content: "Add an age group",
            trigger: ".o_field_widget[name=category_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Its code",
            trigger: ".o_selected_row .o_field_widget[name=code] input",
            run: "edit A",
        },
        {
            content: "Its name",
            trigger: ".o_selected_row .o_field_widget[name=name] input",
            run: "edit Nhi đồng",
        },
        {
            content: "From six years",
            trigger: ".o_selected_row .o_field_widget[name=age_from] input",
            run: "edit 6",
        },
        {
            content: "To eleven years",
            trigger: ".o_selected_row .o_field_widget[name=age_to] input",
            run: "edit 11",
        },
        page("rules"),
        ...pick("rubric_id", "Thang điểm sáng kiến"),
        ...pick("regulation_id", "Quy chế"),
        {
            content: "Save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        page("checklist"),
        {
            content: "The catalogue has given its points",
            trigger: ".o_field_widget[name=check_ids] td:contains(Bản mô tả)",
        },
        {
            content: "Open it to the units",
            trigger: "button[name=action_open]",
            run: "click",
        },
        {
            content: "It is open; put the deadline off",
            trigger: ".o_form_view:has(.o_arrow_button_current:contains(Open)) button[name=action_extend]",
            run: "click",
        },
        {
            content: "Type the new day",
            trigger: ".modal .o_field_widget[name=date_close] input, .modal button[data-field=date_close]",
            run: "click",
        },
        {
            content: "A week later",
            trigger: ".modal .o_field_widget[name=date_close] input",
            run: "edit 01/06/2034 && press Tab",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Các trường đề nghị",
        },
        {
            content: "Extend",
            trigger: ".modal footer button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Look at the extensions",
            trigger: "body:not(:has(.modal)) .nav-link[name=late]",
            run: "click",
        },
        {
            content: "It stands there with its reason",
            trigger: ".o_field_widget[name=extension_ids] td:contains(Các trường đề nghị)",
        },
    ],
});
