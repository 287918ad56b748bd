import { registry } from "@web/core/registry";

const CRITERION = ".o_emulation_criterion";

/** Give `points` for the criterion in row `row`, which has the focus: Enter alone. */
function give(row, points) {
    return {
        content: `Give ${points} points; the cursor stands on criterion ${row}`,
        trigger: `${CRITERION}:nth-child(${row}) .o_emulation_points:focus`,
        run: `edit ${points} && press Enter`,
    };
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
        {
            content: "The dossier stands beside the points",
            trigger: ".o_emulation_sheet_dossier:contains(Kẹp từng phôi một)",
        },
        {
            content: "Go to the first criterion",
            trigger: `${CRITERION}:nth-child(1) .o_emulation_points`,
            run: "click",
        },
        give(1, 27),
        give(2, 31),
        {
            content: "More than the most is refused on the spot",
            trigger: `${CRITERION}:nth-child(2):contains(from 0 to 30)`,
        },
        give(3, 0),
        give(4, "12,5"),
        {
            content: "Three of four count",
            trigger: ".o_emulation_total:contains(39.5):contains(3/4)",
        },
        {
            content: "Go back to the criterion that was refused",
            trigger: `${CRITERION}:nth-child(2) .o_emulation_points`,
            run: "click",
        },
        give(2, 29.5),
        {
            content: "The total runs along",
            trigger: ".o_emulation_total:contains(69):contains(4/4)",
        },
        {
            content: "One point more by touch",
            trigger: `${CRITERION}:nth-child(4) .o_emulation_more`,
            run: "click",
        },
        {
            content: "Say why",
            trigger: `${CRITERION}:nth-child(3) button:contains(Give a reason)`,
            run: "click",
        },
        {
            content: "The reason can be typed",
            trigger: `${CRITERION}:nth-child(3) .o_emulation_reason:focus`,
            run: "edit Chưa áp dụng ở đâu && press Tab",
        },
        {
            content: "Nothing waits to be saved",
            trigger: ".o_emulation_saved[data-mark=saved]",
        },
        {
            content: "Hand the sheet in",
            trigger: ".o_emulation_scoresheet:has(.o_emulation_total:contains(70)) button[name=action_submit]",
            run: "click",
        },
        {
            content: "It can be taken back until the close",
            trigger: "button[name=action_reopen]",
        },
        {
            content: "Handed in, it is only read",
            trigger: `${CRITERION}:nth-child(4) .o_emulation_points_shown:contains(13.5)`,
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
        {
            content: "Nothing is scored yet",
            trigger: ".o_emulation_total:contains(0/4)",
        },
    ],
});
