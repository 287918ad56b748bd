import { Component, onPatched, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

// Points have at most three digits: a dot and a comma both begin the decimals
const POINTS = /^\d{1,3}([.,]\d{1,2})?$/;

/** Leave an error to the error dialog; what waits in line goes on. */
function tell(error) {
    Promise.reject(error);
}

/**
 * The criteria of a score sheet as cards: name, descriptor, points, reason.
 *
 * Points go in by keyboard (Enter goes on to the next criterion), by mouse or by
 * touch. Each change is saved at once with the record: a member loses nothing.
 */
export class ScoreLinesField extends Component {
    static template = "emulation.ScoreLinesField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        // by id of the line: the text that cannot be points, what is folded out
        this.state = useState({ refused: {}, unfolded: {}, reasons: {} });
        this.pending = Promise.resolve();
        this.saving = Promise.resolve();
        this.isSaving = false;
        this.reasonToFocus = null;
        const { bus } = this.props.record.model;
        useBus(bus, "NEED_LOCAL_CHANGES", (ev) => this.onLocalChangesNeeded(ev));
        onPatched(() => this.focusReason());
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    get scored() {
        return this.lines.filter((line) => line.data.is_scored);
    }

    get total() {
        return this.format(this.scored.reduce((sum, line) => sum + line.data.points, 0));
    }

    get most() {
        return this.format(this.lines.reduce((sum, line) => sum + line.data.max_points, 0));
    }

    format(points) {
        return formatFloat(points, { digits: [5, 2], trailingZeros: false });
    }

    shown(line) {
        if (line.resId in this.state.refused) {
            return this.state.refused[line.resId];
        }
        return line.data.is_scored ? this.format(line.data.points) : "";
    }

    /** Write `values` on the line `id` and save, one change after the other. */
    change(id, values) {
        this.pending = this.pending.then(() => this.doChange(id, values)).catch(tell);
        return this.pending;
    }

    async doChange(id, values) {
        // a save loads the lines anew: look the line up once it is done
        await this.saving;
        const line = this.lines.find((one) => one.resId === id);
        await line.update(values);
        if (id in this.state.refused) {
            line.setInvalidField("points");
        }
        if (!Object.keys(this.state.refused).length) {
            // later changes wait for this save: it must not wait for them
            this.isSaving = true;
            this.saving = this.props.record.save().catch(tell);
            this.isSaving = false;
        }
    }

    onLocalChangesNeeded({ detail }) {
        if (!this.isSaving) {
            detail.proms.push(this.pending);
        }
    }

    give(line, points) {
        delete this.state.refused[line.resId];
        return this.change(line.resId, { points, is_scored: true });
    }

    onPoints(line, ev) {
        const text = ev.target.value.trim();
        const points = Number(text.replace(",", "."));
        if (text && POINTS.test(text) && points <= line.data.max_points) {
            return this.give(line, points);
        }
        // what was there before is not silently kept under a text that is refused
        if (text) {
            this.state.refused[line.resId] = text;
        } else {
            delete this.state.refused[line.resId];
        }
        return this.change(line.resId, { points: 0, is_scored: false });
    }

    onStep(line, difference) {
        const { points, max_points } = line.data;
        return this.give(line, Math.min(Math.max((points || 0) + difference, 0), max_points));
    }

    onReason(line, ev) {
        return this.change(line.resId, { note: ev.target.value.trim() });
    }

    onKeydown(ev) {
        const steps = { Enter: ev.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
        const step = steps[ev.key];
        if (!step) {
            return;
        }
        ev.preventDefault();
        const inputs = [...this.root.el.querySelectorAll(".o_emulation_points")];
        const next = inputs[inputs.indexOf(ev.target) + step];
        // leaving the last input still gives its points
        next ? next.focus() : ev.key === "Enter" && ev.target.blur();
    }

    onFocus(ev) {
        ev.target.select();
    }

    toggle(line) {
        this.state.unfolded[line.resId] = !this.state.unfolded[line.resId];
    }

    hasReason(line) {
        return line.data.note || this.state.reasons[line.resId];
    }

    openReason(line) {
        this.state.reasons[line.resId] = true;
        this.reasonToFocus = line.resId;
    }

    focusReason() {
        if (this.reasonToFocus) {
            this.root.el.querySelector(`#reason_${this.reasonToFocus}`)?.focus();
            this.reasonToFocus = null;
        }
    }

    showDossier() {
        document.querySelector(".o_emulation_sheet_dossier")?.scrollIntoView();
    }
}

registry.category("fields").add("emulation_score_lines", {
    component: ScoreLinesField,
    displayName: _t("Criteria of a score sheet"),
    supportedTypes: ["one2many"],
});
