package org.shuniu.incident;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Hands notices to a mail server (SMTP); their Message-ID is the notice's, so that a repeated one can be known. */
final class MailServer implements Channel {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final OutsideProperties.Mail settings;
    private final Optional<String> password;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "mail-deadline");
        thread.setDaemon(true);
        return thread;
    });

    /** @param password of the user, where the settings name one */
    MailServer(OutsideProperties.Mail settings, Optional<String> password) {
        this.settings = settings;
        this.password = password;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public Duration deadline() {
        return settings.deadline();
    }

    @Override
    public String body(NoticeWords words, NoticeWords.News news) {
        return words.mail(news);
    }

    /** By the Message-ID, as mail servers and readers do that drop doubles. */
    @Override
    public boolean knowsItAgain() {
        return true;
    }

    /** A socket's own time-out begins anew with every byte: the sockets of a call whose time is over are closed. */
    @Override
    public void send(UUID id, String body) throws NotTaken {
        OpenedSockets sockets = new OpenedSockets();
        Future<?> end = watch.schedule(sockets::close, settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        try {
            MimeMessage message = message(id, body, Session.getInstance(properties(sockets)));
            if (settings.username().isEmpty()) {
                Transport.send(message);
            } else {
                Transport.send(message, settings.username(), password.orElse(""));
            }
        } catch (SendFailedException failure) {
            // One address that is wrong keeps nobody else from it.
            if (failure.getValidSentAddresses() == null || failure.getValidSentAddresses().length == 0) {
                throw NotTaken.perhaps(failure.getClass().getSimpleName());
            }
        } catch (MessagingException failure) {
            // The server's own words may quote addresses.
            throw NotTaken.perhaps(failure.getClass().getSimpleName());
        } finally {
            end.cancel(false);
            sockets.close();
        }
    }

    private MimeMessage message(UUID id, String body, Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<%s@shuniu>".formatted(id));
            }
        };
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipients(Message.RecipientType.TO, addresses(settings.to()));
        message.setSubject(body.lines().findFirst().orElse(""), UTF_8);
        message.setText(body, UTF_8);
        message.setSentDate(new Date());
        return message;
    }

    private static InternetAddress[] addresses(List<String> texts) throws MessagingException {
        InternetAddress[] addresses = new InternetAddress[texts.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = new InternetAddress(texts.get(i));
        }
        return addresses;
    }

    private Properties properties(OpenedSockets sockets) {
        Duration deadline = settings.deadline();
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        for (String time : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.setProperty("mail.smtp." + time, Long.toString(deadline.toMillis()));
        }
        boolean encrypted = settings.encryption().equals("starttls");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(encrypted));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(encrypted));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!settings.username().isEmpty()));
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.socketFactory", sockets);
        return properties;
    }
}
