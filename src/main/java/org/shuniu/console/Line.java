package org.shuniu.console;

import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.Partner;

/**
 * One partner's line in the live picture.
 *
 * @param perMinute what arrived in the last minute
 * @param open whether it is open by its hours; a partner without hours always is
 */
record Line(Partner partner, FlowReader.Flow flow, Group group, boolean open, long perMinute) {

    /** Where a line stands in the picture. */
    enum Group {
        SENDERS,
        DEPARTMENTS,
        SERVICES,
        REGIONS;

        static Group of(Partner partner) {
            if (partner.department().isPresent()) {
                return DEPARTMENTS;
            }
            if (partner.isRegion()) {
                return REGIONS;
            }
            return partner.operations().containsKey("receipt") ? SENDERS : SERVICES;
        }
    }

    /** How a line is, in one word, the worst first. */
    public String state() {
        if (!partner.connected()) {
            return "prepared";
        }
        return Optional.ofNullable(strongest())
                .map(pause -> pause.get("reason").toString())
                .orElse(flow.retrying() > 0 ? "retrying" : flow.parked() > 0 ? "parked" : "running");
    }

    private @Nullable Map<String, Object> strongest() {
        return List.of("circuit", "certificate", "operator", "untried", "hours").stream()
                .map(this::pause)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    public Optional<Map<String, Object>> pause(String reason) {
        return flow.pauses().stream()
                .filter(pause -> reason.equals(pause.get("reason")))
                .findFirst();
    }

    /** Whether a person or nobody must act, for the mark before the line: {@code ok}, {@code info}, {@code warn}, {@code bad}. */
    public String level() {
        return switch (state()) {
            case "circuit", "certificate", "parked" -> "bad";
            case "operator", "untried", "retrying" -> "warn";
            case "hours", "prepared" -> "info";
            default -> "ok";
        };
    }

    /** When it opens again; null when it is open or nobody knows. */
    public @Nullable Object opens() {
        return pause("hours").map(pause -> pause.get("until")).orElse(null);
    }

    public boolean alwaysOpen() {
        return partner.hours().isAlways();
    }

    /** What an operator has changed of its limits for a time; null for nothing. */
    public @Nullable Map<String, Object> change() {
        return flow.limits().change();
    }

    /** Calls that may begin in a second by its file; null for no limit. */
    public @Nullable Integer ownRate() {
        return partner.delivery().rate().map(DeliveryPolicy.Rate::perSecond).orElse(null);
    }

    public boolean circuitOpen() {
        return pause("circuit").isPresent();
    }

    /** When the circuit tries whether the partner is back; null when it is closed. */
    public @Nullable Object probe() {
        return pause("circuit").map(pause -> pause.get("until")).orElse(null);
    }

    /** Whether a person may resume it now. */
    public boolean stopped() {
        return pause("operator").isPresent()
                || pause("untried").isPresent()
                || circuitOpen()
                || pause("certificate").isPresent();
    }

    /** All that waits for it, whatever for. */
    long pending() {
        return flow.waiting() + flow.retrying() + flow.held();
    }

    static @Nullable OffsetDateTime time(@Nullable Object value) {
        return value instanceof Timestamp stamp
                ? stamp.toInstant().atOffset(ZoneOffset.UTC)
                : value instanceof OffsetDateTime time ? time : null;
    }
}
