package org.shuniu.partner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files that are there whole or not at all, whatever is switched off meanwhile. */
public final class DurableFiles {

    private DurableFiles() {}

    /**
     * Replaces a file in one step; whoever reads it finds the old text or the new one.
     *
     * @param before what must still stand in it
     * @throws IOException also when somebody else changes it at the same time
     */
    public static void replace(Path file, String before, String text) throws IOException {
        Path place = file.toRealPath();
        Path fresh = place.resolveSibling("." + place.getFileName() + ".new");
        try {
            // Whoever has made this file is the only one who writes.
            write(fresh, text);
        } catch (FileAlreadyExistsException busy) {
            throw new IOException(
                    "%s is being changed by somebody else; if that was broken off, remove %s".formatted(file, fresh),
                    busy);
        }
        try {
            if (!Files.readString(place).equals(before)) {
                throw new IOException("%s was changed by somebody else meanwhile".formatted(file));
            }
            if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(place));
            }
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        force(place.getParent());
    }

    /** Makes a file in one step. */
    public static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        write(fresh, text);
        rename(fresh, file);
    }

    /** Gives a file another name in the same folder. */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(to.toAbsolutePath().getParent());
    }

    /**
     * Makes a folder with these files in one step.
     *
     * @param files by their names in the folder
     */
    public static void create(Path folder, Map<String, String> files) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        // Beside the folder's own parent, in which every folder counts.
        Path fresh = place.getParent()
                .resolveSibling("." + place.getParent().getFileName() + "-" + place.getFileName() + ".new");
        delete(fresh);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path to = fresh.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            write(to, file.getValue());
        }
        for (Path made : tree(fresh)) {
            if (Files.isDirectory(made)) {
                force(made);
            }
        }
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        force(place.getParent());
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : tree(folder)) {
                Files.delete(file);
            }
        }
    }

    /** What is within comes first. */
    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            to.force(true);
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
