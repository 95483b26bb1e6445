package org.shuniu.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.shuniu.batch.BatchFile;
import org.shuniu.batch.BatchFile.Content;
import org.shuniu.catalogue.ContentVersion;
import org.shuniu.channel.FileServer;
import org.shuniu.channel.FileVisit;
import org.shuniu.channel.RemoteFile;
import org.shuniu.partner.FileExchange;

/**
 * The tray from the office's system, read as a hub reads it: whole files only, each content once. A file is deleted when every row of it
 * is about a case that was made up here; whatever else lies there is somebody else's, and stays.
 */
final class ReplyFiles implements Looks.Look {

    private static final String MEDIA_TYPE = "application/octet-stream";

    private final FileExchange.Receiving tray;
    private final BatchFile format;
    private final FileServer server;
    private final Arrivals arrivals;
    private final BiFunction<byte[], @Nullable String, Heard> reading;
    private final Set<String> read = new HashSet<>();

    ReplyFiles(
            FileExchange files,
            FileServer server,
            Arrivals arrivals,
            BiFunction<byte[], @Nullable String, Heard> reading) {
        this.tray = files.receive();
        this.format = new BatchFile(files);
        this.server = server;
        this.arrivals = arrivals;
        this.reading = reading;
    }

    @Override
    public Optional<String> look() throws IOException {
        List<String> left = new ArrayList<>();
        try (FileVisit visit = server.visit()) {
            List<RemoteFile> listed = visit.list(tray.directory(), name -> tray.wants(name) || tray.isMarker(name));
            Set<String> names = listed.stream().map(RemoteFile::name).collect(Collectors.toSet());
            for (RemoteFile file : listed) {
                if (tray.wants(file.name())) {
                    boolean marked = tray.marker()
                            .map(ending -> names.contains(file.name() + ending))
                            .orElse(true);
                    Optional<String> unread = marked ? take(visit, file) : Optional.of("its marker is missing");
                    unread.ifPresent(why -> left.add("file %s: %s".formatted(file.name(), why)));
                }
            }
        }
        arrivals.leftUnread(left);
        return Optional.empty();
    }

    /** @return why it is not read */
    private Optional<String> take(FileVisit visit, RemoteFile file) throws IOException {
        if (file.size() > tray.largest()) {
            return Optional.of("it has %d bytes; expected at most %d".formatted(file.size(), tray.largest()));
        }
        byte[] body = visit.read(tray.directory(), file);
        if (body.length != file.size()) {
            return Optional.of("it is being written");
        }
        Content content = format.read(body);
        if (content instanceof Content.Incomplete half) {
            return Optional.of(half.reason());
        }
        if (content instanceof Content.Wrong wrong) {
            return Optional.of(wrong.reason());
        }
        take(visit, file, body, ((Content.Rows) content).rows());
        return Optional.empty();
    }

    private void take(FileVisit visit, RemoteFile file, byte[] body, List<byte[]> rows) throws IOException {
        String digest = digest(body);
        boolean first = read.add(digest);
        boolean ours = !rows.isEmpty();
        for (byte[] row : rows) {
            Heard heard = reading.apply(row, MEDIA_TYPE);
            ours &= heard.isMadeUp();
            if (first) {
                arrivals.keep(new Arrivals.Arrived(row, heard));
            }
        }
        if (ours) {
            delete(visit, file, digest);
        }
    }

    /** The marker goes first: a later file of that name must not be taken for complete. */
    private void delete(FileVisit visit, RemoteFile file, String digest) throws IOException {
        if (tray.marker().isPresent()) {
            visit.delete(tray.directory(), file.name() + tray.marker().get());
        }
        visit.deleteWhen(tray.directory(), file, body -> digest(body).equals(digest));
    }

    private static String digest(byte[] body) {
        ContentVersion digest = new ContentVersion();
        digest.add("", body);
        return digest.text();
    }
}
