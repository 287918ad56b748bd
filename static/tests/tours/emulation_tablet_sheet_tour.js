import { registry } from "@web/core/registry";

const CRITERION = ".o_emulation_criterion";
const send = XMLHttpRequest.prototype.send;

/** The connection drops: nothing reaches the server any more. */
function cutLine() {
    XMLHttpRequest.prototype.send = function () {
        setTimeout(() => this.dispatchEvent(new Event("error")));
    };
}

function mendLine() {
    XMLHttpRequest.prototype.send = send;
}

/** Give points by a tap on the number in its band. */
function tap(row, points) {
    return [
        {
            content: `Unfold what criterion ${row} gives points for`,
            trigger: `${CRITERION}:nth-child(${row}) .o_emulation_unfold`,
            run: "click",
        },
        {
            content: `Tap ${points}`,
            trigger: `${CRITERION}:nth-child(${row}) .o_emulation_number:contains(/^${points}$/)`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("emulation_tablet_sheet_tour", {
    steps: () => [
        {
            content: "Open the first sheet",
            trigger: ".o_data_row td:contains(Sáng kiến Một), .o_kanban_record:contains(Sáng kiến Một)",
            run: "click",
        },
        {
            content: "It tells where it stands",
            trigger: ".o_emulation_place:contains(1/2):contains(0/2)",
        },
        ...tap(1, 27),
        {
            content: "The band of these points is marked",
            trigger: `${CRITERION}:nth-child(1) .o_emulation_band_chosen:contains(27–30)`,
        },
        {
            content: "Kept at once",
            trigger: ".o_emulation_saved[data-mark=saved]",
        },
        {
            content: "Half a sheet is not handed in",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "Go by one tap to what is missing",
            trigger: ".o_emulation_missing button:contains(Phạm vi)",
            run: "click",
        },
        {
            content: "The cursor is there; the connection drops",
            trigger: `${CRITERION}:nth-child(4) .o_emulation_points:focus`,
            run: cutLine,
        },
        ...tap(4, 13),
        {
            content: "It says what is not saved yet",
            trigger: ".o_emulation_saved[data-mark=offline]",
        },
        ...tap(3, 22),
        {
            content: "The total runs along",
            trigger: ".o_emulation_total:contains(62):contains(3/4)",
        },
        {
            content: "The connection is back",
            trigger: ".o_emulation_saved[data-mark=offline] button",
            run: mendLine,
        },
        {
            content: "Send again, without waiting",
            trigger: ".o_emulation_saved[data-mark=offline] button",
            run: "click",
        },
        {
            content: "Everything is kept",
            trigger: ".o_emulation_saved[data-mark=saved]",
        },
        ...tap(2, 25),
        {
            content: "Say what the council should hear",
            trigger: ".o_emulation_remark",
            run: "edit Nên mời tác giả trình bày && press Tab",
        },
        {
            content: "Everything is kept again",
            trigger: ".o_emulation_total:contains(87):contains(4/4) .o_emulation_saved[data-mark=saved]",
        },
        {
            content: "Hand in",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "One is handed in",
            trigger: ".o_emulation_place:contains(1/2):contains(nộp: 1/2), .o_emulation_place:contains(in: 1/2)",
        },
        {
            content: "Next dossier, without the list",
            trigger: ".o_emulation_following",
            run: "click",
        },
        {
            content: "It is there, blank",
            trigger: ".o_form_view:has([name=name]:contains(Sáng kiến Hai)) .o_emulation_total:contains(0/4)",
        },
        {
            content: "And back",
            trigger: ".o_emulation_previous",
            run: "click",
        },
        {
            content: "What was given stands",
            trigger: ".o_form_view:has([name=name]:contains(Sáng kiến Một)) .o_emulation_total:contains(87)",
        },
    ],
});
