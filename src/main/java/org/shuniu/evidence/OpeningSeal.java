package org.shuniu.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The seal that an opening line names: a chain vouches for the runs before it. */
final class OpeningSeal {

    private static final Pattern NAMED = Pattern.compile("run \\d+, (?:no seal|seal (\\d+) ([0-9a-f]{64}))");

    private OpeningSeal() {}

    /** Says what is wrong with it, if anything is. */
    static Optional<String> check(Connection database, String opening) throws SQLException {
        Matcher named = NAMED.matcher(opening);
        if (!named.matches()) {
            return Optional.of("it opens the chain, but names no run and seal");
        }
        if (named.group(1) == null) {
            return Optional.empty();
        }
        try (PreparedStatement statement = database.prepareStatement("select hash from seal where no = ?")) {
            statement.setLong(1, Long.parseLong(named.group(1)));
            try (ResultSet row = statement.executeQuery()) {
                boolean same =
                        row.next() && HexFormat.of().formatHex(row.getBytes(1)).equals(named.group(2));
                return same
                        ? Optional.empty()
                        : Optional.of("it names seal %s, which is missing or another".formatted(named.group(1)));
            }
        }
    }
}
