import { registry } from "@web/core/registry";

function fill(name, text) {
    return {
        content: `Fill in ${name}`,
        trigger: `[data-autosave][name=${name}]`,
        run: `edit ${text}`,
    };
}

/** Choose the option that contains `text`, as a finger does on a phone. */
function pick(name, text) {
    return {
        content: `Choose ${text}`,
        trigger: `select[name=${name}]`,
        run: `selectByLabel ${text}`,
    };
}

registry.category("web_tour.tours").add("emulation_portal_tour", {
    url: "/my/initiatives",
    steps: () => [
        {
            content: "Begin with nothing",
            trigger: ".o_emulation_portal:contains(You have no dossier yet) a[href='/my/initiatives/new']",
            run: "click",
            expectUnloadPage: true,
        },
        fill("name", "Tưới nhỏ giọt bằng tin nhắn"),
        pick("round_id", "Đợt xét T-2026"),
        pick("kind_id", "New idea"),
        {
            content: "Look for the unit by a few letters",
            trigger: "#field_unit_id",
            run: "edit xa an mot",
        },
        {
            content: "Choose the unit",
            trigger: "#unit_choices button:contains(Xã An Một)",
            run: "click",
        },
        pick("field_id", "Mechanics"),
        {
            content: "Go on",
            trigger: ".o_emulation_new_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        fill("problem", "Tưới tay 12 công một tháng"),
        {
            content: "It is saved while it is typed",
            trigger: ".o_emulation_saved:contains(Saved at)",
        },
        fill("solution", "Bơm lên bể, tin nhắn mở van"),
        fill("novelty", "Mở van bằng tin nhắn"),
        fill("applicability", "14 hộ trong xã"),
        {
            content: "Go on to the benefits",
            trigger: ".o_emulation_draft_form .d-flex button.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        fill("benefit", "Không còn công tưới"),
        {
            content: "A line of the calculation",
            trigger: ".o_emulation_add_line[data-list=benefit_ids] summary",
            run: "click",
        },
        {
            content: "What for",
            trigger: "#new_name",
            run: "edit Công tưới",
        },
        {
            content: "How many",
            trigger: "#new_quantity",
            run: "edit 144",
        },
        {
            content: "At which price",
            trigger: "#new_price",
            run: "edit 200.000",
        },
        {
            content: "Add it",
            trigger: ".o_emulation_add_line[data-list=benefit_ids] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The sum is reckoned",
            trigger: "[data-shown=benefit_formula]:contains(28,800,000)",
        },
        {
            content: "Go on to the rights",
            trigger: ".o_emulation_draft_form .d-flex button.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        pick("ip_status", "Applied for"),
        {
            content: "What is told of a title appears",
            trigger: "[data-field=ip_number]:not(.d-none) input:visible",
        },
        pick("ip_status", "Nothing applied for"),
        {
            content: "And is not asked of the others",
            trigger: "[data-field=ip_number].d-none:not(:visible)",
        },
        pick("investor_kind", "Another body or person"),
        {
            content: "Its name is asked then",
            trigger: "[data-field=investor_name]:not(.d-none) input:visible",
        },
        fill("investor_name", "Hợp tác xã Thử"),
        {
            content: "Tick the campaign it serves",
            trigger: "[data-field=movement_ids] .form-check:contains(Hàng Việt thử) label",
            run: "click",
        },
        {
            content: "The tick is saved",
            trigger: ".o_emulation_saved:contains(Saved at)",
        },
        fill("confidential_info", "Tỷ lệ pha 3 phần 2"),
        {
            content: "Go on to the authors",
            trigger: ".o_emulation_draft_form .d-flex button.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Alone, with all of it",
            trigger: ".o_emulation_share_total:contains(100)",
        },
        {
            content: "Go on to the files",
            trigger: ".o_emulation_step[data-step=authors] a.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Choose two photographs",
            trigger: "#field_attachment_ids",
            run({ anchor }) {
                const chosen = new DataTransfer();
                // a picture is known by its content
                const picture = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0]);
                for (const name of ["van.jpg", "vuon.jpg"]) {
                    chosen.items.add(new File([picture], name, { type: "image/jpeg" }));
                }
                anchor.files = chosen.files;
            },
        },
        {
            content: "Attach them",
            trigger: ".o_emulation_upload button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Both are there",
            trigger: ".o_emulation_step:contains(van.jpg):contains(vuon.jpg) a.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing is missing",
            trigger: ".o_emulation_step[data-step=check]:contains(Nothing is missing)",
        },
        {
            content: "The page is as wide as the phone",
            trigger: ".o_emulation_step",
            run() {
                const { scrollWidth, clientWidth } = document.documentElement;
                if (scrollWidth > clientWidth) {
                    throw new Error(`the page is ${scrollWidth} wide on ${clientWidth}`);
                }
            },
        },
        {
            content: "Hand in",
            trigger: "form[action$='/submit'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is with the unit now",
            trigger: ".alert-success:contains(has been handed in)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_portal_two_windows_tour", {
    steps: () => [
        fill("problem", "Từ cửa sổ hai"),
        {
            content: "The newer text is shown, the own one kept to copy",
            trigger: ".o_emulation_conflict:not(.d-none) textarea",
            run({ anchor }) {
                const shown = document.querySelector("textarea[name=problem]").value;
                if (anchor.value !== "Từ cửa sổ hai" || shown !== "Từ cửa sổ một") {
                    throw new Error(`own “${anchor.value}”, shown “${shown}”`);
                }
            },
        },
        fill("problem", "Cả hai"),
        {
            content: "Now it is saved",
            trigger: ".o_emulation_saved:contains(Saved at)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_share_tour", {
    steps: () => [
        {
            content: "The shares of all authors are there",
            trigger: ".o_emulation_share li:contains(Vũ Thị Thử)",
        },
        {
            content: "Type the own name",
            trigger: "#share_name",
            run: "edit Lê Văn Thử",
        },
        {
            content: "Confirm",
            trigger: "form[action$='/confirm'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is recorded",
            trigger: ".alert-success:contains(Your share is confirmed)",
        },
    ],
});

registry.category("web_tour.tours").add("emulation_share_draw_tour", {
    steps: () => [
        {
            content: "Rather sign with the finger",
            trigger: ".o_emulation_share_draw summary",
            run: "click",
        },
        {
            content: "The name is written as a signature",
            trigger: ".o_web_sign_auto_button",
            run: "click",
        },
        {
            content: "Sign",
            trigger: ".o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is recorded",
            trigger: ".alert-success:contains(Your share is confirmed)",
        },
    ],
});
