import { useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

// Shorter titles say nothing yet; a person pauses this long (ms) between words
const LEAST_CHARACTERS = 8;
const PAUSE = 500;

const NOTHING = { entries: [], hidden: [], is_limited: false };

/**
 * What is near to a title that is being typed, always the answer to the last question.
 *
 * @returns {{ state: Object, ask: Function, askSoon: Function }} `ask(title, dossierId)`
 */
export function useSimilarSearch() {
    const orm = useService("orm");
    const state = useState({ ...NOTHING, isAsking: false, isAsked: false });
    let last = 0;
    async function ask(title, dossierId) {
        const number = ++last;
        if ((title || "").trim().length < LEAST_CHARACTERS) {
            Object.assign(state, NOTHING, { isAsking: false, isAsked: false });
            return;
        }
        state.isAsking = true;
        let answer = NOTHING;
        try {
            answer = await orm.silent.call("emulation.initiative", "search_similar", [
                title,
                dossierId || false,
            ]);
        } finally {
            if (number === last) {
                Object.assign(state, answer, { isAsking: false, isAsked: true });
            }
        }
    }
    return { state, ask, askSoon: useDebounced(ask, PAUSE) };
}
