import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("emulation_organisation_tour", {
    steps: () => [
        {
            content: "Look for a commune without typing its marks",
            trigger: ".o_searchview_input",
            run: "edit xa an hai",
        },
        {
            content: "Among the names of units",
            trigger: ".o_searchview_autocomplete .o-dropdown-item:first",
            run: "click",
        },
        {
            content: "It is found, however deep it stands",
            trigger: ".o_hierarchy_node:contains(Xã An Hai)",
        },
        {
            content: "Back to the whole tree",
            trigger: ".o_searchview_facet:contains(xa an hai) .o_facet_remove",
            run: "click",
        },
        {
            content: "Unfold the province",
            trigger:
                ".o_hierarchy_renderer:has(.o_hierarchy_node:contains(Tỉnh Láng Giềng)) .o_hierarchy_node_container:contains(Tỉnh Thử Nghiệm) button[name=hierarchy_search_subsidiaries]",
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
