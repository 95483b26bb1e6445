package org.shuniu.controlbus;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What stands between a pending delivery and its next attempt. */
public sealed interface WaitsFor {

    /** When it is tried next; null when that depends on something without a time. */
    default @Nullable OffsetDateTime nextAttempt() {
        return null;
    }

    /** What the next attempt depends on, in words for people. */
    Text text();

    /** Whose fault the wait is when no attempt has failed: {@code receiver}, {@code hub}, or null for nobody's. */
    default @Nullable String fault() {
        return null;
    }

    /** In both languages. */
    record Text(String zh, String en) {}

    /** The next slot of the partner's schedule. */
    record Schedule(OffsetDateTime due) implements WaitsFor {
        @Override
        public OffsetDateTime nextAttempt() {
            return due;
        }

        @Override
        public Text text() {
            return NextTry.at(due);
        }
    }

    /**
     * Earlier messages of the same case.
     *
     * @param before how many are still open
     */
    record Order(int before) implements WaitsFor {
        @Override
        public Text text() {
            return new Text("等待同一办件的前%d个报文".formatted(before), "held behind %d earlier of the case".formatted(before));
        }
    }

    /**
     * A certificate that another partner has to give first.
     *
     * @param library that partner
     * @param reason what asking it came to last, or null
     * @param due when it is asked next, or again; null while its calls are stopped without an end
     */
    record Certificate(
            String library,
            @Nullable String reason,
            @Nullable OffsetDateTime due) implements WaitsFor {
        @Override
        public @Nullable OffsetDateTime nextAttempt() {
            return due;
        }

        @Override
        public Text text() {
            Text next = due == null ? new Text("该单位的调用已暂停", "whose calls are stopped") : NextTry.at(due);
            return new Text(
                    "等待%s提供电子证照，%s".formatted(library, next.zh()),
                    "waits for a certificate of %s, %s".formatted(library, next.en()));
        }
    }

    /**
     * The end of the partner's pause.
     *
     * @param reason {@code operator}, {@code untried}, {@code hours}, {@code certificate} or {@code circuit}
     * @param until when it ends, or is tried by a probe; null when a person ends it
     * @param due the delivery's own next slot
     */
    record Pause(String reason, @Nullable OffsetDateTime until, OffsetDateTime due) implements WaitsFor {
        @Override
        public @Nullable OffsetDateTime nextAttempt() {
            boolean opens = reason.equals("hours") && until != null;
            return opens && due.isAfter(until) ? due : until;
        }

        @Override
        public Text text() {
            return switch (reason) {
                case "operator" -> new Text("操作员已暂停", "paused by an operator");
                case "untried" ->
                    new Text("文件未在对方测试系统上试过，枢纽暂不发送", "held by the hub: its files were never tried at its test system");
                case "hours" ->
                    nextAttempt() == null
                            ? new Text("接收单位暂停服务", "closed, with no opening known")
                            : NextTry.at(nextAttempt());
                default -> NextTry.probe(until);
            };
        }

        @Override
        public @Nullable String fault() {
            return reason.equals("circuit") || reason.equals("hours") ? "receiver" : "hub";
        }
    }

    /** Its turn within the partner's rate. */
    record Rate() implements WaitsFor {
        @Override
        public Text text() {
            return new Text("按接收单位的限速排队中", "next, at the partner's rate");
        }
    }

    /** Its way through the broker and a free place for the call. */
    record Send() implements WaitsFor {
        @Override
        public Text text() {
            return new Text("即将投递", "next, on its way");
        }
    }

    /** The receiver's answer: an attempt is under way. */
    record Answer() implements WaitsFor {
        @Override
        public Text text() {
            return new Text("正在投递", "an attempt is under way");
        }
    }
}
