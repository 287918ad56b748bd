import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const PAUSE = 800; // ms without a key until what was typed is saved
const RETRY = 5000; // ms until a failed saving is tried again
const LOOK = 60000; // ms between two looks whether the round still takes dossiers

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
        "select[data-autosave]": { "t-on-change": this.showNeeded },
        _root: { "t-on-submit": this.onSubmit },
        _window: { "t-on-pagehide": this.onLeave },
    };

    setup() {
        this.stored = new Map();
        for (const input of this.inputs) {
            this.stored.set(input.name, this.read(input));
        }
        this.status = this.el.querySelector(".o_emulation_saved");
        this.address = `/my/initiatives/${this.el.dataset.initiative}/save`;
        this.saveSoon = this.debounced(() => this.save(), PAUSE);
        this.intake = this.el.parentElement.querySelector(".o_emulation_intake");
        localStorage.removeItem("emulation.new");
    }

    start() {
        const timer = setInterval(() => this.look(), LOOK);
        this.registerCleanup(() => clearInterval(timer));
    }

    /** Asks whether the round still takes dossiers, while nothing is typed. */
    async look() {
        if (!this.isSaving && !this.isLate && document.visibilityState === "visible") {
            try {
                this.hear(await this.waitFor(rpc(this.address, {}, { silent: true })));
            } catch {
                // the next saving tells what is wrong
            }
        }
    }

    /** Shows what the answer says about the dossier as a whole. */
    hear({ late, notice }) {
        this.isLate = Boolean(late);
        const { text, closed } = late ? { text: late, closed: true } : notice || {};
        if (this.intake) {
            this.intake.textContent = text || "";
            this.intake.classList.toggle("d-none", !text);
            this.intake.classList.toggle("alert-danger", Boolean(closed));
            this.intake.classList.toggle("alert-warning", !closed);
        }
    }

    get inputs() {
        return [...this.el.querySelectorAll("[data-autosave]")];
    }

    /** @returns {{typed: Object, marks: Object}|null} what differs from what is stored */
    changes() {
        const typed = {};
        const marks = {};
        for (const input of this.inputs) {
            const text = this.read(input);
            if (text !== this.stored.get(input.name)) {
                typed[input.name] = text;
                marks[input.name] = this.mark(input.name).value;
            }
        }
        return Object.keys(typed).length ? { typed, marks } : null;
    }

    /** @returns {string} what an input says; of boxes to tick, the ticked ones */
    read(input) {
        const ticked = [...input.querySelectorAll(":checked:not(option)")];
        return input.tagName === "FIELDSET" ? ticked.map(({ value }) => value).join(",") : input.value;
    }

    show(input, text) {
        for (const box of input.querySelectorAll("[type=checkbox]")) {
            box.checked = text.split(",").includes(box.value);
        }
        if (input.tagName !== "FIELDSET") {
            input.value = text;
        }
    }

    mark(name) {
        return this.el.querySelector(`input[name="mark_${name}"]`);
    }

    onInput() {
        this.say(_t("Not saved yet…"));
        this.saveSoon();
    }

    /** Shows what is asked only after this answer. */
    showNeeded({ target }) {
        for (const group of this.el.querySelectorAll(`[data-needs-of="${target.name}"]`)) {
            const needs = group.dataset.needs.split(" ");
            group.classList.toggle("d-none", !needs.includes(target.value));
        }
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
        if (this.isLate) {
            this.sayLate();
            return;
        }
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
        } catch (error) {
            this.sayFailure(error);
        } finally {
            this.isSaving = false;
        }
        if (this.isWaiting) {
            this.isWaiting = false;
            await this.save();
        }
    }

    sayFailure(error) {
        if (error instanceof ConnectionLostError) {
            this.say(_t("Not saved: no connection. It is tried again by itself."), true);
            this.waitForTimeout(() => this.save(), RETRY);
        } else if (error.exceptionName === "odoo.http.SessionExpiredException") {
            this.say(_t("Not saved: you are logged out. Log in in another window, then go on typing here."), true);
        } else {
            const reason = error.data?.message || "";
            this.say(_t("Not saved. Copy what you typed, then reload the page. %s", reason), true);
        }
    }

    sayLate() {
        this.say(_t("Not saved: see above. What you typed stays here to be copied."), true);
        this.intake?.scrollIntoView({ block: "center" });
    }

    apply(typed, answer) {
        this.hear(answer);
        if (this.isLate) {
            this.sayLate();
            return;
        }
        const { saved, conflicts, errors, shown } = answer;
        for (const [name, text] of Object.entries(shown)) {
            const place = this.el.querySelector(`[data-shown="${name}"]`);
            if (place) {
                place.textContent = text;
            }
        }
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
        this.show(input, value);
        this.mark(name).value = mark;
        this.stored.set(name, this.read(input));
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
