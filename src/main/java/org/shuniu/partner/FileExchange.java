package org.shuniu.partner;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Batch files that go to a partner's SFTP server and come from it.
 *
 * @param knownHosts the server's public keys, in the form of OpenSSH's known_hosts
 * @param deadline for one visit to the server, everything included
 * @param charset of names and frames; rows are the mapping's
 * @param lineEnd that the hub writes
 * @param count files in which the partner counts what it was sent, where it does
 */
public record FileExchange(
        Path knownHosts,
        Duration deadline,
        Charset charset,
        String lineEnd,
        Sending send,
        Receiving receive,
        Optional<Receiving> count) {

    /** The same with the partner's counts in the place of its other files. */
    public FileExchange ofCounts() {
        return new FileExchange(knownHosts, deadline, charset, lineEnd, send, count.orElseThrow(), count);
    }

    /**
     * The first and last line of a file.
     *
     * @param columns whether the first line names the columns; it then belongs to every row
     * @param header the first line otherwise
     */
    public record Frame(boolean columns, Optional<LineTemplate> header, Optional<LineTemplate> trailer) {}

    /**
     * Files from the hub.
     *
     * @param name made from the batch's number, so that a second write is the same file
     * @param marker ending of the empty file that says a file is complete
     * @param mostRows of one file
     */
    public record Sending(
            String directory,
            LineTemplate name,
            Frame frame,
            Optional<String> marker,
            BatchTimes times,
            int mostRows) {}

    /**
     * Files from the partner.
     *
     * @param name pattern in which {@code *} stands for anything
     * @param marker ending of the file without which another is not complete
     * @param overdue how long a file may be incomplete before a person is told
     * @param largest bytes of one file
     */
    public record Receiving(
            String directory, String name, Frame frame, Optional<String> marker, Duration overdue, long largest) {

        private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

        /** Whether a file of this name is for the hub, and no marker. */
        public boolean wants(String file) {
            String pattern = Pattern.quote(name).replace("*", "\\E.*\\Q");
            return !isMarker(file) && NAMES.matcher(file).matches() && file.matches(pattern);
        }

        /** Whether a file of this name says that another is complete. */
        public boolean isMarker(String file) {
            return marker.filter(file::endsWith).isPresent();
        }
    }
}
