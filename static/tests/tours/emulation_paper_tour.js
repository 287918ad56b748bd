import { registry } from "@web/core/registry";

const CRITERION = ".o_emulation_criterion";

function type(row, points) {
    return {
        content: `Type ${points} for criterion ${row}`,
        trigger: `${CRITERION}:nth-child(${row}) .o_emulation_points`,
        run: `edit ${points} && press Enter`,
    };
}

registry.category("web_tour.tours").add("emulation_paper_tour", {
    steps: () => [
        {
            content: "The QR code has opened the sheet: nothing of the other entry",
            trigger: ".o_form_view:has([name=name]:contains(Sáng kiến Giấy)) .o_emulation_total:contains(0/4)",
        },
        type(1, 27),
        type(2, 29),
        type(3, 23),
        type(4, 13),
        {
            content: "All is kept",
            trigger: ".o_emulation_total:contains(92):contains(4/4) .o_emulation_saved[data-mark=saved]",
        },
        {
            content: "Confirm",
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It differs from the other entry in one criterion",
            trigger: `.alert-danger:contains(Look at the paper again)`,
        },
        {
            content: "Say why the points stand",
            trigger: `${CRITERION}:nth-child(2):has(.badge) .o_emulation_reason`,
            run: "edit Trên phiếu ghi 29 && press Tab",
        },
        {
            content: "The reason is kept",
            trigger: ".o_emulation_saved[data-mark=saved]",
        },
        {
            content: "Confirm again",
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It waits for the other clerk",
            trigger: "button[name=action_take_back]",
        },
    ],
});
