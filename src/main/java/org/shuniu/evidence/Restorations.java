package org.shuniu.evidence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The backups that were restored: what they explain is no fault, and nothing else is explained by them. */
final class Restorations {

    /** What the audit says of each. */
    static final String ACT = "restored";

    private static final String FORGOTTEN = """
            select a.target from audit a where a.action = '%s'
                and not exists (select 1 from restoration r where r.incarnation::text = a.target)
            """.formatted(ACT);

    static final Restorations NONE = new Restorations(List.of());

    private final List<Restoration> all;

    private Restorations(List<Restoration> all) {
        this.all = all;
    }

    /** @throws EvidenceIsWrong when one is not what the hub's key signed, or is gone */
    static Restorations read(Connection snapshot, SealKey key) throws SQLException, IOException {
        List<Restoration> all = new ArrayList<>();
        Rows.each(snapshot, "select * from restoration order by at", row -> {
            Restoration one = Restoration.read(row, 0);
            boolean signed =
                    row.getString("signer").equals(key.id()) && key.signed(one.hash(), row.getBytes("signature"));
            if (!signed) {
                throw new EvidenceIsWrong(
                        "restoration %s".formatted(one.incarnation()), "the hub's key did not sign what it says");
            }
            all.add(one);
        });
        Rows.each(snapshot, FORGOTTEN, row -> {
            throw new EvidenceIsWrong(
                    "restoration %s".formatted(row.getString(1)), "the audit tells of it, and it is missing");
        });
        return new Restorations(all);
    }

    /** Whether a restored backup did not hold what this seal saw. */
    boolean explain(SealedHeads.Sealed sealed) {
        return all.stream().anyMatch(one -> one.lost(sealed).isPresent());
    }

    String text() {
        return all.stream().map(one -> System.lineSeparator() + one.text()).collect(Collectors.joining());
    }
}
