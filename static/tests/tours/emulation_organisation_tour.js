import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_organisation_tour", {
    steps: () => [
        {
            content: "Unfold the province",
            trigger:
                ".o_hierarchy_node_container:contains(Tỉnh Thử Nghiệm) button[name=hierarchy_search_subsidiaries]",
            run: "click",
        },
        {
            content: "Open a district that stands below it",
            trigger: ".o_hierarchy_node:contains(Huyện An)",
            run: "click",
        },
        {
            content: "See its lower units",
            trigger: ".o_form_view .nav-link:contains(Lower units)",
            run: "click",
        },
        {
            content: "Both communes are listed",
            trigger: ".o_field_widget[name=child_ids] td:contains(Xã An Hai)",
        },
    ],
});
