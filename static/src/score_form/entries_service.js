import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

// What the server means as an answer; anything else is a broken line: try again
const REFUSALS = ["UserError", "AccessError", "ValidationError", "MissingError"].map(
    (name) => `odoo.exceptions.${name}`
);
const PAUSES = [1000, 2000, 4000, 8000, 15000];

export function keyOf({ model, id, line, name }) {
    return [model, id, line || 0, name].join("/");
}

/**
 * Entries of score forms on their way to the server, one after the other.
 *
 * They outlive the form they were typed on, and a reload of the page: what the
 * connection lost is sent again until it is kept. What the server refuses, or what
 * somebody changed meanwhile, waits for the person who typed it.
 */
export class Entries {
    constructor(orm) {
        this.orm = orm;
        this.storageKey = `emulation.entries.${user.userId}`;
        // by key: entries to send; what the server is known to hold; what needs a look
        this.waiting = {};
        this.known = {};
        this.faults = {};
        this.isOffline = false;
        this.failures = 0;
    }

    /** Take up what a reload of the page left unsent. */
    restore() {
        try {
            const left = JSON.parse(browser.sessionStorage.getItem(this.storageKey) || "{}");
            Object.assign(this.waiting, left);
        } catch {
            browser.sessionStorage.removeItem(this.storageKey);
        }
        this.send();
    }

    store() {
        if (Object.keys(this.waiting).length) {
            browser.sessionStorage.setItem(this.storageKey, JSON.stringify(this.waiting));
        } else {
            browser.sessionStorage.removeItem(this.storageKey);
        }
    }

    /** Keep `entry` (model, id, line, name, value, seen) and send it. */
    add(entry) {
        const key = keyOf(entry);
        // what the server holds is what stood there before the first unsent change
        const seen = key in this.waiting ? this.waiting[key].seen : entry.seen;
        this.waiting[key] = { ...entry, seen };
        delete this.faults[key];
        this.store();
        return this.send();
    }

    of(model, id) {
        const prefix = `${model}/${id}/`;
        return Object.keys(this.waiting).filter((key) => key.startsWith(prefix));
    }

    faultsOf(model, id) {
        const prefix = `${model}/${id}/`;
        return Object.keys(this.faults).filter((key) => key.startsWith(prefix));
    }

    /** Forget what is known of a form: it was read anew. */
    forget(model, id) {
        const prefix = `${model}/${id}/`;
        for (const key of Object.keys(this.known)) {
            if (key.startsWith(prefix)) {
                delete this.known[key];
            }
        }
    }

    /** Let go of an entry that the server refused, or that another window changed. */
    drop(key) {
        delete this.faults[key];
    }

    send() {
        if (!this.sending) {
            this.sending = this.sendAll().finally(() => {
                this.sending = null;
            });
        }
        return this.sending;
    }

    async sendAll() {
        browser.clearTimeout(this.timer);
        for (let key; (key = Object.keys(this.waiting)[0]); ) {
            const entry = this.waiting[key];
            try {
                await this.sendOne(key, entry);
            } catch {
                this.isOffline = true;
                const pause = PAUSES[Math.min(this.failures++, PAUSES.length - 1)];
                this.timer = browser.setTimeout(() => this.send(), pause);
                return false;
            }
            this.isOffline = false;
            this.failures = 0;
        }
        return true;
    }

    async sendOne(key, entry) {
        let answer;
        try {
            answer = await this.orm.silent.call(entry.model, "enter", [
                [entry.id],
                entry.name,
                entry.value,
                entry.seen,
                entry.line || false,
            ]);
        } catch (error) {
            if (!REFUSALS.includes(error.exceptionName)) {
                throw error;
            }
            this.settle(key, entry, { text: error.data.message, value: entry.value });
            return;
        }
        this.known[key] = answer.value;
        // typed on while this was under way: the next one builds on it
        if (this.waiting[key].value !== entry.value) {
            this.waiting[key].seen = answer.is_saved ? answer.value : entry.seen;
            this.store();
            return;
        }
        const conflict = { text: false, value: entry.value, stands: answer.value };
        this.settle(key, entry, answer.is_saved ? null : conflict);
    }

    settle(key, entry, fault) {
        if (fault) {
            this.faults[key] = { ...fault, entry };
        }
        delete this.waiting[key];
        this.store();
    }
}

registry.category("services").add("emulation_entries", {
    dependencies: ["orm"],
    start(env, { orm }) {
        const entries = reactive(new Entries(orm));
        browser.addEventListener("online", () => entries.send());
        browser.addEventListener("beforeunload", (ev) => {
            if (Object.keys(entries.waiting).length) {
                ev.preventDefault();
                ev.returnValue = _t("Some points are not saved yet.");
            }
        });
        entries.restore();
        return entries;
    },
});
