import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const ROW = ".o_emulation_ballot_row";

/** Open the session whose name every one of these walks begins with. */
function openSession() {
    return {
        content: "Open the session",
        trigger: ".o_data_row td:contains(Phiên phiếu kín)",
        run: "click",
    };
}

tours.add("emulation_session_secretary_opens", {
    steps: () => [
        openSession(),
        {
            content: "Call the roll",
            trigger: ".nav-link[name=roll]",
            run: "click",
        },
        {
            content: "Everyone is here",
            trigger: "button[name=action_mark_all_present]",
            run: "click",
        },
        {
            content: "The quorum is reached; look at the agenda",
            trigger: ".o_form_view:has(.o_field_widget[name=quorum_text]:contains(4 of 4)) .nav-link[name=agenda]",
            run: "click",
        },
        {
            content: "Put the agenda into an order in which few leave",
            trigger: "button[name=action_order_agenda]",
            run: "click",
        },
        {
            content: "The dossier of the member in conflict now stands last",
            trigger: "[name=evaluation_ids] .o_data_row:nth-child(3) td:contains(Sáng kiến Một)",
        },
        {
            content: "Call it up",
            trigger:
                "[name=evaluation_ids] .o_data_row:contains(Sáng kiến Một) button[name=action_call]",
            run: "click",
        },
        {
            content: "Defer the third one",
            trigger:
                "[name=evaluation_ids] .o_data_row:contains(Sáng kiến Ba) button[name=action_dispose]",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Cần thử nghiệm thêm",
        },
        {
            content: "Keep it",
            trigger: ".modal footer button[special=save]",
            run: "click",
        },
        {
            content: "Open the board for the room",
            trigger: "body:not(:has(.modal)) button[name=action_open_room]",
            run: "click",
        },
        {
            content: "It names the dossier before the council and who is outside",
            trigger:
                ".o_emulation_room_current:contains(Sáng kiến Một):contains(member3_user)",
        },
        {
            content: "It names the deferral and what is still missing",
            trigger:
                ".o_emulation_room:contains(Deferred to the next round):has(.o_emulation_room_hindrances)",
        },
        {
            content: "Go back",
            trigger: ".o_emulation_room button:contains(Back to the session)",
            run: "click",
        },
        {
            content: "The session is there again",
            trigger: ".o_form_view button[name=action_close]",
        },
    ],
});

tours.add("emulation_session_member_votes", {
    steps: () => [
        openSession(),
        {
            content: "Vote",
            trigger: "button[name=action_open_ballot]",
            run: "click",
        },
        {
            content: "It is secret, and says so; the whole list at once",
            trigger: ".o_emulation_ballot:contains(Secret ballot) .o_emulation_ballot_all_agree",
            run: "click",
        },
        {
            content: "Against one of them",
            trigger: `${ROW}:contains(Sáng kiến Hai) .o_emulation_ballot_disagree`,
            run: "click",
        },
        {
            content: "Put them into the box",
            trigger: ".o_emulation_ballot:contains(2 of 2 marked) .o_emulation_ballot_send",
            run: "click",
        },
        {
            content: "Look once more, then yes",
            trigger: ".modal:contains(1 for, 1 against, 0 blank) footer .btn-primary",
            run: "click",
        },
        {
            content: "All are in the box",
            trigger: ".o_emulation_ballot_done",
        },
    ],
});

tours.add("emulation_session_member_in_conflict_votes", {
    steps: () => [
        openSession(),
        {
            content: "Vote",
            trigger: "button[name=action_open_ballot]",
            run: "click",
        },
        {
            content: "The dossier of the conflict is not on the paper; for the other",
            trigger: `.o_emulation_ballot:not(:contains(Sáng kiến Một)) ${ROW}:contains(Sáng kiến Hai) .o_emulation_ballot_agree`,
            run: "click",
        },
        {
            content: "Put it into the box",
            trigger: ".o_emulation_ballot:contains(1 of 1 marked) .o_emulation_ballot_send",
            run: "click",
        },
        {
            content: "Yes",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "It is in the box",
            trigger: ".o_emulation_ballot_done",
        },
    ],
});

tours.add("emulation_session_secretary_closes", {
    steps: () => [
        openSession(),
        {
            content: "Close and count",
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            content: "Yes, close it",
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            content: "Draft the minutes",
            trigger:
                ".o_form_view:has(.o_arrow_button_current:contains(Scores final)) button[name=action_draft_minutes]",
            run: "click",
        },
        {
            content: "They count the ballot and give the reason of the deferral",
            trigger:
                ".o_field_widget[name=body]:contains(bằng phiếu kín):contains(Cần thử nghiệm thêm)",
        },
    ],
});
