package org.shuniu.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One restored backup, as the hub's seal key signs it.
 *
 * @param incarnation that began
 * @param follows the incarnation that the backup was taken of
 * @param heldSeal the newest seal that the backup held
 * @param newestSeal the newest one that stood outside the database
 * @param heads of the chains that were open, each as {@link Head#sealed(boolean)}
 */
record Restoration(
        UUID incarnation,
        UUID follows,
        Instant at,
        String doneBy,
        String reason,
        long heldSeal,
        long newestSeal,
        List<String> heads,
        List<LostLines> lost) {

    static Restoration read(ResultSet row, int number) throws SQLException {
        return new Restoration(
                row.getObject("incarnation", UUID.class),
                row.getObject("follows", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("done_by"),
                row.getString("reason"),
                row.getLong("held_seal"),
                row.getLong("newest_seal"),
                row.getString("heads").lines().toList(),
                row.getString("lost").lines().map(LostLines::of).toList());
    }

    /** What is signed. */
    byte[] hash() {
        return new Sm3()
                .of(new CanonicalLine(heldSeal)
                        .time(at)
                        .text(incarnation)
                        .text(follows)
                        .text(doneBy)
                        .text(reason)
                        .text(newestSeal)
                        .text(keptHeads())
                        .text(keptLost())
                        .toString());
    }

    String keptHeads() {
        return String.join("\n", heads);
    }

    String keptLost() {
        return String.join("\n", lost.stream().map(LostLines::kept).toList());
    }

    /** The lost lines among which a seal that the backup did not hold saw this one. */
    Optional<LostLines> lost(SealedHeads.Sealed sealed) {
        return sealed.seal() <= heldSeal || sealed.seal() > newestSeal
                ? Optional.empty()
                : lost.stream()
                        .filter(lines -> lines.chain().equals(sealed.name()) && lines.holds(sealed.seq()))
                        .findFirst();
    }

    /** What auditors are told: nothing that is lost goes unsaid. */
    String text() {
        StringBuilder text = new StringBuilder("restored at %s by %s: %s".formatted(at, doneBy, reason));
        if (newestSeal < heldSeal) {
            return text.append(
                            "; the backup held seal %d, and the file of seals only %d: what came after the backup is not known"
                                    .formatted(heldSeal, newestSeal))
                    .toString();
        }
        long lines = lost.stream().mapToLong(LostLines::count).sum();
        text.append(
                "; the backup ends with seal %d, the file of seals ended with %d: %d line(s) of %d chain(s) are lost"
                        .formatted(heldSeal, newestSeal, lines, lost.size()));
        lost.forEach(
                one -> text.append(System.lineSeparator()).append("  lost: ").append(one));
        return text.toString();
    }
}
