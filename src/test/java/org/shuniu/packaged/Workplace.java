package org.shuniu.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a hub of a test stands on: copies of the checkout's folders, and ports that are free. */
public final class Workplace {

    private static final int FIRST_PORT = 11_000;
    private static final int LAST_PORT = 32_000;
    private static final List<String> PORTS = List.of(
            "server.port",
            "shuniu.exchange.port",
            "shuniu.simulator.port",
            "shuniu.simulator.sftp.port",
            "shuniu.simulator.listeners.archives",
            "shuniu.simulator.listeners.smpp");
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    /** Of its byte for each port that it was given holds a JVM the lock until it ends: others run at the same time. */
    private static final FileChannel GIVEN_TO_ALL = openForAll();

    private Workplace() {}

    /** Copies {@code routes/} and {@code mappings/}, over what is there. */
    public static void prepare(Path directory) {
        List.of("routes", "mappings")
                .forEach(folder -> copy(Path.of(folder), directory.resolve(folder), UnaryOperator.identity()));
    }

    /** Copies a folder, its files changed on the way. */
    public static void copy(Path from, Path into, UnaryOperator<String> change) {
        copy(from, into, (file, text) -> change.apply(text));
    }

    /** Copies a folder, its files changed on the way, each as its path asks for. */
    public static void copy(Path from, Path into, BiFunction<Path, String, String> change) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = into.resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                Files.writeString(to, change.apply(file, Files.readString(file)));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A port that nobody listens on, below those that systems give to outgoing connections: it stays free until it is used. */
    public static int freePort() {
        int port;
        do {
            port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
        } while (!GIVEN.add(port) || !isOurs(port) || !isFree(port));
        return port;
    }

    /** Free ports by the settings of a hub in one process that takes them; others may run beside it. */
    public static Map<String, Integer> freePorts() {
        return PORTS.stream().collect(Collectors.toMap(setting -> setting, setting -> freePort()));
    }

    private static boolean isOurs(int port) {
        try {
            return GIVEN_TO_ALL.tryLock(port, 1, false) != null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FileChannel openForAll() {
        String name = "shuniu-test-ports-" + System.getProperty("user.name");
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
