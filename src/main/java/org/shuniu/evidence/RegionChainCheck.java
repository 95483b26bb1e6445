package org.shuniu.evidence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks all chains of the exchange, one for each region and direction, each to its end or to its first wrong line; and the
 * manifests of each day.
 */
final class RegionChainCheck {

    /** Where the hub says that a chain ends. */
    record End(long seq, byte[] hash) {}

    private static final String NAMES = """
            select partner, direction from exchange_chain union select partner, direction from exchange_evidence
            union select split_part(h, '/', 1), split_part(h, '/', 2)
                from seal s cross join lateral string_to_table(s.heads, E'\\n') h where h like '%/exchange:%'
            order by 1, 2
            """;
    private static final String LINES =
            "select * from exchange_evidence where partner = ? and direction = ? order by seq";
    private static final String END = "select seq, hash from exchange_chain where partner = ? and direction = ?";

    private final Connection snapshot;
    private final Restorations restorations;
    private final List<String> faults = new ArrayList<>();
    private long chains;
    private long lines;
    private long manifests;

    RegionChainCheck(Connection snapshot, Restorations restorations) {
        this.snapshot = snapshot;
        this.restorations = restorations;
    }

    void run() throws SQLException, IOException {
        RegionKeys keys = RegionKeys.read(snapshot);
        faults.addAll(keys.faults());
        List<List<String>> names = new ArrayList<>();
        Rows.each(snapshot, NAMES, row -> names.add(List.of(row.getString(1), row.getString(2))));
        for (List<String> name : names) {
            try {
                check(name, keys);
            } catch (EvidenceIsWrong wrong) {
                faults.add(wrong.getMessage());
            }
        }
        ManifestCheck days = new ManifestCheck(snapshot, keys);
        days.run();
        faults.addAll(days.faults());
        manifests = days.manifests();
    }

    private void check(List<String> name, RegionKeys keys) throws SQLException, IOException {
        boolean hubs = name.get(1).equals("received");
        String owner = hubs ? KeyRegister.HUB : name.get(0);
        String sealedName = RegionHeads.name(name.get(0), name.get(1));
        RegionChain chain = new RegionChain(sealedName, hubs, (keyid, moment) -> keys.at(owner, keyid, moment));
        chains++;
        try (SealedHeads sealed = SealedHeads.of(snapshot, sealedName, restorations)) {
            Rows.each(snapshot, LINES, name, row -> check(chain, sealed, row));
            if (sealed.peek() != null) {
                chain.requireEnd(
                        "seal %d".formatted(sealed.peek().seal()), sealed.peek().seq());
            }
        }
        End end = end(name);
        chain.requireHead(end.seq(), end.hash());
    }

    private void check(RegionChain chain, SealedHeads sealed, ResultSet row) throws SQLException {
        chain.check(RegionChain.Line.read(row));
        lines++;
        while (sealed.peek() != null && sealed.peek().seq() == chain.seq()) {
            SealedHeads.Sealed seal = sealed.take();
            chain.requireSealed(seal.seal(), seal.hash());
        }
    }

    private End end(List<String> name) throws SQLException, IOException {
        List<End> ends = new ArrayList<>();
        Rows.each(snapshot, END, name, row -> ends.add(new End(row.getLong("seq"), row.getBytes("hash"))));
        return ends.isEmpty() ? new End(0, new byte[0]) : ends.get(0);
    }

    List<String> faults() {
        return faults;
    }

    long chains() {
        return chains;
    }

    long lines() {
        return lines;
    }

    long manifests() {
        return manifests;
    }
}
