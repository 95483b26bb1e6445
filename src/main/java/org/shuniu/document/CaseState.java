package org.shuniu.document;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a case stands, by set {@code hub} of {@code case-status.csv}. Only an {@link Open} case can be withdrawn, voided or
 * get stuck: a {@link Done} or {@link Closed} one has no such method.
 */
public sealed interface CaseState {

    String code();

    /** The states that may follow, without those of a person who frees a stuck case. */
    Set<CaseState> next();

    /** Says whether the work is over for good; archiving may still follow. */
    default boolean terminal() {
        return this instanceof Closed;
    }

    default boolean mayBecome(CaseState other) {
        return next().contains(other);
    }

    /** Says whether a department's result may bring the case here. */
    default boolean mayBeResult() {
        return this instanceof Done
                || Set.of(Closed.REFUSED, Closed.REFUSED_AFTER_WORK, Closed.PASSED_ON, Closed.DELIVERED, Closed.VOID)
                        .contains(this);
    }

    /** The state of a code; throws {@link IllegalArgumentException} for a code that is none. */
    static CaseState of(String code) {
        return find(code)
                .orElseThrow(() -> new IllegalArgumentException("no case state has this code of " + code.length()
                        + " characters; the codes are set hub of case-status.csv"));
    }

    static Optional<CaseState> find(String code) {
        return Optional.ofNullable(ByCode.STATES.get(code));
    }

    /** The codes of cases that somebody still works on. */
    static String[] openCodes() {
        return all().stream()
                .filter(Open.class::isInstance)
                .map(CaseState::code)
                .toArray(String[]::new);
    }

    static List<CaseState> all() {
        return Stream.<CaseState[]>of(
                        Arriving.values(),
                        Prereview.values(),
                        Work.values(),
                        Done.values(),
                        Stuck.values(),
                        Closed.values())
                .flatMap(Arrays::stream)
                .toList();
    }

    /** Not a constant of the interface, which is set up before its states are. */
    final class ByCode {

        private static final Map<String, CaseState> STATES =
                all().stream().collect(Collectors.toMap(CaseState::code, Function.identity()));

        private ByCode() {}
    }

    /** A case somebody still works on. */
    sealed interface Open extends CaseState {
        default Closed withdraw() {
            return Closed.WITHDRAWN;
        }

        default Closed voidCase() {
            return Closed.VOID;
        }

        default Stuck stick() {
            return Stuck.NEEDS_A_PERSON;
        }
    }

    /** On the way from the citizen to the department. */
    enum Arriving implements Open {
        DRAFT("00"),
        SUBMITTED("10"),
        RECEIVED("20"),
        UNDER_WAY_HOME("21"),
        ACCEPTED("30");

        private final String code;

        Arriving(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public Set<CaseState> next() {
            return CaseTransitions.after(this);
        }
    }

    /** A web or mobile application for an item that needs a counter visit. */
    enum Prereview implements Open {
        UNDER_REVIEW("11"),
        PASSED("12"),
        SENT_BACK("14");

        private final String code;

        Prereview(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public Set<CaseState> next() {
            return CaseTransitions.after(this);
        }
    }

    /** At the department. */
    enum Work implements Open {
        IN_WORK("40"),
        SPECIAL_PROCEDURE("41"),
        CORRECTION_ASKED("42"),
        WAITING_FOR_PAYMENT("50"),
        PAID("51");

        private final String code;

        Work(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public Set<CaseState> next() {
            return CaseTransitions.after(this);
        }
    }

    /** Decided in the citizen's favour; the result may still have to be handed over. */
    enum Done implements CaseState {
        DONE("60"),
        READY_FOR_COLLECTION("70"),
        BEING_DELIVERED("71");

        private final String code;

        Done(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public Set<CaseState> next() {
            return CaseTransitions.after(this);
        }

        public Closed archive() {
            return Closed.ARCHIVED;
        }
    }

    /** Waits for a person, who may set it back to any state. */
    enum Stuck implements Open {
        NEEDS_A_PERSON("99");

        private final String code;

        Stuck(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public Set<CaseState> next() {
            return CaseTransitions.after(this);
        }

        public CaseState free(CaseState to) {
            return to;
        }
    }

    /** Over. */
    enum Closed implements CaseState {
        PREREVIEW_REFUSED("13"),
        REFUSED("31"),
        REFUSED_AFTER_WORK("61"),
        PASSED_ON("62"),
        DELIVERED("72"),
        ARCHIVED("80"),
        WITHDRAWN("90"),
        VOID("91");

        private final String code;

        Closed(String code) {
            this.code = code;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public Set<CaseState> next() {
            return CaseTransitions.after(this);
        }
    }
}
