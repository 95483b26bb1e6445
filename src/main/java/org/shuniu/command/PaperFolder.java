package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.partner.DurableFiles;
import org.shuniu.partner.ExchangeProfile;
import org.shuniu.partner.ProfileFile;

/** The folder of a region whose papers are its profile: what lies there counts, and what is taken out keeps lying beside. */
record PaperFolder(Path folder) {

    private static final String PUBLIC_KEY = ".pub";
    private static final String CERTIFICATE = ".crt";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static Optional<PaperFolder> of(ProfileFile file) {
        return file.folder().map(PaperFolder::new);
    }

    /** Puts keys and certificates beside those that are there. */
    void put(Papers papers, PrintStream out) throws IOException {
        papers.term().ifPresent(option -> {
            throw new Unclear(
                    "%s: a file in %s says none; it counts for as long as it lies there".formatted(option, folder));
        });
        for (Path key : papers.keys()) {
            put(key, key.getFileName().toString(), out);
        }
        for (Path certificate : papers.certificates()) {
            String name = certificate.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", "");
            put(certificate, name + CERTIFICATE, out);
        }
    }

    private void put(Path paper, String name, PrintStream out) throws IOException {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            files.map(file -> file.getFileName().toString())
                    .filter(known -> known.equals(name) || known.startsWith(name + "."))
                    .findFirst()
                    .ifPresent(known -> {
                        throw new IllegalArgumentException(
                                "%s is in %s already, or was; expected another name".formatted(known, folder));
                    });
        }
        DurableFiles.put(folder.resolve(name), Files.readString(paper));
        out.printf("Put into %s: %s%n", folder, name);
    }

    void takeOutKey(String keyid, Instant now, PrintStream out) throws IOException {
        takeOut(folder.resolve(keyid + PUBLIC_KEY), now, out);
    }

    void takeOutCertificate(String sha256, Instant now, PrintStream out) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().endsWith(CERTIFICATE))
                    .toList()) {
                if (isOf(file, sha256)) {
                    takeOut(file, now, out);
                }
            }
        }
    }

    private static boolean isOf(Path file, String sha256) throws IOException {
        try {
            return ExchangeProfile.fingerprint(RegionPapers.read(file).get(0).getEncoded())
                    .equals(sha256);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static void takeOut(Path file, Instant now, PrintStream out) throws IOException {
        Path removed = file.resolveSibling("%s.removed-%s".formatted(file.getFileName(), MOMENT.format(now)));
        DurableFiles.rename(file, removed);
        out.printf("Taken out: %s, now %s%n", file, removed.getFileName());
    }
}
