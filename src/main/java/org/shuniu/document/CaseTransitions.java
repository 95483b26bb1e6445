package org.shuniu.document;

import static org.shuniu.document.CaseState.Arriving.ACCEPTED;
import static org.shuniu.document.CaseState.Arriving.DRAFT;
import static org.shuniu.document.CaseState.Arriving.RECEIVED;
import static org.shuniu.document.CaseState.Arriving.SUBMITTED;
import static org.shuniu.document.CaseState.Arriving.UNDER_WAY_HOME;
import static org.shuniu.document.CaseState.Closed.ARCHIVED;
import static org.shuniu.document.CaseState.Closed.DELIVERED;
import static org.shuniu.document.CaseState.Closed.PASSED_ON;
import static org.shuniu.document.CaseState.Closed.PREREVIEW_REFUSED;
import static org.shuniu.document.CaseState.Closed.REFUSED;
import static org.shuniu.document.CaseState.Closed.REFUSED_AFTER_WORK;
import static org.shuniu.document.CaseState.Closed.VOID;
import static org.shuniu.document.CaseState.Done.BEING_DELIVERED;
import static org.shuniu.document.CaseState.Done.DONE;
import static org.shuniu.document.CaseState.Done.READY_FOR_COLLECTION;
import static org.shuniu.document.CaseState.Prereview.PASSED;
import static org.shuniu.document.CaseState.Prereview.SENT_BACK;
import static org.shuniu.document.CaseState.Prereview.UNDER_REVIEW;
import static org.shuniu.document.CaseState.Work.CORRECTION_ASKED;
import static org.shuniu.document.CaseState.Work.IN_WORK;
import static org.shuniu.document.CaseState.Work.PAID;
import static org.shuniu.document.CaseState.Work.SPECIAL_PROCEDURE;
import static org.shuniu.document.CaseState.Work.WAITING_FOR_PAYMENT;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which state may follow which; one table, so that it can be read as one. */
final class CaseTransitions {
    private static final Set<CaseState> END_OF_WORK = Set.of(DONE, REFUSED_AFTER_WORK, PASSED_ON);
    private static final Set<CaseState> DURING_WORK =
            Set.of(IN_WORK, SPECIAL_PROCEDURE, CORRECTION_ASKED, WAITING_FOR_PAYMENT);
    private static final Map<CaseState, Set<CaseState>> AFTER = table();

    private CaseTransitions() {}

    static Set<CaseState> after(CaseState state) {
        return AFTER.get(state);
    }

    private static Map<CaseState, Set<CaseState>> table() {
        Map<CaseState, Set<CaseState>> after = new HashMap<>();
        CaseState.all().forEach(state -> after.put(state, new HashSet<>()));
        arriving(after);
        atDepartment(after);
        handedOver(after);
        stuck(after);
        after.replaceAll((state, next) -> Set.copyOf(next));
        return Map.copyOf(after);
    }

    private static void arriving(Map<CaseState, Set<CaseState>> after) {
        after.get(DRAFT).add(SUBMITTED);
        after.get(SUBMITTED).addAll(Set.of(UNDER_REVIEW, RECEIVED, ACCEPTED, REFUSED, IN_WORK));
        after.get(UNDER_REVIEW).addAll(Set.of(PASSED, PREREVIEW_REFUSED, SENT_BACK));
        after.get(SENT_BACK).add(UNDER_REVIEW);
        after.get(PASSED).add(RECEIVED);
        after.get(RECEIVED).addAll(Set.of(UNDER_WAY_HOME, ACCEPTED, REFUSED));
        after.get(UNDER_WAY_HOME).addAll(Set.of(ACCEPTED, REFUSED, RECEIVED));
    }

    /** A department that answers at once ends the work of a case it has never called its own. */
    private static void atDepartment(Map<CaseState, Set<CaseState>> after) {
        after.get(SUBMITTED).addAll(END_OF_WORK);
        after.get(ACCEPTED).addAll(DURING_WORK);
        after.get(ACCEPTED).addAll(END_OF_WORK);
        after.get(ACCEPTED).add(REFUSED);
        for (CaseState.Work working : CaseState.Work.values()) {
            after.get(working).addAll(DURING_WORK);
            after.get(working).addAll(END_OF_WORK);
            after.get(working).remove(working);
        }
        after.get(IN_WORK).add(REFUSED);
        after.get(WAITING_FOR_PAYMENT).add(PAID);
    }

    private static void handedOver(Map<CaseState, Set<CaseState>> after) {
        after.get(DONE).addAll(Set.of(READY_FOR_COLLECTION, BEING_DELIVERED, DELIVERED, ARCHIVED, VOID));
        after.get(READY_FOR_COLLECTION).addAll(Set.of(BEING_DELIVERED, DELIVERED, ARCHIVED, VOID));
        after.get(BEING_DELIVERED).addAll(Set.of(READY_FOR_COLLECTION, DELIVERED, VOID));
        for (CaseState closed : Set.of(REFUSED, REFUSED_AFTER_WORK, PASSED_ON, DELIVERED)) {
            after.get(closed).add(ARCHIVED);
        }
    }

    private static void stuck(Map<CaseState, Set<CaseState>> after) {
        for (CaseState state : CaseState.all()) {
            if (state instanceof CaseState.Open open) {
                after.get(state).addAll(Set.of(open.withdraw(), open.voidCase(), open.stick()));
            }
            if (state instanceof CaseState.Done) {
                after.get(state).add(CaseState.Stuck.NEEDS_A_PERSON);
            }
        }
        Set<CaseState> freed = after.get(CaseState.Stuck.NEEDS_A_PERSON);
        freed.addAll(CaseState.all());
        freed.remove(CaseState.Stuck.NEEDS_A_PERSON);
        freed.remove(DRAFT);
    }
}
