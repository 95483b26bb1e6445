package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;

/** Speaks to a real SFTP server: the embedded one, and OpenSSH where it is installed. */
class FileServerTest {

    private static final byte[] CONTENT = "内容".repeat(30_000).getBytes(StandardCharsets.UTF_8);
    /** How long a server says nothing that does not answer. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    @TempDir
    Path directory;

    private final KeyPair host = ec();
    private final KeyPair user = ec();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final SshClient client = SshClient.setUpDefaultClient();
    private SshServer server;

    /** Of a visit; a busy machine may need some of it. */
    private Duration deadline = Duration.ofSeconds(60);

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(directory.resolve("home/in"));
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setFileSystemFactory(new VirtualFileSystemFactory(directory.resolve("home")));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setPasswordAuthenticator((name, password, session) -> password.equals("the-password"));
        server.setPublickeyAuthenticator((name, key, session) -> KeyUtils.compareKeys(key, user.getPublic()));
        server.start();
        know(server.getPort(), host);
    }

    @AfterEach
    void stop() throws IOException {
        closing.countDown();
        server.stop(true);
    }

    @Test
    void writesAFileWholeAndTwiceAsOnce() throws IOException {
        try (FileServer files = password("the-password");
                FileVisit visit = files.visit()) {
            visit.write("in", "A1.TXT", CONTENT);
            visit.write("in", "A1.TXT", CONTENT);

            assertThat(visit.list("in", name -> true))
                    .extracting(RemoteFile::name)
                    .containsExactly("A1.TXT");
            assertThat(visit.read("in", visit.list("in", name -> true).get(0))).isEqualTo(CONTENT);
            visit.delete("in", "A1.TXT");
            visit.delete("in", "A1.TXT");
            assertThat(visit.list("in", name -> true)).isEmpty();
        }
    }

    @Test
    void deletesTheFileThatWasReadAndNoOtherThatTookItsName() throws Exception {
        try (FileServer files = password("the-password");
                FileVisit visit = files.visit()) {
            visit.write("in", "A1.TXT", CONTENT);
            RemoteFile listed = visit.list("in", name -> true).get(0);
            visit.delete("in", "A1.TXT");
            // As the listing tells size and time, it is the same file
            byte[] corrected = CONTENT.clone();
            corrected[0]++;
            visit.write("in", "A1.TXT", corrected);

            assertThat(visit.deleteWhen("in", listed, body -> Arrays.equals(body, CONTENT)))
                    .isEmpty();

            assertThat(visit.read("in", listed)).isEqualTo(corrected);
            assertThat(visit.deleteWhen("in", listed, body -> Arrays.equals(body, corrected)))
                    .isEmpty();
            assertThat(visit.list("in", name -> true)).isEmpty();
        }
    }

    @Test
    void deletesNothingWhileAnotherFileLiesWhereItWouldBeMoved() throws Exception {
        Path cutOff = Files.write(directory.resolve("home/in/.A1.TXT.read"), new byte[] {1});
        try (FileServer files = password("the-password");
                FileVisit visit = files.visit()) {
            visit.write("in", "A1.TXT", CONTENT);
            RemoteFile listed = visit.list("in", name -> name.startsWith("A")).get(0);

            assertThat(visit.deleteWhen("in", listed, body -> Arrays.equals(body, CONTENT)))
                    .contains("in/.A1.TXT.read");
            assertThat(visit.deleteWhen("in", listed, body -> true)).isEmpty();

            assertThat(cutOff).doesNotExist();
            assertThat(visit.list("in", name -> true)).isEmpty();
        }
    }

    @Test
    void writesOverWhatACrashLeftHalfWritten() throws IOException {
        Files.write(directory.resolve("home/in/.A1.TXT.part"), new byte[200_000]);

        try (FileServer files = password("the-password");
                FileVisit visit = files.visit()) {
            visit.write("in", "A1.TXT", CONTENT);
        }

        assertThat(directory.resolve("home/in/A1.TXT")).hasBinaryContent(CONTENT);
        assertThat(directory.resolve("home/in/.A1.TXT.part")).doesNotExist();
    }

    @Test
    void writesNothingThatAnotherTookOverWhileItWasPaused() throws IOException {
        try (FileServer files = password("the-password");
                FileVisit paused = files.visit();
                FileVisit next = files.visit()) {
            Turn takenOverAtTheLastMoment = new Turn(1, () -> {
                write(next, new Turn(2, () -> true));
                fetchAll(next);
                return true;
            });

            assertThatThrownBy(() -> paused.write("in", "A1.TXT", CONTENT, takenOverAtTheLastMoment))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> paused.write("in", "A1.TXT", CONTENT, new Turn(1, () -> false)))
                    .isInstanceOf(Turn.Lost.class);

            assertThat(next.list("in", name -> true))
                    .as("what the partner finds after it has fetched the file")
                    .isEmpty();
        }
    }

    private static void write(FileVisit visit, Turn turn) {
        try {
            visit.write("in", "A1.TXT", CONTENT, turn);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As a partner does, to whom a file with a dot before its name is none. */
    private static void fetchAll(FileVisit visit) {
        try {
            for (RemoteFile file : visit.list("in", name -> !name.startsWith("."))) {
                visit.delete("in", file.name());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void deletesNoFileThatAnotherVisitHasMovedWhileThisOneWasPaused() throws Exception {
        byte[] later = CONTENT.clone();
        later[0]++;
        try (FileServer files = password("the-password");
                FileVisit paused = files.visit();
                FileVisit next = files.visit()) {
            paused.write("in", "A1.TXT", CONTENT);
            RemoteFile listed = paused.list("in", name -> true).get(0);

            paused.deleteWhen("in", listed, read -> {
                boolean mayGo = Arrays.equals(read, CONTENT);
                readByAnotherAndFollowedByALaterOne(next, listed, later);
                return mayGo;
            });

            List<RemoteFile> left = next.list("in", name -> true);
            assertThat(left).hasSize(1);
            assertThat(next.read("in", left.get(0))).isEqualTo(later);
        }
    }

    private static void readByAnotherAndFollowedByALaterOne(FileVisit next, RemoteFile listed, byte[] later) {
        try {
            next.deleteWhen("in", listed, read -> true);
            next.write("in", listed.name(), later);
            next.deleteWhen("in", listed, read -> {
                write(next, new Turn(2, () -> true));
                return false;
            });
            next.delete("in", listed.name());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void showsAKeyWhereThePartnerWantsOne() throws IOException {
        try (FileServer files = privateKey();
                FileVisit visit = files.visit()) {
            assertThat(visit.list("in", name -> true)).isEmpty();
        }
    }

    @Test
    void isRefusedWithAWrongPassword() {
        try (FileServer files = password("another")) {
            assertThatThrownBy(files::visit).isInstanceOf(IOException.class).hasMessageNotContaining("another");
        }
    }

    @Test
    void givesNothingToAServerThatShowsAnotherKey() throws IOException {
        know(server.getPort(), ec());

        try (FileServer files = password("the-password")) {
            assertThatThrownBy(files::visit).isInstanceOf(IOException.class);
        }
    }

    @Test
    void takesASessionThatClosesWhileItIsOpenedForABrokenLine() {
        client.addChannelListener(new ChannelListener() {
            @Override
            public void channelInitialized(Channel channel) {
                channel.getSession().close(true);
            }
        });

        try (FileServer files = password("the-password")) {
            assertThatThrownBy(files::visit).isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsAVisitWhoseTimeIsOver() {
        server.setPasswordAuthenticator((name, password, session) -> {
            sitOut();
            return true;
        });
        deadline = Duration.ofSeconds(4);

        long begun = System.nanoTime();
        try (FileServer files = password("the-password")) {
            assertThatThrownBy(files::visit).isInstanceOf(IOException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SILENCE.dividedBy(2));
    }

    @Test
    void speaksToOpenSshToo() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SSHD), "OpenSSH's server is not installed here: " + SSHD);
        assumeTrue(
                !System.getProperty("user.name").equals("root") || Files.isDirectory(Path.of("/run/sshd")),
                "Started by root, OpenSSH's server wants its directory: /run/sshd");
        int port = Workplace.freePort();
        Process sshd = openSsh(port);
        try (FileServer files = privateKey(port)) {
            FileVisit visit = await(files);
            String in = directory.resolve("home/in").toString();
            visit.write(in, "A1.TXT", CONTENT);
            assertThat(visit.read(in, visit.list(in, name -> true).get(0))).isEqualTo(CONTENT);
            visit.close();
        } finally {
            sshd.destroy();
            sshd.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static FileVisit await(FileServer files) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(files::visit, visit -> true);
    }

    private Process openSsh(int port) throws IOException {
        Path hostKey = secret("host-key", host);
        Path allowed = directory.resolve("authorized_keys");
        Files.writeString(allowed, line(user) + "\n");
        Path settings = directory.resolve("sshd_config");
        Files.writeString(settings, """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                PidFile none
                PermitRootLogin yes
                Subsystem sftp internal-sftp
                """.formatted(port, hostKey, allowed));
        know(port, host);
        return new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sshd.log").toFile())
                .start();
    }

    private void know(int port, KeyPair key) throws IOException {
        Files.writeString(directory.resolve("known_hosts"), "[127.0.0.1]:%d %s\n".formatted(port, line(key)));
    }

    private static String line(KeyPair key) throws IOException {
        StringBuilder line = new StringBuilder();
        PublicKeyEntry.appendPublicKeyEntry(line, key.getPublic());
        return line.toString();
    }

    private Path secret(String name, KeyPair key) {
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, text);
            Path file = Files.write(directory.resolve(name), text.toByteArray());
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private FileServer password(String password) {
        write(directory.resolve("the-secret"), password);
        return server(server.getPort(), "{kind: password, username: hub, password: the-secret}");
    }

    private FileServer privateKey() {
        return privateKey(server.getPort());
    }

    private FileServer privateKey(int port) {
        secret("the-secret", user);
        String name = port == server.getPort() ? "hub" : System.getProperty("user.name");
        return server(port, "{kind: private-key, username: %s, private-key: the-secret}".formatted(name));
    }

    private FileServer server(int port, String authentication) {
        Path block = directory.resolve("routes/office/partner.yaml");
        write(block, """
                partner: office
                name: {zh: 测试, en: Office}
                protocol: sftp
                address: sftp://127.0.0.1:%d
                authentication: %s
                files:
                  known-hosts: %s
                  deadline: %ds
                  send: {directory: in, name: "A{number}.TXT", at: always}
                  receive: {directory: out, name: "*.TXT", trailer: "T{count}"}
                delivery: {unknown-outcome: recognises-id, connect: %ds, deadline: %ds}
                """.formatted(
                        port,
                        authentication,
                        directory.resolve("known_hosts"),
                        deadline.toSeconds(),
                        deadline.dividedBy(4).toSeconds(),
                        deadline.toSeconds()));
        Partner partner =
                PartnerDirectory.load(directory.resolve("routes"), text -> text).partner("office");
        return new FileServer(partner, Secrets.of(directory, Map.of()), client);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void sitOut() {
        try {
            closing.await(SILENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
