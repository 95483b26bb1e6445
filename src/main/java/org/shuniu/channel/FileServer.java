package org.shuniu.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.Partner;
import org.shuniu.partner.Secrets;

/**
 * A partner's SFTP server. It is believed only if it shows a key that is known; nothing of this machine's own SSH
 * configuration counts.
 */
public final class FileServer implements AutoCloseable {

    /** The server shows another key than the one that is known. */
    private static final class UnknownServerKey extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownServerKey(SshException refused) {
            super(refused);
        }
    }

    /** The server does not let the hub's account in. */
    private static final class LoginRefused extends IOException {
        private static final long serialVersionUID = 1L;

        LoginRefused(SshException refused) {
            super(refused);
        }
    }

    /** The line broke while the session was made ready, which the client tells by the state it finds itself in. */
    private static final class SessionLost extends IOException {
        private static final long serialVersionUID = 1L;

        SessionLost(IllegalStateException closing) {
            super(closing);
        }
    }

    private final Partner partner;
    private final FileExchange files;
    private final Secrets secrets;
    private final SshClient client;

    /** A server to which nobody has gone yet. */
    public FileServer(Partner partner, Secrets secrets) {
        this(partner, secrets, SshClient.setUpDefaultClient());
    }

    /** @param client not started yet */
    FileServer(Partner partner, Secrets secrets, SshClient client) {
        this.partner = partner;
        this.files = partner.files().orElseThrow();
        this.secrets = secrets;
        this.client = client;
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier(
                new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, files.knownHosts()));
        client.start();
    }

    /** Connects; everything that is done in the visit is within the partner's total deadline for one. */
    public FileVisit visit() throws IOException {
        long end = System.nanoTime() + files.deadline().toNanos();
        ClientSession session = client.connect(
                        username(),
                        partner.address().orElseThrow().getHost(),
                        partner.address().orElseThrow().getPort())
                .verify(partner.delivery().connect())
                .getSession();
        Deadline deadline = Deadline.of(session, left(end));
        try {
            identify(session);
            return new FileVisit(deadline, session, open(session, left(end)));
        } catch (IOException | RuntimeException failure) {
            deadline.close();
            session.close(true);
            throw failure;
        }
    }

    /** Whether a visit failed because the server does not know the hub. */
    public static boolean isStrange(IOException failure) {
        return failure instanceof LoginRefused;
    }

    private static SftpClient open(ClientSession session, Duration patience) throws IOException {
        try {
            logIn(session, patience);
            return SftpClientFactory.instance().createSftpClient(session);
        } catch (IllegalStateException closing) {
            throw new SessionLost(closing);
        }
    }

    private static void logIn(ClientSession session, Duration patience) throws IOException {
        try {
            session.auth().verify(patience);
        } catch (IOException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SshException refused) {
                    switch (refused.getDisconnectCode()) {
                        case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
                            throw new UnknownServerKey(refused);
                        case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
                            throw new LoginRefused(refused);
                        default -> {
                            // What it is stands further down, or nowhere.
                        }
                    }
                }
            }
            throw failure;
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    private String username() {
        if (partner.authentication() instanceof Partner.Authentication.Password password) {
            return password.username();
        }
        return ((Partner.Authentication.PrivateKey) partner.authentication()).username();
    }

    /** Secrets are read anew for each visit: whoever exchanges one need not restart the hub. */
    private void identify(ClientSession session) throws IOException {
        if (partner.authentication() instanceof Partner.Authentication.Password password) {
            session.addPasswordIdentity(secrets.require(password.secret()));
            return;
        }
        String name = ((Partner.Authentication.PrivateKey) partner.authentication()).secret();
        for (KeyPair key : keys(name)) {
            session.addPublicKeyIdentity(key);
        }
    }

    private List<KeyPair> keys(String secret) throws IOException {
        byte[] text = secrets.require(secret).getBytes(StandardCharsets.UTF_8);
        try {
            List<KeyPair> keys = new ArrayList<>();
            SecurityUtils.loadKeyPairIdentities(
                            null,
                            NamedResource.ofName(secret),
                            new ByteArrayInputStream(text),
                            FilePasswordProvider.EMPTY)
                    .forEach(keys::add);
            return keys;
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("the secret %s is no SSH key that can be read".formatted(secret));
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
