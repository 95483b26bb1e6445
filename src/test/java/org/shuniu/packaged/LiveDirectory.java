package org.shuniu.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A directory whose files come and go while it is looked through, because a hub and its database run in it. */
public final class LiveDirectory extends SimpleFileVisitor<Path> {

    private final List<Path> files = new ArrayList<>();

    private LiveDirectory() {}

    /** @return all files below it that were there when they were met */
    public static List<Path> files(Path directory) {
        LiveDirectory visit = new LiveDirectory();
        try {
            Files.walkFileTree(directory, visit);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return visit.files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return goneOrThrow(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : goneOrThrow(failure);
    }

    private static FileVisitResult goneOrThrow(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
