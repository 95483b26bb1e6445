package org.shuniu.recovery;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.recovery.SenderAnswers.Request;
import org.shuniu.recovery.SenderAnswers.Standing;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.vault.Vault;
import tools.jackson.databind.node.ObjectNode;

/** What people see of answers to senders; nobody holds the lock of the case, which may stand otherwise in the next moment. */
public final class AnswerReader {

    /**
     * What the sender would be told.
     *
     * @param mark by which whoever lets it go shows that he has read this and nothing else
     */
    public record Text(String told, String mark) {}

    private final CaseFiles cases;
    private final AnswerRequests requests;
    private final Standings standings;

    AnswerReader(Pools.Door door, Vault vault, Catalogue catalogue, PartnerDirectory partners) {
        this.cases = new CaseFiles(door.sql());
        this.requests = new AnswerRequests(door.sql(), vault);
        this.standings = new Standings(door.sql(), catalogue, partners);
    }

    /** How a case stands. */
    public Standing of(String caseNo) {
        return cases.find(caseNo).map(standings::of).orElse(Standing.not("over"));
    }

    /** The newest request of a case. */
    public Optional<Request> last(String caseNo) {
        return requests.last(caseNo);
    }

    public Optional<Request> find(UUID id) {
        return requests.find(id);
    }

    /**
     * Those that wait for a second person, oldest first.
     *
     * @param seen in the place of these receivers, or null for all
     */
    public List<Request> open(String @Nullable [] seen) {
        return requests.open(seen);
    }

    /** What the sender would be told. */
    public Text text(UUID id) {
        ObjectNode content = requests.content(id);
        return new Text(content.path("outcome").path("description").asString(""), AnswerRequests.mark(content));
    }
}
