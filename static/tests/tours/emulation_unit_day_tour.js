import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_unit_day_tour", {
    steps: () => [
        {
            content: "Ask for the units on a day",
            trigger: ".o_list_view button:contains(Units on a day)",
            run: "click",
        },
        {
            content: "Give the day before the reform",
            trigger: ".modal .o_field_widget[name=day] input",
            run: "edit 06/30/2025 && press Tab",
        },
        {
            content: "Show the units",
            trigger: ".modal-footer button[name=action_show]",
            run: "click",
        },
        {
            content: "The breadcrumb says the day",
            trigger: ".o_breadcrumb:contains(Units on)",
        },
        {
            content: "Nothing can be added to the past",
            trigger: ".o_list_view:not(:has(.o_list_button_add))",
        },
        {
            content: "Look for a commune by the name it has now",
            trigger: ".o_searchview_input",
            run: "edit phuong bac",
        },
        {
            content: "Search it",
            trigger: ".o_searchview_autocomplete .dropdown-item:first",
            run: "click",
        },
        {
            content: "It shows the name and the higher unit of that day",
            trigger:
                ".o_data_row:contains(Xã Bình Một):has([name=parent_on_id]:contains(Huyện Bình)) td[name=name_on]",
            run: "click",
        },
        {
            content: "The form cannot be changed",
            trigger: ".o_form_view .o_field_widget[name=name_on]:not(:has(input))",
        },
        {
            content: "Go to the unit as it is today",
            trigger: "button[name=action_open_today]",
            run: "click",
        },
        {
            content: "It bears the new name",
            trigger: ".o_form_view .o_breadcrumb:contains(Phường Bắc)",
        },
        {
            content: "Back to the list of that day",
            trigger: ".o_breadcrumb a:contains(Units on)",
            run: "click",
        },
        {
            content: "Clear the search",
            trigger: ".o_facet_remove",
            run: "click",
        },
        {
            content: "Browse the tree of that day",
            trigger: ".o_switch_view.o_hierarchy",
            run: "click",
        },
        {
            content: "It begins at the top",
            trigger: ".o_hierarchy_node:contains(Tỉnh Thử Nghiệm)",
        },
    ],
});
