package org.shuniu.reconciliation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.batch.BatchFile;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.channel.FileVisit;
import org.shuniu.channel.RemoteFile;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.Partner;

/**
 * Reads the count from files on the partner's server, a row for each effect; the last line must count them right. A file is
 * read whole, and no larger than agreed. It stays there: the partner writes the next in its place, or takes it away.
 */
final class FileCount implements Count {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    private final ChannelAdapters adapters;
    private final Tally tally;

    FileCount(ChannelAdapters adapters, Mappings mappings) {
        this.adapters = adapters;
        this.tally = new Tally(mappings);
    }

    @Override
    public void read(Partner partner, Period period, Sink sink) throws CountFailed {
        FileExchange files = partner.files().orElseThrow().ofCounts();
        List<byte[]> bodies = new ArrayList<>();
        try (FileVisit visit = adapters.files(partner.id()).visit()) {
            List<RemoteFile> listed = visit.list(files.receive().directory(), name -> isOfCount(files.receive(), name));
            for (RemoteFile file : wanted(files.receive(), listed, period)) {
                bodies.add(visit.read(files.receive().directory(), file));
            }
        } catch (IOException away) {
            throw new CountFailed(
                    "its server cannot be read: " + away.getClass().getSimpleName());
        }
        if (bodies.isEmpty()) {
            throw new CountFailed("no file of its count is there yet");
        }
        for (byte[] body : bodies) {
            sink.take(entries(partner, files, body), body);
        }
    }

    /** Its files and their markers; nothing else that lies there is looked at. */
    private static boolean isOfCount(FileExchange.Receiving count, String name) {
        String pattern = Pattern.quote(count.name()).replace("*", "\\E.*\\Q");
        String file = count.marker()
                .filter(name::endsWith)
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .orElse(name);
        return NAME.matcher(file).matches() && file.matches(pattern);
    }

    /** Those that were written in the time: an older one can't hold what was sent in it. */
    private static List<RemoteFile> wanted(FileExchange.Receiving count, List<RemoteFile> listed, Period period)
            throws CountFailed {
        Set<String> names = listed.stream().map(RemoteFile::name).collect(Collectors.toSet());
        Optional<String> marker = count.marker();
        List<RemoteFile> wanted = new ArrayList<>();
        for (RemoteFile file : listed) {
            boolean isMarker = marker.filter(file.name()::endsWith).isPresent();
            if (!isMarker && !file.modified().isBefore(period.from())) {
                requireSound(count, file, names);
                wanted.add(file);
            }
        }
        return wanted;
    }

    private static void requireSound(FileExchange.Receiving count, RemoteFile file, Set<String> names)
            throws CountFailed {
        if (file.size() > count.largest()) {
            throw new CountFailed("file %s: more than %d bytes".formatted(file.name(), count.largest()));
        }
        if (count.marker().isPresent()
                && !names.contains(file.name() + count.marker().get())) {
            throw new CountFailed("file %s: its marker is missing".formatted(file.name()));
        }
    }

    private List<Entry> entries(Partner partner, FileExchange files, byte[] body) throws CountFailed {
        BatchFile.Content content = new BatchFile(files).read(body);
        if (content instanceof BatchFile.Content.Incomplete half) {
            throw new CountFailed(half.reason());
        }
        if (content instanceof BatchFile.Content.Wrong wrong) {
            throw new CountFailed(wrong.reason());
        }
        List<Entry> entries = new ArrayList<>();
        for (byte[] row : ((BatchFile.Content.Rows) content).rows()) {
            entries.addAll(
                    tally.read(partner, row, "application/octet-stream", 200).entries());
        }
        return entries;
    }
}
