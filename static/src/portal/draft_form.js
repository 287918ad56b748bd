import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const PAUSE = 800; // ms without a key until what was typed is saved
const RETRY = 5000; // ms until a failed saving is tried again

/**
 * Saves the fields of a draft while they are typed, each against the mark of the text
 * that stood there before: another window never overwrites silently.
 */
export class DraftForm extends Interaction {
    static selector = ".o_emulation_draft_form";
    dynamicContent = {
        "[data-autosave]": {
            "t-on-input": this.onInput,
            "t-on-change": () => this.save(),
        },
        _root: { "t-on-submit": this.onSubmit },
        _window: { "t-on-pagehide": this.onLeave },
    };

    setup() {
        this.stored = new Map();
        for (const input of this.inputs) {
            this.stored.set(input.name, input.value);
        }
        this.status = this.el.querySelector(".o_emulation_saved");
        this.address = `/my/initiatives/${this.el.dataset.initiative}/save`;
        this.saveSoon = this.debounced(() => this.save(), PAUSE);
        localStorage.removeItem("emulation.new");
    }

    get inputs() {
        return [...this.el.querySelectorAll("[data-autosave]")];
    }

    /** @returns {{typed: Object, marks: Object}|null} what differs from what is stored */
    changes() {
        const typed = {};
        const marks = {};
        for (const input of this.inputs) {
            if (input.value !== this.stored.get(input.name)) {
                typed[input.name] = input.value;
                marks[input.name] = this.mark(input.name).value;
            }
        }
        return Object.keys(typed).length ? { typed, marks } : null;
    }

    mark(name) {
        return this.el.querySelector(`input[name="mark_${name}"]`);
    }

    onInput() {
        this.say(_t("Not saved yet…"));
        this.saveSoon();
    }

    onSubmit() {
        this.isLeaving = true;
    }

    /** What was typed in the last moment still goes out when the window closes. */
    onLeave() {
        const params = this.isLeaving ? null : this.changes();
        if (params) {
            const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
            navigator.sendBeacon(this.address, new Blob([body], { type: "application/json" }));
        }
    }

    async save() {
        if (this.isSaving) {
            this.isWaiting = true;
            return;
        }
        const params = this.changes();
        if (!params) {
            return;
        }
        this.isSaving = true;
        this.say(_t("Saving…"));
        try {
            this.apply(params.typed, await this.waitFor(rpc(this.address, params)));
        } catch {
            this.say(_t("Not saved: no connection. It is tried again by itself."), true);
            this.waitForTimeout(() => this.save(), RETRY);
        } finally {
            this.isSaving = false;
        }
        if (this.isWaiting) {
            this.isWaiting = false;
            await this.save();
        }
    }

    apply(typed, { saved, conflicts, errors }) {
        for (const [name, mark] of Object.entries(saved)) {
            this.mark(name).value = mark;
            this.stored.set(name, typed[name]);
            this.tell(name, "");
        }
        for (const [name, { value, mark }] of Object.entries(conflicts)) {
            this.showConflict(name, value, mark, typed[name]);
        }
        for (const [name, message] of Object.entries(errors)) {
            this.tell(name, message);
        }
        const failed = Object.keys(conflicts).length + Object.keys(errors).length;
        const now = luxon.DateTime.now().toFormat("HH:mm:ss");
        this.say(failed ? _t("Not everything was saved: see above.") : _t("Saved at %s", now), failed);
    }

    group(name) {
        return this.el.querySelector(`.o_emulation_field[data-field="${name}"]`);
    }

    tell(name, message) {
        const place = this.group(name).querySelector(".o_emulation_field_error");
        place.textContent = message;
        place.classList.toggle("d-none", !message);
    }

    showConflict(name, value, mark, own) {
        const input = this.el.querySelector(`[data-autosave][name="${name}"]`);
        const place = this.group(name).querySelector(".o_emulation_conflict");
        place.querySelector("textarea").value = own;
        place.classList.remove("d-none");
        input.value = value;
        this.mark(name).value = mark;
        this.stored.set(name, input.value);
    }

    say(text, isBad = false) {
        this.status.textContent = text;
        this.status.classList.toggle("text-danger", Boolean(isBad));
        this.status.classList.toggle("text-muted", !isBad);
    }
}

/** Keeps what is typed into the very first step until there is a draft to keep it. */
export class NewDraftForm extends Interaction {
    static selector = ".o_emulation_new_form";
    dynamicContent = {
        "[data-autosave]": { "t-on-input": this.keep, "t-on-change": this.keep },
    };

    setup() {
        const kept = JSON.parse(localStorage.getItem("emulation.new") || "{}");
        for (const input of this.el.querySelectorAll("[data-autosave]")) {
            const isOffered =
                input.tagName !== "SELECT" ||
                [...input.options].some((option) => option.value === kept[input.name]);
            if (!input.value && kept[input.name] && isOffered && input.type !== "hidden") {
                input.value = kept[input.name];
            }
        }
    }

    keep() {
        const inputs = this.el.querySelectorAll("[data-autosave]");
        const kept = Object.fromEntries([...inputs].map(({ name, value }) => [name, value]));
        localStorage.setItem("emulation.new", JSON.stringify(kept));
    }
}

const interactions = registry.category("public.interactions");
interactions.add("emulation.draft_form", DraftForm);
interactions.add("emulation.new_draft_form", NewDraftForm);
