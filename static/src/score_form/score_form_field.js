import { Component, onWillUpdateProps, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { keyOf } from "./entries_service";

// Points have at most three digits: a dot and a comma both begin the decimals
const POINTS = /^\d{1,3}([.,]\d{1,2})?$/;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * The criteria of a score form as cards: name, bands, points, reason; then remarks.
 *
 * Points go in by keyboard (Enter goes on to the next criterion), by a tap on the
 * number in its band, or by steps of one. Each entry is kept at once by the service of
 * entries, which sends it again when the connection drops.
 */
export class ScoreFormField extends Component {
    static template = "emulation.ScoreFormField";
    static props = {
        ...standardFieldProps,
        hasRemark: { type: Boolean, optional: true },
        // field of a line that asks for a reason; without it every line takes one
        reasonField: { type: String, optional: true },
    };

    setup() {
        this.root = useRef("root");
        this.entries = useState(useService("emulation_entries"));
        // by id of the line: the text that cannot be points, what is folded out
        this.state = useState({ refused: {}, unfolded: {}, reasons: {}, missing: [] });
        this.entries.forget(this.model, this.id);
        onWillUpdateProps((next) => this.onNewData(next));
        useBus(this.props.record.model.bus, "EMULATION_HAND_IN", ({ detail }) =>
            this.onHandIn(detail)
        );
        this.toFocus = null;
        useEffect(() => {
            this.toFocus && this.root.el.querySelector(this.toFocus)?.focus();
            this.toFocus = null;
        });
    }

    get record() {
        return this.props.record;
    }

    get model() {
        return this.record.resModel;
    }

    get id() {
        return this.record.resId;
    }

    get lines() {
        return this.record.data[this.props.name].records;
    }

    /** The record was read anew: what it says counts, and nothing typed on another. */
    onNewData(next) {
        const lines = next.record.data[next.name].records;
        if (lines[0]?.id !== this.lines[0]?.id) {
            this.entries.forget(next.record.resModel, next.record.resId);
            if (next.record.resId !== this.shownId) {
                Object.assign(this.state, { refused: {}, reasons: {}, missing: [] });
            }
        }
        this.shownId = next.record.resId;
    }

    key(name, line) {
        return keyOf({ model: this.model, id: this.id, line: line?.resId, name });
    }

    /** What the server holds, as far as this window knows. */
    stands(name, line) {
        const key = this.key(name, line);
        if (key in this.entries.known) {
            return this.entries.known[key];
        }
        if (name === "points") {
            return line.data.is_scored ? line.data.points : false;
        }
        return (line || this.record).data[name] || "";
    }

    /** What is typed here: unsent, refused, or what stands. */
    value(name, line) {
        const key = this.key(name, line);
        const { waiting, faults } = this.entries;
        return (waiting[key] || faults[key])?.value ?? this.stands(name, line);
    }

    fault(name, line) {
        return this.entries.faults[this.key(name, line)];
    }

    get scored() {
        return this.lines.filter((line) => this.value("points", line) !== false);
    }

    get total() {
        const points = (line) => this.value("points", line) * line.data.factor;
        return this.format(this.scored.reduce((sum, line) => sum + points(line), 0));
    }

    get most() {
        const most = (line) => line.data.max_points * line.data.factor;
        return this.format(this.lines.reduce((sum, line) => sum + most(line), 0));
    }

    /** One word on what is kept: "saved", "saving", "offline" or "look". */
    get mark() {
        if (Object.keys(this.state.refused).length || this.faults.length) {
            return "look";
        }
        if (!Object.keys(this.entries.waiting).length) {
            return "saved";
        }
        return this.entries.isOffline ? "offline" : "saving";
    }

    get waitingCount() {
        return Object.keys(this.entries.waiting).length;
    }

    get faults() {
        return this.entries.faultsOf(this.model, this.id);
    }

    format(points) {
        return formatFloat(points, { digits: [5, 2], trailingZeros: false });
    }

    shown(line) {
        if (line.resId in this.state.refused) {
            return this.state.refused[line.resId];
        }
        const points = this.value("points", line);
        return points === false ? "" : this.format(points);
    }

    shownStanding(fault, name) {
        if (name !== "points") {
            return fault.stands || _t("nothing");
        }
        return fault.stands === false ? _t("nothing") : this.format(fault.stands);
    }

    /** The numbers of a band to tap, the highest last. */
    numbers(band) {
        const first = Math.ceil(band.from);
        return Array.from({ length: Math.floor(band.to) - first + 1 }, (_, n) => first + n);
    }

    bands(line) {
        const { bands } = line.data;
        return bands.length ? bands : [{ from: 0, to: line.data.max_points, text: "" }];
    }

    isInBand(line, band) {
        const points = this.value("points", line);
        return points !== false && band.from <= points && points <= band.to;
    }

    enter(name, value, line) {
        const seen = this.stands(name, line);
        const { model, id } = this;
        return this.entries.add({ model, id, line: line?.resId, name, value, seen });
    }

    give(line, points) {
        delete this.state.refused[line.resId];
        this.state.missing = this.state.missing.filter((id) => id !== line.resId);
        return this.enter("points", points, line);
    }

    onPoints(line, ev) {
        const text = ev.target.value.trim();
        const points = Number(text.replace(",", "."));
        if (text && !(POINTS.test(text) && points <= line.data.max_points)) {
            // what stood there before is not silently kept under a refused text
            this.state.refused[line.resId] = text;
            return this.enter("points", false, line);
        }
        delete this.state.refused[line.resId];
        return text ? this.give(line, points) : this.enter("points", false, line);
    }

    onStep(line, difference) {
        const points = this.value("points", line) || 0;
        this.give(line, Math.min(Math.max(points + difference, 0), line.data.max_points));
    }

    /** Two windows wrote here: keep one of the two. */
    onKeep(name, line, isMine) {
        const key = this.key(name, line);
        const { entry, value } = this.entries.faults[key];
        this.entries.drop(key);
        if (isMine) {
            this.entries.add({ ...entry, value, seen: this.stands(name, line) });
        }
    }

    onKeydown(ev) {
        const step = STEPS[ev.key] || (ev.key === "Enter" && (ev.shiftKey ? -1 : 1));
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

    asksReason(line) {
        return Boolean(this.props.reasonField && line.data[this.props.reasonField]);
    }

    takesReason(line) {
        return !this.props.reasonField || this.asksReason(line);
    }

    hasReason(line) {
        if (this.asksReason(line)) {
            return true;
        }
        return this.value("note", line) || this.state.reasons[line.resId];
    }

    openReason(line) {
        this.state.reasons[line.resId] = true;
        this.toFocus = `#reason_${line.resId}`;
    }

    goTo(id) {
        const input = this.root.el.querySelector(`#points_${id}`);
        input?.focus();
        input?.scrollIntoView({ block: "center" });
    }

    get missingLines() {
        return this.lines.filter((line) => this.state.missing.includes(line.resId));
    }

    /** Name what keeps the form from being handed in; see the form's controller. */
    onHandIn(check) {
        const blank = this.lines.filter((line) => this.value("points", line) === false);
        this.state.missing = blank.map((line) => line.resId);
        check.isReady = !blank.length && !this.faults.length;
        if (blank.length) {
            this.goTo(blank[0].resId);
        }
    }

    showDossier() {
        document.querySelector(".o_emulation_sheet_dossier")?.scrollIntoView();
    }
}

registry.category("fields").add("emulation_score_form", {
    component: ScoreFormField,
    displayName: _t("Criteria of a score sheet"),
    supportedTypes: ["one2many"],
    extractProps: ({ options }) => ({
        hasRemark: options.remark,
        reasonField: options.reasons,
    }),
});
