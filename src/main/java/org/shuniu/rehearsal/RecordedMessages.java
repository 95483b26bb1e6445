package org.shuniu.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what the hub has recorded of one partner, newest first. No connection is held while anything is opened or translated. */
final class RecordedMessages {

    /** Messages of one direction. */
    static final class Walk {
        private final IdWalk ids;
        private final Function<List<UUID>, List<Recorded>> open;

        private Walk(IdWalk ids, Function<List<UUID>, List<Recorded>> open) {
            this.ids = ids;
            this.open = open;
        }

        /** The next few; nothing at the end. */
        List<Recorded> next(int most) {
            List<UUID> next = ids.next(Math.min(most, AT_A_TIME));
            while (!next.isEmpty()) {
                List<Recorded> opened = open.apply(next);
                if (!opened.isEmpty()) {
                    return opened;
                }
                next = ids.next(Math.min(most, AT_A_TIME));
            }
            return List.of();
        }

        boolean gaveUp() {
            return ids.gaveUp();
        }
    }

    static final String DELIVERIES = """
            select id, receiver as partner, document as kind from delivery where id < ? and id >= ? order by id desc limit ?
            """;
    static final String ANSWERS = """
            select id, partner, source as kind from answer where id < ? and id >= ? order by id desc limit ?
            """;
    static final String OUT = ".out";
    static final String ANSWERS_ARE_READ_BY = "result.in";

    private static final int AT_A_TIME = 25;
    /** Bytes of a message, sealed; more are left out. */
    static final int LARGEST = 1 << 20;

    private final JdbcTemplate sql;
    private final SentDocuments sent;
    private final SaidAnswers said;

    /** @param sql on a pool that no message needs */
    RecordedMessages(JdbcTemplate sql, SentDocuments sent, SaidAnswers said) {
        this.sql = sql;
        this.sent = sent;
        this.said = said;
    }

    /**
     * The directions that are asked for.
     *
     * @param tally takes those that can't be opened or are too big
     */
    List<Walk> walks(Question question, Rivals rivals, Tally tally) {
        List<Walk> walks = new ArrayList<>();
        if (question.mapping() == null || question.mapping().endsWith(OUT)) {
            walks.add(sent(question, rivals, tally));
        }
        if (question.asksFor(ANSWERS_ARE_READ_BY) && rivals.know(ANSWERS_ARE_READ_BY)) {
            walks.add(said(question, tally));
        }
        return walks;
    }

    /** Documents towards a partner. */
    private Walk sent(Question question, Rivals rivals, Tally tally) {
        IdWalk ids = new IdWalk(
                sql,
                DELIVERIES,
                question.since(),
                row -> row.partner().equals(question.partner())
                        && question.asksFor(row.kind() + OUT)
                        && rivals.know(row.kind() + OUT));
        return new Walk(ids, next -> sent.open(next, tally));
    }

    /** What a partner said, in answer to a call or by itself. */
    private Walk said(Question question, Tally tally) {
        IdWalk ids =
                new IdWalk(sql, ANSWERS, question.since(), row -> row.partner().equals(question.partner()));
        return new Walk(ids, next -> said.open(question.partner(), next, tally));
    }
}
