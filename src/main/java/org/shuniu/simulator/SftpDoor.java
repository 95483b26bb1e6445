package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * The SFTP server of the offices that take files: each is a user of its own with its own directory and password. Its key
 * is written down where the hub finds it, as an administrator would do by hand.
 */
final class SftpDoor implements AutoCloseable {
    private final Path directory;
    private final SecretFiles secrets;
    private final Map<String, PartnerFaults> offices = new ConcurrentHashMap<>();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final VirtualFileSystemFactory directories = new VirtualFileSystemFactory();

    SftpDoor(int port, Path dataDir, SecretFiles secrets) {
        this.directory = dataDir.resolve("sftp");
        this.secrets = secrets;
        server.setHost("127.0.0.1");
        server.setPort(port);
        // What departments' servers speak. The library's first choice is post-quantum: in Java, a fifth of a second of
        // processor time for each of the demo's looks.
        server.setKeyExchangeFactories(List.of(ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519)));
    }

    /** Lets an office in; returns its directory with an in-tray and an out-tray. */
    Path office(String partner, PartnerFaults faults) {
        try {
            Path home = directory.resolve(partner);
            Files.createDirectories(home.resolve("in"));
            Files.createDirectories(home.resolve("out"));
            Files.createDirectories(home.resolve("count"));
            directories.setUserHomeDir(partner, home.toAbsolutePath());
            offices.put(partner, faults);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Directory " + directory + ": expected to write it", e);
        }
    }

    void start() {
        SimpleGeneratorHostKeyProvider key = new SimpleGeneratorHostKeyProvider(directory.resolve("host-key"));
        key.setAlgorithm("EC");
        key.setKeySize(256);
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.addSftpEventListener(new LostAnswers());
        server.setKeyPairProvider(key);
        server.setFileSystemFactory(directories);
        server.setSubsystemFactories(List.of(sftp));
        server.setPasswordAuthenticator((user, password, session) -> letIn(user, password, session));
        try {
            server.start();
            Files.writeString(directory.resolve("known_hosts"), knownHost(key.loadKeys(null)));
        } catch (IOException e) {
            throw new UncheckedIOException("Setting shuniu.simulator.sftp.port: expected a free port", e);
        }
    }

    private String knownHost(List<KeyPair> keys) throws IOException {
        StringBuilder line = new StringBuilder("[127.0.0.1]:" + server.getPort() + " ");
        PublicKeyEntry.appendPublicKeyEntry(line, keys.get(0).getPublic());
        return line.append('\n').toString();
    }

    private boolean letIn(String user, String password, ServerSession session) {
        PartnerFaults faults = offices.get(user);
        if (faults == null || faults.shown() == FaultKind.UNAUTHORIZED) {
            return false;
        }
        if (faults.isDown()) {
            session.close(true);
            return false;
        }
        return secrets.matches(user + "-sftp-password", password);
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException("The SFTP server did not stop", e);
        }
    }

    /** Whoever renames a file waits in vain for the answer: the file is there all the same. */
    private final class LostAnswers implements SftpEventListener {
        @Override
        public void moved(ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable thrown) {
            PartnerFaults faults = offices.get(session.getUsername());
            if (faults != null && faults.shown() == FaultKind.TIMEOUT_AFTER_WORK) {
                faults.next().sitOut();
            }
        }
    }
}
