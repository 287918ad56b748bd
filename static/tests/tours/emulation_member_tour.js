import { registry } from "@web/core/registry";

/** Give `points` for the criterion in row `row`. */
function give(row, points) {
    return [
        {
            content: `Go to criterion ${row}`,
            trigger: `.o_field_widget[name=line_ids] .o_data_row:nth-child(${row}) td[name=points]`,
            run: "click",
        },
        {
            content: `Give ${points} points`,
            trigger: `.o_data_row:nth-child(${row}).o_selected_row .o_emulation_points input`,
            run: `edit ${points} && press Tab`,
        },
    ];
}

registry.category("web_tour.tours").add("emulation_member_tour", {
    steps: () => [
        {
            content: "Open the first sheet",
            trigger: ".o_data_row td:contains(Sáng kiến Một)",
            run: "click",
        },
        {
            content: "Secrecy is explained",
            trigger: ".alert:contains(Only you can read these points)",
        },
        ...give(1, 27),
        ...give(2, 29.5),
        ...give(3, 0),
        ...give(4, 13),
        {
            content: "The total runs along",
            trigger: ".o_field_widget[name=line_ids] tfoot:contains(69.5)",
        },
        {
            content: "Hand the sheet in",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "It can be taken back until the close",
            trigger: "button[name=action_reopen]",
        },
        {
            content: "Go on to the next one",
            trigger: "button[name=action_next]",
            run: "click",
        },
        {
            content: "The next sheet is open and blank",
            trigger: ".o_field_widget[name=name]:contains(Sáng kiến Hai)",
        },
    ],
});
